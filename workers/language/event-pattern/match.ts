/** The matcher by definition: what every quicker one has to agree with (facts eventbridge §5). */
import { inBlock, parseAddress, sameAddress } from "../address.ts";
import type { Leaf, Leaves } from "./flatten.ts";
import { sameNumber } from "./numbers.ts";
import { endsFolded, equalsFolded, matchesWildcard, startsFolded } from "./strings.ts";
import type { Alternative, Bound, EventPattern, StringTest, TestRule } from "./tree.ts";

/** Whether one leaf meets one test. `exists: false` is met by no leaf: it is about there being none. */
export function meets(leaf: Leaf, test: TestRule): boolean {
  switch (test.kind) {
    case "number":
      return leaf.kind === "number" && sameNumber(leaf, test.number);
    case "literal":
      return leaf.kind === test.literal;
    case "exists":
      return test.wanted;
    case "numeric":
      return leaf.value !== undefined && above(leaf.value, test.low) && below(leaf.value, test.high);
    case "cidr": {
      const address = leaf.kind === "string" ? parseAddress(leaf.text) : undefined;
      return address !== undefined && inBlock(address, test.block);
    }
    case "anything-but":
      if (leaf.kind === "string") return !test.strings.some((one) => meetsString(leaf.text, one));
      return leaf.kind !== "number" || !test.numbers.some((one) => sameNumber(leaf, one));
    default:
      return leaf.kind === "string" && meetsString(leaf.text, test);
  }
}

const above = (value: number, low: Bound | undefined): boolean =>
  low === undefined || value > low.value || (low.isInclusive && value === low.value);
const below = (value: number, high: Bound | undefined): boolean =>
  high === undefined || value < high.value || (high.isInclusive && value === high.value);

function meetsString(text: string, test: StringTest): boolean {
  switch (test.kind) {
    case "equals": {
      if (text === test.text) return true;
      const address = test.address === undefined ? undefined : parseAddress(text);
      return test.address !== undefined && address !== undefined && sameAddress(address, test.address);
    }
    case "prefix":
      return test.units === undefined ? text.startsWith(test.text) : startsFolded(text, test.units);
    case "suffix":
      return test.units === undefined ? text.endsWith(test.text) : endsFolded(text, test.units);
    case "equals-ignore-case":
      return equalsFolded(text, test.units);
    case "wildcard":
      return matchesWildcard(text, test.pieces);
  }
}

type Chosen = ReadonlyMap<number, number>;
const NOTHING_CHOSEN: Chosen = new Map();

const fits = (leaf: Leaf, chosen: Chosen): boolean => [...leaf.within].every(([array, index]) => (chosen.get(array) ?? index) === index);

export function matchesEvent(pattern: EventPattern, leaves: Leaves): boolean {
  return pattern.alternatives.some((alternative) => matchesAlternative(alternative, leaves));
}

/** Paths in the order of their text; for each a leaf that fits the elements of arrays chosen so far, or none where none may be. */
export function matchesAlternative(alternative: Alternative, leaves: Leaves): boolean {
  const fields = [...alternative.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  const failed = new Set<string>();
  const from = (at: number, chosen: Chosen): boolean => {
    const field = fields[at];
    if (field === undefined) return true;
    const key = `${at}:${[...chosen].sort(([a], [b]) => a - b).join(";")}`;
    if (failed.has(key)) return false;
    const fitting = (leaves.get(field.path) ?? []).filter((leaf) => fits(leaf, chosen));
    const isAbsentFine = field.tests.some((test) => test.kind === "exists" && !test.wanted);
    const found =
      (fitting.length === 0 && isAbsentFine && from(at + 1, chosen)) ||
      fitting.some((leaf) => field.tests.some((test) => meets(leaf, test)) && from(at + 1, new Map([...chosen, ...leaf.within])));
    if (!found) failed.add(key);
    return found;
  };
  return from(0, NOTHING_CHOSEN);
}
