/** The review page: puts the parts together. */
/** @import { Row, View } from "../types.js" */
import { call, Problem } from "../api.js";
import { clock, el, find, icon, plural, showProblem, toast } from "../dom.js";
import { listen } from "../keys.js";
import { VERDICTS } from "../kinds.js";
import { Marks } from "../thread/marks.js";
import { Thread } from "../thread/thread.js";
import { Acts } from "./acts.js";
import { Commit } from "./commit.js";
import { List } from "./list.js";
import { rebaseButton } from "./rebase.js";
import { labelOf } from "./row.js";
import { rowOf, rowsOf } from "./rulings.js";
import { Selected } from "./selection.js";
import { Store } from "./store.js";

const root = find("#review");
const panes = find(".panes", root);
const wide = matchMedia("(min-width: 60rem)");

/** @param {string} text for those who listen */
function announce(text) {
  find("#announcer").textContent = text;
}

/** @param {"items"|"thread"} pane which one a narrow page shows */
function showPane(pane) {
  root.dataset.pane = pane;
  for (const button of root.querySelectorAll("[data-show]"))
    button.setAttribute("aria-pressed", String(button.dataset.show === pane));
}

/** The sources that the draft was made of, and those that older entries cite. @param {Store} store */
async function sources(store) {
  const cited = rowsOf(store.view).flatMap((row) => row.item.evidence.map((/** @type {any} */ each) => each.source));
  const ids = [...new Set([...store.view.sources, ...cited])].filter(Boolean);
  return Promise.all(ids.map(async (id) => (await call("GET", `/v1/sources/${id}`)).data));
}

/** @param {Store} store */
function showSaved(store) {
  const place = find("#saved");
  place.dataset.status = store.status;
  const retry = () =>
    el("button", {
      class: "button small danger",
      type: "button",
      text: "Not saved – retry",
      title: store.problem?.title ?? "",
      on: { click: () => store.retry() },
    });
  const shown = { idle: "", saving: "Saving…", saved: `Saved ${clock(new Date())}`, failed: retry() };
  place.replaceChildren(shown[store.status]);
}

/** @param {Store} store */
function showProgress(store) {
  const { view, left } = store;
  const all = rowsOf(view).length;
  find("#left").textContent =
    view.committed_as !== null ? "Committed" : left ? `${left} of ${plural(all, "entry", "entries")} left` : all ? "All decided" : "Empty draft";
  find(".meter-fill").style.inlineSize = `${all ? ((all - left) / all) * 100 : 0}%`;
  find("#commit-button").disabled = store.closed;
}

/** @param {View} view @returns {string} what its entries are */
function contents({ items, stakeholders }) {
  const entries = plural(items.length + stakeholders.length, "entry", "entries");
  return `${entries}: ${plural(items.length, "item")} and ${plural(stakeholders.length, "person", "people")}`;
}

/** @param {Store} store */
function showBanner(store) {
  const { view } = store;
  const banner = find("#banner");
  if (view.committed_as !== null) {
    banner.replaceChildren(
      el(
        "div",
        { class: "notice good" },
        icon("check"),
        el(
          "div",
          {},
          el("strong", { text: `Committed as version ${view.committed_as}` }),
          "This review is closed and kept as it was.",
        ),
        el("a", {
          class: "button",
          href: `/handoffs/${view.handoff}?version=${view.committed_as}`,
          text: `Open version ${view.committed_as}`,
        }),
      ),
    );
  } else if (view.stale) {
    const fail = (/** @type {any} */ problem) => toast(`${problem.title}. ${problem.remedy}`, { bad: true });
    banner.replaceChildren(
      el(
        "div",
        { class: "notice warn" },
        icon("alert"),
        el(
          "div",
          {},
          el("strong", { text: `The handoff has moved on to version ${view.current_version}` }),
          `This was drafted from ${view.base_version ? `version ${view.base_version}` : "an empty handoff"}. Bring it up to date to go on; your decisions go with it.`,
        ),
        rebaseButton(store, fail),
      ),
    );
  } else {
    banner.replaceChildren();
  }
}

