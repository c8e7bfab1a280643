/** Findings as a list that leads to their words. */
/** @import { Finding } from "../types.js" */
/** @import { Thread } from "./thread.js" */
import { el, icon, plural, words } from "../dom.js";

/** @type {Record<string, {label: string, icon: string, tone: string}>} */
const FINDINGS = {
  contradiction: { label: "Contradiction", icon: "alert", tone: "bad" },
  superseded: { label: "Superseded", icon: "undo", tone: "warn" },
  look_alike: { label: "Look-alike address", icon: "alert", tone: "bad" },
  hidden_text: { label: "Hidden text", icon: "alert", tone: "bad" },
  instruction: { label: "Speaks to a machine", icon: "alert", tone: "bad" },
  date_order: { label: "Day or month first", icon: "question", tone: "warn" },
  no_source: { label: "Not in its words", icon: "question", tone: "warn" },
  signed_otherwise: { label: "Signed otherwise", icon: "alert", tone: "bad" },
  unsupported: { label: "Not clearly supported", icon: "question", tone: "warn" },
  kind_needs: { label: "Doubtful kind", icon: "question", tone: "warn" },
  incomplete: { label: "Incomplete", icon: "info", tone: "warn" },
};

/**
 * @param {Finding[]} findings @param {Thread} thread
 * @param {number} [concerned] how many items the findings are about, where there are items
 * @returns {HTMLElement|null}
 */
export function findingsPanel(findings, thread, concerned) {
  if (!findings.length) return null;
  const count = plural(findings.length, "thing to look at", "things to look at");
  const items = concerned ? `${plural(concerned, "item")} concerned` : "no item concerned";
  return el(
    "details",
    { class: "panel findings", open: true, data: { panel: "findings" } },
    el(
      "summary",
      {},
      icon("alert"),
      el("h2", { text: "Findings" }),
      el("span", { class: "soft small", text: concerned === undefined ? count : `${count}, ${items}` }),
    ),
    el(
      "ul",
      {},
      findings.map((finding, index) => findingRow(finding, index, thread)),
    ),
  );
}

/** @param {Finding} finding @returns {HTMLElement} what sort of finding it is */
function badge({ kind }) {
  const known = FINDINGS[kind] ?? { label: words(kind), icon: "info", tone: "" };
  return el("span", { class: `badge ${known.tone}` }, icon(known.icon), known.label);
}

/** A button that stands right after the words. @param {Finding} finding @returns {HTMLElement} */
export function flag(finding) {
  return el(
    "button",
    { class: "flag", type: "button", title: finding.text, data: { note: finding.text } },
    badge(finding),
  );
}

/** @param {Finding} finding @param {number} index @param {Thread} thread */
function findingRow(finding, index, thread) {
  return el(
    "li",
    { data: { finding: String(index) } },
    badge(finding),
    el("span", { class: "finding-text", text: finding.text }),
    el(
      "span",
      { class: "finding-links" },
      finding.evidence.map((each, at) =>
        el("button", {
          class: "button link small",
          type: "button",
          data: { act: "finding-words", index: String(at) },
          text: thread.place(each),
        }),
      ),
      finding.item &&
        el("button", {
          class: "button link small",
          type: "button",
          data: { act: "finding-item", item: finding.item },
          text: "Go to the item",
        }),
    ),
  );
}
