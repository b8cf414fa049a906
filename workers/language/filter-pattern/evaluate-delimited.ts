/** Space-delimited patterns against one line. */
import type { Because } from "../because.ts";
import { comparisonReason } from "./evaluate-json.ts";
import type { Evaluation } from "./evaluation.ts";
import { compareScalar } from "./select.ts";
import type { DelimitedPattern, Slot, SlotTest } from "./tree.ts";

interface Field {
  /** Without its delimiters. */
  readonly text: string;
  /** Where it begins in the line, delimiter included. */
  readonly from: number;
}

/** Cuts a line at blanks; a run inside "..." or [...] is one field. A delimiter that is never closed is an ordinary character. */
export function splitFields(message: string): Field[] {
  const fields: Field[] = [];
  let at = 0;
  for (;;) {
    while (at < message.length && isBlank(message.charCodeAt(at))) at++;
    if (at >= message.length) return fields;
    const from = at;
    const first = message[at];
    const close = first === '"' ? message.indexOf('"', at + 1) : first === "[" ? message.indexOf("]", at + 1) : -1;
    if (close >= 0) {
      fields.push({ text: message.slice(at + 1, close), from });
      at = close + 1;
      continue;
    }
    while (at < message.length && !isBlank(message.charCodeAt(at))) at++;
    fields.push({ text: message.slice(from, at), from });
  }
}

/** Space, tab, line feed, carriage return and their like. */
const isBlank = (code: number): boolean => code === 32 || (code >= 9 && code <= 13);

/** A field of the line with the slot it falls to (none where an ellipsis covers it); undefined when the line has too few. */
interface Placed {
  readonly text: string;
  readonly slot: Slot | undefined;
}

function place(pattern: DelimitedPattern, message: string): readonly Placed[] | undefined {
  const fields = splitFields(message);
  const { head, tail } = pattern;
  if (fields.length < head.length + (tail?.length ?? 0)) return undefined;
  if (tail !== undefined) {
    const tailFrom = fields.length - tail.length;
    return fields.map(({ text }, i) => ({ text, slot: i < head.length ? head[i] : i >= tailFrom ? tail[i - tailFrom] : undefined }));
  }
  const placed: Placed[] = head.map((slot, i) => ({ text: fields[i]!.text, slot }));
  const last = head.length - 1;
  // Without an ellipsis the last field takes the rest of the line, as it stands.
  if (fields.length > head.length) placed[last] = { text: message.slice(fields[last]!.from).trimEnd(), slot: head[last] };
  return placed;
}

/** `$name` for named fields, `$3` for those that an ellipsis or an empty slot covers. Empty when the line has too few fields. */
export function delimitedFields(pattern: DelimitedPattern, message: string): Record<string, string> {
  const values: Record<string, string> = {};
  place(pattern, message)?.forEach(({ text, slot }, i) => {
    values[`$${slot?.name ?? i + 1}`] = text;
  });
  return values;
}

export function evaluateDelimited(pattern: DelimitedPattern, message: string, explain: boolean): Evaluation {
  const placed = place(pattern, message);
  const { source, from, to } = pattern;
  if (placed === undefined) {
    const has = splitFields(message).length;
    const needs = pattern.head.length + (pattern.tail?.length ?? 0);
    const reason = `The line has ${has} field${has === 1 ? "" : "s"}, the pattern needs ${pattern.tail === undefined ? "" : "at least "}${needs}.`;
    return { matched: false, ...(explain ? { because: { text: source, from, to, verdict: false, reason } } : {}) };
  }
  if (!explain) return { matched: placed.every(({ text, slot }) => slot?.test === undefined || holds(slot.test, text)) };
  const parts = placed.flatMap(({ text, slot }): readonly Because[] => {
    if (slot === undefined || slot.from === slot.to) return [];
    const range = { text: source.slice(slot.from, slot.to), from: slot.from, to: slot.to };
    if (slot.test === undefined) return [{ ...range, verdict: true, found: text, reason: "Any value will do." }];
    return [told(slot.test, slot.name!, text, source)];
  });
  const matched = parts.every(({ verdict }) => verdict);
  const failed = parts.filter(({ verdict }) => !verdict).length;
  const reason = matched ? "Every field has a value that will do." : `${failed} of ${parts.length} fields do not satisfy their condition.`;
  return { matched, because: { text: source, from, to, verdict: matched, reason, parts } };
}

function holds(test: SlotTest, text: string): boolean {
  switch (test.kind) {
    case "and":
      return test.parts.every((part) => holds(part, text));
    case "or":
      return test.parts.some((part) => holds(part, text));
    case "compare":
      return compareScalar(text, test.operator, test.value);
  }
}

function told(test: SlotTest, name: string, text: string, source: string): Because {
  const range = { text: source.slice(test.from, test.to), from: test.from, to: test.to };
  if (test.kind === "compare") {
    const verdict = compareScalar(text, test.operator, test.value);
    return { ...range, verdict, found: text, reason: comparisonReason(name, text, test.operator, test.value, verdict) };
  }
  const parts = test.parts.map((part) => told(part, name, text, source));
  const verdict = test.kind === "and" ? parts.every((part) => part.verdict) : parts.some((part) => part.verdict);
  const held = parts.filter((part) => part.verdict).length;
  const reason = `${held} of ${parts.length} conditions hold; ${test.kind === "and" ? "all must" : "one must"}.`;
  return { ...range, verdict, found: text, reason, parts };
}
