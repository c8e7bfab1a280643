/** The server counts code points, the browser UTF-16 units; this is the one place where the two meet. */

export class Offsets {
  /** @param {string} text the canonical text of a source */
  constructor(text) {
    this.text = text;
    /** Code-point positions of the characters that take two units, ascending. @type {number[]} */
    this.wide = [];
    let point = 0;
    for (const character of text) {
      if (character.length === 2) this.wide.push(point);
      point += 1;
    }
    this.points = point;
  }

  /** @param {number} point offset in code points @returns {number} the same place in UTF-16 units */
  toUnits(point) {
    return point + below(this.wide, (position) => position < point);
  }

  /** @param {number} unit offset in UTF-16 units @returns {number} the same place in code points */
  toPoints(unit) {
    return unit - below(this.wide, (position, index) => position + index + 1 < unit);
  }

  /** @param {number} start in code points @param {number} end in code points @returns {string} */
  slice(start, end) {
    return this.text.slice(this.toUnits(start), this.toUnits(end));
  }
}

/**
 * How many of the ascending positions satisfy a test that holds for a first part of them.
 * @param {number[]} positions
 * @param {(position: number, index: number) => boolean} holds
 */
function below(positions, holds) {
  let low = 0;
  let high = positions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(positions[middle], middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
