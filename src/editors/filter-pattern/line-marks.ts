/** What of a line a pattern matched: ranges to mark, read off the pattern's own evaluation. */
import { evaluate } from "../../../workers/language/filter-pattern/evaluate.ts";
import { splitFields } from "../../../workers/language/filter-pattern/evaluate-delimited.ts";
import { parseFilterPattern } from "../../../workers/language/filter-pattern/parse.ts";
import { PatternError } from "../../../workers/language/filter-pattern/pattern-error.ts";
import type {
  DelimitedPattern,
  FilterPattern,
  JsonPattern,
  JsonTest,
  Selector,
  TermsPattern,
} from "../../../workers/language/filter-pattern/tree.ts";
import { type JsonToken, jsonTokens } from "./json-tokens.ts";

export type { FilterPattern };

export interface Range {
  readonly from: number;
  readonly to: number;
}

export type Parsed =
  | { readonly pattern: FilterPattern; readonly error?: undefined }
  | { readonly pattern?: undefined; readonly error: { readonly message: string; readonly hint: string } & Range };

/** The engine's own parser; a pattern that AWS would refuse comes back with its words and the place. */
export function parsePattern(source: string): Parsed {
  try {
    return { pattern: parseFilterPattern(source) };
  } catch (thrown) {
    if (!(thrown instanceof PatternError)) throw thrown;
    return { error: { message: thrown.message, hint: thrown.hint ?? "", from: thrown.from, to: thrown.to } };
  }
}

export const isMatch = (pattern: FilterPattern, message: string): boolean => evaluate(pattern, message).matched;

const MOST_MARKS = 60;

/** Ascending, not overlapping. Empty for a line that does not match. */
export function lineMarks(pattern: FilterPattern, message: string, tokens = jsonTokens(message)): readonly Range[] {
  if (pattern.kind === "everything" || !isMatch(pattern, message)) return [];
  const found =
    pattern.kind === "terms"
      ? termMarks(pattern, message)
      : pattern.kind === "json"
        ? jsonMarks(pattern, message, tokens ?? [])
        : fieldMarks(pattern, message);
  return joined(found).slice(0, MOST_MARKS);
}

function termMarks(pattern: TermsPattern, message: string): Range[] {
  const found: Range[] = [];
  for (const { role, text } of pattern.terms) {
    if (role === "excluded" || text === undefined || text.trim() === "") continue;
    for (let at = message.indexOf(text); at >= 0 && found.length < MOST_MARKS; at = message.indexOf(text, at + text.length)) {
      found.push({ from: at, to: at + text.length });
    }
  }
  return found;
}

/** The values that the conditions which hold have read. */
function jsonMarks(pattern: JsonPattern, message: string, tokens: readonly JsonToken[]): Range[] {
  const found: Range[] = [];
  const visit = (test: JsonTest): void => {
    if ("parts" in test) {
      for (const part of test.parts) visit(part);
      return;
    }
    // A condition on its own is a pattern of its own: the one function decides it.
    if (test.kind === "not-exists" || !isMatch({ ...pattern, test }, message)) return;
    for (const token of tokens) if (token.path !== undefined && reaches(test.selector, token.path)) found.push(token);
  };
  visit(pattern.test);
  return found;
}

function reaches({ steps }: Selector, path: readonly (string | number)[]): boolean {
  return (
    steps.length === path.length &&
    steps.every((step, at) => {
      const here = path[at];
      if (step.kind === "member") return here === step.name;
      if (step.kind === "element") return here === step.index;
      return step.kind === "any-member" ? typeof here === "string" : typeof here === "number";
    })
  );
}

/** The fields that have a condition. */
function fieldMarks(pattern: DelimitedPattern, message: string): Range[] {
  const fields = splitFields(message);
  const tailFrom = fields.length - (pattern.tail?.length ?? 0);
  const found: Range[] = [];
  const mark = (at: number): void => {
    const field = fields[at];
    if (field === undefined) return;
    const from = message.indexOf(field.text, field.from);
    if (from >= 0) found.push({ from, to: from + field.text.length });
  };
  pattern.head.forEach((slot, at) => {
    if (slot.test !== undefined) mark(at);
  });
  pattern.tail?.forEach((slot, at) => {
    if (slot.test !== undefined) mark(tailFrom + at);
  });
  return found;
}

function joined(found: readonly Range[]): readonly Range[] {
  const all = [...found].sort((a, b) => a.from - b.from);
  const out: { from: number; to: number }[] = [];
  for (const { from, to } of all) {
    const last = out[out.length - 1];
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else out.push({ from, to });
  }
  return out;
}
