/** The thread on the page, with a way from offsets to ranges of the page and back. */
/** @import { Evidence, Finding } from "../types.js" */
/** @import { Run } from "./unseen.js" */
import { el } from "../dom.js";
import { messageElement, sourceHead } from "./cards.js";
import { flag } from "./findings.js";
import { Offsets } from "./offsets.js";
import { sideBadge } from "./sides.js";
import { unseenMark, unseenRuns } from "./unseen.js";

/** @typedef {{source: string, from: number, to: number, node: Text}} Piece a stretch of a source on the page; UTF-16 units */
/** @typedef {{at: number, finding: Finding}} Flag where a finding is explained; UTF-16 units */

export class Thread {
  /**
   * @param {HTMLElement} root
   * @param {any[]} sources as the interface gives them in full
   * @param {{badge?: (message: any) => HTMLElement|null, heads?: boolean, flags?: boolean}} [options] how a side is
   *   shown, whether each source has a heading, and whether findings are explained beside their words
   */
  constructor(root, sources, { badge = sideBadge, heads = true, flags = false } = {}) {
    this.root = root;
    this.badge = badge;
    /** What a quotation's link to its original does. @type {(evidence: Evidence) => void} */
    this.original = (evidence) => this.reveal(evidence);
    this.sources = new Map(sources.map((source) => [source.id, located(source, flags)]));
    /** @type {Piece[]} */
    this.pieces = [];
    root.replaceChildren(...[...this.sources.values()].map((source) => this.section(source, heads)));
  }

  /** @param {any} source @param {boolean} head */
  section(source, head) {
    return el(
      "section",
      { class: "source", "aria-label": source.name },
      head && sourceHead(source, this.sources.size > 1),
      source.messages.map((/** @type {any} */ message) => messageElement(this, source, message)),
    );
  }

  /** @param {any} source @param {number} start @param {number} end in code points @returns {string} */
  slice(source, start, end) {
    return source.offsets.slice(start, end);
  }

  /**
   * A stretch of the text as nodes: what cannot be seen is named, and findings that end in it are explained.
   * @param {any} source @param {number} start @param {number} end in code points
   * @returns {Node[]}
   */
  text({ id, text, offsets, unseen, flags }, start, end) {
    const [from, to] = [offsets.toUnits(start), offsets.toUnits(end)];
    const runs = unseen.filter((/** @type {Run} */ run) => run.from < to && from < run.to);
    const ends = flags.filter((/** @type {Flag} */ each) => from < each.at && each.at <= to);
    const cuts = [
      ...runs.flatMap((/** @type {Run} */ run) => [run.from, run.to]),
      ...ends.map((/** @type {Flag} */ each) => each.at),
    ];
    const edges = [from, ...cuts.filter((cut) => from < cut && cut < to).sort((a, b) => a - b), to];
    return edges.slice(1).flatMap((right, index) => {
      const left = edges[index];
      const node = new Text(text.slice(left, right));
      if (left < right) this.pieces.push({ source: id, from: left, to: right, node });
      const run = runs.find((/** @type {Run} */ each) => each.from < right && left < each.to);
      const explained = ends.filter((/** @type {Flag} */ each) => left < each.at && each.at === right);
      return [run ? unseenMark(run, node) : node, ...explained.map((/** @type {Flag} */ each) => flag(each.finding))];
    });
  }

  /** @param {Evidence} evidence @returns {Range[]} in the order of the text; empty when it is not on the page */
  ranges({ source, start, end }) {
    const offsets = this.sources.get(source)?.offsets;
    if (!offsets) return [];
    const [from, to] = [offsets.toUnits(start), offsets.toUnits(end)];
    return this.pieces
      .filter((piece) => piece.source === source && piece.from < to && from < piece.to)
      .map((piece) => {
        const range = document.createRange();
        range.setStart(piece.node, Math.max(from, piece.from) - piece.from);
        range.setEnd(piece.node, Math.min(to, piece.to) - piece.from);
        return range;
      });
  }

  /**
   * What a selection of the page covers, without white space at its ends.
   * @param {Range} range
   * @returns {Evidence|null} `null` when it is blank or lies in more than one source
   */
  evidence(range) {
    const covered = this.pieces.filter((piece) => range.intersectsNode(piece.node));
    if (!covered.length) return null;
    const [first, last] = [covered[0], covered[covered.length - 1]];
    if (first.source !== last.source) return null;
    const { id, text, offsets, messages } = this.sources.get(first.source);
    let from = range.startContainer === first.node ? first.from + range.startOffset : first.from;
    let to = range.endContainer === last.node ? last.from + range.endOffset : last.to;
    while (from < to && /\s/.test(text[from])) from += 1;
    while (to > from && /\s/.test(text[to - 1])) to -= 1;
    if (from >= to) return null;
    const [start, end] = [offsets.toPoints(from), offsets.toPoints(to)];
    const message = messages.find((/** @type {any} */ each) => each.start <= start && start < each.end)?.number ?? null;
    return { source: id, message, start, end, quote: offsets.slice(start, end) };
  }

  /** @param {Evidence} evidence @returns {string} such as `Message 3, Tom Becker` */
  place({ source, message }) {
    const given = this.sources.get(source);
    if (!given) return "a source that is not shown";
    const sender = message ? given.messages[message - 1]?.sender : null;
    const where = message ? `Message ${message}` : given.name;
    return [where, sender, this.sources.size > 1 && message ? given.name : null].filter(Boolean).join(", ");
  }

  /** Scroll to the words, unfolding what hides them. @param {Evidence} evidence @returns {boolean} whether they are there */
  reveal(evidence) {
    const [range] = this.ranges(evidence);
    if (!range) return false;
    const fold = range.startContainer.parentElement?.closest("details");
    if (fold) fold.open = true;
    const box = range.getBoundingClientRect();
    const frame = this.root.getBoundingClientRect();
    const scrolls = this.root.scrollHeight > this.root.clientHeight + 1;
    const top = scrolls ? frame.top : 0;
    const height = scrolls ? frame.height : innerHeight;
    if (box.top > top + 48 && box.bottom < top + height - 24) return true;
    const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
    (scrolls ? this.root : window).scrollBy({ top: box.top - top - height * 0.3, behavior });
    return true;
  }
}

/** @param {any} source @param {boolean} flagged @returns {any} the source with what is needed to place its words */
function located(source, flagged) {
  const offsets = new Offsets(source.text);
  const unseen = unseenRuns(source.text);
  const shown = (/** @type {Evidence} */ { start, end }) =>
    unseen.some((run) => offsets.toUnits(start) <= run.from && run.to <= offsets.toUnits(end));
  const findings = flagged ? source.findings.filter((/** @type {Finding} */ each) => each.evidence.length) : [];
  const flags = findings
    .filter((/** @type {Finding} */ each) => each.kind !== "hidden_text" || !shown(each.evidence[0]))
    .map((/** @type {Finding} */ finding) => ({ at: offsets.toUnits(finding.evidence[0].end), finding }));
  const byMessage = Map.groupBy(source.passages, (/** @type {any} */ passage) => passage.message);
  return { ...source, offsets, unseen, flags, byMessage };
}
