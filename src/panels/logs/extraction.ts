/** What matching lines hold, as a small table: fields of the pattern or of the JSON object, and the metric's value. */
import { compileExtractor, extractedValues } from "../../../workers/language/filter-pattern/evaluate.ts";
import { numberOf } from "../../../workers/language/filter-pattern/select.ts";
import { jsonTokens, selectorOf } from "../../editors/filter-pattern/json-tokens.ts";
import type { FilterPattern } from "../../editors/filter-pattern/line-marks.ts";

export interface Extraction {
  /** References as a metric value takes them: `$.ms`, `$status`. */
  readonly fields: readonly string[];
  readonly rows: readonly { readonly cells: readonly (string | undefined)[]; readonly value: number | undefined }[];
}

const MOST_FIELDS = 3;

/** @param value the metric value as PutMetricFilter takes it: a number, or a reference to a field. */
export function extractionOf(pattern: FilterPattern, messages: readonly string[], value: string): Extraction {
  const values = messages.map((message) => fieldsOf(pattern, message));
  const fields = chosenFields(values, pattern, value);
  const fixed = numberOf(value);
  const extract = fixed === undefined ? compileExtractor(pattern, value) : undefined;
  return {
    fields,
    rows: messages.map((message, at) => ({
      cells: fields.map((field) => values[at]?.get(field)),
      value: fixed ?? numberOf(extract?.(message) ?? ""),
    })),
  };
}

function fieldsOf(pattern: FilterPattern, message: string): ReadonlyMap<string, string> {
  if (pattern.kind === "delimited") return new Map(Object.entries(extractedValues(pattern, message)));
  const found = new Map<string, string>();
  if (pattern.kind !== "json") return found;
  for (const { path, css, from, to } of jsonTokens(message) ?? []) {
    if (path === undefined) continue;
    const raw = message.slice(from, to);
    found.set(selectorOf(path), css === "st" ? raw.slice(1, -1) : raw);
  }
  return found;
}

/** The metric's own field first, then numbers, then texts that differ from line to line; those the pattern fixes last. */
function chosenFields(values: readonly ReadonlyMap<string, string>[], pattern: FilterPattern, value: string): string[] {
  const names = new Map<string, Set<string>>();
  for (const row of values) {
    for (const [name, text] of row) {
      const seen = names.get(name) ?? new Set<string>();
      seen.add(text);
      names.set(name, seen);
    }
  }
  const rank = (name: string): number => {
    if (name === value) return 0;
    const seen = [...(names.get(name) ?? [])];
    const isNumeric = seen.every((text) => numberOf(text) !== undefined);
    // The time stands in the first column already.
    if (seen.every((text) => /^\d{4}-\d\d-\d\d[T ]/.test(text))) return 5;
    if (pattern.source.includes(name)) return 3;
    return isNumeric ? 1 : seen.length > 1 ? 2 : 4;
  };
  const all = [...names.keys()];
  return all
    .map((name, at) => ({ name, at, rank: rank(name) }))
    .sort((a, b) => a.rank - b.rank || a.at - b.at)
    .slice(0, MOST_FIELDS)
    .map(({ name }) => name);
}
