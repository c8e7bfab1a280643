/** A small box that opens beside what was pressed. */

/**
 * Open it below, or above where there is no room; it scrolls with the page.
 * @param {HTMLElement} popover with the attribute `popover`
 * @param {HTMLElement} anchor
 */
export function openBeside(popover, anchor) {
  popover.showPopover();
  const box = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = popover;
  const fits = box.bottom + 6 + height < innerHeight || box.top < height + 6;
  const left = Math.max(8, Math.min(box.left, document.documentElement.clientWidth - width - 8));
  popover.style.left = `${left + scrollX}px`;
  popover.style.top = `${(fits ? box.bottom + 6 : box.top - height - 6) + scrollY}px`;
}
