/** What was done in a review, so that it can be taken back and done again. */
/** @import { Row } from "../types.js" */
import { untouched } from "./rulings.js";

/**
 * @typedef {"undo"|"redo"} Way
 * @typedef {{id: string, before: Row|null, after: Row|null}} Step what an action made of an entry; `null`: not there
 */

export class History {
  constructor() {
    /** The steps of each action, the last action at the end. @type {Record<Way, Step[][]>} */
    this.stacks = { undo: [], redo: [] };
  }

  /** @param {Way} way @param {Step[]} steps of one action */
  push(way, steps) {
    this.stacks[way].push(steps);
  }

  /** @param {Way} way @returns {Step[]} of the last action; none when there is nothing to take back */
  pop(way) {
    return this.stacks[way].pop() ?? [];
  }

  /** After something new, what was taken back is not done again. */
  forgetUndone() {
    this.stacks.redo = [];
  }

  /**
   * An entry that was replaced has another id; a state that was brought back is dated anew.
   * @param {string|null} old id
   * @param {Step} now
   * @param {Row|null} [back] the state that was brought back, as it was known
   */
  follow(old, now, back) {
    for (const step of [...this.stacks.undo, ...this.stacks.redo].flat()) {
      if (step.id !== old) continue;
      step.id = now.id;
      if (back !== undefined && untouched(step.after, back)) step.after = now.after;
    }
  }
}
