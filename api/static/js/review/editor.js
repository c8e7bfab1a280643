/** The form in which an item or a person is edited in place or added. What is typed survives a reload. */
/** @import { Evidence } from "../types.js" */
/** @import { Thread } from "../thread/thread.js" */
import { el, icon, words } from "../dom.js";
import { FIELDS, ONE } from "../kinds.js";
import { SIDES } from "../thread/sides.js";
import { read, write } from "./unsaved.js";

const LABELS = { owner: "Owner", due: "Due", baseline: "Baseline", target: "Target" };
const MODIFIER = /Mac|iP(hone|ad|od)/.test(navigator.platform) ? "⌘ ⏎" : "Ctrl ⏎";

/**
 * @typedef {object} Setting
 * @property {string} key under which unfinished typing is kept
 * @property {Thread} thread
 * @property {() => Evidence|null} selected the words selected in the thread
 * @property {(edit: any, assertion: string|undefined) => void} save
 * @property {(kept: boolean) => void} leave called when it is closed without saving; whether typing is kept
 * @property {(evidence: Evidence[]) => void} shows called when the evidence changed
 */

export class Editor {
  /** @param {any} entry an item or a stakeholder to start from @param {Setting} setting */
  constructor(entry, setting) {
    this.setting = setting;
    this.person = "name" in entry;
    const typed = read(setting.key);
    this.start = { ...entry, assertion: entry.assertion?.note ?? "", ...typed };
    /** @type {Evidence[]} */
    this.evidence = this.start.evidence ?? [];
    this.problem = el("p", { class: "small editor-problem", role: "alert" });
    this.list = el("ol", { class: "editor-evidence" });
    this.extras = el("div", { class: "fields two" });
    this.vouch = vouchField(this.start.assertion);
    this.dropping = button("Discard", "quiet", () => this.discard());
    this.dropping.hidden = typed === null;
    /** @type {HTMLFormElement} */
    this.form = this.build();
    if (!this.person) this.showExtras(this.start.kind);
    this.showEvidence();
  }

  build() {
    const fields = this.person
      ? personFields(this.start)
      : itemFields(this.start, this.extras, (kind) => this.showExtras(kind));
    return el(
      "form",
      {
        class: "editor",
        novalidate: true,
        "aria-label": this.person ? "Edit the person" : "Edit the item",
        on: {
          input: () => this.keep(),
          keydown: (/** @type {KeyboardEvent} */ event) => this.press(event),
          submit: (/** @type {SubmitEvent} */ event) => this.submit(event),
        },
      },
      fields,
      this.vouch,
      !this.person && this.evidenceField(),
      this.problem,
      el(
        "div",
        { class: "editor-end" },
        el("button", { class: "button small primary", type: "submit" }, "Save", key(MODIFIER)),
        button("Close", "quiet", () => this.leave(), key("Esc")),
        this.dropping,
      ),
    );
  }

  evidenceField() {
    const label = el("span", { class: "label", text: "Evidence" });
    return el(
      "div",
      { class: "field" },
      label,
      this.list,
      citeButton(() => this.citeSelected()),
    );
  }

  /** What the fields say; `null` where one is empty. @returns {Record<string, any>} */
  values() {
    const data = Object.fromEntries(new FormData(this.form));
    const filled = Object.entries(data).map(([name, value]) => [name, String(value).trim() || null]);
    return Object.fromEntries(filled);
  }

  keep() {
    write(this.setting.key, { ...this.values(), evidence: this.evidence });
    this.dropping.hidden = false;
  }

  showEvidence() {
    const remove = (/** @type {Evidence} */ gone) => {
      this.evidence = this.evidence.filter((each) => each !== gone);
      this.showEvidence();
      this.keep();
    };
    this.list.replaceChildren(...this.evidence.map((each) => cited(each, this.setting.thread, () => remove(each))));
    this.vouch.hidden = this.person || this.evidence.length > 0;
    this.setting.shows(this.evidence);
  }

  /** Show the fields that the kind asks for, and those that hold something. @param {string} kind */
  showExtras(kind) {
    const now = this.extras.childElementCount > 1 ? this.values() : this.start;
    for (const old of [...this.extras.children].slice(1)) old.remove();
    const wanted = Object.entries(LABELS).filter(([name]) => FIELDS[kind].includes(name) || now[name]);
    this.extras.append(...wanted.map(([name, label]) => field(label, name, extra(name, now[name]))));
  }

  /** Add words to the evidence. @param {Evidence} found */
  cite(found) {
    const { source, start, end } = found;
    const known = this.evidence.some((each) => each.source === source && each.start === start && each.end === end);
    if (!known) this.evidence = [...this.evidence, found];
    this.showEvidence();
    this.keep();
  }

  citeSelected() {
    const found = this.setting.selected();
    this.problem.textContent = found ? "" : "Select words in the thread first, then press this again.";
    if (found) this.cite(found);
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    this.leave();
  }

  /** Close; what was typed is kept. */
  leave() {
    this.setting.leave(read(this.setting.key) !== null);
  }

  /** Close; what was typed is dropped. */
  discard() {
    write(this.setting.key, null);
    this.setting.leave(false);
  }

  /** @param {Event} event */
  submit(event) {
    event.preventDefault();
    const { assertion, ...edit } = this.values();
    if (!(this.person ? edit.name : edit.text)) {
      this.problem.textContent = this.person ? "A person needs a name." : "An item needs a text.";
      return;
    }
    if (!this.person) edit.evidence = this.evidence.map(({ source, start, end }) => ({ source, start, end }));
    write(this.setting.key, null);
    this.setting.save(edit, this.person || this.evidence.length ? undefined : (assertion ?? undefined));
  }
}

let number = 0;

/** @param {string} label @param {string} name @param {any} control */
function field(label, name, control) {
  number += 1;
  control.id = `field-${number}`;
  control.name = name;
  return el("div", { class: "field" }, el("label", { for: control.id, text: label }), control);
}

/** @param {string} name @param {string|null} value */
function extra(name, value) {
  return el("input", {
    type: name === "due" ? "date" : "text",
    value: value ?? "",
    maxlength: "200",
    autocomplete: "off",
  });
}

/** @param {string} note */
function vouchField(note) {
  const placeholder = "Said on the call of 3 March, for example";
  return field(
    "Nothing cited. How do you know it?",
    "assertion",
    el("input", { value: note ?? "", placeholder, maxlength: "500" }),
  );
}

/** @param {any} start @param {HTMLElement} extras holds the kind and what it asks for @param {(kind: string) => void} changed */
function itemFields(start, extras, changed) {
  const options = Object.keys(FIELDS).map((each) => el("option", { value: each, text: words(ONE[each]) }));
  const kind = el("select", { on: { change: () => changed(kind.value) } }, options);
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
    Object.entries({ "": "Not said", ...SIDES }).map(([value, label]) => el("option", { value, text: label })),
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

/** @param {() => void} press */
function citeButton(press) {
  const keepSelection = (/** @type {Event} */ event) => event.preventDefault();
  const attributes = { class: "button small", type: "button", on: { click: press, mousedown: keepSelection } };
  return el("button", attributes, icon("quote"), "Use the selected words");
}

/** @param {string} text */
function key(text) {
  return el("kbd", { "aria-hidden": "true", text });
}

/** @param {string} label @param {string} tone @param {() => void} press @param {...Node} after */
function button(label, tone, press, ...after) {
  return el("button", { class: `button small ${tone}`, type: "button", on: { click: press } }, label, ...after);
}
