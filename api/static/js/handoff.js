import { toast } from "./dom.js";

const copy = document.querySelector("#copy");
copy?.addEventListener("click", async () => {
  try {
    const response = await fetch(/** @type {HTMLElement} */ (copy).dataset.url ?? "");
    if (!response.ok) throw new Error(response.statusText);
    await navigator.clipboard.writeText(await response.text());
    toast("Copied as Markdown.");
  } catch {
    toast("It could not be copied; use the download beside it.", { bad: true });
  }
});

// Paper cannot be unfolded: the quotes are printed with the items.
addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("details")) details.open = true;
});
