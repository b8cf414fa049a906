import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { flattenEvent } from "../../../../workers/language/event-pattern/flatten.ts";
import { matchesEvent } from "../../../../workers/language/event-pattern/match.ts";
import { comparable } from "../../../../workers/language/event-pattern/numbers.ts";
import { parseEventPattern } from "../../../../workers/language/event-pattern/parse.ts";
import { heldValue } from "../../../../workers/language/event-pattern/rule-set/number-bytes.ts";
import { compileRules } from "../../../../workers/language/event-pattern/rule-set/rule-set.ts";
import { TextAutomaton } from "../../../../workers/language/event-pattern/rule-set/text-automaton.ts";
import { matchesWildcard, parseWildcard, type Wildcard } from "../../../../workers/language/event-pattern/strings.ts";
import type { EventPattern } from "../../../../workers/language/event-pattern/tree.ts";

const byDefinition = (patterns: readonly EventPattern[], event: string): number[] => {
  const leaves = flattenEvent(event);
  return patterns.flatMap((pattern, rule) => (matchesEvent(pattern, leaves) ? [rule] : []));
};
const together = (patterns: readonly string[], event: string): number[] => compileRules(patterns.map(parseEventPattern)).match(event);

const NAMES = ["a", "b", "c", "a.b", "é", ""];
const WORDS = ["", "a", "ab", "abc", "ba", "A", "aB", "ß", "ÿ", 'q"', "1.2.3.4", "1.2.3.4/8", "*"];
const NUMBERS = ["0", "-0", "1", "-1", "1.0", "1e0", "100", "12345678901234567890", "0.1", "0.10000000000000001", "123456789012345.0"];
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
    fc.constantFrom(quoted("x".repeat(60)), quoted(`${"x".repeat(60)}"`), ' \t{ "x" : [ { } , "]" ] } '),
    tie("event"),
    fc.array(tie("value"), { maxLength: 3 }).map((all) => `[ ${all.join(" , ")}]`),
  ),
  event: object(member(tie("value")), 0),
}));

const patternsOf = (text: string): readonly EventPattern[] => {
  try {
    return [parseEventPattern(text)];
  } catch {
    return []; // random texts are many things
  }
};

describe("many patterns at once", () => {
  it("match what each of them matches by definition", () => {
    fc.assert(
      fc.property(fc.array(pattern, { minLength: 1, maxLength: 12 }), fc.array(event, { minLength: 1, maxLength: 4 }), (texts, events) => {
        const patterns = texts.flatMap(patternsOf);
        const rules = compileRules(patterns);
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
    ["a name that comes again far behind", '{"a":{"b":["x"]}}', '{"a":{"b":"y","c":"b"},"d":"a","a":{"b":"x"}}', [0]],
    ["a name with dots behind all that was looked for", '{"a":{"b":["x"]}}', '{"a":{"b":"y"},"a.b":"x"}', [0]],
    ["an escaped name behind all that was looked for", '{"a":{"b":["x"]}}', '{"a":{"b":"y"},"a":{"\\u0062":"x"}}', [0]],
    ["a text behind units past ASCII", '{"é":["ü"],"b":["x"]}', '{"ö":"ü","é":"ü","b":"x"}', [0]],
    ["no unit past ASCII for another", '{"a":["ÿ"]}', '{"a":"é"}', []],
  ])("see %s", (_, text, one, expected) => {
    expect(together([text], one)).toEqual(expected);
    expect(byDefinition([parseEventPattern(text)], one)).toEqual(expected);
  });

  it.each([
    ["that share length, first, middle and last unit", (i: number) => `a${i >> 5}${i & 31}bcd${i & 7}z`],
    ["with units past ASCII", (i: number) => `é${i}`],
  ])("find each of a hundred names %s", (_, nameOf) => {
    const names = [...new Set(Array.from({ length: 100 }, (_, i) => nameOf(i)))];
    const patterns = names.map((name) => `{${quoted(name)}:["x"]}`);
    for (const [i, name] of names.entries()) expect(together(patterns, `{${quoted(name)}:"x"}`)).toEqual([i]);
    const all = `{${names.map((name) => `${quoted(name)}:"x"`).join()}}`;
    expect(together(patterns, all)).toEqual(names.map((_, i) => i));
  });

  it("end with an event that breaks off", () => {
    const patterns = ['{"a":{"b":[1,"x"]}}', '{"c":[{"numeric":[">",0]}]}', '{"é":["x"]}'].map(parseEventPattern);
    const whole = `{ "z":{"y":["\\""]},"a":[{"b":"${"x".repeat(60)}\\u0061","d":[1,{}]}],"c":1.25e3,"é":"x"}`;
    const rules = compileRules(patterns);
    const matched = Array.from({ length: whole.length + 1 }, (_, length) => rules.match(whole.slice(0, length)).length);
    expect(matched.at(-1)).toBe(2);
    expect(matched[0]).toBe(0);
  });

  it("see an event longer than those before", () => {
    const rules = compileRules([parseEventPattern('{"a":["x"]}')]);
    const many = `{"b":[${Array.from({ length: 5000 }, (_, i) => i).join()}],"a":[${'"y",'.repeat(500)}"x"]}`;
    expect([rules.match('{"a":"x"}'), rules.match(many), rules.match('{"a":"y"}')]).toEqual([[0], [0], []]);
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

describe("a number's bytes", () => {
  const digits = fc.string({ unit: fc.constantFrom(..."0123456789"), minLength: 1, maxLength: 19 });
  const written = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 }).map(String),
    fc.integer({ min: -15, max: 50 }).chain((power) => fc.constantFrom(15, 16, 17).map((length) => (2 ** power).toPrecision(length))),
    fc.tuple(fc.constantFrom("", "-"), digits, digits).map(([sign, whole, fraction]) => `${sign}${BigInt(whole)}.${fraction}`),
    digits.map((whole) => String(BigInt(whole))),
  );
  const read = (text: string): number => heldValue(new TextEncoder().encode(text), 0, text.length);

  it("tell its value as comparing does, or nothing", () => {
    fc.assert(
      fc.property(written, (text) => {
        const value = read(text);
        if (!Number.isNaN(value)) expect(value, text).toBe(comparable(text));
      }),
      { numRuns: 5000 },
    );
  });

  it.each([
    ["-122.44847143158457", -122.44847143158457],
    ["37.72318228464946", 37.72318228464946],
    ["-0", -0],
    ["123456789012345", 123456789012345],
    ["0.30000000000000004", 0.30000000000000004],
    ["9007199254740992", 9007199254740992],
    ["9007199254740993", Number.NaN],
    ["0.10000000000000001", Number.NaN],
    ["1e5", Number.NaN],
  ])("of %s tell %s", (text, value) => {
    expect(read(text)).toBe(value);
  });
});
