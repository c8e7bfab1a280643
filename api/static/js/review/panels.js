/** What stands beside the items: what was left out, and wording of past SOWs. */
/** @import { LeftOut, Precedent, View } from "../types.js" */
/** @import { Thread } from "../thread/thread.js" */
import { bodyOf, el, icon } from "../dom.js";
import { ONE } from "../kinds.js";

/** @param {LeftOut} left */
export function leftId(left) {
  return `left:${left.source}:${left.start}`;
}

/** What was left out and no item cites by now. @param {View} view @returns {{id: string, left: LeftOut}[]} */
export function stillLeftOut(view) {
  const cited = [...view.items].flatMap((row) => row.item.evidence);
  const covered = (/** @type {LeftOut} */ left) =>
    cited.some((each) => each.source === left.source && each.start < left.end && left.start < each.end);
  return view.left_out.filter((left) => !covered(left)).map((left) => ({ id: leftId(left), left }));
}

/** @param {{id: string, left: LeftOut}[]} rows @param {Thread} thread @param {boolean} closed @returns {HTMLElement|null} */
export function trayPanel(rows, thread, closed) {
  if (!rows.length) return null;
  return el(
    "details",
    { class: "panel tray", open: true, data: { panel: "tray" } },
    el(
      "summary",
      {},
      icon("quote"),
      el("h2", { text: "Left out" }),
      el("span", { class: "soft small", text: `${rows.length} · reads like scope, cited by nothing` }),
    ),
    el(
      "ul",
      {},
      rows.map(({ id, left }) =>
        el(
          "li",
          {
            class: "row left",
            tabindex: "-1",
            data: { id, testid: "left-out" },
            "aria-label": `Left out: ${left.quote}`,
          },
          el(
            "div",
            { class: "row-main" },
            el("p", { class: "row-text" }, el("q", { text: left.quote.replace(/\s+/g, " ") })),
            el(
              "div",
              { class: "chips" },
              el("span", { class: "chip", text: `reads like ${ONE[left.looks_like]}` }),
              el("button", {
                class: "button link small",
                type: "button",
                data: { act: "show", index: "0" },
                text: thread.place(left),
              }),
            ),
          ),
          !closed &&
            el(
              "div",
              { class: "row-actions" },
              el(
                "button",
                {
                  class: "button small act-accept",
                  type: "button",
                  data: { act: "accept" },
                  title: `Add as ${ONE[left.looks_like]} (a)`,
                  "aria-label": `Add as ${ONE[left.looks_like]}`,
                  "aria-keyshortcuts": "a",
                },
                icon("plus"),
                el("span", { class: "word", text: `Add as ${ONE[left.looks_like]}` }),
                el("kbd", { "aria-hidden": "true", text: "a" }),
              ),
              el(
                "button",
                {
                  class: "button small act-edit",
                  type: "button",
                  data: { act: "edit" },
                  title: "Edit and add (e)",
                  "aria-label": "Edit and add",
                  "aria-keyshortcuts": "e",
                },
                icon("pencil"),
                el("span", { class: "word", text: "Edit and add" }),
                el("kbd", { "aria-hidden": "true", text: "e" }),
              ),
            ),
        ),
      ),
    ),
  );
}

/** @param {Precedent} precedent @returns {string} the address of its section; the id of one ends in its number */
export function placeOf({ sow_id, section_id }) {
  return section_id ? `/sows/${sow_id}#s-${section_id.slice(section_id.lastIndexOf(":") + 1)}` : `/sows/${sow_id}`;
}

/** @param {Precedent[]} precedents @returns {HTMLElement|null} */
export function precedentsPanel(precedents) {
  if (!precedents.length) return null;
  return el(
    "details",
    { class: "panel precedents", data: { panel: "precedents" } },
    el(
      "summary",
      {},
      icon("file"),
      el("h2", { text: "Wording from past SOWs" }),
      el("span", { class: "badge note", text: "not evidence" }),
    ),
    el(
      "ul",
      {},
      precedents.map((each) =>
        el(
          "li",
          {},
          el(
            "p",
            {},
            each.sow_id ? el("a", { href: placeOf(each), text: each.sow }) : each.sow,
            ` · ${each.section}`,
            el("span", { class: "soft small numbers", text: ` · similarity ${each.score.toFixed(2)}` }),
          ),
          each.text && el("p", { class: "small soft wording", text: bodyOf(each) }),
        ),
      ),
    ),
  );
}
