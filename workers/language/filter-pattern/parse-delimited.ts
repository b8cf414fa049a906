/** Space-delimited patterns: `[ip, ..., status = 4*, size]`. */
import { invalidPattern, PatternError } from "./pattern-error.ts";
import { MOST_REGEXES, readLogic, readOperand, readOperator, Scanner } from "./scanner.ts";
import type { DelimitedPattern, Slot, SlotTest } from "./tree.ts";

const NAME = /[A-Za-z0-9_-]/;

export function parseDelimited(source: string, from: number, to: number): DelimitedPattern {
  if (source[to - 1] !== "]" || to - from < 2) {
    throw new PatternError("If a filter pattern starts with '[' it must end with ']'", { from, to }, "Add the closing bracket.");
  }
  const scan = new Scanner(source, from + 1, to - 1);
  scan.skipBlanks();
  if (scan.at === scan.end) return { kind: "delimited", source, from, to, head: [], tail: [] };
  const head: Slot[] = [];
  let tail: Slot[] | undefined;
  for (;;) {
    scan.skipBlanks();
    const start = scan.at;
    if (scan.take("...")) {
      if (tail !== undefined) throw invalidPattern(start, scan.at, "A pattern may hold one ellipsis.");
      tail = [];
    } else (tail ?? head).push(readSlot(scan));
    scan.skipBlanks();
    if (scan.at === scan.end) break;
    if (!scan.take(",")) throw invalidPattern(scan.at, scan.at + 1, "Here a comma is expected.");
  }
  if (scan.regexes > MOST_REGEXES) throw invalidPattern(from, to, `A pattern may hold at most ${MOST_REGEXES} regular expressions.`);
  return { kind: "delimited", source, from, to, head, tail };
}

function readSlot(scan: Scanner): Slot {
  const from = scan.at;
  const name = scan.run(NAME);
  const named = scan.at;
  scan.skipBlanks();
  if (scan.at === scan.end || scan.peek() === ",") return name === "" ? { from, to: from } : { name, from, to: named };
  if (name === "") throw invalidPattern(scan.at, scan.at + 1, "A field has a name of letters, digits and underscores.");
  const compare = (start: number): SlotTest => {
    const operator = readOperator(scan);
    const value = readOperand(scan, operator);
    return { kind: "compare", operator, value, from: start, to: scan.at };
  };
  const next = (): SlotTest => {
    scan.skipBlanks();
    const start = scan.at;
    const again = scan.run(NAME);
    if (again !== name) throw invalidPattern(start, scan.at, `Every condition in this place must be about "${name}".`);
    return compare(start);
  };
  const test = readLogic<SlotTest>(
    scan,
    () => compare(from),
    next,
    (kind, parts) => ({ kind, parts, from: parts[0]!.from, to: parts[parts.length - 1]!.to }),
  );
  return { name, test, from, to: test.to };
}
