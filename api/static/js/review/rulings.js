/** Verdicts on their way to the server, and what they do to the view before the server has answered. */
/** @import { Decided, Row, Ruling, View } from "../types.js" */
/** @import { Change } from "./store.js" */

/** @param {View} view @returns {Row[]} items, then people */
export function rowsOf(view) {
  return [...view.items, ...view.stakeholders];
}

/** @param {View} view @param {string|null} id @returns {Row|undefined} */
export function rowOf(view, id) {
  return rowsOf(view).find((row) => row.item.id === id);
}

/** @param {Row} row */
export function isPerson(row) {
  return "name" in row.item;
}

/** Below this chance of being kept an entry asks for a closer look. */
const UNSURE = 0.5;

/** @param {Row} row @returns {boolean} whether entries that were drafted like it are mostly not kept */
export function looksUnsure(row) {
  return (row.drafted?.confidence ?? 1) < UNSURE;
}

/** Questions nobody raised that are read at once. */
const MOST_RAISED = 5;

/** @param {Row} row @returns {boolean} whether it is asked because no words of the sources mention it */
function isRaised({ item, drafted }) {
  return item.kind === "open_question" && Boolean(item.settled || drafted?.evidence.length === 0);
}

/** From 1 for the surest down to 0; below that, what nobody raised, most often settled first. @param {Row} row */
function surety(row) {
  const { settled } = row.item;
  if (isRaised(row)) return (settled ? settled.sections.length / settled.of : 0) - 2;
  return row.drafted?.confidence ?? 1;
}

/** The surest first, those of which nobody says how sure as they come. @param {Row[]} rows of a kind @returns {Row[]} */
export function inOrder(rows) {
  return [...rows].sort((one, other) => surety(other) - surety(one));
}

/** @param {Row[]} rows of a kind, in order @returns {number} how many at the end are too many to be read at once */
export function foldedOf(rows) {
  return Math.max(0, rows.filter(isRaised).length - MOST_RAISED);
}

/** @param {View} view @returns {Set<string|null>} ids of the entries that a finding is about */
export function flaggedOf(view) {
  return new Set(view.findings.map((finding) => finding.item).filter(Boolean));
}

/**
 * What may be accepted with others of its kind; an item that asks for a closer look gets one.
 * @param {Row[]} rows @param {Set<string|null>} flagged @returns {Row[]}
 */
export function acceptableTogether(rows, flagged) {
  const plain = (/** @type {Row} */ row) =>
    row.item.grounding === "exact" && !looksUnsure(row) && !flagged.has(row.item.id);
  return rows.filter((row) => row.open && (isPerson(row) || plain(row)));
}

/** @param {Row} row @returns {boolean} whether the next version holds it */
export function goesIn(row) {
  return ["accepted", "edited", "added"].includes(row.verdict) || (row.standing && row.verdict !== "rejected");
}

/** @param {Row} row @returns {boolean} whether it would be refused without a person's word for it */
export function needsAssertion(row) {
  const claims = !isPerson(row) && row.item.kind !== "open_question";
  return claims && !row.item.evidence.length && !row.item.assertion && !row.decision?.assertion;
}

/** @param {any} entry an item or a stakeholder @returns {any} the edit that makes an entry like it */
function editOf(entry) {
  if ("name" in entry) return { name: entry.name, role: entry.role, side: entry.side, email: entry.email };
  const evidence = entry.evidence.map((/** @type {any} */ each) => ({
    source: each.source,
    start: each.start,
    end: each.end,
  }));
  const { kind, text, owner, due, baseline, target } = entry;
  return { kind, text, owner, due, baseline, target, evidence };
}

/** @param {any} one entry @param {any} other @returns {boolean} whether they say the same */
function sameWords(one, other) {
  return JSON.stringify(editOf(one)) === JSON.stringify(editOf(other));
}

/**
 * The rulings that bring an entry (back) to a state.
 * @param {string} id
 * @param {Row|null} wanted `null` means that the entry shall not be there
 * @param {{now?: Row|null, assertion?: string, edit?: any}} [options] the entry as it is now, `null` when it is not
 *   there; and what shall differ from the state wanted
 * @returns {Ruling[]}
 */
