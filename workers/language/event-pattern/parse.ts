/**
 * Reads an event pattern (facts eventbridge §4, §5.10, §5.12). Reading is tried twice, as EventBridge does: with `$or` as an
 * operator, and where that fails with `$or` as the name of a field; what the second finds wrong is what is told.
 */
import { parseBlock } from "./cidr.ts";
import { MOST_PLACES, placesAlive } from "./complexity.ts";
import { comparable } from "./numbers.ts";
import { parseAnythingBut } from "./parse-anything-but.ts";
import { parseNumeric } from "./parse-numeric.ts";
import { bareString, parseAffix, stringOf, wildcardOf } from "./parse-strings.ts";
import { EventPatternError } from "./pattern-error.ts";
import { JsonReader, type TokenKind } from "./reader.ts";
import { folded, type Wildcard } from "./strings.ts";
import { type Alternative, type EventPattern, type Field, isChoice, type Member, type Test, type TestRule } from "./tree.ts";

/** Names that a branch of `$or` may not begin with: they make of it a field of that name. */
const RESERVED = new Set(
  `exactly equals-ignore-case prefix suffix anything-but exists wildcard numeric cidr = < <= > >= regex not-wildcard
   not-equals-ignore-case date-after date-on-or-after date-before date-on-or-before in-date-range ip-address-in-range
   ip-address-not-in-range`.split(/\s+/),
);
const MOST_COMBINATIONS = 1000;
const MOST_PATHS = 256;

/** Throws `EventPatternError`. Text behind the closing brace is not looked at. */
export function parseEventPattern(text: string): EventPattern {
  let members: readonly Member[];
  try {
    members = new PatternParser(text, true).pattern();
  } catch (thrown) {
    if (!(thrown instanceof EventPatternError)) throw thrown;
    members = new PatternParser(text, false).pattern();
  }
  const whole = { from: 0, to: text.length };
  const alternatives = combinations(
    members,
    [new Map()],
    () => new EventPatternError(`There are more than ${MOST_COMBINATIONS} combinations of $or`, "", whole),
  );
  for (const alternative of alternatives) {
    if (alternative.size > MOST_PATHS) throw new EventPatternError(`There are more than ${MOST_PATHS} fields`, "", whole);
  }
  return { text, members, alternatives };
}

class PatternParser {
  private readonly reader: JsonReader;

  constructor(
    text: string,
    private readonly withChoices: boolean,
  ) {
    this.reader = new JsonReader(text);
  }

  pattern(): readonly Member[] {
    if (this.reader.next().kind !== "{") throw this.reader.fail("Filter is not an object");
    return this.members("", false);
  }

  /** Behind an opening brace, to its closing one. */
  private members(prefix: string, isBranch: boolean): readonly Member[] {
    const { reader } = this;
    const found: Member[] = [];
    let isEmpty = true;
    while (reader.next().kind !== "}") {
      isEmpty = false;
      const name = reader.token;
      if (this.withChoices && name.text === "$or") {
        reader.next();
        found.push({ branches: this.branches(prefix), at: name });
        continue;
      }
      if (isBranch && RESERVED.has(name.text)) throw reader.fail(`${name.text} cannot be used inside "$or".`);
      const path = prefix + name.text;
      const { kind } = reader.next();
      if (kind === "{") found.push(...this.members(`${path}.`, false));
      else if (kind === "[") found.push(this.field(path, name));
      else throw reader.fail(`"${name.text}" must be an object or an array`, name);
    }
    if (isEmpty) throw reader.fail("Empty objects are not allowed");
    return found;
  }

  private branches(prefix: string): readonly (readonly Member[])[] {
    const { reader } = this;
    if (reader.token.kind !== "[") throw reader.fail('"$or" must be an array');
    const found: (readonly Member[])[] = [];
    while (reader.next().kind !== "]") {
      if ((reader.token.kind as TokenKind) !== "{") throw reader.fail('Only objects are allowed in "$or"');
      found.push(this.members(prefix, true));
    }
    if (found.length < 2) throw reader.fail('"$or" needs at least two objects');
    return found;
  }

