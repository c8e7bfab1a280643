/** Attaching the signed SOW of a deal: what is sent, and where one goes then. */
import { call } from "./api.js";
import { showProblem } from "./dom.js";

/**
 * @param {string} deal id of the deal
 * @param {HTMLInputElement} picker whose file is sent
 * @param {HTMLElement} place where a problem is shown
 * @param {File} [dropped] the file, where it was not picked
 */
export async function attach(deal, picker, place, dropped) {
  const file = dropped ?? picker.files?.[0];
  if (!file) return;
  const body = new FormData();
  body.append("file", file);
  showProblem(place, null);
  picker.disabled = true;
  picker.parentElement?.setAttribute("aria-busy", "true");
  try {
    await call("POST", `/v1/deals/${deal}/signed-sows`, { body });
    location.assign(`/deals/${deal}/signed`);
  } catch (problem) {
    showProblem(place, /** @type {any} */ (problem));
    place.scrollIntoView({ block: "nearest" });
  }
  picker.disabled = false;
  picker.parentElement?.removeAttribute("aria-busy");
  picker.value = "";
}
