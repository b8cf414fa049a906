import { describe, expect, it } from "vitest";
import { parsePattern } from "../../../../src/editors/filter-pattern/line-marks.ts";
import { extractionOf } from "../../../../src/panels/logs/extraction.ts";
import { memberOf } from "../../../../src/panels/logs/failures.ts";
import { BLANK_FILTER, dimensionsOfText, draftOf, nameOfFilter, putFilterRequest } from "../../../../src/panels/logs/filter-draft.ts";
import { createKnownLines, linesOf } from "../../../../src/panels/logs/log-lines.ts";
import { aligned, stepOf, stepText } from "../../../../src/panels/logs/steps.ts";
import { whyNodes } from "../../../../src/panels/logs/why-tree.ts";
import { evaluate } from "../../../../workers/language/filter-pattern/evaluate.ts";

const patternOf = (source: string) => {
  const { pattern } = parsePattern(source);
  if (pattern === undefined) throw new Error(source);
  return pattern;
};
const MINUTE = 60_000;

describe("buckets", () => {
  it("takes the narrowest round width that fits", () => {
    expect(stepOf({ from: 0, to: 60 * MINUTE }, 90)).toBe(MINUTE);
    expect(stepOf({ from: 0, to: 30 * MINUTE }, 90)).toBe(30_000);
    expect(stepOf({ from: 0, to: 10_000 }, 90)).toBe(1000);
    expect(stepOf({ from: 0, to: 10_000 }, 90, MINUTE)).toBe(MINUTE);
    expect(aligned({ from: 61_000, to: 121_000 }, MINUTE)).toEqual({ from: 60_000, to: 180_000 });
    expect([1000, MINUTE, 3 * 60 * MINUTE, 86_400_000].map(stepText)).toEqual(["1 s", "1 min", "3 h", "1 d"]);
  });
});

describe("extraction", () => {
  const lines = ['{"t":"2026-01-01T00:00:00Z","code":"X","ms":48,"id":"a"}', '{"t":"2026-01-01T00:00:01Z","code":"X","ms":402,"id":"b"}'];

  it("shows numbers first, then texts that differ, and counts each line as 1", () => {
    const found = extractionOf(patternOf("{ $.code = X }"), lines, "1");
    expect(found.fields).toEqual(["$.ms", "$.id", "$.code"]);
    expect(found.rows).toEqual([
      { cells: ["48", "a", "X"], value: 1 },
      { cells: ["402", "b", "X"], value: 1 },
    ]);
  });

  it("takes the value from a field, and says where there is no number", () => {
    expect(extractionOf(patternOf("{ $.code = X }"), lines, "$.ms").rows.map(({ value }) => value)).toEqual([48, 402]);
    expect(extractionOf(patternOf("{ $.code = X }"), lines, "$.id").rows.map(({ value }) => value)).toEqual([undefined, undefined]);
    expect(extractionOf(patternOf("[ip, status, size]"), ["1.1.1.1 200 512"], "$size").rows[0]?.value).toBe(512);
    expect(extractionOf(patternOf("ERROR"), ["ERROR"], "1")).toEqual({ fields: [], rows: [{ cells: [], value: 1 }] });
  });
});

describe("the tree of reasons", () => {
  const words = { isJson: "message is a JSON object", everyLine: "every line" };
  const nodes = (source: string, message: string) => {
    const pattern = patternOf(source);
    const { matched, because } = evaluate(pattern, message, true);
    if (because === undefined) throw new Error("no reason");
    return whyNodes({ valid: true, kind: pattern.kind, matched, because, extracted: {}, suggestions: [] }, words).map(
      ({ text, result }) => [text, result],
    );
  };
  it.each([
    [
      '{ $.table = "orders" && $.n = 1 }',
      '{"n":1}',
      [
        ["message is a JSON object", "yes"],
        ['$.table = "orders"', "miss"],
        ["$.n = 1", "yes"],
      ],
    ],
    [
      "{ $.n = 2 }",
      '{"n":1}',
      [
        ["message is a JSON object", "yes"],
        ["$.n = 2", "no"],
      ],
    ],
    ["{ $.n = 2 }", "plain", [["message is a JSON object", "no"]]],
    [
      "{ $.a = 1 || $.b = 1 }",
      '{"n":1}',
      [
        ["message is a JSON object", "yes"],
        ["$.a = 1 || $.b = 1", "branch"],
      ],
    ],
    [
      "ERROR -debug",
      "debug",
      [
        ["ERROR", "miss"],
        ["-debug", "no"],
      ],
    ],
    [
      "[a, b = 5]",
      "x 6",
      [
        ["a", "yes"],
        ["b = 5", "no"],
      ],
    ],
    ["", "x", [["every line", "yes"]]],
  ])("%s against %s", (source, message, expected) => {
    expect(nodes(source, message)).toEqual(expected);
  });
});

describe("rows of the table", () => {
  const answer = (texts: readonly string[]) => {
    const parts = texts.map((text) => new TextEncoder().encode(text));
    const offsets = new Uint32Array(parts.length + 1);
    parts.forEach((part, at) => {
      offsets[at + 1] = (offsets[at] ?? 0) + part.length;
    });
    const bytes = new Uint8Array(offsets[parts.length] ?? 0);
    parts.forEach((part, at) => {
      bytes.set(part, offsets[at]);
    });
    const times = Float64Array.from(texts, (_, at) => at);
    return {
      total: texts.length,
      matched: texts.length,
      firstRow: 10,
      rows: { timestamps: times, ingestion: times, streams: texts.map(() => "s"), offsets, bytes },
    };
  };

  it("decodes each message from its bytes, and keeps the object of a row that did not change", () => {
    const known = createKnownLines();
    const first = linesOf(answer(["één", "two"]), known.get);
    known.put(10, first);
    expect(first.map((line) => line.text())).toEqual(["één", "two"]);
    const second = linesOf(answer(["één", "other"]), known.get);
    expect(second[0]).toBe(first[0]);
    expect(second[1]).not.toBe(first[1]);
  });
});

describe("a metric filter's form", () => {
  it("sends what is filled in and leaves out the rest", () => {
    const draft = {
      ...BLANK_FILTER,
      metricNamespace: "Shop",
      metricName: "FailedOrders",
      unit: "Count",
      dimensions: "Host = $.host\n\n Zone=$.zone",
    };
    expect(nameOfFilter(draft)).toBe("failed-orders");
    const { input } = putFilterRequest("/g", "ERROR", draft);
    expect(input).toEqual({
      logGroupName: "/g",
      filterName: "failed-orders",
      filterPattern: "ERROR",
      metricTransformations: [
        {
          metricName: "FailedOrders",
          metricNamespace: "Shop",
          metricValue: "1",
          unit: "Count",
          dimensions: { Host: "$.host", Zone: "$.zone" },
        },
      ],
    });
    expect(dimensionsOfText("Host")).toEqual({ Host: "" });
    const described = { ...input, creationTime: 1 } as unknown as Parameters<typeof draftOf>[0];
    expect(putFilterRequest("/g", "ERROR", draftOf(described)).input).toEqual(input);
  });

  it("finds the field that the engine's words are about", () => {
    const members = ["filterPattern", "metricName", "metricValue"];
    const said = (message: string) => ({ kind: "service" as const, code: "InvalidParameterException", message });
    expect(memberOf(said("1 validation error detected: Value '' at 'metricName' failed"), members)).toBe("metricName");
    expect(memberOf(said("The metric value 'x' is invalid."), members)).toBe("metricValue");
    expect(memberOf(said("Resource limit exceeded."), members)).toBeUndefined();
  });
});
