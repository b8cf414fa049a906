/** The one moment that every chart and the ruler point at. */
import { createSignal } from "solid-js";

/** Epoch ms; undefined = nowhere. */
export const [cursorTime, setCursorTime] = createSignal<number>();
/** A pinned cursor stays when the pointer leaves. */
export const [isCursorPinned, setCursorPinned] = createSignal(false);

export function pointAt(moment: number | undefined): void {
  if (!isCursorPinned()) setCursorTime(moment);
}

export function pinAt(moment: number): void {
  setCursorTime(moment);
  setCursorPinned(true);
}

export function unpin(): void {
  setCursorPinned(false);
  setCursorTime(undefined);
}
