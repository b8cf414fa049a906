/** Tests of a field asked of a leaf's bytes; where those do not tell, of the leaf as the matcher by definition does. */
import { meets } from "../match.ts";
import { isOneToOne } from "../strings.ts";
import type { StringTest, TestRule } from "../tree.ts";
import { asciiOf, standsAt } from "./event-bytes.ts";
import type { EventLeaves } from "./leaves.ts";

/** Whether a leaf meets the test, exactly as `meets` answers. */
export type QuickTest = (leaves: EventLeaves, leaf: number) => boolean;

const slow =
  (test: TestRule): QuickTest =>
  (leaves, leaf) =>
    meets(leaves.leaf(leaf), test);

export function quickTest(test: TestRule): QuickTest {
  switch (test.kind) {
    case "exists":
      return () => test.wanted;
    case "literal":
      return (leaves, leaf) => !leaves.isString(leaf) && leaves.plainKind(leaf) === test.literal;
    case "number": {
      const { value } = test.number;
      return value === undefined ? slow(test) : (leaves, leaf) => leaves.value(leaf) === value;
    }
    case "numeric":
      return quickRange(test);
    case "anything-but":
      return quickAnythingBut(test);
    case "cidr":
      return slow(test);
    default: {
      const onText = quickText(test);
      return (leaves, leaf) => leaves.isString(leaf) && onText(leaves, leaf);
    }
  }
}

function quickRange({ low, high }: TestRule & { kind: "numeric" }): QuickTest {
  const [from, to] = [low?.value ?? Number.NEGATIVE_INFINITY, high?.value ?? Number.POSITIVE_INFINITY];
  const [isFrom, isTo] = [low?.isInclusive !== false, high?.isInclusive !== false];
  return (leaves, leaf) => {
    const value = leaves.value(leaf);
    return (value > from || (isFrom && value === from)) && (value < to || (isTo && value === to));
  };
}

function quickAnythingBut(test: TestRule & { kind: "anything-but" }): QuickTest {
  const texts = test.strings.map(quickText);
  const numbers = test.numbers.map((number) => quickTest({ kind: "number", number }));
  return (leaves, leaf) => {
    const excluded = leaves.isString(leaf) ? texts : numbers;
    for (let i = 0; i < excluded.length; i++) if ((excluded[i] as QuickTest)(leaves, leaf)) return false;
    return true;
  };
}

/** Of leaves that are strings. */
function quickText(test: StringTest): QuickTest {
  const byDefinition = slow(test);
  const onBytes = bytesTest(test);
  if (onBytes === undefined) return byDefinition;
  return (leaves, leaf) =>
    leaves.isEscaped(leaf)
      ? byDefinition(leaves, leaf)
      : onBytes(leaves.event.bytes, leaves.from[leaf] as number, leaves.to[leaf] as number);
}

type BytesTest = (bytes: Uint8Array, from: number, to: number) => boolean;

/** Undefined where more than ASCII is asked for. A unit past ASCII in the event is a byte that equals none of these. */
function bytesTest(test: StringTest): BytesTest | undefined {
  if (test.kind === "wildcard" || (test.kind === "equals" && test.address !== undefined)) return undefined;
  const stands = "units" in test && test.units !== undefined ? foldedAt(test.units) : plainAt(test.text);
  if (stands === undefined) return undefined;
  const { length } = test.text;
  if (test.kind === "prefix") return (bytes, from, to) => to - from >= length && stands(bytes, from);
  if (test.kind === "suffix") return (bytes, from, to) => to - from >= length && stands(bytes, to - length);
  return (bytes, from, to) => to - from === length && stands(bytes, from);
}

type Stands = (bytes: Uint8Array, from: number) => boolean;

function plainAt(text: string): Stands | undefined {
  const wanted = asciiOf(text);
  return wanted && ((bytes, from) => standsAt(bytes, from, wanted));
}

function foldedAt(units: readonly (readonly [string, string])[]): Stands | undefined {
  if (!isOneToOne(units)) return undefined;
  const lower = asciiOf(units.map(([form]) => form).join(""));
  const upper = asciiOf(units.map(([, form]) => form).join(""));
  if (lower === undefined || upper === undefined) return undefined;
  return (bytes, from) => {
    for (let i = 0; i < lower.length; i++) {
      const byte = bytes[from + i];
      if (byte !== lower[i] && byte !== upper[i]) return false;
    }
    return true;
  };
}
