import { action } from "./api.js";
import { find, showProblem } from "./dom.js";

const form = find("#new-deal-form");
const open = action("POST", "/v1/deals");

form.addEventListener("submit", async (/** @type {SubmitEvent} */ event) => {
  event.preventDefault();
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
