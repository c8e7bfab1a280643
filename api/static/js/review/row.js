/** One row of the review: an item or a person, its evidence, where it stands, and what can be done with it. */
/** @import { Evidence, Row, Settled } from "../types.js" */
/** @import { Thread } from "../thread/thread.js" */
import { day, el, icon, plural, words } from "../dom.js";
import { ASKED, BASES, REASONS, VERDICTS } from "../kinds.js";
import { SIDES } from "../thread/sides.js";
import { placeOf } from "./panels.js";
import { isPerson, looksUnsure } from "./rulings.js";
import { difference } from "./worddiff.js";

const ACTIONS = {
  accept: { label: "Accept", key: "a", icon: "check" },
  edit: { label: "Edit", key: "e", icon: "pencil" },
  reject: { label: "Reject", key: "x", icon: "cross" },
  ask: { label: "Ask", key: "q", icon: "question" },
  undo: { label: "Undo", key: "u", icon: "undo" },
};

/** @param {Row} row @returns {string} */
export function labelOf(row) {
  return isPerson(row) ? row.item.name : row.item.text;
}

/** What can be done with the row as it stands. @param {Row} row @returns {(keyof typeof ACTIONS)[]} */
function actionsOf(row) {
  if (row.verdict === "added") return ["edit", "undo"];
  if (row.verdict === "undecided")
    return row.standing ? ["edit", "reject", "ask"] : ["accept", "edit", "reject", "ask"];
  const others = /** @type {(keyof typeof ACTIONS)[]} */ (["accept", "edit", "reject", "ask"]);
  const done =
    { accepted: ["accept"], edited: ["accept"], rejected: ["reject"], needs_info: ["ask"] }[row.verdict] ?? [];
  return [...others.filter((each) => !done.includes(each)), "undo"];
}

/**
 * @param {Row} row
 * @param {{thread: Thread, closed: boolean, mode: "view"|"reject"|"ask"}} setting
 * @returns {HTMLLIElement} its buttons carry `data-act`
 */
export function renderRow(row, { thread, closed, mode }) {
  const { id } = row.item;
  const element = el(
    "li",
    {
      class: `row is-${row.verdict}`,
      tabindex: "-1",
      data: { id, testid: "row" },
      "aria-labelledby": `state-${id} text-${id}`,
    },
    state(row),
    el(
      "div",
      { class: "row-main" },
      el("p", { class: "row-text", id: `text-${id}` }, text(row)),
      el("div", { class: "chips" }, chips(row, thread), remark(row)),
      el(
        "ol",
        { class: "evidence", "aria-label": "Its words in the sources" },
        row.item.evidence.map((/** @type {Evidence} */ each, /** @type {number} */ index) =>
          source(row, each, index, thread),
        ),
      ),
      row.item.settled && settledPart(row.item.settled),
    ),
    !closed &&
      mode === "view" &&
      el(
        "div",
        { class: "row-actions" },
        actionsOf(row).map((name) => button(name, row)),
      ),
    mode === "reject" && rejecting(id),
    mode === "ask" && asking(row),
  );
  return element;
}

/** @param {Row} row */
function state(row) {
  const { label, icon: name } =
    row.verdict === "undecided" && row.standing ? { label: "Stands", icon: "pin" } : VERDICTS[row.verdict];
  return el(
    "span",
    { class: "row-state", id: `state-${row.item.id}`, title: label },
    icon(name),
    el("span", { class: "word", text: label }),
  );
}

/** The text; where a person edited it, what they changed. @param {Row} row */
function text(row) {
  const now = labelOf(row);
  const draft = row.drafted && row.verdict === "edited" ? labelOf({ ...row, item: row.drafted }) : now;
  if (draft === now) return [now];
  return difference(draft, now).map((run) =>
    run.op === "same" ? run.text : el(run.op === "added" ? "ins" : "del", { text: run.text }),
  );
}

