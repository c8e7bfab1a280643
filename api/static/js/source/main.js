/** The page of a source: what somebody gave us, as it reads. */
import { call, Problem } from "../api.js";
import { day, el, find, showProblem, words } from "../dom.js";
import { listen } from "../keys.js";
import { openBeside } from "../popover.js";
import { sizeOf } from "../thread/cards.js";
import { findingsPanel } from "../thread/findings.js";
import { Marks } from "../thread/marks.js";
import { showSide, sideButton } from "../thread/sides.js";
import { Thread } from "../thread/thread.js";
import { Outline } from "./outline.js";
import { SideMenu } from "./sides.js";

const root = find("#source");
const place = find("#thread");
const wide = matchMedia("(min-width: 60rem)");

async function load() {
  return (await call("GET", `/v1/sources/${root.dataset.source}`)).data;
}

/** @param {any} source @returns {string} such as `, 2 Mar 2026 to 13 Mar 2026` */
function daysOf(source) {
  const days = source.messages
    .map((/** @type {any} */ each) => each.sent?.slice(0, 10))
    .filter(Boolean)
    .sort();
  const [first, last] = [day(days[0] ?? null), day(days.at(-1) ?? null)];
  return first && `, ${first === last ? first : `${first} to ${last}`}`;
}

/** @param {"cards"|"plain"} view */
function show(view) {
  root.dataset.view = view;
  for (const button of root.querySelectorAll("[data-show]"))
    button.setAttribute("aria-pressed", String(button.dataset.show === view));
}

/** Quoted history: fold it where any is open, else unfold all. */
function toggleQuotes() {
  const folds = [...place.querySelectorAll("details.quoted")];
  const open = !folds.some((fold) => fold.open);
  for (const fold of folds) fold.open = open;
}

function labelQuotes() {
  const folds = [...place.querySelectorAll("details.quoted")];
  const button = find("#quotes");
  button.hidden = !folds.length;
  find("span", button).textContent = folds.some((fold) => fold.open) ? "Fold quotes" : "Unfold quotes";
}

/** What is hidden bears its name in the text; the other findings are underlined. @param {Thread} thread @param {Marks} marks */
function showFindings(thread, marks) {
  const [{ findings, flags }] = thread.sources.values();
  const panel = findingsPanel(findings, thread);
  if (!panel) return;
  find("#findings").append(panel);
  marks.paint(
    "finding",
    flags.flatMap((/** @type {any} */ flag) => marks.rangesOf(flag.finding)),
  );
  panel.addEventListener("click", (/** @type {Event} */ event) => {
    const button = /** @type {HTMLElement|null} */ (/** @type {Element} */ (event.target).closest("[data-act]"));
    if (!button) return;
    const row = /** @type {HTMLElement} */ (button.closest("[data-finding]"));
    reveal(findings[Number(row.dataset.finding)].evidence[Number(button.dataset.index)], thread, marks);
  });
}

/** @param {import("../types.js").Evidence} evidence @param {Thread} thread @param {Marks} marks */
function reveal(evidence, thread, marks) {
  show("cards");
  marks.now({ evidence: [evidence] });
  thread.reveal(evidence);
}

/** @param {HTMLElement[]} messages */
async function showSides(messages) {
  const source = await load();
  for (const message of source.messages) {
    const element = messages[message.number - 1];
    element.dataset.side = message.side ?? "";
    const button = element.querySelector("button.side");
    if (button) showSide(/** @type {HTMLElement} */ (button), message);
    find(`#outline [href="#message-${message.number}"]`).dataset.side = message.side ?? "";
  }
}

function explainFlags() {
  const note = find("#note");
  place.addEventListener("click", (/** @type {Event} */ event) => {
    const flag = /** @type {HTMLElement|null} */ (/** @type {Element} */ (event.target).closest(".flag"));
    if (!flag) return;
    note.textContent = flag.dataset.note;
    openBeside(note, flag);
  });
}

/** @param {Outline} outline */
function byKey(outline) {
  const step = (/** @type {number} */ by) => () => {
    show("cards");
    outline.step(by);
  };
  const acts = {
    j: step(1),
    k: step(-1),
    q: toggleQuotes,
    p: () => show(root.dataset.view === "plain" ? "cards" : "plain"),
    "?": () => find("#keys").showModal(),
  };
  listen(acts, () => false);
}

async function start() {
  const source = await load();
  const thread = new Thread(place, [source], { badge: sideButton, heads: false, flags: true });
  const marks = new Marks(thread);
  thread.original = (evidence) => reveal(evidence, thread, marks);
  const messages = /** @type {HTMLElement[]} */ ([...place.querySelectorAll("article")]);
  messages.forEach((message, index) => (message.id = `message-${index + 1}`));
  root.dataset.single = messages.length < 2 ? "yes" : "no";
  root.dataset.form = source.form;
  find("#summary").replaceChildren(
    `${words(source.form)}, ${sizeOf(source)}`,
    el("span", { class: "days", text: daysOf(source) }),
  );
  find("#plain").textContent = source.text;
  const outline = new Outline(find("#outline ol"), thread.sources.get(source.id), messages);
  new SideMenu(place, root.dataset.deal, () => showSides(messages));
  showFindings(thread, marks);
  labelQuotes();
  explainFlags();
  byKey(outline);
  place.addEventListener("toggle", labelQuotes, true);
  find("#quotes").addEventListener("click", toggleQuotes);
  const [, asked] = location.hash.match(/^#message-(\d+)$/) ?? [];
  if (asked) outline.jump(Number(asked) - 1);
  const [, start, end] = location.hash.match(/^#words-(\d+)-(\d+)$/) ?? [];
  const quoted = { source: source.id, message: null, start: Number(start), end: Number(end), quote: "" };
  if (end) reveal(quoted, thread, marks);
}

for (const button of root.querySelectorAll("[data-show]"))
  button.addEventListener("click", () => show(button.dataset.show));
const fit = () => (find("#outline").open = wide.matches);
wide.addEventListener("change", fit);
fit();
start().catch((error) => {
  if (!(error instanceof Problem)) throw error;
  showProblem(place, error);
});
