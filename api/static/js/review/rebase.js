/** A draft that was overtaken by a commit goes on from the current version. */
/** @import { Store } from "./store.js" */
import { el } from "../dom.js";

/**
 * Moves the draft onto the current version and goes there.
 * @param {Store} store
 * @param {(problem: any) => void} fail
 */
export function rebaseButton(store, fail) {
  const press = async () => {
    button.disabled = true;
    try {
      location.assign(`/suggestions/${await store.rebase()}`);
    } catch (problem) {
      fail(problem);
      button.disabled = false;
    }
  };
  const button = el("button", {
    class: "button primary",
    type: "button",
    text: "Bring up to date",
    on: { click: press },
  });
  return button;
}
