/** Colours of a filter expression, also of one that is not finished. */
import type { EditorToken } from "../editor.ts";

const PARTS = new RegExp(
  [
    String.raw`(?<st>"(?:\\.|[^"\\])*"?)`,
    String.raw`(?<op>!=|<=|>=|[=<>!]|\b(?:AND|OR|NOT|CONTAINS|BEGINSWITH|ENDSWITH)\b)`,
    String.raw`(?<nu>-?\b\d+(?:\.\d+)?\b|\b(?:true|false)\b)`,
    "(?<k>[A-Za-z_][A-Za-z0-9_.]*)",
    String.raw`(?<pu>[(){}\[\],:#])`,
  ].join("|"),
  "gi",
);

export function filterTokens(text: string): readonly EditorToken[] {
  return [...text.matchAll(PARTS)].map(({ 0: part, index, groups = {} }) => {
    const css = Object.keys(groups).find((name) => groups[name] !== undefined) ?? "";
    return { from: index, to: index + part.length, css };
  });
}
