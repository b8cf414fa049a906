import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { flattenEvent } from "../../../../workers/language/event-pattern/flatten.ts";
import { matchesEvent } from "../../../../workers/language/event-pattern/match.ts";
import { parseEventPattern } from "../../../../workers/language/event-pattern/parse.ts";
import { compileRules } from "../../../../workers/language/event-pattern/rule-set/rule-set.ts";
import { TextAutomaton } from "../../../../workers/language/event-pattern/rule-set/text-automaton.ts";
import { matchesWildcard, parseWildcard, type Wildcard } from "../../../../workers/language/event-pattern/strings.ts";

const byDefinition = (patterns: readonly string[], event: string): number[] => {
  const leaves = flattenEvent(event);
  return patterns.flatMap((text, rule) => (matchesEvent(parseEventPattern(text), leaves) ? [rule] : []));
};
const together = (patterns: readonly string[], event: string): number[] => compileRules(patterns.map(parseEventPattern)).match(event);

const NAMES = ["a", "b", "c", "a.b", "é", ""];
const WORDS = ["", "a", "ab", "abc", "ba", "A", "aB", "ß", 'q"', "1.2.3.4", "1.2.3.4/8", "*"];
const NUMBERS = ["0", "1", "-1", "1.0", "1e0", "100", "12345678901234567890", "0.1"];
const quoted = (text: string): string => JSON.stringify(text);

const word = fc.constantFrom(...WORDS);
const number = fc.constantFrom(...NUMBERS);
const some = (values: fc.Arbitrary<string>) => fc.array(values, { minLength: 1, maxLength: 3 }).map((all) => `[${all.join()}]`);
const test = fc.oneof(
  { weight: 4, arbitrary: word.map(quoted) },
  number,
  fc.constantFrom("true", "false", "null", '{"exists":true}', '{"exists":false}', '{"cidr":"1.2.3.0/24"}'),
  fc.tuple(fc.constantFrom("prefix", "suffix", "equals-ignore-case"), word).map(([name, text]) => `{"${name}":${quoted(text)}}`),
  fc.tuple(fc.constantFrom("prefix", "suffix"), word).map(([name, text]) => `{"${name}":{"equals-ignore-case":${quoted(text)}}}`),
  fc.constantFrom("*", "a*", "*a", "*b*", "a*c", "a*b*", "*a*b").map((text) => `{"wildcard":"${text}"}`),
  fc.constantFrom('["=",1]', '[">",0]', '["<=",1]', '[">",0,"<",100]').map((range) => `{"numeric":${range}}`),
  fc.oneof(some(word.map(quoted)), some(number), word.map(quoted)).map((values) => `{"anything-but":${values}}`),
  fc
    .tuple(fc.constantFrom("prefix", "suffix", "equals-ignore-case", "wildcard"), fc.constantFrom("a", "ab", "B", "c"))
    .map(([name, text]) => `{"anything-but":{"${name}":"${text}"}}`),
);
const member = (value: fc.Arbitrary<string>) =>
  fc.tuple(fc.constantFrom(...NAMES), value).map(([name, inner]) => `${quoted(name)}:${inner}`);
const object = (members: fc.Arbitrary<string>, least = 1) =>
  fc.array(members, { minLength: least, maxLength: 3 }).map((all) => `{${all.join()}}`);
const { pattern } = fc.letrec<{ pattern: string; value: string; choice: string }>((tie) => ({
  value: fc.oneof({ maxDepth: 2 }, { weight: 3, arbitrary: some(test) }, { weight: 1, arbitrary: tie("pattern") }),
  choice: fc.array(object(member(some(test))), { minLength: 2, maxLength: 2 }).map((all) => `"$or":[${all.join()}]`),
  pattern: object(fc.oneof({ maxDepth: 2 }, member(some(test)), member(tie("pattern")), tie("choice"))),
}));
const { event } = fc.letrec<{ event: string; value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    word.map(quoted),
    number,
    fc.constantFrom("true", "false", "null", "[]", "{}", '"\\u0061b"'),
    tie("event"),
    fc.array(tie("value"), { maxLength: 3 }).map((all) => `[ ${all.join(" , ")}]`),
  ),
  event: object(member(tie("value")), 0),
}));

const isPattern = (text: string): boolean => {
  try {
    parseEventPattern(text);
    return true;
  } catch {
    return false; // random texts are many things
  }
};

describe("many patterns at once", () => {
  it("match what each of them matches by definition", () => {
    fc.assert(
      fc.property(fc.array(pattern, { minLength: 1, maxLength: 12 }), fc.array(event, { minLength: 1, maxLength: 4 }), (texts, events) => {
        const patterns = texts.filter(isPattern);
        const rules = compileRules(patterns.map(parseEventPattern));
        for (const one of events) expect(rules.match(one), one).toEqual(byDefinition(patterns, one));
      }),
      { numRuns: 1500 },
    );
  });

  it.each([
    ["fields of one element of an array", '{"a":{"b":[1],"c":[2]}}', '{"a":[{"b":1,"c":3},{"b":2,"c":2}]}', []],
    ["absence in the element that another field is met in", '{"a":{"b":[1],"c":[{"exists":false}]}}', '{"a":[{"b":1},{"c":2}]}', [0]],
    ["absence alone, where another element has it", '{"a":{"c":[{"exists":false}]}}', '{"a":[{"b":1},{"c":2}]}', []],
    ["names with dots", '{"a":{"b":["x"]}}', '{"a.b":"x"}', [0]],
    ["members of the same name", '{"a":["x"]}', '{"a":"y","a":"x"}', [0]],
    ["escapes in names and texts", '{"a":["x\\"y"]}', '{"\\u0061":"x\\u0022y"}', [0]],
    ["a text that ends in an escaped backslash", '{"b":["x"]}', '{"a":"\\\\","b":"x"}', [0]],
    ["nothing of an event that is no object", '{"a":["x"]}', "[]", []],
  ])("see %s", (_, text, one, expected) => {
    expect(together([text], one)).toEqual(expected);
    expect(byDefinition([text], one)).toEqual(expected);
  });

  it("are answered in ascending order and once, however many alternatives of a pattern match", () => {
    const either = '{"$or":[{"a":["x"]},{"b":["x"]}]}';
    expect(together([either, '{"b":[{"prefix":"x"}]}', either], '{"b":"x","a":"x"}')).toEqual([0, 1, 2]);
  });
});

describe("an automaton of texts", () => {
  const unit = fc.constantFrom("a", "b", "*", "é");
  it("accepts what the wildcards do, past the number of states it keeps, too", () => {
    const wildcard = fc
      .string({ unit, minLength: 1, maxLength: 8 })
      .map(parseWildcard)
      .filter((pieces): pieces is Wildcard => Array.isArray(pieces));
    fc.assert(
      fc.property(
        fc.array(wildcard, { minLength: 1, maxLength: 10 }),
        fc.array(fc.string({ unit, maxLength: 12 }), { maxLength: 40 }),
        (all, texts) => {
          const automaton = new TextAutomaton(
            all.map((pieces) => ({ kind: "wildcard", text: "", pieces })),
            5,
          );
          for (const text of texts) {
            const expected = all.flatMap((pieces, i) => (matchesWildcard(text, pieces) ? [i] : []));
            expect([...automaton.accepts(text)].sort((a, b) => a - b)).toEqual(expected);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
