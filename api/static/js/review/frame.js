/** The parts of the right pane that stay while rows come and go. */
import { el, icon } from "../dom.js";
import { HEADINGS } from "../kinds.js";

/** @typedef {"all"|"open"|"findings"} Filter which rows are shown */

/** @type {[Filter, string][]} */
const FILTERS = [
  ["all", "All"],
  ["open", "To decide"],
  ["findings", "With findings"],
];

/** @param {(filter: Filter) => void} show @returns {HTMLElement} */
export function toolbar(show) {
  const add = el(
    "button",
    { type: "button", class: "button small", data: { act: "add" }, "aria-keyshortcuts": "+" },
    icon("plus"),
    "Add an item",
    el("kbd", { "aria-hidden": "true", text: "+" }),
  );
  const segments = FILTERS.map(([filter, label]) => segment(filter, label, () => show(filter)));
  return el(
    "div",
    { class: "toolbar" },
    el("div", { class: "segments", role: "group", "aria-label": "Show" }, segments),
    add,
  );
}

/** @param {Filter} filter @param {string} label @param {() => void} press */
function segment(filter, label, press) {
  const attributes = { type: "button", class: "segment", data: { filter }, on: { click: press } };
  return el("button", attributes, label, el("span", { class: "count numbers" }));
}

/** The rows of one kind. @param {string} kind @returns {HTMLElement} */
export function section(kind) {
  const header = el(
    "header",
    {},
    el("h2", { id: `group-${kind}`, text: HEADINGS[kind] }),
    el("span", { class: "soft small numbers count" }),
    el("span", { class: "bulk" }),
  );
  return el(
    "section",
    { class: "group", data: { kind }, "aria-labelledby": `group-${kind}` },
    header,
    el("ol", { class: "rows" }),
  );
}

/** @param {{engine: string, model: string, seconds: number}} draft @returns {HTMLElement} */
export function madeBy({ engine, model, seconds }) {
  const [name] = model.split("@");
  const text = `Drafted by the ${engine} engine (${name}) in ${seconds.toFixed(1)} s.`;
  return el("p", {
    class: "made-by soft small",
    title: model,
    text: `${text} A model proposes; only what you decide goes into the handoff.`,
  });
}
