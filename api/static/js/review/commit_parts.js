/** What the commit dialog shows: what goes in and out, what is undecided, what rests on nobody's words. */
/** @import { Row } from "../types.js" */
import { el, icon, plural } from "../dom.js";
import { HEADINGS, ONE } from "../kinds.js";
import { labelOf } from "./row.js";
import { isPerson } from "./rulings.js";

/** @param {Row[]} going @param {Row[]} rows */
export function summary(going, rows) {
  const kindOf = (/** @type {Row} */ row) => (isPerson(row) ? "stakeholder" : row.item.kind);
  const counts = Object.entries(HEADINGS).map(([kind, heading]) => ({
    kind,
    heading,
    count: going.filter((row) => kindOf(row) === kind).length,
  }));
  const out = {
    rejected: rows.filter((row) => row.verdict === "rejected").length,
    waiting: rows.filter((row) => row.verdict === "needs_info" && !row.standing).length,
  };
  const outs = [
    out.rejected && `${out.rejected} rejected`,
    out.waiting && `${out.waiting} waiting for an answer`,
  ].filter(Boolean);
  return el(
    "div",
    { class: "commit-summary" },
    el(
      "div",
      {},
      el("h3", { text: "Goes in" }),
      el(
        "ul",
        {},
        counts
          .filter(({ count }) => count)
          .map(({ kind, heading, count }) =>
            el(
              "li",
              {},
              el("span", { class: "numbers", text: count }),
              ` ${count === 1 ? ONE[kind] : heading.toLowerCase()}`,
            ),
          ),
        !going.length && el("li", { class: "soft", text: "Nothing yet" }),
      ),
    ),
    el(
      "div",
      {},
      el("h3", { text: "Stays out" }),
      el(
        "ul",
        {},
        outs.map((text) => el("li", { text })),
        !outs.length && el("li", { class: "soft", text: "Nothing" }),
      ),
    ),
  );
}

/** @param {Row} row @param {(id: string) => void} go @returns {HTMLElement} */
function link(row, go) {
  return el("button", {
    class: "button link",
    type: "button",
    text: labelOf(row),
    on: { click: () => go(row.item.id) },
  });
}

/** @param {Row[]} undecided @param {HTMLElement} leaveOut the box to tick @param {(id: string) => void} go @returns {HTMLElement} */
export function undecidedPart(undecided, leaveOut, go) {
  return el(
    "section",
    { class: "commit-part", "aria-labelledby": "undecided-title" },
    el(
      "h3",
      { id: "undecided-title" },
      icon("circle"),
      `${plural(undecided.length, "entry is", "entries are")} undecided`,
    ),
    el(
      "ul",
      { class: "confirm-list" },
      undecided.map((row) => el("li", {}, link(row, go))),
    ),
    el("label", { class: "check", for: "leave-out" }, leaveOut, el("span", { text: "Leave them out of this version" })),
  );
}

/** @param {Row[]} unproven @returns {HTMLElement} */
export function unprovenPart(unproven) {
  return el(
    "section",
    { class: "commit-part", "aria-labelledby": "unproven-title" },
    el(
      "h3",
      { id: "unproven-title" },
      icon("alert"),
      `${plural(unproven.length, "item rests", "items rest")} on no words of the sources`,
    ),
    el("p", {
      class: "soft small",
      text: "Cite words, reject them, or say how you know; your note stands in the handoff beside your name.",
    }),
    unproven.map((row) =>
      el(
        "div",
        { class: "field" },
        el("label", { for: `vouch-${row.item.id}`, text: labelOf(row) }),
        el("input", {
          id: `vouch-${row.item.id}`,
          data: { vouch: row.item.id },
          maxlength: "500",
          autocomplete: "off",
          placeholder: "How do you know?",
        }),
      ),
    ),
  );
}
