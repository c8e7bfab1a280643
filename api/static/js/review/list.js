/** The right pane: rows by kind, which one is current, and what is shown of it. */
/** @import { Evidence, Row, View } from "../types.js" */
/** @import { Store } from "./store.js" */
/** @import { Thread } from "../thread/thread.js" */
/** @import { Marks } from "../thread/marks.js" */
/** @import { Filter } from "./frame.js" */
import { el, find, plural } from "../dom.js";
import { HEADINGS } from "../kinds.js";
import { findingsPanel } from "../thread/findings.js";
import { madeBy, section, toolbar } from "./frame.js";
import { leftId, precedentsPanel, stillLeftOut, trayPanel } from "./panels.js";
import { renderRow } from "./row.js";
import { acceptableTogether, flaggedOf, foldedOf, inOrder, rowOf, rowsOf } from "./rulings.js";

/** Fires `select` when another row becomes current. */
export class List extends EventTarget {
  /** @param {HTMLElement} root @param {Store} store @param {Thread} thread @param {Marks} marks */
  constructor(root, store, thread, marks) {
    super();
    this.root = root;
    this.store = store;
    this.thread = thread;
    this.marks = marks;
    /** Id of the row that keys act on. @type {string|null} */
    this.current = null;
    /** @type {{id: string, mode: "reject"|"ask"|"edit", element?: HTMLElement}|null} */
    this.mode = null;
    /** @type {Filter} */
    this.filter = "all";
    this.sourceIndex = 0;
    /** Whether a form is open, whose evidence the thread shows instead of the current row's. */
    this.writing = false;
    /** Rows on the page with what they were made of. @type {Map<string, {made: string, element: HTMLElement}>} */
    this.cache = new Map();
    this.toolbar = toolbar((filter) => this.show(filter));
    this.findings = el("div");
    this.adding = el("div", { class: "adding" });
    this.tray = el("div");
    this.nothing = el("p", { class: "nothing soft", hidden: true });
    /** @type {Map<string, HTMLElement>} */
    this.sections = new Map(Object.keys(HEADINGS).map((kind) => [kind, section(kind)]));
    const below = [this.tray, precedentsPanel(store.view.precedents) ?? "", madeBy(store.view.made_by)];
    root.replaceChildren(this.toolbar, this.findings, this.adding, this.nothing, ...this.sections.values(), ...below);
  }

  /** @param {Filter} filter */
  show(filter) {
    this.filter = filter;
    this.update();
  }

  /** Bring the page in line with the view; rows that did not change stay as they are. */
  update() {
    const { view } = this.store;
    const focused = document.activeElement?.closest(".row");
    const hadFocus = focused && this.root.contains(focused);
    const flagged = flaggedOf(view);
    this.renderPanel(this.findings, JSON.stringify(view.findings), () =>
      findingsPanel(view.findings, this.thread, flagged.size),
    );
    for (const [kind, group] of this.sections) this.fill(group, this.rowsOf(view, kind), flagged);
    const left = stillLeftOut(view);
    this.renderPanel(this.tray, left.map((each) => each.id).join(), () =>
      trayPanel(left, this.thread, this.store.closed),
    );
    this.findings.hidden = this.filter === "open";
    this.tray.hidden = this.filter === "findings";
    this.counts(view, flagged);
    this.marks.all(rowsOf(view), left, view.findings);
    this.mark();
    if (hadFocus && !this.root.contains(document.activeElement))
      this.element(this.current)?.focus({ preventScroll: true });
  }

  /** @param {any} slot @param {string} made what it is made of @param {() => HTMLElement|null} render */
  renderPanel(slot, made, render) {
    if (slot.dataset.made === made) return;
    const open = slot.querySelector("details")?.open ?? true;
    const panel = render();
    if (panel) /** @type {HTMLDetailsElement} */ (panel).open = open;
    slot.replaceChildren(panel ?? "");
    slot.dataset.made = made;
  }

  /** People as they come; items in the order in which they are read. @param {View} view @param {string} kind @returns {Row[]} */
  rowsOf(view, kind) {
    return kind === "stakeholder" ? view.stakeholders : inOrder(view.items.filter((row) => row.item.kind === kind));
  }

