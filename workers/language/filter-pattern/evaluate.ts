/**
 * One line against a pattern: one function for every use, with an optional recorder. With `explain` every node of the
 * pattern is looked at and told (verdict, what was found, why); without it evaluation stops as soon as it is decided.
 */

import { delimitedFields, evaluateDelimited } from "./evaluate-delimited.ts";
import { evaluateJson, parseObject } from "./evaluate-json.ts";
import { evaluateTerms } from "./evaluate-terms.ts";
import type { Evaluation } from "./evaluation.ts";
import { parseSelector } from "./parse-json.ts";
import { selectValues, textOfValue } from "./select.ts";
import type { FilterPattern } from "./tree.ts";

/** @param explain record why. */
export function evaluate(pattern: FilterPattern, message: string, explain = false): Evaluation {
  switch (pattern.kind) {
    case "everything": {
      const { source, from, to } = pattern;
      const because = { text: source, from, to, verdict: true, reason: "An empty pattern matches every event." };
      return { matched: true, ...(explain ? { because } : {}) };
    }
    case "terms":
      return evaluateTerms(pattern, message, explain);
    case "json":
      return evaluateJson(pattern, message, explain);
    case "delimited":
      return evaluateDelimited(pattern, message, explain);
  }
}

/** What TestMetricFilter shows for a line that matches: the fields of a space-delimited pattern, nothing for the others. */
export function extractedValues(pattern: FilterPattern, message: string): Readonly<Record<string, string>> {
  return pattern.kind === "delimited" ? delimitedFields(pattern, message) : {};
}

/** Reads `$.latency`, `$size`, `$3` off matching lines. */
export type Extractor = (message: string) => string | undefined;

/**
 * Compiles a reference as it stands in a metric value or dimension. A JSON pattern takes selectors, a space-delimited
 * one field names and positions; undefined when the pattern can never give such a value.
 */
export function compileExtractor(pattern: FilterPattern, reference: string): Extractor | undefined {
  if (pattern.kind === "json") {
    const selector = parseSelector(reference);
    if (selector === undefined) return undefined;
    return (message) => {
      const object = parseObject(message);
      return object === undefined ? undefined : textOfValue(selectValues(object, selector)[0]);
    };
  }
  if (pattern.kind !== "delimited" || !/^\$[A-Za-z0-9_-]+$/.test(reference)) return undefined;
  return (message) => {
    const fields = delimitedFields(pattern, message);
    return Object.hasOwn(fields, reference) ? fields[reference] : undefined;
  };
}
