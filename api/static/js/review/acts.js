/** What a reviewer does with a row: by key, by button, or from words in the thread. */
/** @import { Evidence, LeftOut, Ruling } from "../types.js" */
/** @import { Step } from "./history.js" */
/** @import { List } from "./list.js" */
/** @import { Selected } from "./selection.js" */
import { el, find, plural, toast } from "../dom.js";
import { HEADINGS, ONE, REASONS } from "../kinds.js";
import { Editor } from "./editor.js";
import { leftId } from "./panels.js";
import { labelOf } from "./row.js";
import { acceptableTogether, flaggedOf, restate, rowOf } from "./rulings.js";

export class Acts {
  /** @param {List} list @param {() => Selected} selected @param {(text: string) => void} announce */
  constructor(list, selected, announce) {
    this.list = list;
    this.store = list.store;
    this.selected = selected;
    this.announce = announce;
    /** The open form, if there is one. @type {Editor|null} */
    this.editor = null;
    /** Words of a new item that was left unfinished. @type {Evidence|null} */
    this.unfinished = null;
  }

  get row() {
    return this.list.current ? rowOf(this.store.view, this.list.current) : undefined;
  }

  /** The left-out sentence that is current. @returns {LeftOut|undefined} */
  get left() {
    return this.store.view.left_out.find((each) => leftId(each) === this.list.current);
  }

  /** @returns {boolean} whether verdicts can be given now; says why not */
  ready() {
    if (!this.store.closed) return true;
    const { committed_as: number } = this.store.view;
    toast(number === null ? "Bring the draft up to date first." : `This review became version ${number}.`);
    return false;
  }

  /** Send rulings on one row and go on to the next undecided row. @param {Ruling[]} rulings @param {string} said */
  rule(rulings, said) {
    this.close();
    const next = this.list.nextOpen();
    this.store.decide([rulings]);
    const { left } = this.store;
    this.announce(`${said}. ${left ? `${left} left.` : "All decided; commit when you are ready."}`);
    this.list.select(next ?? this.list.current);
  }

  accept() {
    if (!this.ready()) return;
    const { row, left } = this;
    if (left) return this.addWords(left.looks_like, left, { at: this.list.current });
    if (!row) return;
    if (["accepted", "edited", "added"].includes(row.verdict) || (row.standing && row.verdict === "undecided")) {
      const next = this.list.nextOpen();
      return next && this.list.select(next);
    }
    this.rule([{ item: row.item.id, verdict: "accepted" }], "Accepted");
  }

  reject() {
    this.ask("reject");
  }

  /** @param {"reject"|"ask"} [mode] open the small form for a reason or a question */
  ask(mode = "ask") {
    const { row } = this;
    if (!this.ready() || !row) return;
    if (row.verdict === "added") return mode === "reject" ? this.takeBack() : undefined;
    this.close();
    this.list.mode = { id: row.item.id, mode };
    this.list.update();
    const form = this.list.element(row.item.id)?.querySelector("form.why");
    const target = /** @type {HTMLInputElement|null} */ (form?.querySelector(mode === "ask" ? "input" : "button"));
    target?.focus();
    if (mode === "ask") target?.select();
  }

  /** @param {string} [reason] */
  rejected(reason) {
    const { row } = this;
    if (row) this.rule([{ item: row.item.id, verdict: "rejected", reason: reason || undefined }], "Rejected");
  }

  /** @param {string} [reason] the question */
  asked(reason) {
    const { row } = this;
    if (row)
      this.rule([{ item: row.item.id, verdict: "needs_info", reason: reason || undefined }], "Marked as needs info");
  }

  /** @param {number} digit from 1 @returns {boolean} whether the current row was waiting for it */
  digit(digit) {
    const { mode, current } = this.list;
    if (mode?.mode !== "reject" || mode.id !== current) return false;
    this.rejected(REASONS[digit - 1]);
    return true;
  }

  edit() {
    const { row, left } = this;
    if (!this.ready()) return;
    if (left) return this.add(left.looks_like, left);
    if (!row) return;
    this.close();
    const { id } = row.item;
    const editor = new Editor(
      row.item,
      this.setting(`edit:${this.store.url}:${id}`, {
        again: "“Edit” (e)",
        save: (edit, assertion) => {
          const verdict = row.verdict === "added" ? "added" : "edited";
          this.rule(restate(id, { ...row, verdict }, { edit, assertion }), "Saved");
        },
      }),
    );
    this.list.mode = { id, mode: "edit", element: editor.form };
    this.open(editor);
  }

  /**
   * Write a new item; with words, they are its evidence, and without any, what was left unfinished goes on.
   * @param {string} [kind]
   * @param {Evidence|null} [evidence]
   */
  add(kind = "scope", evidence = this.selected().take() ?? this.unfinished) {
    if (!this.ready()) return;
    this.close();
    const entry = {
      kind,
      text: evidence ? evidence.quote.replace(/\s+/g, " ") : "",
      evidence: evidence ? [evidence] : [],
      owner: null,
      due: null,
      baseline: null,
      target: null,
    };
    const key = ["add", this.store.url, evidence?.source, evidence?.start].join(":");
    const editor = new Editor(
      entry,
      this.setting(key, {
        again: "“Add an item” (+)",
        leave: (kept) => {
          this.unfinished = kept ? evidence : null;
        },
        save: (edit, assertion) => {
          this.unfinished = null;
          this.close();
          this.adds({ item: null, verdict: "added", edit, assertion });
        },
      }),
    );
    this.list.adding.replaceChildren(el("h2", { text: "New item" }), editor.form);
    this.open(editor);
  }