  /** @param {HTMLElement} group @param {Row[]} rows @param {Set<string|null>} flagged */
  fill(group, rows, flagged) {
    const wanted = rows.map((row) => {
      const element = this.rowElement(row);
      const current = row.item.id === this.current;
      element.hidden =
        !current &&
        ((this.filter === "open" && !row.open) || (this.filter === "findings" && !flagged.has(row.item.id)));
      return element;
    });
    const shown = wanted.length - foldedOf(rows);
    this.place(find(".rows", group), wanted.slice(0, shown));
    this.fold(find(".more", group), wanted.slice(shown));
    group.hidden = wanted.every((element) => element.hidden);
    const open = rows.filter((row) => row.open);
    find(".count", group).textContent = this.countOf(open.length, rows.length);
    this.bulk(find(".bulk", group), group.dataset.kind ?? "", acceptableTogether(open, flagged));
  }

  /** @param {HTMLElement} list @param {HTMLElement[]} wanted */
  place(list, wanted) {
    const same =
      wanted.length === list.children.length && wanted.every((element, index) => element === list.children[index]);
    if (!same) list.replaceChildren(...wanted);
  }

  /** @param {HTMLElement} more @param {HTMLElement[]} wanted what waits behind it */
  fold(more, wanted) {
    this.place(find(".rows", more), wanted);
    const count = wanted.filter((element) => !element.hidden).length;
    more.hidden = count === 0;
    find("summary", more).textContent = `${count} more that nothing here mentions`;
  }

  /** @param {number} open @param {number} all */
  countOf(open, all) {
    if (!open) return `${all}, all decided`;
    return this.store.view.committed_as === null ? `${open} of ${all} to decide` : `${open} of ${all} left undecided`;
  }

  /** @param {HTMLElement} place @param {string} kind @param {Row[]} ready */
  bulk(place, kind, ready) {
    const people = kind === "stakeholder";
    const label = people ? "Accept all people" : `Accept ${ready.length} with exact words…`;
    if (this.store.closed || ready.length < 2) return place.replaceChildren();
    if (place.textContent !== label) {
      place.replaceChildren(
        el("button", { class: "button small quiet", type: "button", data: { act: "bulk", kind }, text: label }),
      );
    }
  }

  /** @param {Row} row */
  rowElement(row) {
    const { id } = row.item;
    const own = this.mode?.id === id ? this.mode : null;
    const mode = own && own.mode !== "edit" ? own.mode : "view";
    const made = own?.element ? "edit" : JSON.stringify([row, mode, this.store.closed]);
    const known = this.cache.get(id);
    if (known?.made === made) return known.element;
    const element = own?.element
      ? this.editing(id, own.element)
      : renderRow(row, { thread: this.thread, closed: this.store.closed, mode });
    this.cache.set(id, { made, element });
    return element;
  }

  /** @param {string} id @param {HTMLElement} form */
  editing(id, form) {
    return el("li", { class: "row is-editing", data: { id, testid: "row" }, tabindex: "-1" }, form);
  }

  /** @param {View} view @param {Set<string|null>} flagged */
  counts(view, flagged) {
    const numbers = { all: rowsOf(view).length, open: this.store.left, findings: flagged.size };
    for (const button of this.toolbar.querySelectorAll(".segment")) {
      const filter = /** @type {Filter} */ (button.getAttribute("data-filter"));
      button.setAttribute("aria-pressed", String(filter === this.filter));
      find(".count", button).textContent = String(numbers[filter]);
    }
    find("[data-act=add]", this.toolbar).hidden = this.store.closed;
    const empty = {
      all: "The draft is empty: nothing in the sources reads like scope. Select words in the thread to add items yourself.",
      open: "Everything is decided.",
      findings: "No item has a finding.",
    }[this.filter];
    const shown = [...this.sections.values()].some((group) => !group.hidden);
    this.nothing.hidden = shown;
    this.nothing.textContent = empty;
  }

