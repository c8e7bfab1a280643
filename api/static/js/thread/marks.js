/** Marks on the thread by the CSS Custom Highlight API, and what lies under the pointer. */
/** @import { Evidence, Finding, LeftOut, Row } from "../types.js" */
/** @import { Thread } from "./thread.js" */

/** Name and priority; a higher one is painted on top. @type {Record<string, number>} */
const LAYERS = { "left-out": 0, cited: 1, finding: 2, hovered: 3, "now-partial": 4, "now-exact": 4, picked: 5 };

export class Marks {
  /** @param {Thread} thread */
  constructor(thread) {
    this.thread = thread;
    /** @type {{id: string, ranges: Range[]}[]} */
    this.targets = [];
    /** Browsers without the interface show no marks; scrolling to the words still works. @type {Record<string, any>} */
    this.layers = {};
    if (!("highlights" in CSS)) return;
    for (const [name, priority] of Object.entries(LAYERS)) {
      const layer = new Highlight();
      layer.priority = priority;
      this.layers[name] = layer;
      CSS.highlights.set(name, layer);
    }
  }

  /** @param {string} layer @param {Range[]} ranges */
  paint(layer, ranges) {
    const highlight = this.layers[layer];
    if (!highlight) return;
    highlight.clear();
    for (const range of ranges) highlight.add(range);
  }

  /** @param {{evidence: Evidence[]}} entry */
  rangesOf(entry) {
    return entry.evidence.flatMap((each) => this.thread.ranges(each));
  }

  /**
   * Mark all that is cited, what reads like scope and is not, and what a finding is about.
   * @param {Row[]} rows
   * @param {{id: string, left: LeftOut}[]} leftOut
   * @param {Finding[]} findings
   */
  all(rows, leftOut, findings) {
    const standing = rows.filter((row) => row.verdict !== "rejected");
    const cited = standing.map((row) => ({ id: row.item.id, ranges: this.rangesOf(row.item) }));
    const left = leftOut.map(({ id, left }) => ({ id, ranges: this.thread.ranges(left) }));
    this.targets = [...cited, ...left];
    this.paint(
      "cited",
      cited.flatMap((target) => target.ranges),
    );
    this.paint(
      "finding",
      findings.flatMap((finding) => this.rangesOf(finding)),
    );
    this.paint(
      "left-out",
      left.flatMap((target) => target.ranges),
    );
  }

  /** @param {{evidence: Evidence[], grounding?: string}|null} entry */
  now(entry) {
    const ranges = entry ? this.rangesOf(entry) : [];
    const exact = !entry?.grounding || entry.grounding === "exact";
    this.paint("now-exact", exact ? ranges : []);
    this.paint("now-partial", exact ? [] : ranges);
  }

  /** @param {{evidence: Evidence[]}|null} entry */
  hovered(entry) {
    this.paint("hovered", entry ? this.rangesOf(entry) : []);
  }

  /** @param {Evidence|null} evidence */
  picked(evidence) {
    this.paint("picked", evidence ? this.thread.ranges(evidence) : []);
  }

  /** @param {number} x @param {number} y of the viewport @returns {string[]} ids of the entries whose words are there */
  at(x, y) {
    const holds = (/** @type {DOMRect} */ box) => box.left <= x && x <= box.right && box.top <= y && y <= box.bottom;
    const hit = (/** @type {Range} */ range) => [...range.getClientRects()].some(holds);
    return this.targets.filter((target) => target.ranges.some(hit)).map((target) => target.id);
  }
}