  /** Add words as they stand. @param {string} kind @param {Evidence} words @param {{at?: string|null}} [options] */
  async addWords(kind, words, { at } = {}) {
    const { source, start, end, quote } = words;
    const edit = { kind, text: quote.replace(/\s+/g, " ").slice(0, 2000), evidence: [{ source, start, end }] };
    const order = this.list.order();
    const next = at ? order[order.indexOf(at) + 1] : undefined;
    await this.adds({ item: null, verdict: "added", edit }, next?.startsWith("left:") ? next : undefined);
  }

  /** @param {Ruling} ruling that adds an item @param {string} [go] where to go instead of to the new row */
  async adds(ruling, go) {
    const { act, added } = this.store.decide([[ruling]]);
    const [id] = await added;
    if (!id) return;
    const said = `Added as ${ONE[ruling.edit.kind]}.`;
    this.announce(said);
    this.offerUndo(said, act);
    this.list.select(go ?? id, { reveal: Boolean(go) });
  }

  /** Say what was done, with a way to take back that very act. @param {string} said @param {Step[]} act */
  offerUndo(said, act) {
    toast(said, { action: { label: "Undo", run: () => this.undo(act) } });
  }

  /**
   * @param {string} key
   * @param {object} form
   * @param {string} form.again what opens it again
   * @param {(edit: any, assertion: string|undefined) => void} form.save
   * @param {(kept: boolean) => void} [form.leave] told when it is left, and whether typing is kept
   */
  setting(key, { again, save, leave }) {
    return {
      key,
      save,
      thread: this.list.thread,
      selected: () => this.selected().take(),
      leave: (/** @type {boolean} */ kept) => {
        leave?.(kept);
        this.close();
        if (kept) toast(`What you typed is kept; ${again} brings it back.`);
        this.list.element(this.list.current)?.focus({ preventScroll: true });
      },
      shows: (/** @type {Evidence[]} */ evidence) => this.list.marks.now({ evidence }),
    };
  }

  /** @param {Editor} editor */
  open(editor) {
    this.editor = editor;
    this.list.writing = true;
    this.list.update();
    find("[data-first]", editor.form).focus({ preventScroll: true });
    editor.form.scrollIntoView({ block: "nearest" });
  }

  /** Leave every form; what was typed into an editor is kept until it is discarded or saved. */
  close() {
    if (!this.list.mode && !this.editor) return;
    this.list.mode = null;
    this.editor = null;
    this.list.writing = false;
    this.list.adding.replaceChildren();
    this.list.update();
  }

  /** Take this row's verdict back. */
  takeBack() {
    const { row } = this;
    if (!this.ready() || !row || row.verdict === "undecided") return;
    this.close();
    const order = this.list.order();
    const neighbour = order[order.indexOf(row.item.id) + 1] ?? order[order.indexOf(row.item.id) - 1];
    this.store.decide([[{ item: row.item.id, verdict: "undecided" }]]);
    this.announce("Taken back.");
    this.list.select(row.verdict === "added" ? neighbour : row.item.id);
  }

  /** Take back the current row's verdict; where it has none, the last action. */
  undoHere() {
    return this.row && this.row.verdict !== "undecided" ? this.takeBack() : this.undo();
  }

  /** Take an act back, the last one unless told which. @param {Step[]} [act] */
  async undo(act) {
    if (!this.ready()) return;
    this.close();
    const id = await this.store.undo(act);
    if (!id) return;
    this.announce("Undone.");
    this.list.select(id);
  }

  async redo() {
    if (!this.ready()) return;
    const id = await this.store.redo();
    if (!id) return;
    this.announce("Done again.");
    this.list.select(id);
  }

  /** Accept what is safe to accept together, after a look at it. @param {string} kind */
  async bulk(kind) {
    if (!this.ready()) return;
    const people = kind === "stakeholder";
    const { view } = this.store;
    const rows = acceptableTogether(this.list.rowsOf(view, kind), flaggedOf(view));
    const heading = people
      ? `Accept ${plural(rows.length, "person", "people")}?`
      : `Accept ${plural(rows.length, "item")} under ${HEADINGS[kind]}?`;
    if (
      !(await confirm(
        heading,
        rows.map(labelOf),
        people
          ? ""
          : "Every figure, date and name of these stands in the words that they cite. What asks for a closer look or has a finding stays to be decided.",
      ))
    )
      return;
    const { act } = this.store.decide(rows.map((row) => [{ item: row.item.id, verdict: "accepted" }]));
    this.announce(`${rows.length} accepted. ${this.store.left} left.`);
    this.offerUndo(`${rows.length} accepted.`, act);
    this.list.select(this.list.nextOpen() ?? this.list.current);
  }
}

/** @param {string} heading @param {string[]} lines @param {string} hint @returns {Promise<boolean>} */
function confirm(heading, lines, hint) {
  const dialog = find("#confirm");
  dialog.returnValue = "";
  dialog.replaceChildren(
    el(
      "form",
      { method: "dialog" },
      el("h2", { id: "confirm-title", text: heading }),
      hint && el("p", { class: "soft small", text: hint }),
      el(
        "ul",
        { class: "confirm-list" },
        lines.map((line) => el("li", { text: line })),
      ),
      el(
        "footer",
        {},
        el("button", { class: "button quiet", value: "" }, "Cancel"),
        el("button", { class: "button primary", value: "yes", autofocus: true }, "Accept"),
      ),
    ),
  );
  dialog.showModal();
  return new Promise((resolve) =>
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true }),
  );
}
