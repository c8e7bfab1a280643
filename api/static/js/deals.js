import { action } from "./api.js";
import { find, showProblem } from "./dom.js";

const form = find("#new-deal-form");
const open = action("POST", "/v1/deals");

/** A field that holds only blanks says what it lacks. @param {HTMLInputElement} field */
function check(field) {
  field.setCustomValidity(field.value.trim() ? "" : (field.dataset.missing ?? ""));
}

const required = /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll("[data-missing]")]);
for (const field of required) field.addEventListener("input", () => check(field));

form.addEventListener("submit", async (/** @type {SubmitEvent} */ event) => {
  event.preventDefault();
  for (const field of required) check(field);
  if (!form.reportValidity()) return;
  const button = find("[type=submit]", form);
  button.disabled = true;
  try {
    const { data } = await open(Object.fromEntries(new FormData(form)));
    location.assign(`/deals/${data.id}`);
  } catch (problem) {
    showProblem(find(".problem", form), /** @type {any} */ (problem));
    button.disabled = false;
  }
});
