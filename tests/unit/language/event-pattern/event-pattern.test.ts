import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MOST_PLACES, placesAlive } from "../../../../workers/language/event-pattern/complexity.ts";
import { explainEvent } from "../../../../workers/language/event-pattern/explain.ts";
import { flattenEvent } from "../../../../workers/language/event-pattern/flatten.ts";
import { matchesEvent } from "../../../../workers/language/event-pattern/match.ts";
import { parseEventPattern } from "../../../../workers/language/event-pattern/parse.ts";
import { EventPatternError } from "../../../../workers/language/event-pattern/pattern-error.ts";
import { matchesWildcard, parseWildcard, type Wildcard } from "../../../../workers/language/event-pattern/strings.ts";

const matches = (pattern: unknown, event: unknown): boolean =>
  matchesEvent(parseEventPattern(JSON.stringify(pattern)), flattenEvent(JSON.stringify(event)));

function refusal(pattern: string): EventPatternError {
  try {
    parseEventPattern(pattern);
  } catch (thrown) {
    if (thrown instanceof EventPatternError) return thrown;
    throw thrown;
  }
  throw new Error("It was taken.");
}

describe("matching", () => {
  const words = fc.string({ unit: fc.constantFrom("a", "b", "*"), maxLength: 8 });
  it("of wildcards is that of the same regular expression", () => {
    fc.assert(
      fc.property(words, fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 10 }), (pattern, text) => {
        const pieces = parseWildcard(pattern);
        if ("fault" in pieces) expect(pattern).toContain("**");
        else expect(matchesWildcard(text, pieces)).toBe(new RegExp(`^${pattern.replaceAll("*", ".*")}$`).test(text));
      }),
    );
  });

  const value = fc.oneof(fc.constantFrom("a", "b", "ab"), fc.integer({ min: 0, max: 3 }), fc.boolean(), fc.constant(null));
  it("of a value and of anything but it are opposites on a single leaf of its kind", () => {
    fc.assert(
      fc.property(fc.constantFrom("a", "b", 1, 2), value, (wanted, found) => {
        expect(matches({ k: [{ "anything-but": wanted }] }, { k: found })).toBe(!matches({ k: [wanted] }, { k: found }));
      }),
    );
  });

  it("of two fields of one object never takes them from two elements of a list", () => {
    const element = fc.record({ x: fc.integer({ min: 0, max: 2 }), y: fc.integer({ min: 0, max: 2 }) });
    fc.assert(
      fc.property(fc.array(element, { maxLength: 5 }), element, (list, { x, y }) => {
        expect(matches({ l: { x: [x], y: [y] } }, { l: list })).toBe(list.some((one) => one.x === x && one.y === y));
      }),
    );
  });

  it("of $or is that of either branch", () => {
    fc.assert(
      fc.property(value, value, value, value, (a, b, x, y) => {
        const event = { a: x, b: y };
        expect(matches({ $or: [{ a: [a] }, { b: [b] }] }, event)).toBe(matches({ a: [a] }, event) || matches({ b: [b] }, event));
      }),
    );
  });

  it("takes no longer for wide lists than their length allows", () => {
    const list = Array.from({ length: 400 }, (_, i) => ({ a: i, b: i + 1, c: i + 2 }));
    expect(matches({ l: { a: [5], b: [6], c: [99] } }, { l: list })).toBe(false);
  });
});

describe("a refusal", () => {
  it.each([
    ['{"a":[{"prefix":12345}]}', "prefix match pattern must be a string", 1, 22],
    ['{"a":["x",[1]]}', "Match value must be String", 1, 12],
    ['{\n "a": []}', "Empty arrays are not allowed", 2, 9],
    ['{"a":"b"}', '"a" must be an object or an array', 1, 7],
  ])("of %s tells where the reader stood", (pattern, reason, line, column) => {
    const { message } = refusal(pattern);
    expect(message).toContain(`Event pattern is not valid. Reason: ${reason}`);
    expect(message).toContain(`\n at [Source: (String)"${pattern}"; line: ${line}, column: ${column}]`);
  });

  it("inside a list of anything-but tells its place twice", () => {
    expect(refusal('{"a":[{"anything-but":[null]}]}').message.match(/ at \[Source/g)).toHaveLength(2);
  });

  it("marks the characters that are wrong", () => {
    const { from, to } = refusal('{"a":[{"Prefix":"x"}]}');
    expect('{"a":[{"Prefix":"x"}]}'.slice(from, to)).toBe('"Prefix"');
  });

  it("ends for brackets without end, and for $or without end", () => {
    expect(refusal(`${'{"a":'.repeat(20_000)}[1]`).reason).toContain("Document nesting depth (1001) exceeds");
    const choice = '{"$or":[{"a":[1]},{"b":[1]}]}'.slice(1, -1);
    expect(refusal(`{${Array.from({ length: 11 }, (_, i) => `"f${i}":{${choice}}`).join()}}`).reason).toContain(
      "more than 1000 combinations",
    );
  });

  const wildcard = (text: string): Wildcard => parseWildcard(text) as Wildcard;
  it("of wildcards counts the places that one text keeps alive", () => {
    expect(placesAlive([wildcard("*:*:*:*:*:event-bus/*")])).toBeGreaterThan(MOST_PLACES);
    expect(placesAlive([wildcard("/Users/*/dir/dir/dir/dir/dir/doc.txt")])).toBe(7);
    expect(placesAlive([wildcard("abc")])).toBe(1);
    expect(placesAlive([wildcard("a*"), wildcard("b*"), wildcard("a*c")])).toBe(4);
  });
});

describe("why", () => {
  const why = (pattern: unknown, event: unknown) =>
    explainEvent(parseEventPattern(JSON.stringify(pattern)), flattenEvent(JSON.stringify(event)));
  it("names each field, what stood there and what it was held against", () => {
    const { verdict, reason, parts } = why(
      { source: ["shop"], detail: { n: [{ numeric: [">", 5] }], s: [{ prefix: "a" }, "x"] } },
      { source: "shop", detail: { n: 3 } },
    );
    expect([verdict, reason]).toEqual([false, "Not met: detail.n, detail.s."]);
    expect(parts?.map((part) => [part.text, part.verdict, part.found, part.reason])).toEqual([
      ["source", true, '"shop"', '"shop" meets equality with "shop"'],
      ["detail.n", false, "3", "3 does not meet more than 5"],
      ["detail.s", false, "absent", "The event has no value there."],
    ]);
  });

  it("says when each field is met but not by the same element", () => {
    expect(why({ l: { a: [1], b: [2] } }, { l: [{ a: 1 }, { b: 2 }] }).reason).toBe(
      "Each field is met by itself, but not all by the same elements of an array.",
    );
  });

  it("says which branch of $or was met, and which field counts where it is written twice", () => {
    const { parts } = explainEvent(parseEventPattern('{"k":[1],"k":[2],"$or":[{"a":[1]},{"b":[2]}]}'), flattenEvent('{"k":2,"b":2}'));
    expect(parts?.map(({ text, verdict, reason }) => [text, verdict, reason])).toEqual([
      ["k", true, "The same field stands again further on; that one counts."],
      ["k", true, "2 meets equality with 2"],
      ["$or", true, "1 of 2 is met"],
    ]);
  });
});
