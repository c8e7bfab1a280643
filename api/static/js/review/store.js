/** The state of a review: what the server holds, what is on its way, and how to take it back. */
/** @import { Row, Ruling, View } from "../types.js" */
import { call, Problem } from "../api.js";
import { foreseen, restate, rowOf, rowsOf, untouched } from "./rulings.js";

/**
 * @typedef {{id: string, row: Row|null}[]} Before what the touched entries were; `null`: not there
 * @typedef {{rulings: Ruling[], before: Before, key: string, stack: "undo"|"redo", settle: (added: string[]) => void}} Action
 */

/** Fires `change` when the view changed, `saving` when `status` changed, `conflict` with what was not applied. */
export class Store extends EventTarget {
  /** @param {string} id of the suggestion @param {{id: string, name: string}} person */
  constructor(id, person) {
    super();
    this.url = `/v1/suggestions/${id}`;
    this.person = person;
    /** @type {View} */
    this.view = /** @type {any} */ (null);
    /** As the server gave it last. @type {View} */
    this.held = this.view;
    /** @type {string|null} */
    this.etag = null;
    /** @type {Action[]} */
    this.queue = [];
    /** @type {{undo: Before[], redo: Before[]}} */
    this.stacks = { undo: [], redo: [] };
    /** @type {"idle"|"saving"|"saved"|"failed"} */
    this.status = "idle";
    /** @type {Problem|null} */
    this.problem = null;
    this.draining = Promise.resolve();
  }

  /** Read the review from the server. Throws a Problem. */
  async load() {
    const { data, etag } = await call("GET", this.url);
    this.take(data, etag);
  }

  /** @param {View} view @param {string|null} etag */
  take(view, etag) {
    this.held = view;
    this.etag = etag;
    this.view = this.queue.reduce((seen, action) => foreseen(seen, action.rulings, this.person), view);
    this.dispatchEvent(new Event("change"));
  }

  /** Whether verdicts can be given at all. */
  get closed() {
    return this.view.committed_as !== null || this.view.stale;
  }

  /** Whether something is not yet with the server. */
  get unsaved() {
    return this.queue.length > 0;
  }

  /** How many entries nobody has decided on. */
  get left() {
    return rowsOf(this.view).filter((row) => row.open).length;
  }

  /**
   * Show the rulings at once and send them; several are one action, taken or refused together.
   * @param {Ruling[]} rulings
   * @param {{stack?: "undo"|"redo"}} [options] where its opposite is kept
   * @returns {Promise<string[]>} ids of what was added, when the server has it
   */
  decide(rulings, { stack = "undo" } = {}) {
    const before = rulings
      .filter((ruling) => ruling.item)
      .map((ruling) => {
        const id = /** @type {string} */ (ruling.item);
        return { id, row: rowOf(this.view, id) ?? null };
      });
    return new Promise((settle) => {
      this.queue.push({ rulings, before, key: crypto.randomUUID(), stack, settle });
      this.view = foreseen(this.view, rulings, this.person);
      this.dispatchEvent(new Event("change"));
      this.drain();
    });
  }

  /** Take the last action back. @returns {Promise<string|null>} the entry to look at; `null` when there is nothing */
  undo() {
    return this.back("undo", "redo");
  }

  /** @returns {Promise<string|null>} */
  redo() {
    return this.back("redo", "undo");
  }

  /** @param {"undo"|"redo"} from @param {"undo"|"redo"} to */
  async back(from, to) {
    await this.draining;
    const before = this.stacks[from].pop();
    if (!before) return null;
    const rulings = before.flatMap(({ id, row }) => restate(id, row, {}, Boolean(rowOf(this.view, id))));
    const added = await this.decide(rulings, { stack: to });
    return added[0] ?? before[0].id;
  }

  /** Send what waits, one action after the other; a failed one stays in front until it is retried. */
  drain() {
    if (this.status === "saving") return;
    this.draining = this.send();
  }

