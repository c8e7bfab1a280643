/** On every page: who works here, times in the reader's zone, dialogs that open and close by attribute, saving by key. */

const YEAR = 365 * 24 * 3600;

document.querySelector("#person")?.addEventListener("change", (event) => {
  const person = /** @type {HTMLSelectElement} */ (event.target).value;
  document.cookie = `person=${encodeURIComponent(person)}; path=/; max-age=${YEAR}; SameSite=Lax`;
  location.reload();
});

for (const time of /** @type {NodeListOf<HTMLTimeElement>} */ (document.querySelectorAll("time[datetime]"))) {
  const at = new Date(time.dateTime);
  const day = at.toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric" });
  const clock = at.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  time.textContent = time.dataset.short ? day : `${day}, ${clock}`;
  time.title = at.toLocaleString("en-GB", { dateStyle: "full", timeStyle: "long" });
}

document.addEventListener("click", (event) => {
  const target = /** @type {Element} */ (event.target);
  const opener = target.closest("[data-open]");
  if (opener)
    /** @type {HTMLDialogElement} */ (
      document.getElementById(/** @type {HTMLElement} */ (opener).dataset.open ?? "")
    ).showModal();
  const dialog = target.closest("dialog");
  if (target.closest("[data-close]") || target === dialog) dialog?.close();
});

/** @param {HTMLFormElement} form @returns {any} the button that saves it; none where other buttons do */
function saving(form) {
  const buttons = [...form.elements].filter((each) => /** @type {HTMLButtonElement} */ (each).type === "submit");
  return buttons.find((each) => each.matches(".primary")) ?? buttons[0];
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  const form = /** @type {Element} */ (event.target).closest("form");
  if (!form) return;
  event.preventDefault();
  const button = saving(form);
  if (!button?.disabled) form.requestSubmit(button);
});

if (/Mac|iP(hone|ad|od)/.test(navigator.platform)) {
  for (const key of document.querySelectorAll("[data-mod-enter]")) key.textContent = "⌘ ⏎";
}
