import { action, call } from "./api.js";
import { attach } from "./attach.js";
import { find, showProblem, toast } from "./dom.js";
import { onDrop } from "./drop.js";

const deal = find("#deal").dataset.deal;
const form = find("#source-form");
const text = find("#source-text");
const picker = find("#source-file");
const unsaved = `unsaved-source:${deal}`;
const savePaste = action("POST", `/v1/deals/${deal}/sources`);
const askForDraft = action("POST", `/v1/deals/${deal}/suggestions`);

/** What was pasted survives a reload until it is saved. */
function keepPaste() {
  try {
    if (text.value) sessionStorage.setItem(unsaved, text.value);
    else sessionStorage.removeItem(unsaved);
  } catch {
    // The paste is larger than the browser's storage; it stays in the field.
  }
}

/** @param {unknown} problem */
function fail(problem) {
  showProblem(find(".problem", form), /** @type {any} */ (problem));
  find(".problem", form).scrollIntoView({ block: "nearest" });
}

/** @param {number} status */
function saved(status) {
  if (status === 200) return toast("The deal has this source already; nothing was added.");
  location.reload();
}

/** Save what is in the field. @returns {Promise<number>} the status: 201 when it is new, 200 when the deal has it already */
async function save() {
  const { status } = await savePaste({ name: find("#source-name").value.trim() || undefined, text: text.value });
  text.value = "";
  showUnsaved();
  return status;
}

form.addEventListener("submit", async (/** @type {SubmitEvent} */ event) => {
  event.preventDefault();
  const button = find("[type=submit]", form);
  button.disabled = true;
  showProblem(find(".problem", form), null);
  await save().then(saved, fail);
  button.disabled = false;
});

/**
 * Send files one after the other; those that fail are named, the others are kept.
 * @param {File[]} files
 */
async function upload(files) {
  showProblem(find(".problem", form), null);
  form.setAttribute("aria-busy", "true");
  let status = 0;
  for (const file of files) {
    const body = new FormData();
    body.append("file", file);
    try {
      status = Math.max(status, (await call("POST", `/v1/deals/${deal}/sources`, { body })).status);
    } catch (problem) {
      const known = /** @type {import("./api.js").Problem} */ (problem);
      known.detail = `${file.name}: ${known.detail || known.title}`;
      form.removeAttribute("aria-busy");
      picker.value = "";
      return fail(known);
    }
  }
  form.removeAttribute("aria-busy");
  picker.value = "";
  saved(status);
}

picker.addEventListener("change", () => upload([...picker.files]));
onDrop(form, upload);
text.value ||= sessionStorage.getItem(unsaved) ?? "";

const draft = /** @type {HTMLButtonElement|null} */ (document.querySelector("#draft"));
const hint = document.querySelector("#draft-hint");
const settled = { blocked: draft?.ariaDisabled === "true", hint: hint?.textContent ?? "" };

/** Text that is not saved yet is saved with the draft, so that none is left out unseen. */
function showUnsaved() {
  keepPaste();
  if (!draft || !hint) return;
  const waiting = text.value.trim() !== "";
  draft.ariaDisabled = settled.blocked && !waiting ? "true" : null;
  hint.textContent = waiting ? "Saves the text in the field, then drafts from all sources." : settled.hint;
}

text.addEventListener("input", showUnsaved);
showUnsaved();

/** @returns {Promise<boolean>} whether a new draft is wanted beside a review with decisions */
function agreed() {
  const dialog = find("#again");
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) =>
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true }),
  );
}

draft?.addEventListener("click", async () => {
  if (draft.ariaDisabled === "true") {
    text.focus();
    return toast(settled.hint);
  }
  if ("asks" in draft.dataset && !(await agreed())) return;
  draft.disabled = true;
  try {
    if (text.value.trim()) await save();
    const { data } = await askForDraft({});
    location.assign(`/jobs/${data.id}`);
  } catch (problem) {
    showProblem(find(".next-step .problem"), /** @type {any} */ (problem));
    draft.disabled = false;
  }
});

const signed = /** @type {HTMLInputElement|null} */ (document.querySelector("#signed-file"));
signed?.addEventListener("change", () => attach(deal, signed, find("#signed-problem")));