  async send() {
    this.to("saving");
    while (this.queue.length) {
      const action = this.queue[0];
      try {
        const { data, etag } = await call("POST", `${this.url}/decisions`, {
          body: { decisions: action.rulings },
          etag: this.etag,
          key: action.key,
        });
        this.finish(action, data, etag);
      } catch (error) {
        const problem = /** @type {Problem} */ (error);
        if (problem.type === "stale-review") {
          if (await this.reapply(action)) continue;
        } else if (problem.passing) {
          return this.to("failed", problem);
        } else {
          await this.drop(action, problem);
        }
        if (this.status === "failed") return;
      }
    }
    this.to("saved");
  }

  /** @param {Action} action @param {View} view @param {string|null} etag */
  finish(action, view, etag) {
    const known = new Set(rowsOf(this.held).map((row) => row.item.id));
    const added = rowsOf(view)
      .map((row) => row.item.id)
      .filter((id) => !known.has(id));
    this.queue.shift();
    // What was replaced under a new id comes back by taking the new one away.
    this.stacks[action.stack].push([...added.map((id) => ({ id, row: null })), ...action.before]);
    this.take(view, etag);
    action.settle(added);
  }

  /**
   * Somebody else decided in between: keep what they did not touch, and tell of the rest.
   * @param {Action} action
   * @returns {Promise<boolean>} whether there is something left to send
   */
  async reapply(action) {
    try {
      await this.load();
    } catch (error) {
      this.to("failed", /** @type {Problem} */ (error));
      return false;
    }
    const clashes = action.before.filter(({ id, row }) => !untouched(row ?? undefined, rowOf(this.held, id)));
    const ids = new Set(clashes.map((clash) => clash.id));
    const lost = action.rulings.filter((ruling) => ruling.item && ids.has(ruling.item));
    action.rulings = action.rulings.filter((ruling) => !lost.includes(ruling));
    action.before = action.before.filter(({ id }) => !ids.has(id));
    action.key = crypto.randomUUID(); // on top of another state, it is another request
    if (!action.rulings.length) this.queue.shift();
    this.take(this.held, this.etag);
    if (lost.length) this.dispatchEvent(new CustomEvent("conflict", { detail: lost }));
    if (!action.rulings.length) action.settle([]);
    return action.rulings.length > 0;
  }

  /** The server will never take it: put the view back and say why. @param {Action} action @param {Problem} problem */
  async drop(action, problem) {
    this.queue.shift();
    action.settle([]);
    this.dispatchEvent(new CustomEvent("refused", { detail: { problem, rulings: action.rulings } }));
    try {
      await this.load();
    } catch (error) {
      this.to("failed", /** @type {Problem} */ (error));
    }
  }

  /** Send again what failed, under the same key. */
  retry() {
    this.to("idle");
    this.drain();
  }

  /** @param {"idle"|"saving"|"saved"|"failed"} status @param {Problem|null} [problem] */
  to(status, problem = null) {
    this.status = status;
    this.problem = problem;
    this.dispatchEvent(new Event("saving"));
  }

  /**
   * Make the next version. Throws a Problem; then nothing has changed.
   * @param {{note: string, leaveOutUndecided: boolean, key: string}} wish
   * @returns {Promise<any>} the version
   */
  async commit({ note, leaveOutUndecided, key }) {
    await this.draining;
    if (this.unsaved) throw this.problem ?? new Problem({ title: "Some verdicts are not saved yet" });
    const body = { note: note || undefined, leave_out_undecided: leaveOutUndecided };
    const { data } = await call("POST", `${this.url}/commit`, { body, etag: this.etag, key });
    return data;
  }

  /** Move the draft onto the current version. Throws a Problem. @returns {Promise<string>} the new suggestion's id */
  async rebase() {
    const { data } = await call("POST", `${this.url}/rebase`);
    return data.id;
  }
}