/** What was done to an entry meanwhile. @param {Row|undefined} row what is left of it @param {string} me the person's id */
function meanwhile(row, me) {
  if (!row?.decision) return "Somebody removed this meanwhile";
  const { verdict, decision } = row;
  const who = decision.by === me ? "You" : decision.by_name;
  if (["edited", "added"].includes(verdict)) return `${who} reworded this meanwhile: “${labelOf(row)}”`;
  return `${who} decided on this meanwhile (${VERDICTS[verdict].label.toLowerCase()})`;
}

/** @param {Store} store @param {Acts} acts */
function watch(store, acts) {
  store.addEventListener("change", () => {
    showProgress(store);
    showBanner(store);
    acts.list.update();
  });
  store.addEventListener("saving", () => showSaved(store));
  store.addEventListener("conflict", (event) => {
    for (const { id, rulings } of /** @type {CustomEvent} */ (event).detail)
      toast(`${meanwhile(rowOf(store.view, id), store.person.id)}; yours was not applied.`, {
        bad: true,
        seconds: 20,
        action: { label: "Apply mine", run: () => store.decide([rulings]) },
      });
  });
  store.addEventListener("refused", (event) => {
    const { problem } = /** @type {CustomEvent} */ (event).detail;
    toast(`Not saved: ${problem.title}. ${problem.detail}`, { bad: true, seconds: 20 });
  });
  addEventListener("beforeunload", (event) => {
    if (store.unsaved) event.preventDefault();
  });
}

/** @param {List} list @param {Acts} acts @param {Marks} marks */
function byPointer(list, acts, marks) {
  list.root.addEventListener("focusin", (event) => {
    const target = /** @type {Element} */ (event.target);
    // A press selects when it ends: until then nothing may move under the pointer.
    if (!target.matches(":focus-visible")) return;
    const id = target.closest(".row")?.getAttribute("data-id");
    if (id && id !== list.current) list.select(id, { focus: false });
  });
  list.root.addEventListener("click", (event) => pressed(/** @type {HTMLElement} */ (event.target), list, acts));
  list.root.addEventListener("submit", (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (!form.dataset.form) return;
    event.preventDefault();
    const reason = String(new FormData(form).get("reason") ?? "").trim();
    if (form.dataset.form === "reject") acts.rejected(reason);
    else acts.asked(reason);
  });
  list.root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !list.mode || list.mode.mode === "edit") return;
    acts.close();
    list.element(list.current)?.focus({ preventScroll: true });
  });
  list.root.addEventListener("pointerover", (event) => {
    const id = /** @type {Element} */ (event.target).closest(".row")?.getAttribute("data-id");
    marks.hovered(id && id !== list.current ? list.entry(id) : null);
  });
  list.root.addEventListener("pointerleave", () => marks.hovered(null));
}

/** @param {HTMLElement} target @param {List} list @param {Acts} acts */
function pressed(target, list, acts) {
  const button = /** @type {HTMLElement|null} */ (target.closest("[data-act]"));
  const row = /** @type {HTMLElement|null} */ (target.closest(".row"));
  if (row?.dataset.id && row.dataset.id !== list.current) list.select(row.dataset.id, { focus: !button });
  if (!button) return;
  const { act, index, reason, kind, item } = button.dataset;
  const finding =
    list.store.view.findings[
      Number(/** @type {HTMLElement|null} */ (target.closest("[data-finding]"))?.dataset.finding)
    ];
  /** @type {Record<string, () => void>} */
  const table = {
    accept: () => acts.accept(),
    edit: () => acts.edit(),
    reject: () => acts.reject(),
    ask: () => acts.ask(),
    undo: () => acts.takeBack(),
    "no-reason": () => acts.rejected(),
    reason: () => acts.rejected(reason),
    add: () => acts.add(),
    bulk: () => acts.bulk(kind ?? ""),
    leave: () => acts.close(),
    show: () => showWords(list, Number(index)),
    "finding-words": () => {
      showPane("thread");
      list.marks.now(finding);
      list.thread.reveal(finding.evidence[Number(index)]);
    },
    "finding-item": () => list.select(item ?? null),
  };
  table[act ?? ""]?.();
}

