/** Arrow keys among siblings that match `selector` inside the element that listens; Home and End jump. */
export function moveWithin(event: KeyboardEvent, selector: string, then: "focus" | "click" = "focus"): void {
  const host = event.currentTarget as HTMLElement;
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (step === undefined && event.key !== "Home" && event.key !== "End") return;
  const items = [...host.querySelectorAll<HTMLElement>(selector)].filter((item) => !item.hasAttribute("disabled"));
  if (items.length === 0) return;
  const at = items.indexOf(document.activeElement as HTMLElement);
  const next = event.key === "Home" ? 0 : event.key === "End" ? items.length - 1 : (at + (step ?? 0) + items.length) % items.length;
  event.preventDefault();
  event.stopPropagation();
  items[next]?.focus();
  if (then === "click") items[next]?.click();
}
