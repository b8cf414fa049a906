/** Colours of JSON that is being typed: also of one that is not finished. */
import type { EditorToken } from "../editor.ts";

const PARTS = /(?<text>"(?:\\.|[^"\\\n])*"?)(?<name>\s*:)?|(?<nu>-?\d[\d.eE+-]*|\b(?:true|false|null)\b)|(?<pu>[{}[\]:,])/g;

export function jsonColours(text: string): readonly EditorToken[] {
  const tokens: EditorToken[] = [];
  for (const match of text.matchAll(PARTS)) {
    const { text: quoted, name, nu } = match.groups ?? {};
    const from = match.index;
    const length = quoted === undefined ? match[0].length : quoted.length;
    const css = quoted !== undefined ? (name === undefined ? "st" : "k") : nu !== undefined ? "nu" : "pu";
    tokens.push({ from, to: from + length, css });
  }
  return tokens;
}
