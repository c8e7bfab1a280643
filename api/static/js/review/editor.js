/** The form in which an item or a person is edited in place or added. What is typed survives a reload. */
/** @import { Evidence } from "./types.js" */
/** @import { Thread } from "./thread.js" */
import { el, icon, words } from "../dom.js";
import { FIELDS, ONE } from "../kinds.js";

const LABELS = { owner: "Owner", due: "Due", baseline: "Baseline", target: "Target" };
const SIDES = { "": "Not said", client: "Client", vendor: "Us", third_party: "Third party" };
const MODIFIER = /Mac|iP(hone|ad|od)/.test(navigator.platform) ? "⌘ ⏎" : "Ctrl ⏎";

/**
 * @typedef {object} Setting
 * @property {string} key under which unfinished typing is kept
 * @property {Thread} thread
 * @property {() => Evidence|null} selected the words selected in the thread
 * @property {(edit: any, assertion: string|undefined) => void} save
 * @property {() => void} cancel
 * @property {(evidence: Evidence[]) => void} shows called when the evidence changed
 */

/**
 * @param {any} entry an item or a stakeholder to start from
 * @param {Setting} setting
 * @returns {HTMLFormElement & {cite: (evidence: Evidence) => void}}
 */
export function renderEditor(entry, setting) {
  const kept = read(setting.key);
  const start = { ...entry, ...kept };
  const person = "name" in entry;
  /** @type {Evidence[]} */
  let evidence = start.evidence ?? [];
  const form = el("form", {
    class: "editor",
    novalidate: true,
    "aria-label": person ? "Edit the person" : "Edit the item",
  });
  const problem = el("p", { class: "small editor-problem", role: "alert" });
  const list = el("ol", { class: "editor-evidence" });
  const vouch = field(
    "Nothing cited. How do you know it?",
    "assertion",
    el("input", {
      value: kept?.assertion ?? entry.assertion?.note ?? "",
      placeholder: "Said on the call of 3 March, for example",
      maxlength: "500",
    }),
  );
  const extras = el("div", { class: "fields two" });

  const values = () => {
    const data = Object.fromEntries(new FormData(form));
    const filled = Object.fromEntries(
      Object.entries(data).map(([name, value]) => [name, String(value).trim() || null]),
    );
    return { ...filled, evidence };
  };
  const keep = () => write(setting.key, values());
  const showEvidence = () => {
    list.replaceChildren(
      ...evidence.map((each, index) =>
        cited(each, setting.thread, () => {
          evidence = evidence.filter((_, other) => other !== index);
          showEvidence();
          keep();
        }),
      ),
    );
    vouch.hidden = person || evidence.length > 0;
    setting.shows(evidence);
  };
  const showExtras = (/** @type {string} */ kind) => {
    const now = extras.childElementCount > 1 ? values() : start;
    for (const old of [...extras.children].slice(1)) old.remove();
    extras.append(
      ...Object.keys(LABELS)
        .filter((name) => FIELDS[kind].includes(name) || now[name])
        .map((name) =>
          field(
            LABELS[/** @type {keyof typeof LABELS} */ (name)],
            name,
            el("input", {
              type: name === "due" ? "date" : "text",
              value: now[name] ?? "",
              maxlength: "200",
              autocomplete: "off",
            }),
          ),
        ),
    );
  };
  const cite = (/** @type {Evidence} */ found) => {
    const same = evidence.some(
      (each) => each.source === found.source && each.start === found.start && each.end === found.end,
    );
    if (!same) evidence = [...evidence, found];
    showEvidence();
    keep();
  };

  form.append(...(person ? personFields(start) : itemFields(start, showExtras, extras)), vouch);
  if (!person)
    form.append(
      el(
        "div",
        { class: "field" },
        el("span", { class: "label", text: "Evidence" }),
        list,
        citeButton(setting, cite, problem),
      ),
    );
  form.append(
    problem,
    el(
      "div",
      { class: "editor-end" },
      el(
        "button",
        { class: "button small primary", type: "submit" },
        "Save",
        el("kbd", { "aria-hidden": "true", text: MODIFIER }),
      ),
      el(
        "button",
        { class: "button small quiet", type: "button", on: { click: () => leave() } },
        "Cancel",
        el("kbd", { "aria-hidden": "true", text: "Esc" }),
      ),
    ),
  );
  const leave = () => {
    write(setting.key, null);
    setting.cancel();
  };

  form.addEventListener("input", keep);
  form.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Escape") leave();
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  form.addEventListener("submit", (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const { assertion, ...edit } = values();
    if (!(person ? edit.name : edit.text)) {
      problem.textContent = person ? "A person needs a name." : "An item needs a text.";
      return;
    }
    if (person) delete edit.evidence;
    else edit.evidence = evidence.map(({ source, start, end }) => ({ source, start, end }));
    write(setting.key, null);
    setting.save(edit, evidence.length || person ? undefined : (assertion ?? undefined));
  });
  if (!person) showExtras(start.kind);
  showEvidence();
  return Object.assign(form, { cite });
}

