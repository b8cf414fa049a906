/** Places a shown popover under (or over) the element that opened it, inside the window. */
export function placePopover(popover: HTMLElement, anchor: HTMLElement, align: "start" | "end" = "start"): void {
  const box = anchor.getBoundingClientRect();
  const size = popover.getBoundingClientRect();
  const left = align === "end" ? box.right - size.width : box.left;
  const below = box.bottom + 4;
  const isUp = below + size.height > window.innerHeight - 8 && box.top - size.height - 4 > 8;
  popover.style.setProperty("left", `${Math.round(Math.max(8, Math.min(window.innerWidth - size.width - 8, left)))}px`);
  popover.style.setProperty("top", `${Math.round(isUp ? box.top - size.height - 4 : below)}px`);
}
