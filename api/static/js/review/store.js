/** The state of a review: what the server holds, what is on its way, and how to take it back. */
/** @import { Row, Ruling, View } from "../types.js" */
/** @import { Step, Way } from "./history.js" */
import { call, Problem } from "../api.js";
import { History } from "./history.js";
import { foreseen, newIn, restate, rowOf, rowsOf, untouched } from "./rulings.js";

/**
 * @typedef {{id: string|null, seen: Row|null, rulings: Ruling[], step: Step, back?: Step}} Change rulings on one entry,
 *   applied or held back together; `id` is `null` for a new one, `seen` is what was ruled on, `step` is what comes of
 *   it, `back` is what is taken back
 * @typedef {{changes: Change[], steps: Step[], at: string, key: string, settle: (added: string[]) => void}} Action
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
    this.history = new History();
    /** How often the review was read; what others decided comes in with it. */
    this.loads = 0;
    /** @type {"idle"|"saving"|"saved"|"failed"} */
    this.status = "idle";
    /** @type {Problem|null} */
    this.problem = null;
    this.draining = Promise.resolve();
  }

  /** Read the review from the server. Throws a Problem. */
  async load() {
    const { data, etag } = await call("GET", this.url);
    this.loads += 1;
    this.take(data, etag);
  }

  /** Read it again. @returns {Promise<boolean>} whether the server answered */
  async reload() {
    try {
      await this.load();
      return true;
    } catch (error) {
      this.to("failed", /** @type {Problem} */ (error));
      return false;
    }
  }

  /** @param {View} view @param {string|null} etag */
  take(view, etag) {
    this.held = view;
    this.etag = etag;
    this.view = this.queue.reduce((seen, action) => foreseen(seen, action, this.person), view);
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
   * Show rulings at once and send them; what is given together is one act, taken or refused together.
   * @param {Ruling[][]} rulings of each entry
   * @returns {{act: Step[], added: Promise<string[]>}} what `undo` takes; and ids of what was added, when the server has it
   */
  decide(rulings) {
    const changes = rulings.map((each) => this.change(each.find((ruling) => ruling.item)?.item ?? null, each));
    this.history.forgetUndone();
    return this.enqueue(changes, "undo");
  }

  /** @param {string|null} id @param {Ruling[]} rulings @param {Step} [back] @returns {Change} */
  change(id, rulings, back) {
    const seen = rowOf(this.view, id) ?? null;
    return { id, seen, rulings, step: { id, before: seen, after: null }, back };
  }

  /** @param {Change[]} changes @param {Way} stack where their opposite is kept */
  enqueue(changes, stack) {
    const steps = changes.map(({ step }) => step);
    const at = new Date().toISOString();
    /** @type {Promise<string[]>} */
    const added = new Promise((settle) => this.queue.push({ changes, steps, at, key: crypto.randomUUID(), settle }));
    this.view = foreseen(this.view, { changes, at }, this.person);
    for (const { step, back } of changes) {
      step.after = rowOf(this.view, step.id) ?? null;
      if (step.id && back?.before) this.history.renew(step.id, back.before, step.after);
    }
    this.history.push(stack, steps);
    this.dispatchEvent(new Event("change"));
    this.drain();
    return { act: steps, added };
  }

  /**
   * Take an act back, the last one unless told which; it shows at once.
   * @param {Step[]} [act]
   * @returns {Promise<string|null>} the entry to look at; `null` when there is nothing
   */
  undo(act) {
    return this.back(act ? this.history.pick("undo", act) : this.history.pop("undo"), "redo");
  }

  /** @returns {Promise<string|null>} */
  redo() {
    return this.back(this.history.pop("redo"), "undo");
  }

  /** @param {Step[]} steps of one act @param {Way} to */
  async back(steps, to) {
    // What is new can be named once the server has named it.
    if (steps.some((step) => step.id === null)) await this.settled();
    const waiting = this.queue.find((action) => action.steps === steps);
    if (waiting && !this.underWay(waiting)) return this.unsend(waiting, to);
    const changes = steps.filter((step) => step.id !== null).map((step) => this.opposite(step));
    const lost = changes.filter((change, index) => !untouched(steps[index].after, change.seen));
    this.tell(lost);
    const kept = changes.filter((change) => !lost.includes(change));
    if (!kept.length) return null;
    this.enqueue(kept, to);
    return kept[0].id;
  }

  /** @param {Step} step @returns {Change} */
  opposite(step) {
    const id = /** @type {string} */ (step.id);
    return this.change(id, restate(id, step.before, { now: rowOf(this.view, id) ?? null }), step);
  }

  /** @param {Action} action @returns {boolean} whether the server may have it by now */
  underWay(action) {
    return this.status === "saving" && action === this.queue[0];
  }

  /** Drop an act that waits. @param {Action} action @param {Way} to @returns {string|null} the entry to look at */
  unsend(action, to) {
    this.queue = this.queue.filter((each) => each !== action);
    const known = action.steps.filter((step) => step.id !== null);
    const reversed = known.map(({ id, before, after }) => ({ id, before: after, after: before }));
    if (reversed.length) this.history.push(to, reversed);
    this.take(this.held, this.etag);
    action.settle([]);
    if (this.status === "failed") this.retry();
    return action.changes[0].id;
  }

  /** Wait until nothing is under way; what failed may still wait. */
  async settled() {
    while (this.status === "saving") await this.draining;
  }

  /** Send what waits, one action after the other; a failed one stays in front until it is retried. */
  drain() {
    if (this.status === "saving") return;
    this.draining = this.send();
  }

  async send() {
    this.to("saving");
    // What was dropped may have reached the server all the same.
    if (!this.unsaved && !(await this.reload())) return;
    while (this.queue.length) {
      const action = this.queue[0];
      try {
        const { data, etag } = await call("POST", `${this.url}/decisions`, {
          body: { decisions: action.changes.flatMap((change) => change.rulings) },
          etag: this.etag,
          key: action.key,
        });
        this.finish(action, data, etag);
      } catch (error) {
        const problem = /** @type {Problem} */ (error);
        if (problem.type === "stale-review") await this.reapply(action);
        else if (problem.passing) return this.to("failed", problem);
        else await this.drop(action, problem);
        if (this.status === "failed") return;
      }
    }
    this.to("saved");
  }

  /** @param {Action} action @param {View} view @param {string|null} etag */
  finish({ changes, settle }, view, etag) {
    const added = this.name(changes, view);
    this.queue.shift();
    for (const change of changes) this.settle(change, view);
    this.take(view, etag);
    settle(added);
  }

  /** Give what is new the ids that the server gave it. @param {Change[]} changes @param {View} view @returns {string[]} */
  name(changes, view) {
    const fresh = newIn(view, this.held);
    const unnamed = changes.filter((change) => change.id === null);
    for (const { step, rulings } of unnamed) {
      const ids = "name" in rulings[0].edit ? fresh.stakeholders : fresh.items;
      step.id = /** @type {string} */ (ids.shift());
    }
    return unnamed.map(({ step }) => /** @type {string} */ (step.id));
  }

  /** What waits, or can be taken back, means the entry as it is now. @param {Change} settled @param {View} view */
  settle({ id, step }, view) {
    const now = rowOf(view, step.id) ?? null;
    const old = step.after;
    step.after = now;
    if (id === null) return;
    if (old) this.history.renew(id, old, now);
    for (const change of this.queue.flatMap((action) => action.changes)) if (change.id === id) change.seen = now;
  }

  /** @param {Change} change @returns {boolean} whether somebody else decided on its entry meanwhile */
  clashes({ id, seen }) {
    return id !== null && !untouched(seen, rowOf(this.held, id));
  }

  /** @param {Change[]} lost what was not applied */
  tell(lost) {
    if (lost.length) this.dispatchEvent(new CustomEvent("conflict", { detail: lost }));
  }

  /** Somebody else decided in between: keep what they did not touch, and tell of the rest. @param {Action} action */
  async reapply(action) {
    if (!(await this.reload())) return;
    const lost = this.lost();
    this.history.forget(lost.map(({ step }) => step));
    for (const each of this.queue) each.changes = each.changes.filter((change) => !lost.includes(change));
    const over = this.queue.filter((each) => !each.changes.length);
    this.queue = this.queue.filter((each) => each.changes.length);
    action.key = crypto.randomUUID(); // on top of another state, it is another request
    this.take(this.held, this.etag);
    // Of what was taken back before it was sent, there is nothing to tell.
    this.tell(lost.filter(({ step, back }) => !lost.some((each) => each.back === step || each.step === back)));
    for (const { settle } of over) settle([]);
  }

  /** What waits and clashes; a change on top of one that is kept does not. @returns {Change[]} */
  lost() {
    /** @type {Set<string|null>} */
    const kept = new Set();
    return this.queue
      .flatMap((action) => action.changes)
      .filter((change) => {
        const clashing = !kept.has(change.id) && this.clashes(change);
        if (!clashing) kept.add(change.id);
        return clashing;
      });
  }

  /** The server will never take it: put the view back and say why. @param {Action} action @param {Problem} problem */
  async drop(action, problem) {
    this.queue.shift();
    this.history.forget(action.steps);
    action.settle([]);
    this.dispatchEvent(new CustomEvent("refused", { detail: { problem } }));
    await this.reload();
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
   * Make the next version, once all verdicts are saved. Throws a Problem; then there is no version. After a
   * `stale-review`, the view is what stands now.
   * @param {{note: string, leaveOutUndecided: boolean, key: string, loads: number}} wish `loads` when it was shown
   * @returns {Promise<any>} the version
   */
  async commit({ note, leaveOutUndecided, key, loads }) {
    if (this.status === "failed") this.retry();
    await this.settled();
    if (this.unsaved) throw this.problem ?? new Problem({ title: "Some verdicts are not saved yet" });
    if (this.loads !== loads) throw new Problem({ type: "stale-review", status: 412 });
    const body = { note: note || undefined, leave_out_undecided: leaveOutUndecided };
    try {
      const { data } = await call("POST", `${this.url}/commit`, { body, etag: this.etag, key });
      return data;
    } catch (error) {
      if (/** @type {Problem} */ (error).type === "stale-review") await this.load();
      throw error;
    }
  }

  /** Move the draft onto the current version. Throws a Problem. @returns {Promise<string>} the new suggestion's id */
  async rebase() {
    const { data } = await call("POST", `${this.url}/rebase`);
    return data.id;
  }
}
