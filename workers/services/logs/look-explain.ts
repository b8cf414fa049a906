/** Why a line matches a pattern or does not, and what would: the view behind "why this line did not match". */

import type { Because } from "../../language/because.ts";
import { evaluate, extractedValues } from "../../language/filter-pattern/evaluate.ts";
import { parseObject } from "../../language/filter-pattern/evaluate-json.ts";
import { eachSelector } from "../../language/filter-pattern/parse-json.ts";
import { PatternError } from "../../language/filter-pattern/pattern-error.ts";
import { selectValues } from "../../language/filter-pattern/select.ts";
import type { FilterPattern, JsonPattern, Selector, TermsPattern } from "../../language/filter-pattern/tree.ts";
import { chain } from "../../store/chain.ts";
import type { MaybePromise } from "../../store/contract.ts";
import type { Context } from "../contract.ts";
import { select } from "./look-page.ts";
import { compiledPattern } from "./patterns.ts";

export interface Suggestion {
  /** What to write instead, and for what of the pattern. */
  readonly instead: string;
  readonly of: string;
  readonly filterPattern: string;
  readonly text: string;
  /** Lines of the group that match the pattern as suggested; absent without a group. */
  readonly wouldMatch?: number;
}

export type ExplainAnswer =
  | {
      readonly valid: true;
      readonly kind: FilterPattern["kind"];
      readonly matched: boolean;
      readonly because: Because;
      readonly extracted: Readonly<Record<string, string>>;
      readonly suggestions: readonly Suggestion[];
    }
  | { readonly valid: false; readonly message: string; readonly from: number; readonly to: number; readonly hint: string };

/** @param question `logGroupName` = also count what a suggestion would match there. */
export function explain(
  ctx: Context,
  question: { readonly filterPattern: string; readonly message: string; readonly logGroupName?: string },
): MaybePromise<ExplainAnswer> {
  let pattern: FilterPattern;
  try {
    pattern = compiledPattern(question.filterPattern);
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    return { valid: false, message: error.message, from: error.from, to: error.to, hint: error.hint ?? "" };
  }
  const { matched, because } = evaluate(pattern, question.message, true);
  const extracted = matched ? extractedValues(pattern, question.message) : {};
  const found = matched ? [] : suggestionsFor(pattern, question.message);
  const answer = (suggestions: readonly Suggestion[]): ExplainAnswer => ({
    valid: true,
    kind: pattern.kind,
    matched,
    because: because!,
    extracted,
    suggestions,
  });
  const { logGroupName } = question;
  if (logGroupName === undefined) return answer(found);
  const count = (done: readonly Suggestion[]): MaybePromise<ExplainAnswer> => {
    const next = found[done.length];
    if (next === undefined) return answer(done);
    return chain(select(ctx, { logGroupName, filterPattern: next.filterPattern }), ({ matching, low, high }) =>
      count([...done, { ...next, wouldMatch: matching?.length ?? high - low }]),
    );
  };
  return count([]);
}

const MOST_SUGGESTIONS = 3;
const DEEPEST = 5;

function suggestionsFor(pattern: FilterPattern, message: string): readonly Suggestion[] {
  const found = pattern.kind === "json" ? forJson(pattern, message) : pattern.kind === "terms" ? forTerms(pattern, message) : [];
  return found.filter(({ filterPattern }) => isMatch(filterPattern, message)).slice(0, MOST_SUGGESTIONS);
}

/** A suggestion is only made when it does what it says. */
function isMatch(filterPattern: string, message: string): boolean {
  try {
    return evaluate(compiledPattern(filterPattern), message).matched;
  } catch (error) {
    if (error instanceof PatternError) return false;
    throw error;
  }
}

const replaced = (source: string, { from, to }: { readonly from: number; readonly to: number }, text: string): string =>
  source.slice(0, from) + text + source.slice(to);

/** Fields of the same name elsewhere in the object, for selectors that reach nothing. */
function forJson(pattern: JsonPattern, message: string): Suggestion[] {
  const object = parseObject(message);
  if (object === undefined) return [];
  const suggestions: Suggestion[] = [];
  eachSelector(pattern.test, (selector: Selector) => {
    const last = selector.steps[selector.steps.length - 1];
    if (last?.kind !== "member" || selectValues(object, selector).length > 0) return;
    const of = pattern.source.slice(selector.from, selector.to);
    for (const instead of pathsTo(object, last.name)) {
      const text = `${of} is not there, but ${instead} is.`;
      suggestions.push({ instead, of, filterPattern: replaced(pattern.source, selector, instead), text });
    }
  });
  return suggestions;
}

/** Selectors of the fields that have this name, up to the case of its letters; nearest first. */
function pathsTo(object: unknown, name: string): string[] {
  const found: string[] = [];
  let level: (readonly [string, unknown])[] = [["$", object]];
  for (let depth = 0; depth < DEEPEST && level.length > 0; depth++) {
    const next: (readonly [string, unknown])[] = [];
    for (const [path, value] of level) {
      if (typeof value !== "object" || value === null) continue;
      for (const [key, inner] of Object.entries(value)) {
        const step = Array.isArray(value) ? `[${key}]` : /^[A-Za-z0-9_-]+$/.test(key) ? `.${key}` : `.['${key}']`;
        if (!Array.isArray(value) && key.toLowerCase() === name.toLowerCase()) found.push(path + step);
        if (next.length < 1000) next.push([path + step, inner]);
      }
    }
    level = next;
  }
  return found;
}

/** The same words in the case in which they stand in the line. */
function forTerms(pattern: TermsPattern, message: string): Suggestion[] {
  const parts = evaluate(pattern, message, true).because?.parts ?? [];
  let source = pattern.source;
  const changes: string[] = [];
  for (const [i, part] of [...parts.entries()].reverse()) {
    const term = pattern.terms[i]!;
    if (part.found === undefined || part.verdict || term.role === "excluded") continue;
    const sign = term.role === "optional" ? "?" : "";
    const instead = sign + (/^\w+$/.test(part.found) ? part.found : `"${part.found.replaceAll('"', '\\"')}"`);
    source = replaced(source, term, instead);
    changes.unshift(instead);
  }
  if (changes.length === 0) return [];
  const instead = changes.join(" ");
  return [{ instead, of: pattern.source, filterPattern: source, text: `Matching is case-sensitive; the line has ${instead}.` }];
}
