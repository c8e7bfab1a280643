/** The last look before a version is made: what goes in, what stays out, what is missing. */
/** @import { Row } from "../types.js" */
/** @import { Store } from "./store.js" */
import { el, find, icon, showProblem } from "../dom.js";
import { summary, undecidedPart, unprovenPart } from "./commit_parts.js";
import { rebaseButton } from "./rebase.js";
import { goesIn, needsAssertion, restate, rowsOf } from "./rulings.js";

const NEVER_THERE = "There is nothing to commit yet: accept or add at least one item.";

export class Commit {
  /** @param {Store} store @param {(id: string) => void} go to a row */
  constructor(store, go) {
    this.store = store;
    this.go = go;
    this.dialog = find("#commit");
    this.key = crypto.randomUUID();
    /** What the store had read when the dialog was rendered. */
    this.loads = store.loads;
  }

  open() {
    if (this.store.closed || this.dialog.open) return;
    this.render();
    this.dialog.showModal();
    find("textarea", this.dialog).focus();
  }

  render() {
    const rows = rowsOf(this.store.view);
    const going = rows.filter(goesIn);
    const undecided = rows.filter((row) => row.open);
    const unproven = going.filter(needsAssertion);
    const number = this.store.view.current_version + 1;
    this.loads = this.store.loads;
    this.problem = el("div", { class: "problem", role: "alert" });
    this.note = el("textarea", {
      id: "commit-note",
      rows: "2",
      maxlength: "2000",
      placeholder: "What delivery should know about this version",
    });
    this.leaveOut = el("input", { type: "checkbox", id: "leave-out" });
    this.submit = el("button", { class: "button primary", type: "submit" }, icon("check"), `Commit version ${number}`);
    const form = el(
      "form",
      { novalidate: true },
      el("h2", { id: "commit-title", text: `Commit version ${number}` }),
      summary(going, rows),
      undecided.length > 0 && undecidedPart(undecided, this.leaveOut, (id) => this.leave(id)),
      unproven.length > 0 && unprovenPart(unproven),
      el(
        "div",
        { class: "field" },
        el("label", { for: "commit-note" }, "Note ", el("span", { class: "soft", text: "(optional)" })),
        this.note,
      ),
      el(
        "footer",
        {},
        this.problem,
        el("button", { class: "button quiet", type: "button", "data-close": true, text: "Back to the review" }),
        this.submit,
      ),
    );
    form.addEventListener("submit", (/** @type {Event} */ event) => {
      event.preventDefault();
      this.send(going, undecided);
    });
    this.dialog.replaceChildren(form);
  }

  /** @param {string} id */
  leave(id) {
    this.dialog.close();
    this.go(id);
  }

  /** The fields in which the reviewer says how they know an item. @returns {any[]} */
  get vouching() {
    return [...this.dialog.querySelectorAll("[data-vouch]")];
  }

  /** What each of them says, by the item's id. @returns {Map<string, string>} */
  get notes() {
    return new Map(this.vouching.map((input) => [input.dataset.vouch, input.value.trim()]));
  }

  /** Show what stands now, with what was written. */
  renew() {
    const { note, leaveOut, notes } = this;
    this.render();
    this.note.value = note.value;
    this.leaveOut.checked = leaveOut.checked;
    for (const input of this.vouching) input.value = notes.get(input.dataset.vouch) ?? "";
    this.submit.focus();
  }

  /** @param {Row[]} going @param {Row[]} undecided */
  async send(going, undecided) {
    if (this.submit.disabled) return;
    const missing = this.vouching.find((input) => !input.value.trim());
    if (!going.length) return this.say({ title: NEVER_THERE });
    if (undecided.length && !this.leaveOut.checked) {
      this.leaveOut.focus();
      return this.say({ title: "Decide on the entries that are open, or leave them out" });
    }
    if (missing) {
      missing.focus();
      return this.say({ title: "Say how you know each item that rests on no words" });
    }
    this.submit.disabled = true;
    try {
      this.vouch(going);
      const version = await this.store.commit({
        note: this.note.value.trim(),
        leaveOutUndecided: this.leaveOut.checked,
        key: this.key,
        loads: this.loads,
      });
      location.assign(`/handoffs/${version.handoff ?? this.store.view.handoff}`);
    } catch (error) {
      this.refused(/** @type {any} */ (error));
    }
  }

  /** Record the reviewer's word for items without evidence; the commit waits for it. @param {Row[]} going */
  vouch(going) {
    const { notes } = this;
    const rulings = going
      .filter((row) => notes.has(row.item.id))
      .map((row) => {
        const verdict = row.verdict === "undecided" || row.verdict === "needs_info" ? "accepted" : row.verdict;
        return restate(row.item.id, { ...row, verdict }, { assertion: notes.get(row.item.id) });
      });
    if (rulings.length) this.store.decide(rulings);
  }

  /** @param {{title: string, detail?: string, remedy?: string}} problem */
  say(problem) {
    showProblem(this.problem, /** @type {any} */ ({ detail: "", remedy: "", ...problem }));
    this.problem.scrollIntoView({ block: "nearest" });
  }

  /** @param {import("../api.js").Problem} problem */
  refused(problem) {
    if (!problem.passing) this.key = crypto.randomUUID();
    this.renew();
    if (problem.type === "stale-review") {
      this.leaveOut.checked = false;
      return this.say({
        title: "The review has changed while this was open",
        detail: "Above is what stands now. Look at it, then commit again.",
      });
    }
    this.say(problem);
    this.submit.hidden = problem.type === "stale-suggestion";
    if (this.submit.hidden) this.problem.append(rebaseButton(this.store, (failed) => this.say(failed)));
    if (problem.errors.length)
      this.problem.append(
        el(
          "ul",
          { class: "confirm-list" },
          problem.errors.map((fault) => this.fault(fault)),
        ),
      );
  }

  /** A fault at the row that its pointer names. @param {{detail: string, pointer: string}} fault */
  fault({ detail, pointer }) {
    const [, list, index] = /^#\/(items|stakeholders)\/(\d+)/.exec(pointer) ?? [];
    const row = list ? this.store.view[/** @type {"items"|"stakeholders"} */ (list)][Number(index)] : null;
    return el(
      "li",
      {},
      detail,
      " ",
      row &&
        el("button", {
          class: "button link small",
          type: "button",
          text: "Go there",
          on: { click: () => this.leave(row.item.id) },
        }),
    );
  }
}
