/** What was done in a review, so that it can be taken back and done again. */
/** @import { Row } from "../types.js" */
import { untouched } from "./rulings.js";

/**
 * @typedef {"undo"|"redo"} Way
 * @typedef {{id: string|null, before: Row|null, after: Row|null}} Step what an act makes of an entry; `null`: not there.
 *   What is on its way stands in it as foreseen, without an id where the entry is new
 */

export class History {
  constructor() {
    /** The steps of each act, the last act at the end. @type {Record<Way, Step[][]>} */
    this.stacks = { undo: [], redo: [] };
  }

  /** @param {Way} way @param {Step[]} steps of one act */
  push(way, steps) {
    this.stacks[way].push(steps);
  }

  /** @param {Way} way @returns {Step[]} of the last act; none when there is nothing to take back */
  pop(way) {
    return this.stacks[way].pop() ?? [];
  }

  /** Take an act out, wherever it stands. @param {Way} way @param {Step[]} steps @returns {Step[]} none when it is gone */
  pick(way, steps) {
    const at = this.stacks[way].indexOf(steps);
    return at < 0 ? [] : this.stacks[way].splice(at, 1)[0];
  }

  /** After something new, what was taken back is not done again. */
  forgetUndone() {
    this.stacks.redo = [];
  }

  /** What never came about cannot be taken back. @param {Step[]} gone */
  forget(gone) {
    for (const way of /** @type {Way[]} */ (["undo", "redo"])) {
      for (const steps of this.stacks[way])
        steps.splice(0, steps.length, ...steps.filter((step) => !gone.includes(step)));
      this.stacks[way] = this.stacks[way].filter((steps) => steps.length);
    }
  }

  /**
   * A state is known better: what was foreseen has come, or what was brought back is dated anew.
   * @param {string} id
   * @param {Row} old the state as it was known
   * @param {Row|null} now
   */
  renew(id, old, now) {
    for (const step of [...this.stacks.undo, ...this.stacks.redo].flat()) {
      if (step.id !== id) continue;
      if (untouched(step.before, old)) step.before = now;
      if (untouched(step.after, old)) step.after = now;
    }
  }
}
