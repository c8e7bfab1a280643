/** Small helpers for building and announcing; no state of their own. */

/**
 * Make an element. `on` maps event names to listeners, `data` goes to the dataset, `class` and `text` mean what they
 * say, `true` is an empty attribute, and `false`, `null` and `undefined` leave an attribute or a child out.
 * @param {string} tag
 * @param {Record<string, any>} [attributes]
 * @param {...(Node|string|null|undefined|false|Array<any>)} children
 * @returns {any} the element
 */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    else if (name === "data") Object.assign(element.dataset, value);
    else if (name === "text") element.textContent = value;
    else if (name === "value") /** @type {any} */ (element).value = value;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/**
 * @param {string} name id of a symbol in icons.svg
 * @param {string} [extra] further classes
 * @returns {SVGElement}
 */
export function icon(name, extra = "") {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", `icon ${extra}`);
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `/static/icons.svg#${name}`);
  svg.append(use);
  return svg;
}

/** @param {string} selector @param {ParentNode} [root] @returns {any} the element, which must exist */
export function find(selector, root = document) {
  const element = root.querySelector(selector);
  if (!element) throw new Error(`The page lacks ${selector}`);
  return element;
}

/** @param {string} value such as `success_metric` @returns {string} such as `Success metric` */
export function words(value) {
  const text = value.replaceAll("_", " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** @param {number} count @param {string} one @param {string} [many] @returns {string} such as `2 items` */
export function plural(count, one, many = `${one}s`) {
  return `${count} ${count === 1 ? one : many}`;
}

/**
 * What stands under the heading of a SOW's section, without the heading itself.
 * @param {{section: string, text: string}} precedent
 */
export function bodyOf({ section, text }) {
  const [first, ...rest] = text.trim().split("\n");
  return (first.replace(/^[#*\s]+|[#*\s]+$/g, "") === section ? rest.join("\n") : text).trim();
}

/** @param {string|null} day ISO date @returns {string} such as `25 Mar 2026` */
export function day(day) {
  if (!day) return "";
  const options = /** @type {const} */ ({ day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
  return new Date(`${day}T00:00:00Z`).toLocaleDateString("en-GB", options);
}

/**
 * A date and time as the source writes it: without a time zone it is shown as it stands, and a date alone has no time.
 * @param {string|null} moment ISO date-time
 * @returns {string} such as `25 Mar 2026, 09:04`
 */
export function moment(moment) {
  if (!moment) return "";
  if (moment.endsWith("T00:00:00")) return day(moment.slice(0, 10));
  return `${day(moment.slice(0, 10))}, ${moment.slice(11, 16)}`;
}

/** @param {string|Date} at @returns {string} the time of day here, such as `12:04` */
export function clock(at) {
  return new Date(at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}

/**
 * Say something at the foot of the page for a while.
 * @param {string} text
 * @param {{bad?: boolean, action?: {label: string, run: () => void}, seconds?: number}} [options]
 */
export function toast(text, { bad = false, action, seconds = 6 } = {}) {
  const box = el("div", { class: `toast arrive ${bad ? "bad" : ""}` }, el("span", { text }));
  const close = () => box.remove();
  if (action) {
    box.append(
      el("button", {
        class: "button link",
        type: "button",
        text: action.label,
        on: {
          click: () => {
            close();
            action.run();
          },
        },
      }),
    );
  }
  if (!bad) for (const old of document.querySelectorAll(".toast:not(.bad)")) old.remove();
  find(".toasts").append(box);
  setTimeout(close, seconds * 1000);
}

/**
 * Show a problem inside of a form or page, with its remedy; focus goes nowhere, the region is an alert.
 * @param {Element} place
 * @param {import("./api.js").Problem|null} problem `null` clears it
 */
export function showProblem(place, problem) {
  if (!problem) return place.replaceChildren();
  const detail = problem.detail && problem.detail !== problem.title ? el("span", { text: problem.detail }) : null;
  const remedy = problem.remedy ? el("p", { class: "small", text: problem.remedy }) : null;
  place.replaceChildren(
    el(
      "div",
      { class: "notice bad" },
      icon("alert"),
      el("div", {}, el("strong", { text: problem.title }), detail, remedy),
    ),
  );
}