/** @param {string} name @param {string} symbol @param {any} value @param {any} before what the engine wrote */
function chip(name, symbol, value, before) {
  if (!value && !before) return null;
  const changed = before !== undefined && (before ?? "") !== (value ?? "");
  return el(
    "span",
    { class: "chip", title: name },
    icon(symbol),
    el("span", { class: "visually-hidden", text: `${name}: ` }),
    changed && before && el("del", { text: before }),
    changed && before && value ? " " : null,
    changed && value ? el("ins", { text: value }) : value || (changed ? null : ""),
  );
}

/** @param {Row} row @returns {HTMLElement|false} */
function unsure(row) {
  if (!looksUnsure(row)) return false;
  const kept = Math.round((row.drafted?.confidence ?? 1) * 100);
  const title = `By experience about ${kept} of 100 such entries are kept as they are`;
  return el("span", { class: "badge note", title }, "Look closely");
}

/** @param {Row} row @param {Thread} thread */
function chips(row, thread) {
  const { item } = row;
  const old = row.verdict === "edited" && row.drafted ? row.drafted : {};
  if (isPerson(row)) {
    return [
      chip("Role", "person", item.role, old.role),
      chip("Side", "firm", item.side && SIDES[item.side], old.side && SIDES[old.side]),
      chip("Email", "mail", item.email, old.email),
      sources(item.evidence, thread),
    ];
  }
  const before = (/** @type {string} */ name) => (name in old ? old[name] : undefined);
  return [
    row.verdict === "edited" &&
      old.kind &&
      old.kind !== item.kind &&
      el("span", { class: "chip", text: `was ${words(old.kind).toLowerCase()}` }),
    chip("Owner", "person", item.owner, before("owner")),
    chip("Due", "calendar", day(item.due), "due" in old ? day(old.due) : undefined),
    chip("Baseline", "circle", item.baseline && `from ${item.baseline}`, old.baseline && `from ${old.baseline}`),
    chip("Target", "target", item.target, before("target")),
    basis(item),
    item.evidence.length > 0 &&
      item.grounding === "partial" &&
      el(
        "span",
        { class: "badge warn", title: "Some figure, date or name of the text does not stand in its evidence" },
        "Partly in the words",
      ),
    row.open && unsure(row),
    item.evidence.length || !vouched(row)
      ? (item.evidence.length || item.kind !== "open_question") && sources(item.evidence, thread)
      : el("span", { class: "badge note", title: vouched(row) }, "Vouched for"),
  ];
}

/** @param {any} item */
function basis(item) {
  if (!item.evidence.length && item.basis !== "precedent") return null;
  const asked = item.kind === "open_question" && item.basis === "written_promise";
  const { label, tone } = asked ? ASKED : (BASES[item.basis] ?? { label: words(item.basis), tone: "" });
  return el("span", { class: `badge ${tone}`, text: label, title: "How strong the words are that it rests on" });
}

/** @param {Evidence[]} evidence @param {Thread} thread */
function sources(evidence, thread) {
  if (!evidence.length) return el("span", { class: "badge bad" }, icon("alert"), "No source");
  const places = [...new Set(evidence.map((each) => each.message).filter(Boolean))].sort(
    (a, b) => Number(a) - Number(b),
  );
  const where = places.length
    ? `${places.length > 1 ? "messages" : "message"} ${places.join(", ")}`
    : thread.place(evidence[0]);
  return el("span", { class: "chip soft", text: `${plural(evidence.length, "passage")}, ${where}` });
}

/** The past SOWs that settle what is asked, each section a link. @param {Settled} settled */
function settledPart({ of, sections }) {
  return el(
    "details",
    { class: "settled", data: { testid: "settled" } },
    el("summary", { class: "soft small", text: `${sections.length} of ${of} similar SOWs settle it; nothing is said here` }),
    el(
      "ul",
      {},
      sections.map((each) =>
        el(
          "li",
          { class: "small" },
          el("a", { href: placeOf(each), text: each.sow }),
          ` · ${each.section}`,
          el("p", { class: "soft", text: each.text }),
        ),
      ),
    ),
  );
}

/** A person's word for an item without evidence. @param {Row} row @returns {string|undefined} */
function vouched(row) {
  return row.decision?.assertion ?? row.item.assertion?.note;
}

