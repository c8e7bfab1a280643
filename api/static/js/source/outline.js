/** The list of messages beside the thread: which one is read now, and a way to jump. */
import { el, find, moment } from "../dom.js";
import { nameOf } from "../thread/cards.js";

export class Outline {
  /** @param {HTMLElement} list @param {any} source @param {HTMLElement[]} messages their elements, in the same order */
  constructor(list, source, messages) {
    this.messages = messages;
    this.entries = source.messages.map((/** @type {any} */ message) => entry(source, message));
    list.replaceChildren(...this.entries);
    this.at = 0;
    /** The message that was jumped to, while it is in sight. @type {number|null} */
    this.chosen = null;
    let waiting = false;
    const follow = () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        this.mark(this.reading());
      });
    };
    addEventListener("scroll", follow, { passive: true });
    list.addEventListener("click", (event) => this.clicked(event));
    this.mark(0);
  }

  /** @param {Event} event */
  clicked(event) {
    const item = /** @type {Element} */ (event.target).closest("li");
    if (!item) return;
    event.preventDefault();
    this.jump(this.entries.indexOf(item));
  }

  /** @returns {number} index of the first message that starts below the bar, of the one that was jumped to, or at the end of the last */
  reading() {
    const edge = find(".source-bar").offsetHeight + 32;
    if (this.chosen !== null) {
      const { top, bottom } = this.messages[this.chosen].getBoundingClientRect();
      if (bottom > edge && top < innerHeight * 0.85) return this.chosen;
      this.chosen = null;
    }
    const page = document.documentElement;
    if (scrollY > 0 && innerHeight + scrollY >= page.scrollHeight - 2) return this.messages.length - 1;
    return Math.max(
      0,
      this.messages.findLastIndex((message) => message.getBoundingClientRect().top <= edge),
    );
  }

  /** @param {number} at */
  mark(at) {
    this.entries[this.at].firstChild.removeAttribute("aria-current");
    this.entries[at].firstChild.setAttribute("aria-current", "true");
    if (at !== this.at) keepInSight(this.entries[at]);
    this.at = at;
  }

  /** @param {number} at index of a message */
  jump(at) {
    const message = this.messages[at];
    if (!message) return;
    this.chosen = at;
    message.scrollIntoView({ block: "start", behavior: "instant" });
    message.focus({ preventScroll: true });
    history.replaceState(null, "", `#${message.id}`);
    this.mark(at);
  }

  /** @param {number} by 1 or -1 */
  step(by) {
    this.jump(this.at + by);
  }
}

/** @param {any} source @param {any} message */
function entry(source, message) {
  const call = source.form === "call_transcript";
  const said = call ? firstWords(source, message) : moment(message.sent) || message.subject;
  return el(
    "li",
    {},
    el(
      "a",
      { href: `#message-${message.number}`, data: { side: message.side ?? "" } },
      el("span", { class: "numbers soft", text: message.number }),
      el("span", { class: "who-line", text: nameOf(source, message) }),
      el("span", { class: "soft small said-line", text: said }),
    ),
  );
}

/** @param {any} source @param {any} message */
function firstWords({ offsets, byMessage }, { number }) {
  const first = byMessage.get(number)?.find((/** @type {any} */ each) => each.role === "new");
  return first ? offsets.slice(first.start, Math.min(first.end, first.start + 80)) : "";
}

/** Scroll the list alone, never the page. @param {HTMLElement} item */
function keepInSight(item) {
  const list = /** @type {HTMLElement} */ (item.parentElement);
  const above = item.offsetTop - list.scrollTop;
  if (above < 0 || above + item.offsetHeight > list.clientHeight)
    list.scrollTop = item.offsetTop - list.clientHeight / 2;
}
