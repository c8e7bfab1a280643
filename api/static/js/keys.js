/** The keyboard: single keys act on the current row, and rest while somebody types. */

/** @param {EventTarget|null} target */
function typing(target) {
  const element = /** @type {HTMLElement|null} */ (target);
  return Boolean(
    element?.closest?.("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]"),
  );
}

/** The letter of the key, also on layouts that write other letters. @param {KeyboardEvent} event */
function letter(event) {
  if (/^[\x20-\x7e]$/.test(event.key)) return event.key.toLowerCase();
  if (/^Key[A-Z]$/.test(event.code)) return event.code.slice(3).toLowerCase();
  return event.key;
}

/**
 * @param {Record<string, () => void>} acts by key; `shift+z`, `ctrl+z`, `ctrl+shift+z` and `ctrl+enter` as well
 * @param {(digit: number) => boolean} digit told of 1 to 5; whether it was used
 */
export function listen(acts, digit) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || document.querySelector("dialog[open]")) return;
    const control = event.ctrlKey || event.metaKey;
    const key = letter(event);
    if (event.altKey || typing(event.target)) return;
    if (!control && /^[1-5]$/.test(key) && digit(Number(key))) return event.preventDefault();
    const shift = event.shiftKey && /^[a-z]$/.test(key) ? "shift+" : "";
    const act = acts[`${control ? "ctrl+" : ""}${shift}${key === "Enter" ? "enter" : key}`];
    if (!act) return;
    event.preventDefault();
    act();
  });
}
