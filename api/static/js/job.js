/** A job as it runs: events from the beginning, so that a reload shows the same. */
import { action, Problem } from "./api.js";
import { el, find, plural, showProblem, words } from "./dom.js";
import { HEADINGS } from "./kinds.js";

const root = find("#job");
const job = root.dataset.job;
const line = find("#job-line");
const arriving = find("#arriving");
const stages = [...root.querySelectorAll("[data-stage]")];
const cancelJob = action("POST", `/v1/jobs/${job}/cancel`);
const retryJob = action("POST", `/v1/jobs/${job}/retry`);
const PAUSE_MS = 900; // long enough to read that the draft is complete
let count = 0;
/** Whether the last event said that the job is over; a retry of it comes later in the same stream. */
let over = false;
/** @type {EventSource} */
let events;

/** Forget what was shown: the job starts anew. */
function clear() {
  count = 0;
  over = false;
  arriving.replaceChildren();
  find("#provisional").hidden = true;
  for (const stage of stages) stage.removeAttribute("data-state");
  showProblem(find(".problem", root), null);
}

/** @param {string} name the stage that runs now; an empty one means all are past */
function stage(name) {
  const now = stages.findIndex((each) => each.dataset.stage === name);
  stages.forEach((each, index) => {
    each.dataset.state = name === "" || index < now ? "past" : index === now ? "now" : "";
    if (index === now) each.setAttribute("aria-current", "step");
    else each.removeAttribute("aria-current");
  });
}

/** @param {string} kind @param {string} text */
function show(kind, text) {
  let section = arriving.querySelector(`[data-kind="${kind}"]`);
  if (!section) {
    section = el("section", { data: { kind } }, el("h2", {}, HEADINGS[kind] ?? words(kind)), el("ul"));
    arriving.append(section);
    const order = Object.keys(HEADINGS);
    const sections = [...arriving.children].sort(
      (a, b) => order.indexOf(a.dataset.kind) - order.indexOf(b.dataset.kind),
    );
    arriving.append(...sections);
  }
  for (const old of arriving.querySelectorAll(".is-new")) old.classList.remove("is-new");
  find("ul", section).append(el("li", { class: "arrive is-new", text }));
  find("#provisional").hidden = false;
  find("#provisional").textContent = "These come as they are found, and may still change until the draft is complete.";
  count += 1;
  line.textContent = `${plural(count, "entry", "entries")} so far…`;
}

/** @param {any} state the job */
function status(state) {
  const ended = ["done", "failed", "cancelled"].includes(state.status);
  find("#cancel").hidden = ended;
  find("#retry").hidden = !["failed", "cancelled"].includes(state.status);
  if (state.status === "queued") line.textContent = "Waiting for a worker…";
  if (state.status === "running" && !count) line.textContent = "Working…";
}

/** @param {any} state the finished job */
function done(state) {
  events.close();
  status(state);
  stage("");
  const review = find("#review");
  review.href = `/suggestions/${state.suggestion}`;
  review.hidden = false;
  line.textContent = `The draft is complete${count ? `: ${plural(count, "entry", "entries")} found` : ""}. Opening the review…`;
  setTimeout(() => location.replace(review.href), PAUSE_MS);
}

/** @param {any} state @param {string} text */
function stopped(state, text) {
  over = true;
  status(state);
  line.textContent = text;
  for (const each of stages) if (each.dataset.state === "now") each.dataset.state = "";
  find("#provisional").textContent = "This was found before it stopped; a retry starts anew.";
  if (state.problem) showProblem(find(".problem", root), new Problem(state.problem));
}

/** Follow the job; the browser itself reconnects and resumes after the last event that it saw. */
function follow() {
  clear();
  events = new EventSource(`/v1/jobs/${job}/events`);
  const on = (/** @type {string} */ name, /** @type {(data: any) => void} */ act) =>
    events.addEventListener(name, (event) => act(JSON.parse(/** @type {MessageEvent} */ (event).data || "{}")));
  on("status", status);
  on("progress", (progress) => {
    stage(progress.stage);
    if (!count && progress.detail) line.textContent = progress.detail;
  });
  on("restarted", clear);
  on("item", (item) => show(item.kind, item.text));
  on("stakeholder", (person) => show("stakeholder", [person.name, person.role].filter(Boolean).join(", ")));
  on("done", done);
  on("failed", (state) => stopped(state, "The draft failed. What was pasted is kept."));
  on("cancelled", (state) => stopped(state, "The draft was cancelled. What was pasted is kept."));
  events.addEventListener("error", () => {
    if (over) events.close();
    else if (events.readyState !== EventSource.CLOSED) line.textContent = "The connection was lost; reconnecting…";
  });
}

find("#cancel").addEventListener("click", () =>
  cancelJob().catch((problem) => showProblem(find(".problem", root), problem)),
);
find("#retry").addEventListener("click", async () => {
  try {
    await retryJob();
    location.reload();
  } catch (problem) {
    showProblem(find(".problem", root), /** @type {any} */ (problem));
  }
});
follow();
