/** The library: adding files one after the other, with what became of each. */
import { call } from "./api.js";
import { el, find, plural, toast } from "./dom.js";
import { onDrop } from "./drop.js";

const NOTED = "sows-added";
/** @type {Record<string, string>} */
const ARRIVALS = { added: "Added", new_version: "New version", unchanged: "Was there already" };

const dialog = find("#new-sow");
const form = find("#new-sow-form");
const files = find("#sow-file");
const uploads = find("#uploads");

const noted = sessionStorage.getItem(NOTED);
if (noted) {
  sessionStorage.removeItem(NOTED);
  toast(noted);
}

onDrop(form, (dropped) => {
  const list = new DataTransfer();
  for (const file of dropped) list.items.add(file);
  files.files = list.files;
});

form.addEventListener("submit", async (/** @type {SubmitEvent} */ event) => {
  event.preventDefault();
  if (!form.reportValidity()) return;
  const details = new FormData(form);
  details.delete("file");
  await addAll([...files.files], details);
});

/** @param {File[]} given @param {FormData} details */
async function addAll(given, details) {
  const rows = given.map((file) =>
    el("li", {}, el("span", { class: "grow", text: file.name }), el("span", { class: "soft", text: "Waits" })),
  );
  find(".lines", uploads).replaceChildren(...rows);
  form.hidden = true;
  uploads.hidden = false;
  find("h2", uploads).focus();
  const bar = find("progress", uploads);
  bar.max = given.length;
  let stopped = false;
  find("[data-stop]", uploads).addEventListener("click", () => (stopped = true), { once: true });
  dialog.addEventListener("cancel", hold);
  /** @type {Record<string, number>} */
  const counts = { added: 0, new_version: 0, unchanged: 0, failed: 0 };
  for (const [place, file] of given.entries()) {
    if (stopped) break;
    find("[role=status]", uploads).textContent = `${place + 1} of ${given.length}: ${file.name}`;
    rows[place].scrollIntoView({ block: "nearest" });
    counts[await add(file, details, rows[place])] += 1;
    bar.value = place + 1;
  }
  dialog.removeEventListener("cancel", hold);
  finish(summary(counts, given.length), counts.failed > 0 || stopped);
}

/** @param {Event} event while files are on their way, Escape closes nothing */
function hold(event) {
  event.preventDefault();
}

/** @param {File} file @param {FormData} details @param {any} row @returns {Promise<string>} what became of it */
async function add(file, details, row) {
  const state = row.lastChild;
  state.textContent = "Reading…";
  const body = new FormData();
  body.append("file", file);
  for (const [name, value] of details) if (value) body.append(name, value);
  try {
    const { data } = await call("POST", "/v1/sows", { body });
    const link = el("a", { class: "grow", href: `/sows/${data.id}`, text: file.name });
    row.replaceChildren(link, el("span", { class: "badge good", text: ARRIVALS[data.arrival] }));
    return data.arrival;
  } catch (problem) {
    const known = /** @type {import("./api.js").Problem} */ (problem);
    const detail = known.detail && known.detail !== known.title ? known.detail : known.title;
    state.replaceWith(el("span", { class: "badge bad", text: "Failed" }));
    row.append(el("p", { class: "small reason", text: [detail.replace(/\.?$/, "."), known.remedy].join(" ") }));
    return "failed";
  }
}

/** @param {Record<string, number>} counts @param {number} total */
function summary(counts, total) {
  const left = total - Object.values(counts).reduce((sum, count) => sum + count, 0);
  const parts = [
    counts.added && `${counts.added} added`,
    counts.new_version && plural(counts.new_version, "new version"),
    counts.unchanged && `${counts.unchanged} there already`,
    counts.failed && `${counts.failed} failed`,
    left && `${left} not looked at`,
  ];
  return parts.filter(Boolean).join(", ");
}

/** @param {string} words @param {boolean} stay so that reasons can be read */
function finish(words, stay) {
  if (!stay) {
    sessionStorage.setItem(NOTED, words);
    location.reload();
    return;
  }
  find("h2", uploads).textContent = "Done";
  find("[role=status]", uploads).textContent = words;
  find("[data-stop]", uploads).hidden = true;
  const done = find("[data-done]", uploads);
  done.hidden = false;
  done.focus();
  done.addEventListener("click", () => location.reload());
  dialog.addEventListener("close", () => location.reload());
}