/** @param {List} list @param {number} index */
function showWords(list, index) {
  showPane("thread");
  list.sourceIndex = index;
  announce(list.cycle());
}

/** Words under the pointer lead to their rows. @param {Thread} thread @param {List} list @param {Marks} marks */
function fromThread(thread, list, marks) {
  let waiting = false;
  thread.root.addEventListener("pointermove", (event) => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      const ids = marks.at(event.clientX, event.clientY);
      thread.root.classList.toggle("over-mark", ids.length > 0);
      list.link(ids);
    });
  });
  thread.root.addEventListener("pointerleave", () => list.link([]));
  thread.root.addEventListener("click", (event) => {
    if (!getSelection()?.isCollapsed) return;
    const ids = marks.at(event.clientX, event.clientY);
    if (!ids.length) return;
    showPane("items");
    list.select(ids[(ids.indexOf(list.current ?? "") + 1) % ids.length], { reveal: false });
  });
}

/** @param {List} list @param {Acts} acts @param {Commit} commit */
function byKey(list, acts, commit) {
  const sheet = () => find("#keys").showModal();
  const next = () => list.select(list.nextOpen() ?? list.current);
  listen(
    {
      j: () => list.step(1),
      k: () => list.step(-1),
      n: next,
      a: () => acts.accept(),
      e: () => acts.edit(),
      x: () => acts.reject(),
      q: () => acts.ask(),
      o: () => {
        showPane("thread");
        announce(list.cycle());
      },
      u: () => acts.undoHere(),
      "ctrl+z": () => acts.undo(),
      "shift+z": () => acts.redo(),
      "ctrl+shift+z": () => acts.redo(),
      "ctrl+y": () => acts.redo(),
      "+": () => acts.add(),
      "?": sheet,
      "ctrl+enter": () => commit.open(),
    },
    (digit) => acts.digit(digit),
  );
  find("#keys-button").addEventListener("click", sheet);
  find("#commit-button").addEventListener("click", () => commit.open());
}

async function start() {
  const chosen = /** @type {HTMLSelectElement} */ (find("#person")).selectedOptions[0];
  const store = new Store(root.dataset.suggestion, {
    id: root.dataset.person,
    name: chosen.text.replace(/, \w+$/, ""),
  });
  await store.load();
  const thread = new Thread(find("#thread"), await sources(store));
  const marks = new Marks(thread);
  const list = new List(find("#items"), store, thread, marks);
  /** @type {Selected} */
  let selected;
  const acts = new Acts(list, () => selected, announce);
  selected = new Selected(thread, marks, {
    add: (kind, evidence) => {
      showPane("items");
      acts.add(kind, evidence);
    },
    editing: () => acts.editor,
    closed: () => store.closed,
  });
  const commit = new Commit(store, (id) => list.select(id));
  watch(store, acts);
  byPointer(list, acts, marks);
  fromThread(thread, list, marks);
  byKey(list, acts, commit);
  const fit = () => (panes.dataset.wide = wide.matches ? "yes" : "no");
  wide.addEventListener("change", fit);
  fit();
  store.take(store.held, store.etag);
  const [top = null] = list.order();
  const first = list.nextOpen() ?? top;
  list.select(first, { focus: false, scroll: first !== top });
  announce(`Draft of ${contents(store.view)}.`);
}

for (const button of root.querySelectorAll("[data-show]"))
  button.addEventListener("click", () => showPane(button.dataset.show));
start().catch((error) => {
  if (!(error instanceof Problem)) throw error;
  showProblem(find("#items"), error);
  find("#thread").replaceChildren();
});
