/** The one moment that every chart and the ruler point at. */
import { batch, createSignal } from "solid-js";

/** Epoch ms; undefined = nowhere. */
export const [cursorTime, setCursorTime] = createSignal<number>();
/** A pinned cursor stays when the pointer leaves. */
export const [isCursorPinned, setCursorPinned] = createSignal(false);

export function pointAt(moment: number | undefined): void {
  if (!isCursorPinned()) setCursorTime(moment);
}

/** What a pin speaks of, where that is not the place it stands at. */
export interface PinSubject {
  /** Epoch ms: of an evaluation, whose newest period the pin marks. */
  readonly moment: number;
  /** Whose moment that is; absent: everybody's. */
  readonly owner?: string;
}

export const [pinSubject, setPinSubject] = createSignal<PinSubject>();

/** The moment that is meant, where lists and pages go by it: what a pin speaks of, else where the cursor stands. */
export const meantTime = (): number | undefined => pinSubject()?.moment ?? cursorTime();

export function pinAt(place: number, subject?: PinSubject): void {
  batch(() => {
    setCursorTime(place);
    setPinSubject(subject);
    setCursorPinned(true);
  });
}

export function unpin(): void {
  batch(() => {
    setCursorPinned(false);
    setPinSubject(undefined);
    setCursorTime(undefined);
  });
}
