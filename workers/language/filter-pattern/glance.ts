/**
 * A glance at a line of JSON: could it match at all? It looks at every place where a member of the wanted name is spelled,
 * at whatever depth, and at the value behind it; only when one of them would do is the line parsed. That is exact for most
 * lines and costs a tenth of parsing them.
 *
 * Sound for lines without "\u" (see `prefilter`): the value that the selector reaches stands behind one of those places.
 */
import { PLAIN } from "./prefilter.ts";
import { compareScalar } from "./select.ts";
import type { JsonTest } from "./tree.ts";

/** Of the line at [from, to); lines must be asked for in ascending order. */
export type Glance = (from: number, to: number) => boolean;

const anything: Glance = () => true;

/** @param text one character per byte: what is not ASCII differs from what it stands for, and is never decided on */
export function glanceAt(test: JsonTest, text: string): Glance {
  switch (test.kind) {
    case "and": {
      const parts = test.parts.map((part) => glanceAt(part, text)).filter((part) => part !== anything);
      return parts.length === 0 ? anything : (from, to) => parts.every((part) => part(from, to));
    }
    case "or": {
      const parts = test.parts.map((part) => glanceAt(part, text));
      return parts.includes(anything) ? anything : (from, to) => parts.some((part) => part(from, to));
    }
    case "not-exists":
      return anything;
    default: {
      const last = test.selector.steps[test.selector.steps.length - 1];
      if (last?.kind !== "member" || !PLAIN.test(last.name)) return anything;
      const isWanted =
        test.kind === "compare"
          ? (at: number) => isScalarWanted(text, at, (value) => compareScalar(value, test.operator, test.value))
          : (at: number) => text.startsWith(test.what.toLowerCase(), at);
      return spelled(`${last.name}"`, text, isWanted);
    }
  }
}

/**
 * Is there a place in the line where a quotation mark and `name`, which ends with another, are followed by a colon and
 * something wanted? (A search that began with the quotation mark would stop at every one.)
 */
function spelled(name: string, text: string, isWanted: (at: number) => boolean): Glance {
  // The first place at or after the last line's start: the text is searched once, not line by line.
  let next = -1;
  return (from, to) => {
    if (next < from) next = place(text, name, from);
    for (let at = next; at < to; at = place(text, name, at + 1)) {
      if (text.charCodeAt(at - 1) !== 34) continue;
      const colon = afterBlanks(text, at + name.length);
      if (text.charCodeAt(colon) === 58 && isWanted(afterBlanks(text, colon + 1))) return true;
    }
    return false;
  };
}

function place(text: string, name: string, from: number): number {
  const at = text.indexOf(name, from);
  return at < 0 ? Infinity : at;
}

function afterBlanks(text: string, from: number): number {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code !== 32 && code !== 9 && code !== 10 && code !== 13) return at;
    at++;
  }
}

const NUMBER = /[-0-9.eE+]*/y;

/** The scalar at `at`; what cannot be told without parsing counts as wanted, what is no text or number does not. */
function isScalarWanted(text: string, at: number, wanted: (value: string | number) => boolean): boolean {
  const code = text.charCodeAt(at);
  if (code === 34) {
    let end = at + 1;
    for (; end < text.length; end++) {
      const inside = text.charCodeAt(end);
      if (inside === 34) return wanted(text.slice(at + 1, end));
      if (inside === 92 || inside > 127) return true;
    }
    return true;
  }
  if (code !== 45 && !(code >= 48 && code <= 57)) return false;
  NUMBER.lastIndex = at;
  const value = Number(NUMBER.exec(text)?.[0]);
  return Number.isNaN(value) || wanted(value);
}
