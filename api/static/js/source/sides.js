/** The menu by which a person corrects whose side somebody is on. */
import { call } from "../api.js";
import { el, find, toast } from "../dom.js";
import { openBeside } from "../popover.js";
import { SIDES } from "../thread/sides.js";

/** @type {[string, string, string][]} side, label, and what it means */
const CHOICES = [
  ...Object.entries(SIDES).map(([side, label]) => /** @type {[string, string, string]} */ ([side, label, ""])),
  ["", "As read", "drop a correction"],
];

export class SideMenu {
  /** @param {HTMLElement} root where the badges are @param {string} deal @param {() => Promise<void>} reload shows the source anew */
  constructor(root, deal, reload) {
    this.deal = deal;
    this.reload = reload;
    this.menu = find("#side-menu");
    /** @type {HTMLElement|null} */
    this.button = null;
    root.addEventListener("click", (event) => {
      const button = /** @type {HTMLElement|null} */ (/** @type {Element} */ (event.target).closest("button.side"));
      if (button) this.open(button);
    });
    this.menu.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => this.move(event));
    this.menu.addEventListener("toggle", (/** @type {ToggleEvent} */ event) =>
      this.button?.setAttribute("aria-expanded", String(event.newState === "open")),
    );
  }

  /** @param {HTMLElement} button */
  open(button) {
    this.button = button;
    const { who = "", side = "" } = button.dataset;
    const choices = CHOICES.map((choice) => this.choice(choice, who, side));
    this.menu.setAttribute("aria-label", `Side of ${who}`);
    this.menu.replaceChildren(
      el(
        "p",
        { class: "small" },
        el("strong", { text: who }),
        el("span", { class: "soft", text: " in all of this deal" }),
      ),
      ...choices,
    );
    openBeside(this.menu, button);
    (choices.find((each) => each.ariaChecked === "true") ?? choices[0]).focus();
  }

  /** @param {[string, string, string]} choice @param {string} who @param {string} now @returns {HTMLElement} */
  choice([side, label, meaning], who, now) {
    const checked = String(side !== "" && side === now);
    return el(
      "button",
      {
        type: "button",
        role: "menuitemradio",
        "aria-checked": checked,
        on: { click: () => this.correct(who, side || null) },
      },
      el("span", { text: label }),
      meaning && el("span", { class: "soft small", text: meaning }),
    );
  }

  /** @param {KeyboardEvent} event */
  move(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const choices = [...this.menu.querySelectorAll("button")];
    const at = choices.indexOf(document.activeElement);
    choices[(at + step + choices.length) % choices.length].focus();
  }

  /** @param {string} who address or name @param {string|null} side `null` drops a correction */
  async correct(who, side) {
    this.menu.hidePopover();
    try {
      await call("PUT", `/v1/deals/${this.deal}/sides`, { body: { who, side } });
      await this.reload();
      toast(`The side of ${who} is saved; the next draft reads it so.`);
    } catch (problem) {
      const { title, remedy } = /** @type {import("../api.js").Problem} */ (problem);
      toast(`Not saved: ${title}. ${remedy}`, { bad: true });
    }
  }
}
