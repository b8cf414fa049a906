import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Because } from "../../../../workers/language/because.ts";
import { compileExtractor, evaluate, extractedValues } from "../../../../workers/language/filter-pattern/evaluate.ts";
import { termNeedles } from "../../../../workers/language/filter-pattern/evaluate-terms.ts";
import { hasRegex, parseFilterPattern } from "../../../../workers/language/filter-pattern/parse.ts";
import { PatternError } from "../../../../workers/language/filter-pattern/pattern-error.ts";
import { prefilter } from "../../../../workers/language/filter-pattern/prefilter.ts";

const matches = (pattern: string, message: string): boolean => evaluate(parseFilterPattern(pattern), message).matched;
const refusal = (pattern: string): PatternError => {
  try {
    parseFilterPattern(pattern);
  } catch (error) {
    if (error instanceof PatternError) return error;
    throw error;
  }
  return expect.unreachable(`${pattern} was taken`);
};

describe("refusals", () => {
  it.each([
    ["a (b", "Invalid character(s) in term '('", 2],
    ["?Status: timeout", "Invalid character(s) in term ':'", 7],
    ["foo-bar", "Invalid character(s) in term '-'", 3],
    ['"a"b', "Invalid character(s) in term 'b'", 3],
    ['a"b"', "Invalid character(s) in term '\"'", 1],
    ["? a", "Invalid character(s) in term '?'", 0],
    ["a -", "Invalid character(s) in term '-'", 2],
    ["🙂", "Invalid character(s) in term '🙂'", 0],
    ['"open', "Invalid filter pattern", 0],
    ['""', "Invalid filter pattern", 0],
    ["%open", "Invalid filter pattern", 0],
    ["%%", "Invalid filter pattern", 0],
    ["{ $.a = 1", "If a filter pattern starts with '{' it must end with '}'", 0],
    ["{", "If a filter pattern starts with '{' it must end with '}'", 0],
    ["{}", "Invalid filter pattern", 1],
    ['{ $."x" = 1 }', "Invalid character(s) in term '$.\"'", 2],
    ["{ $ = 1 }", "Invalid filter pattern", 2],
    ["{ $.a = us-east-1 }", "Invalid character(s) in term '-'", 10],
    ["{ $.a == 1 }", "Invalid filter pattern", 7],
    ["{ $.a > abc }", "Invalid filter pattern", 8],
    ['{ $.a > "5" }', "Invalid filter pattern", 8],
    ["{ $.a > %5% }", "Invalid filter pattern", 8],
    ["{ $.a EXISTS }", "Invalid filter pattern", 6],
    ["{ $.a IS NOT NULL }", "Invalid filter pattern", 6],
    ["{ $.a is null }", "Invalid filter pattern", 6],
    ["{ $.a = 1 $.b = 2 }", "Invalid filter pattern", 10],
    ["{ $.a = 1 && }", "Invalid filter pattern", 13],
    ["{ $.a[*].b[*] = 1 }", "Invalid filter pattern", 2],
    ["{ $.a.* = 1 || $.b.* = 1 || $.c.* = 1 || $.d.* = 1 }", "Invalid filter pattern", 0],
    ["{ $.a[-1] = 1 }", "Invalid filter pattern", 5],
    ["{ $.['open = 1 }", "Invalid filter pattern", 3],
    ["[a, b", "If a filter pattern starts with '[' it must end with ']'", 0],
    ["[..., ...]", "Invalid filter pattern", 6],
    ["[= 1]", "Invalid filter pattern", 1],
    ["[a = 1 b]", "Invalid filter pattern", 7],
    ["[a = 1 && b = 2]", "Invalid filter pattern", 10],
    ["[a = %x%, b = %y%, c = %z%]", "Invalid filter pattern", 0],
  ])("%s is refused with AWS's words at the right place", (pattern, message, from) => {
    const error = refusal(pattern);
    expect([error.message, error.from, error.code]).toEqual([message, from, "InvalidParameterException"]);
    expect(error.hint).not.toBe("");
  });

  it("names the constraint for a pattern over 1024 characters", () => {
    expect(refusal("x".repeat(1025)).message).toMatch(/Member must have length less than or equal to 1024$/);
    expect(parseFilterPattern("x".repeat(1024)).kind).toBe("terms");
  });

  it("never fails in another way, however broken the pattern, and never takes long", () => {
    const piece = fc.oneof(
      fc.constantFrom(
        "{",
        "}",
        "[",
        "]",
        "(",
        ")",
        "$",
        ".",
        "$.a",
        "*",
        "%",
        '"',
        "\\",
        "&&",
        "||",
        "=",
        "!=",
        "<",
        "IS",
        "NOT",
        "EXISTS",
        "NULL",
      ),
      fc.constantFrom(" ", ",", "...", "?", "-", "a", "1", "4*", "é", "🙂", "\ud800", "{3}", "|", "^", "['x']", "[0]", "[*]", "\n"),
    );
    const text = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(""));
    const framed = fc.tuple(fc.constantFrom(["", ""], ["{", "}"], ["[", "]"], ["%", "%"]), text).map(([[a, b], t]) => `${a}${t}${b}`);
    const line = fc.oneof(fc.constantFrom('{"a":1}', '{"a":[1,{"b":null}]}', '1 "two three" [4]'), fc.string({ unit: "grapheme" }));
    fc.assert(
      fc.property(fc.oneof(text, framed), line, (pattern, message) => {
        let tree: ReturnType<typeof parseFilterPattern>;
        try {
          tree = parseFilterPattern(pattern);
        } catch (error) {
          expect(error).toBeInstanceOf(PatternError);
          const { from, to } = error as PatternError;
          expect(from >= 0 && from <= to && to <= pattern.length).toBe(true);
          return;
        }
        const told = evaluate(tree, message, true);
        expect(told.matched).toBe(evaluate(tree, message).matched);
        expect(told.because!.verdict).toBe(told.matched);
      }),
      { numRuns: 3000 },
    );
    const worst = [
      `{${"(".repeat(1000)}}`,
      `{ ${"($.a=1||".repeat(100)}$.a=1${")".repeat(100)} }`,
      `%${"a*".repeat(500)}%`,
      "?".repeat(1024),
    ];
    const start = performance.now();
    for (const pattern of worst) {
      try {
        evaluate(parseFilterPattern(pattern), "a".repeat(10_000));
      } catch (error) {
        expect(error).toBeInstanceOf(PatternError);
      }
    }
    expect(performance.now() - start).toBeLessThan(3000);
  });
});