/** Who decided, and why. @param {Row} row */
function remark(row) {
  const { decision } = row;
  if (!decision || row.verdict === "undecided") return null;
  const reason = decision.reason && `“${decision.reason}”`;
  const who = `${VERDICTS[row.verdict].label} by ${decision.by_name}`;
  return el(
    "span",
    { class: "chip remark" },
    [who, reason, decision.assertion && `vouches: “${decision.assertion}”`].filter(Boolean).join(" · "),
  );
}

/** @param {Row} row @param {Evidence} each @param {number} index @param {Thread} thread */
function source(row, each, index, thread) {
  const { length } = row.item.evidence;
  const where = length > 1 ? `${index + 1} of ${length} · ${thread.place(each)}` : thread.place(each);
  return el(
    "li",
    {},
    el(
      "button",
      {
        type: "button",
        class: "source-link",
        data: { act: "show", index: String(index) },
        title: "Show it in the thread (o)",
      },
      el("span", { class: "where" }, el("span", { class: "visually-hidden", text: "Source " }), where),
      el("span", { class: "said", text: each.quote.replace(/\s+/g, " ") }),
    ),
  );
}

/** @param {keyof typeof ACTIONS} name @param {Row} row */
function button(name, row) {
  const { label, key, icon: symbol } = ACTIONS[name];
  const shown = name === "undo" && row.verdict === "added" ? "Remove" : label;
  return el(
    "button",
    {
      type: "button",
      class: `button small act-${name}`,
      data: { act: name },
      title: `${shown} (${key})`,
      "aria-label": shown,
      "aria-keyshortcuts": key,
    },
    icon(symbol),
    el("span", { class: "word", text: shown }),
    el("kbd", { "aria-hidden": "true", text: key }),
  );
}

/** @param {string} id */
function rejecting(id) {
  return el(
    "form",
    { class: "why", data: { form: "reject" }, "aria-label": "Why it is rejected" },
    el(
      "button",
      { class: "button small danger", data: { act: "no-reason" }, type: "button" },
      icon("cross"),
      "Reject without a reason",
      el("kbd", { "aria-hidden": "true", text: "⏎" }),
    ),
    REASONS.map((reason, index) =>
      el(
        "button",
        { class: "button small", type: "button", data: { act: "reason", reason } },
        el("kbd", { "aria-hidden": "true", text: index + 1 }),
        reason,
      ),
    ),
    el("label", { class: "visually-hidden", for: `why-${id}`, text: "Another reason" }),
    el("input", {
      id: `why-${id}`,
      name: "reason",
      placeholder: "Another reason, then ⏎",
      maxlength: "500",
      autocomplete: "off",
    }),
    el("button", { class: "button small quiet", type: "button", data: { act: "leave" } }, "Cancel"),
  );
}

/** What is missing, as a question that can be sent as it stands. @param {Row} row */
function question(row) {
  const { item } = row;
  if (isPerson(row))
    return item.role ? `Is ${item.name} still the right contact?` : `What is ${item.name}'s part in this?`;
  if (["dependency", "obligation"].includes(item.kind) && !item.owner) return "Who provides this, and by when?";
  if (["dependency", "obligation", "milestone"].includes(item.kind) && !item.due) return "By when?";
  if (item.kind === "success_metric" && !item.baseline)
    return "Where does this number stand today, and who measures it?";
  return item.evidence.length ? "Can you confirm this with the client?" : "Where was this said, and by whom?";
}

/** @param {Row} row */
function asking(row) {
  const { id } = row.item;
  return el(
    "form",
    { class: "why", data: { form: "ask" } },
    el("label", { for: `ask-${id}`, class: "small", text: "What has to be known?" }),
    el("input", { id: `ask-${id}`, name: "reason", value: question(row), maxlength: "500", autocomplete: "off" }),
    el(
      "button",
      { class: "button small primary", type: "submit" },
      "Mark as needs info",
      el("kbd", { "aria-hidden": "true", text: "⏎" }),
    ),
    el("button", { class: "button small quiet", type: "button", data: { act: "leave" } }, "Cancel"),
  );
}
