/**
 * Texts of which a line must hold at least one to match a JSON or space-delimited pattern: a scan for them skips most lines
 * before anything is parsed. Sound, never complete: what it finds is still evaluated.
 *
 * In JSON a character may be spelled as an escape. Letters, digits and a few signs can only be escaped as \uXXXX, so a
 * line without the literal text and without "\u" does not hold it.
 */
import type { FilterPattern, JsonTest, Operand, SlotTest } from "./tree.ts";

const PLAIN = /^[A-Za-z0-9_. :=@#+-]+$/;
/** Holds a character that no spelling of a number has, so that it can only be compared with a JSON string. */
const NO_NUMBER = /[^0-9eE+.\-Infity]/;

/** Any of these, in UTF-8; undefined when nothing can be said. */
export function prefilter(pattern: FilterPattern): readonly Uint8Array[] | undefined {
  let literals: readonly string[] = [];
  let isJson = false;
  if (pattern.kind === "json") {
    literals = jsonLiterals(pattern.test);
    isJson = true;
  } else if (pattern.kind === "delimited") {
    literals = [...pattern.head, ...(pattern.tail ?? [])].flatMap(({ test }) => (test === undefined ? [] : slotLiterals(test)));
  }
  const best = [...literals].sort((a, b) => b.length - a.length || (a < b ? -1 : 1))[0];
  if (best === undefined) return undefined;
  const encoder = new TextEncoder();
  return (isJson ? [best, "\\u"] : [best]).map((text) => encoder.encode(text));
}

function literalOf(value: Operand, operator: string): readonly string[] {
  return operator === "=" && value.kind === "text" && value.text !== "" ? [value.text] : [];
}

function jsonLiterals(test: JsonTest): readonly string[] {
  switch (test.kind) {
    case "and":
      return test.parts.flatMap(jsonLiterals);
    case "or":
    case "not-exists":
      return [];
    case "is":
    case "compare": {
      const names = test.selector.steps.flatMap((step) => (step.kind === "member" ? [step.name] : []));
      return [
        ...names,
        ...(test.kind === "compare" ? literalOf(test.value, test.operator).filter((text) => NO_NUMBER.test(text)) : []),
      ].filter((text) => PLAIN.test(text));
    }
  }
}

function slotLiterals(test: SlotTest): readonly string[] {
  if (test.kind === "and") return test.parts.flatMap(slotLiterals);
  return test.kind === "compare" ? literalOf(test.value, test.operator) : [];
}
