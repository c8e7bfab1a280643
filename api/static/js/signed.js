/** Sold versus signed: attach, wait for the comparison, walk through its rows, and act on them. */
import { call } from "./api.js";
import { attach } from "./attach.js";
import { find, showProblem } from "./dom.js";
import { onDrop } from "./drop.js";
import { listen } from "./keys.js";

const root = find("#signed");
const { deal, sow, comparison, made } = root.dataset;
const place = find(".page > .problem");
const WAIT_MS = 800;
const LONG_MS = 60_000;

const picker = /** @type {HTMLInputElement} */ (find("#signed-file"));
picker.addEventListener("change", () => attach(deal, picker, place));
const dropped = document.querySelector("#signed-drop");
if (dropped)
  onDrop(/** @type {HTMLElement} */ (dropped), ([file]) => {
    attach(deal, picker, place, file);
  });

document.querySelector("#again")?.addEventListener("click", async (event) => {
  const button = /** @type {HTMLButtonElement} */ (event.currentTarget);
  button.disabled = true;
  try {
    await call("POST", `/v1/signed-sows/${sow}/comparisons`, { body: {} });
    location.assign(`/deals/${deal}/signed`);
  } catch (problem) {
    showProblem(place, /** @type {any} */ (problem));
    button.disabled = false;
  }
});

/** Ask until the rows are there. @param {number} since */
async function wait(since) {
  try {
    const { data } = await call("GET", `/v1/comparisons/${comparison}`);
    if (data.rows) return location.reload();
  } catch (problem) {
    return showProblem(place, /** @type {any} */ (problem));
  }
  if (Date.now() - since > LONG_MS)
    find("#comparing").textContent =
      "This takes longer than it should. It goes on when the server’s worker runs; or compare again.";
  setTimeout(() => wait(since), WAIT_MS);
}
if (comparison && !made) wait(Date.now());

// --- rows ------------------------------------------------------------------------------------------------------------

const rows = () => /** @type {HTMLElement[]} */ ([...root.querySelectorAll(".pair")]).filter((row) => row.offsetParent);
const current = () => /** @type {HTMLElement|null} */ (document.activeElement?.closest(".pair") ?? null);

/** @param {HTMLElement|undefined} row */
function goTo(row) {
  row?.focus({ preventScroll: true });
  row?.scrollIntoView({ block: "nearest" });
}

/** @param {number} by */
function step(by) {
  const all = rows();
  const at = all.indexOf(/** @type {any} */ (current()));
  goTo(at < 0 ? all[0] : all[at + by]);
}

/** @param {string} selector of what is pressed in the current row */
function press(selector) {
  /** @type {HTMLElement|null|undefined} */ (current()?.querySelector(selector))?.click();
}

listen(
  {
    j: () => step(1),
    k: () => step(-1),
    i: () => press('[data-make="item"]'),
    f: () => press('[data-make="finding"]'),
    t: () => press('[data-jump="said"]'),
    s: () => press('[data-jump="signed"]'),
    "?": () => find("#keys").showModal(),
  },
  (digit) => {
    const column = root.querySelectorAll(".column")[digit - 1];
    goTo(/** @type {HTMLElement|undefined} */ (column?.querySelector(".pair") ?? undefined));
    return Boolean(column);
  },
);

const dialog = find("#make");
const form = find("#make-form");
const WORDS = {
  item: {
    said: "It rests on what was said, and goes into the open review, or into a suggestion of its own.",
    signed: "Nobody spoke of it, so you vouch for it; the note names the place in the signed file.",
  },
  finding: { said: "Each review of this deal shows it.", signed: "Each review of this deal shows it." },
};
let make = { row: "", what: /** @type {"item"|"finding"} */ ("item"), key: "" };

root.addEventListener("click", (/** @type {Event} */ event) => {
  const button = /** @type {HTMLElement|null} */ (/** @type {Element} */ (event.target).closest("[data-make]"));
  if (!button) return;
  const row = /** @type {HTMLElement} */ (button.closest(".pair"));
  const what = /** @type {"item"|"finding"} */ (button.dataset.make);
  make = { row: row.dataset.row ?? "", what, key: crypto.randomUUID() };
  find("#make-title").textContent = button.textContent?.trim() ?? "";
  find("#make-hint").textContent = WORDS[what][row.querySelector('[data-jump="said"]') ? "said" : "signed"];
  find("#make-kind").hidden = what === "finding";
  find("#row-kind").value = button.dataset.kind ?? "open_question";
  find("#row-text").value = button.dataset.text ?? "";
  showProblem(find(".problem", form), null);
  dialog.showModal();
  find("#row-text").focus();
});

form.addEventListener("submit", async (/** @type {SubmitEvent} */ event) => {
  event.preventDefault();
  if (!form.reportValidity()) return;
  const text = find("#row-text").value.trim();
  const body = make.what === "item" ? { kind: find("#row-kind").value, text } : { text };
  const button = find("[type=submit]", form);
  button.disabled = true;
  try {
    await call("POST", `/v1/comparisons/${comparison}/rows/${make.row}/${make.what}`, { body, key: make.key });
    // The same address again: the row is where it was, with what became of it.
    history.replaceState(null, "", `#${make.row}`);
    location.reload();
  } catch (problem) {
    showProblem(find(".problem", form), /** @type {any} */ (problem));
    make.key = crypto.randomUUID();
    button.disabled = false;
  }
});

// After a reload or on the way back from the signed text, the row that was looked at has the focus.
const asked = /^#r\d+$/.test(location.hash) && document.querySelector(location.hash);
if (asked) {
  asked.closest("details")?.setAttribute("open", "");
  goTo(/** @type {HTMLElement} */ (asked));
}
