/** The thread as cards, one a message, with a way from offsets to ranges of the page and back. */
/** @import { Evidence } from "./types.js" */
import { el, icon, moment, plural } from "../dom.js";
import { Offsets } from "./offsets.js";

const SIDES = { client: "Client", vendor: "Us", third_party: "Third party" };

/** @typedef {{source: string, from: number, to: number, node: Text}} Piece a stretch of a source on the page; UTF-16 units */

export class Thread {
  /** @param {HTMLElement} root @param {any[]} sources as the interface gives them in full */
  constructor(root, sources) {
    this.root = root;
    this.sources = new Map(sources.map((source) => [source.id, { ...source, offsets: new Offsets(source.text) }]));
    /** @type {Piece[]} */
    this.pieces = [];
    /** @type {Map<Node, Piece>} */
    this.byNode = new Map();
    root.replaceChildren(...sources.map((source) => this.sourceSection(source, sources.length > 1)));
  }

  /** @param {any} source @param {boolean} several */
  sourceSection(source, several) {
    const size = source.messages.length ? plural(source.messages.length, "message") : "";
    return el(
      "section",
      { class: "source", "aria-label": source.name },
      el(
        "header",
        { class: several ? "source-head several" : "source-head" },
        icon("file"),
        el("h2", { text: source.name }),
        el("span", { class: "soft small", text: size }),
      ),
      source.messages.map((/** @type {any} */ message) => this.card(source, message)),
    );
  }

  /** @param {any} source @param {any} message */
  card(source, message) {
    const sender = message.sender ?? message.email;
    const name = sender ?? (source.messages.length === 1 ? source.name : "Unknown sender");
    const groups = this.groups(source, message);
    const top = groups[0].role === "header" && groups.length > 1 ? groups.shift() : null;
    return el(
      "article",
      { class: "message", data: { side: message.side ?? "" }, "aria-label": `Message ${message.number}, ${name}` },
      el(
        "header",
        { class: "message-head" },
        el("span", { class: "number numbers", text: message.number, title: `Message ${message.number}` }),
        el("strong", { text: name }),
        message.side &&
          el("span", {
            class: `badge ${message.side === "client" ? "accent" : ""}`,
            text: SIDES[/** @type {keyof typeof SIDES} */ (message.side)],
          }),
        el("span", { class: "soft small when", text: moment(message.sent) }),
        message.subject && el("span", { class: "subject soft small", text: message.subject }),
        top && this.group(source, top),
      ),
      el(
        "div",
        { class: "message-body" },
        groups.map((group) => this.group(source, group)),
      ),
    );
  }

  /**
   * Neighbouring passages of the same role; white space between them belongs to the one before.
   * @param {any} source @param {any} message
   * @returns {{role: string, start: number, end: number, count: number}[]}
   */
  groups(source, message) {
    const passages = source.passages.filter((/** @type {any} */ each) => each.message === message.number);
    if (!passages.length) return [{ role: "new", start: message.start, end: message.end, count: 1 }];
    /** @type {{role: string, start: number, end: number, count: number}[]} */
    const groups = [];
    for (const { role, start, end } of passages) {
      const last = groups[groups.length - 1];
      if (last?.role === role) Object.assign(last, { end, count: last.count + 1 });
      else groups.push({ role, start, end, count: 1 });
    }
    return groups;
  }

  /** @param {any} source @param {{role: string, start: number, end: number, count: number}} group */
  group(source, { role, start, end, count }) {
    const text = this.text(source, start, end);
    if (role === "quoted")
      return el(
        "details",
        { class: "fold quoted" },
        el("summary", { text: `Quoted: ${plural(count, "line")}` }),
        el("div", { class: "words" }, text),
      );
    if (role === "header")
      return el(
        "details",
        { class: "fold headers" },
        el("summary", { text: "Headers" }),
        el("div", { class: "words" }, text),
      );
    return el("div", { class: `words ${role === "new" ? "" : "dim"}` }, text);
  }

  /** @param {any} source @param {number} start @param {number} end @returns {Text} */
  text(source, start, end) {
    const { offsets } = this.sources.get(source.id);
    const piece = { source: source.id, from: offsets.toUnits(start), to: offsets.toUnits(end), node: new Text() };
    piece.node.data = source.text.slice(piece.from, piece.to);
    this.pieces.push(piece);
    this.byNode.set(piece.node, piece);
    return piece.node;
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
