/** Typing that is not saved yet, kept in the browser until it is saved or given up. */

/** @param {string} key @returns {any} what was typed and not saved; `null` when there is nothing */
export function read(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? "null");
  } catch {
    return null;
  }
}

/** @param {string} key @param {any} value `null` forgets */
export function write(key, value) {
  try {
    if (value) sessionStorage.setItem(key, JSON.stringify(value));
    else sessionStorage.removeItem(key);
  } catch {
    // Without storage, typing survives only as long as the page.
  }
}