describe("terms", () => {
  it("agree with a reading of their own of the documented rules", () => {
    const word = fc.constantFrom("a", "b", "ab", "ba", "c", "B");
    const term = fc.record({ sign: fc.constantFrom("", "", "?", "-"), word, quoted: fc.boolean() });
    const message = fc.string({ unit: fc.constantFrom("a", "b", "c", "B", " "), minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.array(term, { minLength: 1, maxLength: 5 }), message, (terms, line) => {
        const pattern = terms.map(({ sign, word: text, quoted }) => sign + (quoted ? `"${text}"` : text)).join("  ");
        const needed = terms.filter(({ sign }) => sign === "");
        const banned = terms.filter(({ sign }) => sign === "-");
        const optional = terms.filter(({ sign }) => sign === "?");
        let expected = true;
        for (const { word: text } of needed) if (line.indexOf(text) === -1) expected = false;
        for (const { word: text } of banned) if (line.indexOf(text) !== -1) expected = false;
        if (needed.length + banned.length === 0) expected = optional.some(({ word: text }) => line.indexOf(text) !== -1);
        expect(matches(pattern, line)).toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['" "', "anything", true],
    ['-" "', "anything", false],
    ['?" " ?x', "anything", true],
    ['"say \\"hi\\""', 'they say "hi" twice', true],
    ['"C:\\temp"', "in C:\\temp now", true],
    ["  ", "anything", true],
    ["%^E% -%x%", "E y", true],
    ["%^E% -%x%", "E x", false],
    ["?a ?%b.d%", "xbcdx", true],
    ["?a ?%b.d%", "xx", false],
  ])("%s on %j: %s", (pattern, message, expected) => expect(matches(pattern, message)).toBe(expected));

  it("become needles for the kernel, optional ones only where they count", () => {
    const needles = (pattern: string) => {
      const tree = parseFilterPattern(pattern);
      if (tree.kind !== "terms") throw new Error(tree.kind);
      const found = termNeedles(tree).needles;
      const text = (list: readonly Uint8Array[]): string[] => list.map((bytes) => new TextDecoder().decode(bytes));
      return found === undefined ? undefined : { all: text(found.all), any: text(found.any), none: text(found.none) };
    };
    expect(needles('a "b c" -d ?e')).toEqual({ all: ["a", "b c"], any: [], none: ["d"] });
    expect(needles('?a ?"é"')).toEqual({ all: [], any: ["a", "é"], none: [] });
    expect(needles('?a ?" "')).toEqual({ all: [], any: [], none: [] });
    expect(needles('a -" "')).toBeUndefined();
  });
});

describe("JSON patterns", () => {
  it.each([
    ["{ $.a = 1 }", '[{"a":1}]', false],
    ["{ $.a = 1 }", 'INFO {"a":1}', false],
    ["{ $.a = 1 }", ' {"a":1} \n', true],
    ["{ $.a = 1 }", '{"a":1', false],
    ["{ $.a = 1 }", '{"a":"1.0"}', true],
    ["{ $.a != 1 }", '{"a":"word"}', true],
    ["{ $.a != 1 }", '{"a":true}', false],
    ["{ $.a != 1 }", '{"a":null}', false],
    ["{ $.a != x }", '{"a":""}', true],
    ["{ $.a != x }", '{"a":7}', true],
    ["{ $.a = * }", '{"a":""}', true],
    ["{ $.a = * }", '{"a":7}', true],
    ["{ $.a = * }", '{"a":null}', false],
    ['{ $.a = "a*c" }', '{"a":"a*c"}', true],
    ['{ $.a = "say \\"hi\\"" }', '{"a":"say \\"hi\\""}', true],
    ["{ $.a IS NULL }", '{"a":null}', true],
    ["{ $.a NOT EXISTS }", "{}", true],
    ["{ $.a.b NOT EXISTS }", '{"a":[]}', true],
    ["{ $.* = 3 }", '{"x":1,"y":3}', true],
    ["{ $.a.*.c = 3 }", '{"a":{"x":{"c":1},"y":{"c":3}}}', true],
    ["{ $.a[*].b != 1 }", '{"a":[{"b":1},{"b":2}]}', true],
    ["{ $.__proto__ NOT EXISTS }", "{}", true],
    ["{ $.constructor = x }", '{"constructor":"x"}', true],
    ["{ $.a = 2 }", '{"a":1,"a":2}', true],
    ["{ $.a = 1 || $.b = 1 && $.c = 1 }", '{"a":1}', true],
    ["{ ($.a = 1 || $.b = 1) && $.c = 1 }", '{"a":1}', false],
    ["{$.a=1&&$.b=2}", '{"a":1,"b":2}', true],
    ["{ $.['a b'].c = 1 }", '{"a b":{"c":1}}', true],
    ["{ $.a = .5 }", '{"a":0.5}', true],
  ])("%s on %s: %s", (pattern, message, expected) => expect(matches(pattern, message)).toBe(expected));

  it("evaluate && and || as the boolean operators they are", () => {
    type Tree = { text: string; value: boolean };
    const { tree } = fc.letrec<{ tree: Tree; leaf: Tree }>((tie) => ({
      leaf: fc
        .tuple(fc.constantFrom("a", "b"), fc.constantFrom(0, 1))
        .map(([name, n]) => ({ text: `$.${name} = ${n}`, value: (name === "a" ? 1 : 0) === n })),
      tree: fc.oneof(
        { depthSize: "small" },
        tie("leaf"),
        fc.tuple(tie("tree"), tie("tree")).map(([l, r]) => ({ text: `(${l.text}) && (${r.text})`, value: l.value && r.value })),
        fc.tuple(tie("tree"), tie("tree")).map(([l, r]) => ({ text: `(${l.text}) || (${r.text})`, value: l.value || r.value })),
      ),
    }));
    fc.assert(
      fc.property(tree, ({ text, value }) => void (text.length < 1000 && expect(matches(`{ ${text} }`, '{"a":1,"b":0}')).toBe(value))),
    );
  });

  it("are never hidden by the prefilter", () => {
    const decoder = new TextDecoder();
    const passes = (pattern: string, message: string): boolean => {
      const needed = prefilter(parseFilterPattern(pattern));
      if (needed === undefined || (needed.mayEscape && message.includes("\\u"))) return true;
      const has = (needle: Uint8Array): boolean => message.includes(decoder.decode(needle));
      return needed.all.every(has) && (needed.any.length === 0 || needed.any.some(has));
    };
    for (const [pattern, message] of [
      ["{ $.code = 404 }", '{"code":4.04e2}'],
      ['{ $.code = "404" }', '{"code":4.04e2}'],
      ["{ $.code = 4* }", '{"code":404}'],
      ['{ $.code = "Infinity" }', '{"code":1e999}'],
      ["{ $.level = error }", '{"lev\\u0065l":"\\u0065rror"}'],
      ["{ $.a = x || $.b = y }", '{"b":"y"}'],
      ["{ $.a NOT EXISTS }", '{"b":"y"}'],
      ["{ $.a = x && ($.b = y || $.c = z) }", '{"c" : "z", "a" : "x"}'],
      ["{ $.a = *rr* }", '{"a":"error"}'],
      ["{ $.a = err* && $.b = *or }", '{"a":"errata","b":"prior"}'],
      ['{ $.path = "/a/b" }', '{"path":"\\/a\\/b"}'],
      ["[a, b = ERROR || b = WARN]", "x WARN"],
      ["[a = *RR*, b]", "ERROR x"],
    ] as const) {
      expect([pattern, matches(pattern, message), passes(pattern, message)]).toEqual([pattern, true, true]);
    }
  });
});

describe("space-delimited patterns", () => {
  it.each([
    ["[a, b]", "one two three", true],
    ["[a, b]", "one", false],
    ["[a, , c]", "1 2 3", true],
    ["[a = 1, ..., z = 9]", "1 9", true],
    ["[a = 1, ..., z = 9]", "1 2 3 9", true],
    ["[a = 1, ..., z = 9]", "1", false],
    ["[...]", "", true],
    ["[]", "", true],
    ['[a = "x y"]', '"x y"', true],
    ['[a = "x y"]', "[x y]", true],
    ['[a = "\\"x"]', '"x', true],
    ["[a > 1.5e1, b]", "16 b", true],
    ["[a = 404]", "404.0", true],
    ["[a != 404]", "word", true],
    ["[a=1&&a!=2||a=3]", "3", true],
  ])("%s on %j: %s", (pattern, message, expected) => expect(matches(pattern, message)).toBe(expected));

  it.each([
    ["[a, rest]", 'x "y z" w', { $a: "x", $rest: '"y z" w' }],
    ["[a, , c]", "1 2 3", { $a: "1", $2: "2", $c: "3" }],
    ["[a, ..., z]", "1 2 3 4", { $a: "1", $2: "2", $3: "3", $z: "4" }],
    ["[a, ...]", "1", { $a: "1" }],
    ["[a, b]", "1", {}],
  ])("%s on %j gives its fields", (pattern, message, expected) =>
    expect(extractedValues(parseFilterPattern(pattern), message)).toEqual(expected),
  );
});

describe("values read off a line", () => {
  it.each([
    ["{ $.a = * }", "$.latency", '{"a":1,"latency":12.5}', "12.5"],
    ["{ $.a = * }", "$.o.list[1]", '{"a":1,"o":{"list":[1,"two"]}}', "two"],
    ["{ $.a = * }", "$.missing", '{"a":1}', undefined],
    ["{ $.a = * }", "$.o", '{"a":1,"o":{}}', undefined],
    ["[ip, ..., size]", "$size", "h 1 2 1534", "1534"],
    ["[ip, ..., size]", "$2", "h 1 2 1534", "1"],
    ["[ip, ..., size]", "$nope", "h 1 2 1534", undefined],
  ])("%s with %s", (pattern, reference, message, expected) =>
    expect(compileExtractor(parseFilterPattern(pattern), reference)?.(message)).toBe(expected),
  );

  it("are none where the pattern has no fields", () => {
    expect(compileExtractor(parseFilterPattern("ERROR"), "$.a")).toBeUndefined();
    expect(compileExtractor(parseFilterPattern("{ $.a = 1 }"), "$a")).toBeUndefined();
    expect(compileExtractor(parseFilterPattern("[a]"), "$.a")).toBeUndefined();
  });
});

describe("reasons", () => {
  const leaves = (because: Because): Because[] => (because.parts === undefined ? [because] : because.parts.flatMap(leaves));
  const told = (pattern: string, message: string): Because => evaluate(parseFilterPattern(pattern), message, true).because!;

  it("tell each condition with its text, what was found and the verdict", () => {
    const because = told('{ $.level = "ERROR" && ($.code > 499 || $.retry IS TRUE) }', '{"level":"error","code":404}');
    expect(because.verdict).toBe(false);
    expect(leaves(because).map(({ text, verdict, found }) => [text, verdict, found])).toEqual([
      ['$.level = "ERROR"', false, '"error"'],
      ["$.code > 499", false, "404"],
      ["$.retry IS TRUE", false, undefined],
    ]);
    expect(leaves(because)[0]!.reason).toMatch(/case-sensitive/);
    expect(leaves(because)[2]!.reason).toMatch(/not there/);
  });

  it("say when a line is no JSON, when a value is an array, and when a part was meant", () => {
    expect(told("{ $.a = 1 }", 'x {"a":1}').reason).toMatch(/JSON inside other text/);
    expect(told("{ $.a = 1 }", '{"a":[1]}').reason).toMatch(/an array satisfies no comparison/);
    expect(told("{ $.a = rail }", '{"a":"trailer"}').reason).toMatch(/\*rail\*/);
  });

  it("say which optional terms are ignored, and in which case a word stands in the line", () => {
    const because = told("?WARN ERROR", "an Error");
    expect(because.parts!.map(({ reason }) => reason)).toEqual([expect.stringMatching(/Ignored/), expect.stringMatching(/"Error" is/)]);
    expect(because.parts![1]!.found).toBe("Error");
  });

  it("count the fields of a line that has too few", () => {
    expect(told("[a, b, c]", "1 2").reason).toBe("The line has 2 fields, the pattern needs 3.");
    expect(told("[a, b = 3]", "1 2").parts!.map(({ found, verdict }) => [found, verdict])).toEqual([
      ["1", true],
      ["2", false],
    ]);
  });
});

it("knows which patterns hold a regular expression", () => {
  for (const pattern of ["%x%", "a -%x%", "{ $.a = %x% || $.b = 1 }", "[a, b != %x%]"])
    expect(hasRegex(parseFilterPattern(pattern))).toBe(true);
  for (const pattern of ["", "x", '{ $.a = "%x%" }', "[a, b = 1]"]) expect(hasRegex(parseFilterPattern(pattern))).toBe(false);
});
