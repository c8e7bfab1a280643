/** The parts of the right pane that stay while rows come and go. */
import { el, icon } from "../dom.js";
import { HEADINGS } from "../kinds.js";

/** @typedef {"all"|"open"|"findings"} Filter which rows are shown */

/** @type {[Filter, string][]} */
const FILTERS = [
  ["all", "All"],
  ["open", "To decide"],
  ["findings", "Items with findings"],
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

/** The rows of one kind; those that are too many at once wait behind "more". @param {string} kind @returns {HTMLElement} */
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
    el("details", { class: "more", hidden: true }, el("summary", { class: "button small" }), el("ol", { class: "rows" })),
  );
}

/** @param {{engine: string, model: string, seconds: number, tokens_in: number, tokens_out: number, tokens_reused: number,
 *   cost: number|null, parameters: Record<string, string|number|null>}} draft @returns {HTMLElement} */
export function madeBy({ engine, model, seconds, tokens_in, tokens_out, tokens_reused, cost, parameters }) {
  const [name] = model.split("@");
  const tokens = [];
  if (tokens_in || tokens_out) {
    tokens.push(`${tokens_in.toLocaleString("en")} tokens in, ${tokens_out.toLocaleString("en")} out`);
  }
  if (tokens_reused) tokens.push(`${tokens_reused.toLocaleString("en")} in kept answers`);
  if (cost !== null) tokens.push(`cost ${cost.toFixed(4)}`);
  const spent = tokens.length ? `, ${tokens.join(", ")}` : "";
  const redacted = "redacted" in parameters ? " The model saw placeholders instead of personal data." : "";
  const text = `Drafted by the ${engine} engine (${name}) in ${seconds.toFixed(1)} s${spent}.${redacted}`;
  return el("p", {
    class: "made-by soft small",
    title: model,
    text: `${text} A model proposes; only what you decide goes into the handoff.`,
  });
}
