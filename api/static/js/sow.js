/** One SOW: its outline follows the text, sections of one kind stand out, and what is known of it can be changed. */
import { call } from "./api.js";
import { find, showProblem } from "./dom.js";

const page = find("#sow");
const sow = page.dataset.sow;
const outline = document.querySelector("#outline");
const parts = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".part")]);
const links = new Map(
  [.../** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("#outline a"))].map((link) => [
    link.hash.slice(1),
    link,
  ]),
);

const wide = matchMedia("(min-width: 60rem)");
const unfold = () => outline?.toggleAttribute("open", wide.matches);
wide.addEventListener("change", unfold);
unfold();

/** What was gone to is the one that is read, as long as it is in the window; else the highest there. */
const seen = new Set();
const watcher = new IntersectionObserver(
  (entries) => {
    for (const entry of entries) seen[entry.isIntersecting ? "add" : "delete"](entry.target);
    const target = document.querySelector(".part:target");
    const highest = parts.find((part) => seen.has(part));
    const current = /** @type {HTMLElement|undefined} */ (target && seen.has(target) ? target : highest)?.dataset.begins;
    for (const [id, link] of links)
      if (id === current) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    if (wide.matches) reveal(links.get(current ?? ""));
  },
  { rootMargin: "-15% 0px -15% 0px" },
);
for (const part of parts) watcher.observe(part);

/** Scroll the outline alone; `scrollIntoView` would move the page as well. @param {HTMLElement|undefined} link */
function reveal(link) {
  const list = link?.closest("ol");
  if (!link || !list) return;
  const above = link.offsetTop - list.offsetTop;
  if (above < list.scrollTop || above + link.offsetHeight > list.scrollTop + list.clientHeight)
    list.scrollTop = above - list.clientHeight / 3;
}

for (const button of document.querySelectorAll(".kinds [data-kind]"))
  button.addEventListener("click", () => show(/** @type {HTMLElement} */ (button)));

/** Show the sections of one kind only, or all of them again. @param {HTMLElement} chosen */
function show(chosen) {
  const on = chosen.getAttribute("aria-pressed") !== "true";
  for (const button of document.querySelectorAll(".kinds [data-kind]"))
    button.setAttribute("aria-pressed", String(on && button === chosen));
  const other = (/** @type {HTMLElement} */ each) => on && each.dataset.kind !== chosen.dataset.kind;
  for (const row of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("#outline li")))
    row.hidden = other(row);
  for (const part of parts) part.classList.toggle("is-passed-over", other(part));
  if (on) parts.find((part) => !other(part))?.scrollIntoView({ block: "start" });
}

const form = find("#details-form");
form.addEventListener("submit", async (/** @type {SubmitEvent} */ event) => {
  event.preventDefault();
  if (!form.reportValidity()) return;
  const said = new FormData(form);
  const text = (/** @type {string} */ name) => said.get(name)?.toString().trim() || null;
  const body = {
    client: text("client"),
    deal_type: text("deal_type"),
    year: text("year") ? Number(text("year")) : null,
    outcome: text("outcome"),
    readers: said.getAll("readers"),
  };
  try {
    await call("PUT", `/v1/sows/${sow}/details`, { body });
    location.reload();
  } catch (problem) {
    showProblem(find(".problem", form), /** @type {any} */ (problem));
  }
});

const version = /** @type {HTMLInputElement|null} */ (document.querySelector("#new-version"));
version?.addEventListener("change", async () => {
  const file = version.files?.[0];
  if (!file) return;
  const body = new FormData();
  body.append("file", file);
  body.append("version_of", sow ?? "");
  const place = find(".page > .problem");
  showProblem(place, null);
  try {
    const { data } = await call("POST", "/v1/sows", { body });
    location.assign(`/sows/${data.id}`);
  } catch (problem) {
    showProblem(place, /** @type {any} */ (problem));
    version.value = "";
  }
});