  /** @param {string|null} id @returns {HTMLElement|null} */
  element(id) {
    return id ? this.root.querySelector(`.row[data-id="${CSS.escape(id)}"]`) : null;
  }

  /** Ids of the rows that can be reached, in the order of the page. */
  order() {
    return this.rows()
      .filter((row) => row.checkVisibility())
      .map((row) => row.dataset.id ?? "");
  }

  /** @returns {HTMLElement[]} all rows, with those that are hidden */
  rows() {
    return [...this.root.querySelectorAll(".row")].map((row) => /** @type {HTMLElement} */ (row));
  }

  /** What the current row rests on. @returns {{evidence: Evidence[], grounding?: string}|null} */
  entry(id = this.current) {
    if (!id) return null;
    const row = rowOf(this.store.view, id);
    if (row) return row.item;
    const left = this.store.view.left_out.find((each) => leftId(each) === id);
    return left ? { evidence: [left] } : null;
  }

  /** Show which row is current, here and in the thread. */
  mark() {
    for (const row of this.rows()) {
      const now = row.dataset.id === this.current;
      if (now) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
      row.tabIndex = now ? 0 : -1;
    }
    if (!this.writing) this.marks.now(this.entry());
  }

  /**
   * Make a row current; the small form of another one closes, an edit stays open.
   * @param {string|null} id
   * @param {{focus?: boolean, scroll?: boolean, reveal?: boolean}} [options] whether the row takes the focus, the page
   *   scrolls to it, and the thread scrolls to its words
   */
  select(id, { focus = true, scroll = true, reveal = true } = {}) {
    const changed = id !== this.current;
    this.current = id;
    this.sourceIndex = 0;
    if (this.mode && this.mode.id !== id && this.mode.mode !== "edit") {
      this.mode = null;
      this.update();
    }
    const element = this.element(id);
    const fold = element?.closest("details");
    if (fold) fold.open = true;
    if (element?.hidden) element.hidden = false;
    this.mark();
    if (focus) element?.focus({ preventScroll: true });
    if (scroll) element?.scrollIntoView({ block: "nearest" });
    const [first] = this.entry()?.evidence ?? [];
    if (reveal && first && this.root.parentElement?.dataset.wide !== "no") this.thread.reveal(first);
    if (changed) this.dispatchEvent(new Event("select"));
  }

  /** @param {1|-1} by */
  step(by) {
    const order = this.order();
    const at = order.indexOf(this.current ?? "");
    const next = at < 0 ? (by > 0 ? 0 : order.length - 1) : Math.min(Math.max(at + by, 0), order.length - 1);
    if (order[next]) this.select(order[next]);
  }

  /** The next undecided row after the current one, from the top again at the end; what is folded comes last. @returns {string|null} */
  nextOpen() {
    const open = new Set(
      rowsOf(this.store.view)
        .filter((row) => row.open)
        .map((row) => row.item.id),
    );
    const order = this.order();
    const at = order.indexOf(this.current ?? "");
    const folded = this.rows()
      .filter((row) => !row.hidden && row.closest(".more"))
      .map((row) => row.dataset.id ?? "")
      .filter((id) => id !== this.current);
    return [...order.slice(at + 1), ...order.slice(0, Math.max(at, 0)), ...folded].find((id) => open.has(id)) ?? null;
  }

  /** The words of the current row, one source after the other. @returns {string} what is shown now */
  cycle() {
    const evidence = this.entry()?.evidence ?? [];
    if (!evidence.length) return "It has no source.";
    const index = this.sourceIndex % evidence.length;
    this.sourceIndex = index + 1;
    this.thread.reveal(evidence[index]);
    this.marks.now({ ...this.entry(), evidence: [evidence[index]] });
    return `Passage ${index + 1} of ${plural(evidence.length, "passage")}, ${this.thread.place(evidence[index])}`;
  }

  /** @param {string[]} ids the rows whose words the pointer is over */
  link(ids) {
    for (const row of this.rows()) row.classList.toggle("is-linked", ids.includes(row.dataset.id ?? ""));
  }
}