let number = 0;

/** @param {string} label @param {string} name @param {any} control */
function field(label, name, control) {
  number += 1;
  control.id = `field-${number}`;
  control.name = name;
  return el("div", { class: "field" }, el("label", { for: control.id, text: label }), control);
}

/** @param {any} start @param {(kind: string) => void} showExtras @param {HTMLElement} extras holds the kind and what it asks for */
function itemFields(start, showExtras, extras) {
  const kind = el(
    "select",
    { on: { change: () => showExtras(kind.value) } },
    Object.keys(FIELDS).map((each) => el("option", { value: each, text: words(ONE[each]) })),
  );
  kind.value = start.kind;
  const text = el("textarea", { rows: "2", maxlength: "2000", required: true, data: { first: "1" } });
  text.value = start.text ?? "";
  extras.append(field("Kind", "kind", kind));
  return [field("Text", "text", text), extras];
}

/** @param {any} start */
function personFields(start) {
  const side = el(
    "select",
    {},
    Object.entries(SIDES).map(([value, label]) => el("option", { value, text: label })),
  );
  side.value = start.side ?? "";
  return [
    el(
      "div",
      { class: "fields two" },
      field(
        "Name",
        "name",
        el("input", {
          value: start.name ?? "",
          maxlength: "200",
          required: true,
          data: { first: "1" },
          autocomplete: "off",
        }),
      ),
      field("Role", "role", el("input", { value: start.role ?? "", maxlength: "200", autocomplete: "off" })),
      field("Side", "side", side),
      field(
        "Email",
        "email",
        el("input", { type: "email", value: start.email ?? "", maxlength: "200", autocomplete: "off" }),
      ),
    ),
  ];
}

/** @param {Evidence} each @param {Thread} thread @param {() => void} remove */
function cited(each, thread, remove) {
  return el(
    "li",
    {},
    el(
      "span",
      { class: "said" },
      el("span", { class: "soft", text: `${thread.place(each)}: ` }),
      each.quote.replace(/\s+/g, " "),
    ),
    el(
      "button",
      {
        class: "button small quiet",
        type: "button",
        "aria-label": `Remove the source ${thread.place(each)}`,
        on: { click: remove },
      },
      icon("cross"),
    ),
  );
}

/** @param {Setting} setting @param {(evidence: Evidence) => void} cite @param {HTMLElement} problem */
function citeButton(setting, cite, problem) {
  const press = () => {
    const found = setting.selected();
    problem.textContent = found ? "" : "Select words in the thread first, then press this again.";
    if (found) cite(found);
  };
  return el(
    "button",
    {
      class: "button small",
      type: "button",
      on: { click: press, mousedown: (/** @type {Event} */ event) => event.preventDefault() },
    },
    icon("quote"),
    "Use the selected words",
  );
}

/** @param {string} key @returns {any} what was typed and not saved; `null` when there is nothing */
function read(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? "null");
  } catch {
    return null;
  }
}

/** @param {string} key @param {any} value `null` forgets */
function write(key, value) {
  try {
    if (value) sessionStorage.setItem(key, JSON.stringify(value));
    else sessionStorage.removeItem(key);
  } catch {
    // Without storage, typing survives only as long as the page.
  }
}
