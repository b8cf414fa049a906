/** Why an event met a pattern or did not, part by part, in the words of the pattern. */
import type { Because } from "../because.ts";
import type { Leaf, Leaves } from "./flatten.ts";
import { matchesEvent, meets } from "./match.ts";
import { type EventPattern, type Field, isChoice, type Member, type Test } from "./tree.ts";

/** Values shown of a field that has many. */
const SHOWN = 5;

export function explainEvent(pattern: EventPattern, leaves: Leaves): Because {
  const verdict = matchesEvent(pattern, leaves);
  const counted = new Set(pattern.alternatives.flatMap((alternative) => [...alternative.values()]));
  const parts = pattern.members.map((member) => explainMember(pattern.text, member, leaves, counted));
  const failed = parts.filter((part) => !part.verdict);
  return { text: pattern.text, from: 0, to: pattern.text.length, verdict, reason: wholeReason(verdict, failed), parts };
}

function wholeReason(verdict: boolean, failed: readonly Because[]): string {
  if (verdict) return "Every field of the pattern is met.";
  if (failed.length === 0) return "Each field is met by itself, but not all by the same elements of an array.";
  return failed.length === 1 ? `Not met: ${failed[0]?.text}.` : `Not met: ${failed.map((part) => part.text).join(", ")}.`;
}

function explainMember(text: string, member: Member, leaves: Leaves, counted: ReadonlySet<Field>): Because {
  if (!isChoice(member)) return explainField(text, member, leaves, counted);
  const parts = member.branches.map((branch): Because => {
    const inner = branch.map((one) => explainMember(text, one, leaves, counted));
    const from = inner[0]?.from ?? member.at.from;
    const verdict = inner.every((part) => part.verdict);
    const to = inner.at(-1)?.to ?? member.at.to;
    return {
      text: inner.map((part) => part.text).join(" and "),
      from,
      to,
      verdict,
      reason: verdict ? "all met" : "not all met",
      parts: inner,
    };
  });
  const met = parts.filter((part) => part.verdict).length;
  const { from, to } = member.at;
  return { text: "$or", from, to, verdict: met > 0, reason: met > 0 ? `${met} of ${parts.length} is met` : "none is met", parts };
}

function explainField(text: string, field: Field, leaves: Leaves, counted: ReadonlySet<Field>): Because {
  const { path, tests } = field;
  const { from } = field.at;
  const to = tests.at(-1)?.at.to ?? field.at.to;
  if (!counted.has(field))
    return { text: path, from, to, verdict: true, reason: "The same field stands again further on; that one counts." };
  const there = leaves.get(path) ?? [];
  const parts = tests.map((test) => explainTest(text, test, there));
  const verdict = parts.some((part) => part.verdict);
  return { text: path, from, to, verdict, found: foundText(there), reason: fieldReason(there, parts), parts };
}

const foundText = (leaves: readonly Leaf[]): string => {
  if (leaves.length === 0) return "absent";
  const shown = leaves.slice(0, SHOWN).map((leaf) => (leaf.kind === "string" ? JSON.stringify(leaf.text) : leaf.text));
  return leaves.length > SHOWN ? `${shown.join(", ")} and ${leaves.length - SHOWN} more` : shown.join(", ");
};

function fieldReason(there: readonly Leaf[], parts: readonly Because[]): string {
  const met = parts.find((part) => part.verdict);
  if (met !== undefined) return met.reason;
  if (there.length === 0) return "The event has no value there.";
  return parts.length === 1 ? (parts[0] as Because).reason : "None of the values is met.";
}

function explainTest(text: string, test: Test, there: readonly Leaf[]): Because {
  const { from, to } = test.at;
  const isAbsence = test.kind === "exists" && !test.wanted;
  const met = isAbsence ? undefined : there.find((leaf) => meets(leaf, test));
  const verdict = isAbsence ? there.length === 0 : met !== undefined;
  const shown = met === undefined ? foundText(there) : foundText([met]);
  return {
    text: text.slice(from, to),
    from,
    to,
    verdict,
    found: shown,
    reason: `${shown} ${verdict ? "meets" : "does not meet"} ${words(test)}`,
  };
}

/** The test as the end of a sentence. */
function words(test: Test): string {
  switch (test.kind) {
    case "equals":
      return `equality with ${JSON.stringify(test.text)}`;
    case "number":
      return `equality with ${test.number.text}`;
    case "literal":
      return test.literal;
    case "exists":
      return test.wanted ? "that there is a value" : "that there is none";
    case "cidr":
      return `the block ${test.text}`;
    case "numeric":
      return numericWords(test);
    case "anything-but":
      return `anything but ${[...test.strings.map((one) => `${one.kind === "equals" ? "" : `${one.kind} `}${JSON.stringify(one.text)}`), ...test.numbers.map((one) => one.text)].join(", ")}`;
    default:
      return `${test.kind}${"units" in test && test.kind !== "equals-ignore-case" && test.units !== undefined ? " (ignoring case)" : ""} ${JSON.stringify(test.text)}`;
  }
}

function numericWords({ low, high }: Extract<Test, { kind: "numeric" }>): string {
  if (low !== undefined && low === high) return `equality with ${low.text}`;
  const from = low === undefined ? "" : `${low.isInclusive ? "at least" : "more than"} ${low.text}`;
  const to = high === undefined ? "" : `${high.isInclusive ? "at most" : "less than"} ${high.text}`;
  return [from, to].filter(Boolean).join(" and ");
}
