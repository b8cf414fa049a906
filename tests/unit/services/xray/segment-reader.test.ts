import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { takeDocument } from "../../../../workers/services/xray/put-trace-segments.ts";
import { refusalOf } from "../../../../workers/services/xray/segment-rules.ts";
import { summaryOf } from "../../../../workers/services/xray/summary.ts";
import { createTraceStore, type TraceTable } from "../../../../workers/store/traces/trace-store.ts";
import { memoryChunks } from "../harness.ts";
import { KEY } from "./segments.ts";

const NOW = 1_727_049_600_000;

/** Mostly what it should be. */
const mostly = <T>(right: fc.Arbitrary<T>): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 30, arbitrary: right },
    { weight: 1, arbitrary: fc.constantFrom(null, undefined, "", "x", 0, 1.5, -1, true, [], {}, [null], "ü", "0000000000000001") },
  );
const text = fc.constantFrom("web", "DynamoDB", "größe", 'quo"te', "a b", "aws", "remote");
const id = fc.constantFrom("0000000000000001", "00000000000000aF", "00000000000000a");
const time = fc.constantFrom(1_727_049_590, 1_727_049_590.123456, 1.72704959e9, 1_727_049_590.1234567);
const some = <T>(members: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<unknown> => fc.record(members, { requiredKeys: [] });
const span = (inner: fc.Arbitrary<unknown>): fc.Arbitrary<object> =>
  fc
    .tuple(
      fc.record({ id: mostly(id), name: mostly(text), start_time: mostly(time), end_time: mostly(time) }),
      some({
        parent_id: mostly(id),
        in_progress: mostly(fc.boolean()),
        type: mostly(fc.constantFrom("subsegment", "segment")),
        namespace: mostly(fc.constantFrom("aws", "remote")),
        user: mostly(text),
        origin: mostly(text),
        resource_arn: mostly(text),
        fault: mostly(fc.boolean()),
        throttle: mostly(fc.boolean()),
        http: mostly(
          some({
            request: mostly(some({ url: mostly(text), traced: mostly(fc.boolean()), method: mostly(text) })),
            response: mostly(some({ status: mostly(fc.constantFrom(200, 429, 2e2, 70_000)) })),
          }),
        ),
        aws: mostly(some({ ec2: mostly(some({ availability_zone: mostly(text) })), table_name: mostly(text), account_id: mostly(text) })),
        annotations: mostly(fc.dictionary(fc.constantFrom("a", "b", "2", "1", "no no", "ü", "__proto__"), mostly(text))),
        cause: mostly(some({ exceptions: mostly(fc.array(some({ id: mostly(id), message: mostly(text) }))) })),
        metadata: mostly(fc.object()),
        subsegments: mostly(fc.array(inner, { maxLength: 2 })),
        unknown: fc.anything(),
      }),
    )
    .map(([needed, more]) => ({ ...needed, ...(more as object) }));
const document = span(span(span(fc.constant(7)))).map((top) => ({ trace_id: "1-66f0af80-000000000000000000000001", ...top }));

/** Rewrites a text so that it means the same: a member more in front that the later one overrides, a name in escapes. */
const written = fc.constantFrom<(text: string) => string>(
  (plain) => plain,
  (plain) => plain.replace(/"(id|name|fault|url|a|b)":/, '"$1":7,"$1":'),
  (plain) =>
    plain.replace(/"(id|name|fault|url|a|b)":/g, (_, name: string) => `"\\u00${name.charCodeAt(0).toString(16)}${name.slice(1)}":`),
  (plain) => plain.replaceAll('"aws"', '"\\u0061ws"').replace(/"(id|name|start_time|annotations)":/g, '"$1" :\n'),
);

function taken(texts: readonly string[]): { readonly answers: readonly unknown[]; readonly table: TraceTable | undefined } {
  const store = createTraceStore({ chunks: memoryChunks() });
  const writer = store.writer(KEY);
  const answers = texts.map((each) => takeDocument(writer, each, NOW));
  return { answers, table: store.table(KEY) };
}

/** All that a table holds, by its texts. */
function held({ spans, strings, nodes, details, notes, exceptions, traces }: TraceTable): unknown {
  const name = (number: number | undefined): string | undefined => (number === 0 ? undefined : strings.texts[number as number]);
  return Array.from({ length: spans.count }, (_, row) => ({
    id: [spans.idHigh[row], spans.idLow[row], spans.parentHigh[row], spans.parentLow[row], spans.document[row]],
    time: [spans.start[row], spans.end[row]],
    name: name(spans.name[row]),
    node: [name(nodes.names[spans.node[row] as number]), name(nodes.types[spans.node[row] as number])],
    is: [spans.flags[row], spans.status[row], traces.word3[spans.trace[row] as number]],
    detail: [details.url, details.method, details.user, details.zone, details.arn, details.account].map((column) =>
      name(column[spans.detail[row] as number]),
    ),
    notes: Array.from({ length: (spans.noteFrom[row + 1] as number) - (spans.noteFrom[row] as number) }, (_, note) => {
      const at = (spans.noteFrom[row] as number) + note;
      return [name(notes.key[at]), notes.kind[at] === 0 ? name(notes.value[at]) : notes.value[at]];
    }),
    exceptions: Array.from({ length: (spans.exceptionFrom[row + 1] as number) - (spans.exceptionFrom[row] as number) }, (_, index) => {
      const at = (spans.exceptionFrom[row] as number) + index;
      return [name(exceptions.type[at]), name(exceptions.message[at])];
    }),
  }));
}

describe("reading a segment document", () => {
  it("takes what the rules have nothing against, and nothing else", () => {
    fc.assert(
      fc.property(document, written, (json, rewrite) => {
        const text = rewrite(JSON.stringify(json));
        expect(taken([text]).answers).toEqual([refusalOf(JSON.parse(text), NOW / 1000)]);
      }),
      { numRuns: 200 },
    );
  });

  it("reads the same however it is written, and leaves nothing of what it refuses", () => {
    fc.assert(
      fc.property(document, written, (json, rewrite) => {
        const text = rewrite(JSON.stringify(json));
        const plain = JSON.stringify(JSON.parse(text));
        const broken = text.replace(
          /.$/,
          ',"subsegments":[{"id":"0000000000000002","name":"late","start_time":1,"end_time":2,"annotations":{"k":1}},{}]}',
        );
        const [once, twice] = [taken([plain]), taken([broken, text, broken])];
        if (once.answers[0] !== undefined) return;
        expect(twice.answers.map((answer) => answer === undefined)).toEqual([false, true, false]);
        expect(held(twice.table as TraceTable)).toEqual(held(once.table as TraceTable));
      }),
      { numRuns: 200 },
    );
  });

  it("gives each span what stands in it, by hand", () => {
    const { table } = taken([
      '{"trace_id":"1-66f0af80-000000000000000000000001","subsegments":[{"end_time":3.5,"start_time":2,"name":"DynamoDB","namespace":"aws","id":"0000000000000002","aws":{"table_name":"orders"}}],' +
        '"annotations":{"b":1,"2":true,"a":"x"},"id":"0000000000000001","name":"w\\u00fc","start_time":1.25,"end_time":1.5E1,"http":{"response":{"status":429}},"user":"\\"u\\""}',
    ]);
    expect(held(table as TraceTable)).toMatchObject([
      {
        name: "wü",
        time: [1_250_000, 15_000_000],
        notes: [
          ["2", 1],
          ["b", 1],
          ["a", "x"],
        ],
        is: [1 | 2 | 64, 429, 1],
      },
      { name: "DynamoDB", node: ["orders", "AWS::DynamoDB::Table"], time: [2_000_000, 3_500_000], id: [0, 2, 0, 1, 0] },
    ]);
    expect(summaryOf(table as TraceTable, 0).Users).toEqual([{ UserName: '"u"', ServiceIds: [{ Name: "wü", Names: ["wü"] }] }]);
  });
});