  private field(path: string, name: { readonly from: number; readonly to: number }): Field {
    const { reader } = this;
    const tests: Test[] = [];
    while (reader.next().kind !== "]") {
      const { from } = reader.token;
      const rule = this.test();
      tests.push({ ...rule, at: { from, to: reader.token.to } });
    }
    if (tests.length === 0) throw reader.fail("Empty arrays are not allowed");
    const wildcards = tests.flatMap(wildcardsOf);
    if (wildcards.length > 0 && placesAlive(wildcards) > MOST_PLACES)
      throw new EventPatternError(
        "Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character",
        "",
        { from: tests[0]?.at.from ?? name.from, to: reader.token.to },
      );
    return { path, tests, at: { from: name.from, to: name.to } };
  }

  private test(): TestRule {
    const { kind, text } = this.reader.token;
    switch (kind) {
      case "string":
        return bareString(text);
      case "number":
        return { kind: "number", number: { text, value: comparable(text) } };
      case "true":
      case "false":
      case "null":
        return { kind: "literal", literal: kind };
      case "{":
        return this.operator();
      default:
        throw this.reader.fail("Match value must be String, number, true, false, or null");
    }
  }

  private operator(): TestRule {
    const { reader } = this;
    const name = reader.next();
    if (name.kind !== "name") throw reader.fail("Match expression name not found");
    const rule = this.operand(name.text);
    if (reader.next().kind !== "}") throw reader.fail("Only one key allowed in match expression");
    return rule;
  }

  private operand(operator: string): TestRule {
    const { reader } = this;
    const read = OPERATORS[operator];
    if (read === undefined) throw reader.fail(`Unrecognized match type ${operator}`);
    reader.next();
    return read(reader);
  }
}

const OPERATORS: Readonly<Record<string, ((reader: JsonReader) => TestRule) | undefined>> = Object.assign(Object.create(null), {
  exactly: (reader: JsonReader) => bareString(stringOf(reader, "exactly")),
  prefix: (reader: JsonReader) => parseAffix(reader, "prefix"),
  suffix: (reader: JsonReader) => parseAffix(reader, "suffix"),
  "equals-ignore-case": (reader: JsonReader): TestRule => {
    const text = stringOf(reader, "equals-ignore-case");
    return { kind: "equals-ignore-case", text, units: folded(text) };
  },
  wildcard: (reader: JsonReader): TestRule => {
    const text = stringOf(reader, "wildcard");
    return { kind: "wildcard", text, pieces: wildcardOf(reader, text) };
  },
  exists: (reader: JsonReader): TestRule => {
    const { kind } = reader.token;
    if (kind !== "true" && kind !== "false") throw reader.fail("exists match pattern must be either true or false.");
    return { kind: "exists", wanted: kind === "true" };
  },
  cidr: (reader: JsonReader): TestRule => {
    // The sentence that EventBridge uses here names another operator.
    const text = stringOf(reader, "prefix");
    const block = parseBlock(text);
    if (typeof block === "string") throw new EventPatternError(block, "", reader.token);
    return { kind: "cidr", text, block };
  },
  numeric: parseNumeric,
  "anything-but": parseAnythingBut,
});

function wildcardsOf(test: Test): readonly Wildcard[] {
  if (test.kind === "wildcard") return [test.pieces];
  if (test.kind !== "anything-but") return [];
  return test.strings.flatMap((one) => (one.kind === "wildcard" ? [one.pieces] : []));
}

/** Multiplies out `$or`; a path that is written again, in the order of the text, replaces what it was. */
function combinations(members: readonly Member[], begun: readonly Alternative[], tooMany: () => EventPatternError): readonly Alternative[] {
  let all = begun;
  for (const member of members) {
    if (isChoice(member)) {
      const grown: Alternative[] = [];
      for (const branch of member.branches) {
        grown.push(...combinations(branch, all, tooMany));
        if (grown.length > MOST_COMBINATIONS) throw tooMany();
      }
      all = grown;
    } else all = all.map((one) => new Map(one).set(member.path, member));
  }
  return all;
}
