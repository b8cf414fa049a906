/** A log line cut into pieces to draw: colours of JSON, levels, and marks over both. */
import { jsonTokens } from "./json-tokens.ts";
import { type FilterPattern, lineMarks } from "./line-marks.ts";

export interface LinePiece {
  readonly text: string;
  readonly css: string;
  readonly isMarked: boolean;
}

const LEVEL_NAMES = new Set(["level", "severity", "lvl", "loglevel"]);
const LEVEL_WORDS = /\b(FATAL|CRITICAL|ERROR|WARNING|WARN)\b/;
const levelClass = (word: string): string =>
  /^(FATAL|CRITICAL|ERROR)/i.test(word) ? "lvl lvl-error" : /^WARN/i.test(word) ? "lvl lvl-warn" : "lvl lvl-info";

/** The pieces' texts joined are `message` up to `most` characters. */
export function linePieces(message: string, pattern: FilterPattern | undefined, most = 2000): readonly LinePiece[] {
  const text = message.length > most ? message.slice(0, most) : message;
  const tokens = jsonTokens(text);
  const borders: { readonly from: number; readonly to: number; readonly css: string }[] = [];
  if (tokens === undefined) {
    const level = LEVEL_WORDS.exec(text);
    if (level !== null) borders.push({ from: level.index, to: level.index + level[0].length, css: levelClass(level[0]) });
  } else {
    for (const { from, to, css, path } of tokens) {
      const isLevel = css === "st" && path?.length === 1 && LEVEL_NAMES.has(String(path[0]).toLowerCase());
      borders.push({ from, to, css: isLevel ? levelClass(text.slice(from + 1, to - 1)) : css });
    }
  }
  const marks = pattern === undefined ? [] : lineMarks(pattern, message, tokens).filter(({ from }) => from < text.length);
  return cut(text, borders, marks);
}

function cut(
  text: string,
  colours: readonly { readonly from: number; readonly to: number; readonly css: string }[],
  marks: readonly { readonly from: number; readonly to: number }[],
): LinePiece[] {
  const pieces: LinePiece[] = [];
  let at = 0;
  let colour = 0;
  let mark = 0;
  while (at < text.length) {
    while ((colours[colour]?.to ?? Number.POSITIVE_INFINITY) <= at) colour++;
    while ((marks[mark]?.to ?? Number.POSITIVE_INFINITY) <= at) mark++;
    const c = colours[colour];
    const m = marks[mark];
    const inColour = c !== undefined && c.from <= at;
    const inMark = m !== undefined && m.from <= at;
    const end = Math.min(
      text.length,
      c === undefined ? text.length : inColour ? c.to : c.from,
      m === undefined ? text.length : inMark ? m.to : m.from,
    );
    // Marked text stands on its own ground: the syntax colours are not for it.
    pieces.push({ text: text.slice(at, end), css: inColour && !inMark ? c.css : "", isMarked: inMark });
    at = end;
  }
  return pieces;
}
