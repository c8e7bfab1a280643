/** The look of a thread: a card for each mail or note, a line for each turn of a call. */
/** @import { Thread } from "./thread.js" */
import { el, icon, moment, plural } from "../dom.js";

/** @typedef {{role: string, start: number, end: number, repeats: number|null}} Group passages of one role; code points */

/** @type {Record<string, string>} */
const NOBODY = { email_thread: "Unknown sender", call_transcript: "Unknown speaker" };

/** @param {any} source @param {any} message @returns {string} who wrote or spoke it */
export function nameOf(source, message) {
  return message.sender ?? message.email ?? NOBODY[source.form] ?? "Note";
}

/** @param {any} source @returns {string} such as `12 messages` */
export function sizeOf({ form, messages }) {
  /** @type {Record<string, string>} */
  const one = { call_transcript: "turn", sales_notes: "note" };
  return messages.length ? plural(messages.length, one[form] ?? "message") : "";
}

/** @param {Thread} thread @param {any} source @param {any} message @returns {HTMLElement} */
export function messageElement(thread, source, message) {
  return source.form === "call_transcript" ? turn(thread, source, message) : card(thread, source, message);
}

/** @param {any} source @param {any} message @param {string} kind */
function frame(source, message, kind) {
  const label = `${source.form === "call_transcript" ? "Turn" : "Message"} ${message.number}, ${nameOf(source, message)}`;
  const data = { side: message.side ?? "", number: String(message.number) };
  return { class: kind, data, "aria-label": label, tabindex: "-1" };
}

/** @param {Thread} thread @param {any} source @param {any} message */
function card(thread, source, message) {
  const groups = groupsOf(source, message);
  const named = message.sender ?? message.email;
  const folded = named && groups[0].role === "header" && groups.length > 1 ? groups.shift() : null;
  return el(
    "article",
    frame(source, message, "message"),
    el(
      "header",
      { class: "message-head" },
      el("span", { class: "number numbers", text: message.number, title: `Message ${message.number}` }),
      el("strong", { text: nameOf(source, message) }),
      thread.badge(message),
      el("span", { class: "soft small when", text: moment(message.sent) }),
      message.subject && el("span", { class: "subject soft small", text: message.subject }),
      folded && fold("headers", "Headers", wordsOf(thread, source, folded)),
    ),
    el("div", { class: "message-body" }, body(thread, source, groups)),
  );
}

/** A turn: the label as the transcript writes it, beside what was said. @param {Thread} thread @param {any} source @param {any} message */
function turn(thread, source, message) {
  const groups = groupsOf(source, message);
  const top = groups[0].role === "header" ? groups.shift() : null;
  const label = top && labelOf(source, message, top);
  const first = source.messages.find((/** @type {any} */ each) => each.sender === message.sender) === message;
  return el(
    "article",
    frame(source, message, first ? "turn first-of-speaker" : "turn"),
    label && top && label.start > top.start && wordsOf(thread, source, { ...top, end: label.start }, "dim preamble"),
    el(
      "header",
      { class: "turn-head" },
      el("span", { class: "number numbers", text: message.number, title: `Turn ${message.number}` }),
      label ? wordsOf(thread, source, label, "speaker") : el("strong", { text: nameOf(source, message) }),
      thread.badge(message),
    ),
    el("div", { class: "turn-body" }, body(thread, source, groups)),
  );
}

/** The line of the header that names the speaker: its last passage. @param {any} source @param {any} message @param {Group} top */
function labelOf(source, message, top) {
  const passages = source.byMessage.get(message.number);
  return { ...top, start: passages.findLast((/** @type {any} */ each) => each.end <= top.end).start };
}

/**
 * Neighbouring passages of the same role; white space between them belongs to the one before.
 * @param {any} source @param {any} message
 * @returns {Group[]} at least one
 */
function groupsOf(source, message) {
  const passages = source.byMessage.get(message.number);
  if (!passages) return [{ role: "new", start: message.start, end: message.end, repeats: null }];
  /** @type {Group[]} */
  const groups = [];
  for (const { role, start, end, repeats } of passages) {
    const last = groups[groups.length - 1];
    if (last?.role === role) Object.assign(last, { end, repeats: last.repeats ?? repeats });
    else groups.push({ role, start, end, repeats });
  }
  return groups;
}

/** The line above a quotation folds with it. @param {Thread} thread @param {any} source @param {Group[]} groups */
function body(thread, source, groups) {
  return groups.map((group, index) => {
    const above = groups[index - 1]?.role === "header" ? groups[index - 1] : null;
    if (group.role === "quoted") return quotation(thread, source, group, above);
    if (group.role === "new" && above) return headed(thread, source, above, group);
    if (group.role === "header" && ["new", "quoted"].includes(groups[index + 1]?.role)) return null;
    if (group.role === "disclaimer") return fold("disclaimer", "Disclaimer", wordsOf(thread, source, group));
    return wordsOf(thread, source, group, group.role === "new" ? "" : "dim");
  });
}

/** A heading may share its line with what follows. @param {Thread} thread @param {any} source @param {Group} above @param {Group} group */
function headed(thread, source, above, group) {
  const heading = el("span", { class: "dim" }, thread.text(source, above.start, group.start));
  return el("div", { class: "words" }, heading, thread.text(source, group.start, group.end));
}

/** @param {Thread} thread @param {any} source @param {Group} group @param {Group|null} above its attribution */
function quotation(thread, source, group, above) {
  const said = thread.slice(source, group.start, group.end).replace(/^[>\s]+/gm, "");
  const lines = said.split("\n").filter((/** @type {string} */ line) => line.trim()).length;
  const summary = [
    `Quoted, ${plural(lines, "line")}`,
    el("span", { class: "preview", "aria-hidden": "true", text: said.replace(/\s+/g, " ") }),
  ];
  return fold(
    "quoted",
    summary,
    above && wordsOf(thread, source, above, "attribution"),
    wordsOf(thread, source, group),
    originalLink(thread, source, group),
  );
}

/** @param {Thread} thread @param {any} source @param {Group} group */
function originalLink(thread, source, { repeats }) {
  const original = source.passages.find((/** @type {any} */ each) => each.start === repeats);
  if (!original) return null;
  const { start, end, message } = original;
  const evidence = { source: source.id, message, start, end, quote: thread.slice(source, start, end) };
  const go = () => thread.original(evidence);
  const text = `First written in message ${message}`;
  return el("button", { class: "button link small", type: "button", text, on: { click: go } });
}

/** @param {string} kind @param {any} summary @param {...any} content */
function fold(kind, summary, ...content) {
  return el("details", { class: `fold ${kind}` }, el("summary", {}, summary), content);
}

/** @param {Thread} thread @param {any} source @param {{start: number, end: number}} stretch @param {string} [look] */
function wordsOf(thread, source, { start, end }, look = "") {
  return el("div", { class: `words ${look}` }, thread.text(source, start, end));
}

/** @param {any} source @param {boolean} several whether other sources stand beside it */
export function sourceHead(source, several) {
  return el(
    "header",
    { class: several ? "source-head several" : "source-head" },
    icon("file"),
    el("h2", {}, el("a", { href: `/sources/${source.id}`, title: "Open the source", text: source.name })),
    el("span", { class: "soft small", text: sizeOf(source) }),
  );
}
