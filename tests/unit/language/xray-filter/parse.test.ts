import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FilterExpressionError } from "../../../../workers/language/xray-filter/expression-error.ts";
import { type GroupLookup, parseFilter } from "../../../../workers/language/xray-filter/parse.ts";
import type { Expression } from "../../../../workers/language/xray-filter/tree.ts";

function errorOf(text: string, groups?: GroupLookup): FilterExpressionError {
  try {
    parseFilter(text, groups);
  } catch (error) {
    if (error instanceof FilterExpressionError) return error;
    throw error;
  }
  throw new Error(`accepted: ${text}`);
}

/** Writes a tree back, fully bracketed. */
function written(node: Expression): string {
  switch (node.kind) {
    case "and":
    case "or":
      return `(${node.parts.map(written).join(node.kind === "and" ? " AND " : " or ")})`;
    case "not":
      return `! ${written(node.part)}`;
    case "flag":
      return `${node.word} = ${node.wanted}`;
    case "number":
      return `${node.word} ${node.test.operator} ${node.test.value}`;
    case "text":
      return node.test === undefined ? node.word : `${node.word} ${node.test.operator} "${node.test.value.replace(/[\\"]/g, "\\$&")}"`;
    default:
      throw new Error(`not written: ${node.kind}`);
  }
}

/** A tree without its offsets and functions. */
const bare = (node: Expression): unknown =>
  JSON.parse(JSON.stringify(node, (name, value) => (["from", "to", "passes"].includes(name) ? undefined : value)));

describe("reading filter expressions", () => {
  it.each([
    ["", 0, 0],
    ["fault AND", 9, 10],
    ["fault && error", 6, 7],
    ["fault == true", 7, 8],
    ["user = alice", 7, 12],
    ["user = 'alice'", 7, 8],
    ['user = "alice', 7, 13],
    ["colour", 0, 6],
    ["(fault", 6, 7],
    ["fault)", 5, 6],
    ['http.status BEGINSWITH "5"', 12, 22],
    ['http.url > "x"', 9, 10],
    ["responsetime", 12, 13],
    ["responsetime > 5s", 15, 16],
    ['name = "x"', 0, 4],
    ['service("a") { root } AND root', 26, 30],
    ['edge("a")', 8, 9],
    ['service(id(colour: "red"))', 11, 17],
    ["rootcause.fault.service { coverage > 1 }", 26, 34],
    ["rootcause.fault.service", 0, 23],
    ["rootcause.json = #[{", 17, 20],
    ["annotation.a.b", 0, 14],
    ["annotation", 10, 11],
    ['group.name = "none"', 13, 19],
    ["fault == ", 7, 8],
  ])("refuses %j at [%d, %d)", (text, from, to) => {
    const error = errorOf(text);
    expect([error.code, error.from, error.to]).toEqual(["InvalidRequestException", from, to]);
    expect(error.hint).not.toBe("");
  });

  it("binds AND tighter than OR, and takes side by side for AND", () => {
    expect(bare(parseFilter("error OR fault AND ok"))).toEqual(bare(parseFilter("error OR (fault AND ok)")));
    expect(bare(parseFilter("ok !partial duration < 3"))).toEqual(bare(parseFilter("ok AND !partial AND duration < 3")));
  });

  it("says where each part stands", () => {
    const text = 'fault  AND user = "a b" ';
    const node = parseFilter(text);
    if (node.kind !== "and") throw new Error("not joined");
    expect(node.parts.map(({ from, to }) => text.slice(from, to))).toEqual(["fault", 'user = "a b"']);
  });

  it("takes keys of annotations in square brackets as they are", () => {
    expect(parseFilter("annotation[a.b] = 5")).toMatchObject({ kind: "annotation", key: "a.b", test: { kind: "number", value: 5 } });
    expect(parseFilter("Annotation.Key")).toMatchObject({ key: "Key", test: undefined });
  });

  it("puts a group's expression in its place, and refuses groups that stand for one another", () => {
    const groups: GroupLookup = (_, name) => ({
      name,
      arn: "",
      expression: name === "slow" ? "responsetime > 3" : `group.name = "${name}"`,
    });
    expect(parseFilter('group.name = "slow" AND fault', groups)).toMatchObject({
      parts: [{ kind: "group", text: "responsetime > 3", inner: { kind: "number" } }, { kind: "flag" }],
    });
    expect(errorOf('group.name = "self"', groups).hint).toContain("without an end");
  });

  it("refuses 2001 characters and brackets without measure", () => {
    expect(errorOf(" ".repeat(2001)).from).toBe(2000);
    expect(errorOf(`${"(".repeat(990)}fault${")".repeat(990)}`).hint).toContain("deep");
    expect(errorOf(`${"!".repeat(1990)}fault`).hint).toContain("deep");
  });

  it("reads back what it wrote", () => {
    const flag = fc.record({ kind: fc.constant("flag" as const), word: fc.constantFrom("fault", "ok", "partial"), wanted: fc.boolean() });
    const number = fc.record({
      kind: fc.constant("number" as const),
      word: fc.constantFrom("duration", "http.status"),
      test: fc.record({
        kind: fc.constant("number" as const),
        operator: fc.constantFrom("=", "!=", "<", ">="),
        value: fc.integer({ min: -9999, max: 9999 }),
      }),
    });
    const text = fc.record({
      kind: fc.constant("text" as const),
      word: fc.constantFrom("user", "http.url"),
      test: fc.option(
        fc.record({ kind: fc.constant("text" as const), operator: fc.constantFrom("=", "CONTAINS", "ENDSWITH"), value: fc.string() }),
        { nil: undefined },
      ),
    });
    const { tree } = fc.letrec<{ tree: Expression }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        flag as fc.Arbitrary<unknown> as fc.Arbitrary<Expression>,
        number as fc.Arbitrary<unknown> as fc.Arbitrary<Expression>,
        text as fc.Arbitrary<unknown> as fc.Arbitrary<Expression>,
        fc.record({ kind: fc.constant("not" as const), part: tie("tree") }) as fc.Arbitrary<unknown> as fc.Arbitrary<Expression>,
        fc.record({
          kind: fc.constantFrom("and" as const, "or" as const),
          parts: fc.array(tie("tree"), { minLength: 2, maxLength: 3 }),
        }) as fc.Arbitrary<unknown> as fc.Arbitrary<Expression>,
      ),
    }));
    fc.assert(
      fc.property(tree, (node) => {
        const source = written(node);
        fc.pre(source.length <= 2000);
        expect(bare(parseFilter(source))).toEqual(bare(node));
      }),
    );
  });

  it("refuses any text by its own error or takes it", () => {
    const piece = fc.constantFrom(
      "fault",
      "AND",
      "or",
      "!",
      "(",
      ")",
      "{",
      "}",
      '"a"',
      "service(",
      "edge(",
      "id(",
      "name:",
      "=",
      "5",
      "#[",
      "]",
      "annotation.x",
      ",",
      "\\",
      "😀",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join(" ")),
        ),
        (source) => {
          try {
            parseFilter(source);
          } catch (error) {
            if (!(error instanceof FilterExpressionError)) throw error;
            expect(error.from).toBeLessThanOrEqual(source.length);
            expect(error.to).toBeGreaterThanOrEqual(error.from);
          }
        },
      ),
    );
  });
});
