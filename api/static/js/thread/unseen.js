/** Characters that a reader cannot see, so that the page can show where they stand. */
import { el } from "../dom.js";

/** What the server calls hidden (summarizer/findings.py); a joiner inside of an emoji is part of a picture. */
const UNSEEN =
  /[\u200b\u200c\u2060\ufeff\u00ad\u180e\u2061-\u2064]+|(?<![\u{1f000}-\u{1faff}\u2600-\u27bf\ufe0f])\u200d+|[\u202a-\u202e\u2066-\u2069]+|[\u{e0000}-\u{e007f}]+/gu;

/** @type {Record<string, string>} */
const NAMES = {
  "\u200b": "zero-width space",
  "\u200c": "zero-width non-joiner",
  "\u200d": "zero-width joiner",
  "\u2060": "word joiner",
  "\ufeff": "zero-width no-break space",
  "\u180e": "vowel separator",
  "\u202a": "left-to-right embedding",
  "\u202b": "right-to-left embedding",
  "\u202c": "end of direction",
  "\u202d": "left-to-right override",
  "\u202e": "right-to-left override",
  "\u2066": "left-to-right isolate",
  "\u2067": "right-to-left isolate",
  "\u2068": "first strong isolate",
  "\u2069": "end of isolate",
};

/** @typedef {{from: number, to: number, label: string}} Run UTF-16 units of the text */

/** @param {string} text @returns {Run[]} in the order of the text */
export function unseenRuns(text) {
  return [...text.matchAll(UNSEEN)]
    .filter(({ 0: run, index }) => !(run === "\ufeff" && index === 0) && /[^\u00ad]/.test(run))
    .map(({ 0: run, index }) => ({ from: index, to: index + run.length, label: named(run) }));
}

/** @param {string} run */
function named(run) {
  const points = [...run].map((character) => character.codePointAt(0) ?? 0);
  const spelled = points.filter((point) => point >= 0xe0020 && point < 0xe007f);
  if (spelled.length) return `tags: “${String.fromCodePoint(...spelled.map((point) => point - 0xe0000))}”`;
  const names = [...new Set([...run].map((character) => NAMES[character] ?? "invisible character"))];
  return points.length === names.length ? names.join(", ") : `${names.join(", ")} ×${points.length}`;
}

/** The run with its name in sight; what is copied stays the text itself. @param {Run} run @param {Text} node */
export function unseenMark({ label }, node) {
  const title = `Hidden from readers: ${label}`;
  return el("span", { class: "unseen", role: "img", "aria-label": title, title, data: { label } }, node);
}
