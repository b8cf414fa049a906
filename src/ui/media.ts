import { type Accessor, createSignal, onCleanup } from "solid-js";

/** Whether a media query holds, live. */
export function useMedia(query: string): Accessor<boolean> {
  const list = window.matchMedia(query);
  const [holds, setHolds] = createSignal(list.matches);
  const hear = (): void => {
    setHolds(list.matches);
  };
  list.addEventListener("change", hear);
  onCleanup(() => list.removeEventListener("change", hear));
  return holds;
}

/** Widths at which the page changes shape. */
export const NARROW_RAIL = "(max-width: 1199px)";
export const ONE_COLUMN = "(max-width: 899px)";
export const PHONE = "(max-width: 699px)";
