/** Files dropped onto an element. */

/**
 * @param {HTMLElement} place
 * @param {(files: File[]) => void} take
 */
export function onDrop(place, take) {
  const over = (/** @type {boolean} */ on) => place.classList.toggle("over", on);
  place.addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    over(true);
  });
  place.addEventListener("dragleave", (event) => {
    if (!place.contains(/** @type {Node} */ (event.relatedTarget))) over(false);
  });
  place.addEventListener("drop", (event) => {
    over(false);
    const files = [...(event.dataTransfer?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    take(files);
  });
}