export function restate(id, wanted, { now = wanted, assertion, edit } = {}) {
  if (!wanted || wanted.verdict === "undecided") return [{ item: id, verdict: "undecided" }];
  const { verdict, decision } = wanted;
  const wording = edit ?? editOf(wanted.item);
  const vouched = assertion ?? decision?.assertion ?? undefined;
  if (verdict === "added") return [{ item: id, verdict, edit: wording, assertion: vouched }];
  const reason = decision?.reason ?? undefined;
  if (verdict === "edited") return [{ item: id, verdict, reason, assertion: vouched, edit: wording }];
  return [...reworded(id, wanted, now), { item: id, verdict, reason, assertion: vouched }];
}

/**
 * What goes ahead of a verdict, which keeps the wording that it meets.
 * @param {string} id
 * @param {Row} wanted
 * @param {Row|null} now
 * @returns {Ruling[]}
 */
function reworded(id, wanted, now) {
  if (!now || sameWords(wanted.item, now.item)) return [];
  if (wanted.drafted && sameWords(wanted.item, wanted.drafted)) return [{ item: id, verdict: "undecided" }];
  return [{ item: id, verdict: "edited", edit: editOf(wanted.item) }];
}

/**
 * The view as it will look once the server has taken the rulings; what is new appears with the answer.
 * @param {View} view
 * @param {{changes: Change[], at: string}} action given at that time
 * @param {{id: string, name: string}} person
 * @returns {View}
 */
export function foreseen(view, { changes, at }, person) {
  const said = { by: person.id, by_name: person.name, at, reason: null, assertion: null };
  const byId = new Map(changes.map((change) => [change.id, change]));
  const apply = (/** @type {Row} */ row) => {
    const change = byId.get(row.item.id);
    return change ? changed(row, change, said) : [row];
  };
  const back = changes.filter(({ id }) => id !== null && !rowOf(view, id)).flatMap((change) => restored(change, said));
  return {
    ...view,
    items: [...view.items.flatMap(apply), ...back.filter((row) => !isPerson(row))],
    stakeholders: [...view.stakeholders.flatMap(apply), ...back.filter(isPerson)],
  };
}

/** @param {Row} row @param {Change} change @param {Decided} said @returns {Row[]} none when it goes */
function changed(row, change, said) {
  if (change.back) return restored(change, said);
  const { rulings } = change;
  if (row.verdict === "added" && rulings.every((ruling) => ruling.verdict === "undecided")) return [];
  return [rulings.reduce((seen, ruling) => ruled(seen, ruling, said), row)];
}

/** The entry as it was before what is taken back. @param {Change} change @param {Decided} said @returns {Row[]} */
function restored({ back }, said) {
  if (!back?.before) return [];
  const { reason = null, assertion = null } = back.before.decision ?? {};
  return [{ ...back.before, decision: { ...said, reason, assertion } }];
}

/** @param {Row} row @param {Ruling} ruling @param {Decided} said @returns {Row} */
function ruled(row, ruling, said) {
  const { verdict, reason = null, assertion = null } = ruling;
  const kept = verdict === "undecided" ? (row.drafted ?? row.item) : row.item;
  const item = ruling.edit ? { ...row.item, ...ruling.edit, evidence: quoted(row, ruling.edit) } : kept;
  const decision = { ...said, reason, assertion };
  return { ...row, item, verdict, decision, open: verdict === "undecided" && !row.standing };
}

/** Evidence of an edit with the quotes that are known already. @param {Row} row @param {any} edit */
function quoted(row, edit) {
  if (!edit.evidence) return row.item.evidence;
  const known = [...row.item.evidence, ...(row.drafted?.evidence ?? [])];
  return edit.evidence.map(
    (/** @type {any} */ each) =>
      known.find((old) => old.source === each.source && old.start === each.start && old.end === each.end) ?? {
        message: null,
        quote: "",
        ...each,
      },
  );
}

/**
 * @param {View} view
 * @param {View} before
 * @returns {{items: string[], stakeholders: string[]}} ids of what was not there before, as it was added
 */
export function newIn(view, before) {
  const known = new Set(rowsOf(before).map((row) => row.item.id));
  const added = (/** @type {Row[]} */ rows) => rows.map((row) => row.item.id).filter((id) => !known.has(id));
  return { items: added(view.items), stakeholders: added(view.stakeholders) };
}

/** @param {Row|null} [a] @param {Row|null} [b] @returns {boolean} whether nobody touched the entry in between */
export function untouched(a, b) {
  if (!a || !b) return !a && !b;
  return a.verdict === b.verdict && a.decision?.at === b.decision?.at && a.decision?.by === b.decision?.by;
}
