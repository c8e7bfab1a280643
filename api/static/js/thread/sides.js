/** Whose side somebody is on, as the thread shows it. */
import { el } from "../dom.js";

/** @type {Record<string, string>} */
export const SIDES = { client: "Client", vendor: "Vendor", third_party: "Third party" };

/** Class of the badge. @type {Record<string, string>} */
const TONES = { client: "accent", vendor: "", third_party: "note" };

/** @param {{side: string|null}} message @returns {HTMLElement|null} `null` when the side is not known */
export function sideBadge({ side }) {
  return side && el("span", { class: `badge ${TONES[side]}`, text: SIDES[side] });
}

/**
 * The badge as a button that opens the menu of sides.
 * @param {{sender: string|null, email: string|null, side: string|null}} message
 * @returns {HTMLElement|null} `null` where nobody is named
 */
export function sideButton(message) {
  const who = message.email ?? message.sender;
  if (!who) return null;
  const button = el("button", { type: "button", "aria-haspopup": "menu", "aria-expanded": "false", data: { who } });
  showSide(button, message);
  return button;
}

/** @param {HTMLElement} button @param {{sender: string|null, email: string|null, side: string|null}} message */
export function showSide(button, { sender, email, side }) {
  const label = side ? SIDES[side] : "Side?";
  button.className = `badge side ${side ? TONES[side] : "unknown"}`;
  button.dataset.side = side ?? "";
  button.textContent = label;
  button.title = "Correct the side";
  button.setAttribute("aria-label", `${side ? `Side: ${label}` : "Side not known"}, correct it for ${sender ?? email}`);
}
