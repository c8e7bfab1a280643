import { call } from "./api.js";
import { bodyOf, el, find, plural, showProblem } from "./dom.js";
import { onDrop } from "./drop.js";

const form = find("#new-sow-form");
const files = find("#sow-file");

onDrop(form, (dropped) => {
  const list = new DataTransfer();
  for (const file of dropped) list.items.add(file);
  files.files = list.files;
});

form.addEventListener("submit", async (/** @type {SubmitEvent} */ event) => {
  event.preventDefault();
  if (!form.reportValidity()) return;
  const button = find("[type=submit]", form);
  button.disabled = true;
  try {
    for (const file of files.files) await add(file);
    location.reload();
  } catch (problem) {
    showProblem(find(".problem", form), /** @type {any} */ (problem));
    button.disabled = false;
  }
});

/** @param {File} file */
async function add(file) {
  const body = new FormData();
  body.append("file", file);
  if (find("#sow-client").value.trim()) body.append("client", find("#sow-client").value.trim());
  if (find("#sow-type").value) body.append("deal_type", find("#sow-type").value);
  try {
    await call("POST", "/v1/sows", { body });
  } catch (problem) {
    const known = /** @type {import("./api.js").Problem} */ (problem);
    known.detail = `${file.name}: ${known.detail || known.title}`;
    throw known;
  }
}

const search = document.querySelector("#precedent-search");
search?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const query = new FormData(/** @type {HTMLFormElement} */ (search)).get("q")?.toString().trim();
  const hits = find("#hits");
  hits.hidden = !query;
  if (!query) return;
  hits.replaceChildren(el("div", { class: "skeleton" }));
  try {
    const { data } = await call("GET", `/v1/sows/search?q=${encodeURIComponent(query)}`);
    hits.replaceChildren(...result(query, data.rows));
  } catch (problem) {
    showProblem(hits, /** @type {any} */ (problem));
  }
});

/** @param {string} query @param {any[]} rows @returns {Node[]} */
function result(query, rows) {
  const title = rows.length ? `${plural(rows.length, "section")} near “${query}”` : `Nothing is near “${query}”`;
  return [
    el("h2", { id: "hits-title", text: title }),
    ...rows.map((row) =>
      el(
        "article",
        { class: "hit" },
        el("h3", {}, el("a", { href: `/sows/${row.sow_id}`, text: row.sow }), ` · ${row.section}`),
        el("p", { class: "small clamp", text: bodyOf(row) }),
        el("p", { class: "soft small numbers", text: `similarity ${row.score.toFixed(2)}` }),
      ),
    ),
  ];
}
