/** Words that the reviewer selects in the thread: remembered, marked, and offered as evidence beside the selection. */
/** @import { Evidence } from "../types.js" */
/** @import { Thread } from "../thread/thread.js" */
/** @import { Marks } from "../thread/marks.js" */
import { el, find, icon, words } from "../dom.js";
import { FIELDS, ONE } from "../kinds.js";

export class Selected {
  /**
   * @param {Thread} thread
   * @param {Marks} marks
   * @param {{add: (kind: string, evidence: Evidence) => void, editing: () => {cite: (evidence: Evidence) => void}|null, closed: () => boolean}} acts
   */
  constructor(thread, marks, acts) {
    this.thread = thread;
    this.marks = marks;
    this.acts = acts;
    /** @type {Evidence|null} */
    this.evidence = null;
    this.menu = find("#selection-menu");
    document.addEventListener("selectionchange", () => this.read());
    thread.root.addEventListener("pointerup", () => setTimeout(() => this.offer()));
    thread.root.addEventListener("keyup", (event) => event.shiftKey && this.offer());
    thread.root.addEventListener("scroll", () => this.hide(), { passive: true });
    document.addEventListener("pointerdown", (event) => {
      if (!this.menu.contains(/** @type {Node} */ (event.target))) this.hide();
    });
    this.menu.addEventListener(
      "keydown",
      (/** @type {KeyboardEvent} */ event) => event.key === "Escape" && this.hide(),
    );
  }

  /** @returns {Range|null} the selection, when it lies in the thread */
  range() {
    const selection = getSelection();
    if (!selection?.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    return this.thread.root.contains(range.commonAncestorContainer) ? range : null;
  }

  /** Remember the selection; a click into a form ends it on the page, but not here. */
  read() {
    const range = this.range();
    if (!range) return;
    this.evidence = this.thread.evidence(range);
    this.marks.picked(this.evidence);
  }

  /** @returns {Evidence|null} and forget it */
  take() {
    const { evidence } = this;
    this.clear();
    return evidence;
  }

  clear() {
    this.evidence = null;
    this.marks.picked(null);
    this.hide();
    if (this.range()) getSelection()?.removeAllRanges();
  }

  hide() {
    this.menu.hidden = true;
  }

  /** Show the small menu next to the selection. */
  offer() {
    const range = this.range();
    if (!range) {
      if (this.evidence && !this.acts.editing()) this.clear();
      return;
    }
    this.read();
    if (!this.evidence || this.acts.closed()) return;
    this.menu.replaceChildren(...this.choices());
    this.menu.hidden = false;
    const box = range.getBoundingClientRect();
    const frame = this.thread.root.getBoundingClientRect();
    const width = this.menu.offsetWidth;
    const left = Math.max(8, Math.min(box.left + box.width / 2 - width / 2, frame.right - width - 8));
    const below = box.bottom + 8 + this.menu.offsetHeight < innerHeight;
    this.menu.style.left = `${left}px`;
    this.menu.style.top = `${below ? box.bottom + 8 : Math.max(8, box.top - this.menu.offsetHeight - 8)}px`;
  }

  choices() {
    const editing = this.acts.editing();
    const press = (/** @type {(evidence: Evidence) => void} */ act) => () => {
      const evidence = this.take();
      if (evidence) act(evidence);
    };
    if (editing) {
      const cite = press((evidence) => editing.cite(evidence));
      return [
        el(
          "button",
          { class: "button small primary", type: "button", on: { click: cite } },
          icon("quote"),
          "Cite in the open item",
        ),
      ];
    }
    const add = (/** @type {string} */ kind) => press((evidence) => this.acts.add(kind, evidence));
    const kinds = Object.keys(FIELDS).map((kind) =>
      el("button", {
        class: "button small quiet",
        type: "button",
        "aria-label": `Add as ${ONE[kind]}`,
        text: words(ONE[kind]),
        on: { click: add(kind) },
      }),
    );
    return [el("span", { class: "soft small", text: "Add as" }), ...kinds];
  }
}
