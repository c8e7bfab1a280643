/**
 * The shapes of the JSON interface that the review works with; types only, no code.
 *
 * @typedef {{source: string, message: number|null, start: number, end: number, quote: string}} Evidence
 *   offsets in code points of the source's text
 * @typedef {{id: string, kind: string, text: string, evidence: Evidence[], basis: string, grounding: string,
 *   owner: string|null, due: string|null, baseline: string|null, target: string|null, confidence: number|null,
 *   assertion: {by: string, note: string}|null, settled: Settled|null}} Item
 * @typedef {{id: string, name: string, role: string|null, side: string|null, email: string|null, evidence: Evidence[]}} Stakeholder
 * @typedef {{by: string, by_name: string, at: string, reason: string|null, assertion: string|null}} Decided
 * @typedef {{item: any, drafted: any, standing: boolean, verdict: string, open: boolean, decision: Decided|null}} Row
 *   `item` is an Item or a Stakeholder, as it would be committed; `drafted` as the engine wrote it
 * @typedef {{kind: string, text: string, evidence: Evidence[], item: string|null}} Finding
 * @typedef {Evidence & {looks_like: string}} LeftOut
 * @typedef {{sow: string, sow_id: string, section_id?: string, section: string, text: string, score: number}} Precedent
 * @typedef {{of: number, sections: Precedent[]}} Settled past SOWs that settle what an open question asks, of how many
 * @typedef {{id: string, deal: string, handoff: string, base_version: number, current_version: number, stale: boolean,
 *   committed_as: number|null, sources: string[], created_at: string, made_by: any, items: Row[], stakeholders: Row[],
 *   findings: Finding[], left_out: LeftOut[], precedents: Precedent[], log_length: number}} View
 * @typedef {{item: string|null, verdict: string, reason?: string, assertion?: string, edit?: any}} Ruling
 *   a verdict on its way to the server; `item` is `null` for what is added
 */
export {};
