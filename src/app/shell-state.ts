/** What is open in the shell. */
import { createSignal } from "solid-js";

export const [isPaletteOpen, setPaletteOpen] = createSignal(false);
export const [isTerminalOpen, setTerminalOpen] = createSignal(false);
export const [isShareOpen, setShareOpen] = createSignal(false);
export const [isHelpOpen, setHelpOpen] = createSignal(false);
/** What the palette starts with. */
export const [paletteText, setPaletteText] = createSignal("");

export function openPalette(text = ""): void {
  setPaletteText(text);
  setPaletteOpen(true);
}
