import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonTokens, selectorOf } from "../../../../src/editors/filter-pattern/json-tokens.ts";
import { lineMarks, parsePattern } from "../../../../src/editors/filter-pattern/line-marks.ts";
import { linePieces } from "../../../../src/editors/filter-pattern/line-pieces.ts";

const marked = (source: string, line: string): string[] => {
  const { pattern } = parsePattern(source);
  if (pattern === undefined) throw new Error(`no pattern: ${source}`);
  return lineMarks(pattern, line).map(({ from, to }) => line.slice(from, to));
};
const WARN = '{"level":"WARN","table":"orders","error":{"code":"Throughput"},"ms":[12,40],"twin":"orders"}';

describe("what of a line is marked", () => {
  it.each([
    ["{ $.table = orders }", WARN, ['"orders"']],
    ['{ $.table = "orders" && $.error.code = "Through*" }', WARN, ['"orders"', '"Throughput"']],
    ["{ $.table = other || $.error.code = Throughput }", WARN, ['"Throughput"']],
    ["{ $.ms[1] = 40 }", WARN, ["40"]],
    ["{ $.ms[*] > 30 }", WARN, ["12", "40"]],
    ["{ $.gone NOT EXISTS }", WARN, []],
    ["{ $.table = other }", WARN, []],
    ["ERROR failed", "ERROR order failed: ERROR", ["ERROR", "failed", "ERROR"]],
    ["ERROR -failed", "ERROR order", ["ERROR"]],
    ["?ERROR ?WARN", "WARN only", ["WARN"]],
    ["[ip, user, status = 5*]", "10.0.0.1 bob 503", ["503"]],
    ["[ip, ..., status = 404]", '10.0.0.1 - "GET /" 404', ["404"]],
    ["", "anything", []],
  ])("%s in %s", (source, line, expected) => {
    expect(marked(source, line)).toEqual(expected);
  });

  it("gives AWS's words and the place for a pattern that is refused", () => {
    expect(parsePattern('{ $.a = "b"').error).toMatchObject({
      message: "If a filter pattern starts with '{' it must end with '}'",
      from: 0,
    });
    expect(parsePattern("ERROR failed:").error).toMatchObject({ from: 12, to: 13 });
  });
});

describe("pieces of a line", () => {
  it("joined they are the line again, whatever it holds", () => {
    const { pattern } = parsePattern("a");
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.json().map((text) => `{"a":${text}}`),
          fc.json().map((text) => `{"a":${text}`),
        ),
        (line) => {
          expect(
            linePieces(line, pattern)
              .map(({ text }) => text)
              .join(""),
          ).toBe(line.slice(0, 2000));
        },
      ),
    );
  });

  it("colours the level of a JSON line and of a plain one, and leaves marked text to its mark", () => {
    const { pattern } = parsePattern("{ $.table = orders }");
    const pieces = linePieces(WARN, pattern);
    expect(pieces.find(({ text }) => text === '"WARN"')?.css).toBe("lvl lvl-warn");
    expect(pieces.find(({ isMarked }) => isMarked)).toEqual({ text: '"orders"', css: "", isMarked: true });
    expect(linePieces("2026 ERROR boom", undefined).find(({ text }) => text === "ERROR")?.css).toBe("lvl lvl-error");
  });

  it("names the way to each value as a selector", () => {
    const found = (jsonTokens('{"a":{"b c":[1,{"d":2}]}}') ?? []).filter(({ path }) => path !== undefined);
    expect(found.map(({ path }) => selectorOf(path ?? []))).toEqual(["$.a.['b c'][0]", "$.a.['b c'][1].d"]);
    expect(jsonTokens("plain")).toBeUndefined();
  });
});
