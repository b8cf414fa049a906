/** What is open in the shell. */
import { createSignal } from "solid-js";
import type { CommandWords } from "../../workers/api.ts";

export const [isPaletteOpen, setPaletteOpen] = createSignal(false);
export const [isTerminalOpen, setTerminalOpen] = createSignal(false);
export const [isShareOpen, setShareOpen] = createSignal(false);
export const [isHelpOpen, setHelpOpen] = createSignal(false);
/** The list of what undo and rewinding set aside. */
export const [isSetAsideOpen, setSetAsideOpen] = createSignal(false);
/** A rewinding that waits for a yes. */
export const [rewindAsked, setRewindAsked] = createSignal<{
  readonly moment: number;
  readonly commands: readonly CommandWords[];
  readonly forgotten: number;
}>();
/** What the palette starts with. */
export const [paletteText, setPaletteText] = createSignal("");

export function openPalette(text = ""): void {
  setPaletteText(text);
  setPaletteOpen(true);
}
