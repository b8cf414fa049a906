import { describe, expect, it } from "vitest";
import { logs } from "../../../../workers/services/logs/definition.ts";
import type { ExplainAnswer } from "../../../../workers/services/logs/look-explain.ts";
import type { GroupSummary, PageAnswer } from "../../../../workers/services/logs/look-page.ts";
import type { PreviewAnswer } from "../../../../workers/services/logs/look-preview.ts";
import { createLogStore, type LogStoreParts } from "../../../../workers/store/logs/log-store.ts";
import { harness } from "../harness.ts";
import { DAY, type Line, MINUTE, NOW, put, refusal, withStream } from "./support.ts";

/** A whole multiple of five minutes, so that periods begin with it. */
const START = Math.floor(NOW / (5 * MINUTE)) * 5 * MINUTE;

const shop = async () => {
  const self = await withStream();
  self.call("CreateLogStream", { logGroupName: "g", logStreamName: "t" });
  put(
    self,
    Array.from(
      { length: 10 },
      (_, i): Line => [START + i * 30_000 - 10 * MINUTE, JSON.stringify({ n: i, error: { code: i < 8 ? 200 : 500 } })],
    ),
  );
  put(self, [[START, "plain Error line"]], "t");
  return self;
};
const rowsOf = ({ rows }: PageAnswer): (readonly [number, string, string])[] =>
  rows.streams.map((stream, i) => [
    rows.timestamps[i]!,
    stream,
    new TextDecoder().decode(rows.bytes.subarray(rows.offsets[i]!, rows.offsets[i + 1]!)),
  ]);

describe("the page of the log table", () => {
  it("gives rows by number, of all events or of those that match", async () => {
    const self = await shop();
    const all = await self.look<PageAnswer>("page", { logGroupName: "g", firstRow: 9, rowCount: 5 });
    expect([all.total, all.matched, all.firstRow]).toEqual([11, 11, 9]);
    expect(rowsOf(all).map(([, stream, message]) => [stream, message])).toEqual([
      ["s", '{"n":9,"error":{"code":500}}'],
      ["t", "plain Error line"],
    ]);
    const some = await self.look<PageAnswer>("page", {
      logGroupName: "g",
      filterPattern: "{ $.error.code = 500 }",
      firstRow: 1,
      rowCount: 1,
    });
    expect([some.total, some.matched, rowsOf(some)[0]![2]]).toEqual([11, 2, '{"n":9,"error":{"code":500}}']);
    const part = await self.look<PageAnswer>("page", {
      logGroupName: "g",
      start: START - 10 * MINUTE + 1,
      end: START,
      firstRow: 0,
      rowCount: 100,
    });
    expect([part.total, part.rows.streams.length]).toEqual([9, 9]);
    const one = await self.look<PageAnswer>("page", { logGroupName: "g", logStreamNames: ["t"], firstRow: 0, rowCount: 9 });
    expect(rowsOf(one)).toEqual([[START, "t", "plain Error line"]]);
    const beyond = await self.look<PageAnswer>("page", { logGroupName: "g", firstRow: 99, rowCount: 9 });
    expect([beyond.firstRow, beyond.rows.streams]).toEqual([11, []]);
  });

  it("follows what comes in and hides what expires", async () => {
    const self = await shop();
    const matched = async () =>
      (await self.look<PageAnswer>("page", { logGroupName: "g", filterPattern: "Error", firstRow: 0, rowCount: 0 })).matched;
    expect(await matched()).toBe(1);
    put(self, [[START + 1, "another Error"]], "t");
    expect(await matched()).toBe(2);
    self.call("PutRetentionPolicy", { logGroupName: "g", retentionInDays: 1 });
    self.now += 2 * DAY;
    expect(await matched()).toBe(0);
  });

  it("answers so far, with what was searched, and goes on when it is asked again", async () => {
    const logStore = (parts: LogStoreParts) => createLogStore({ ...parts, breathe: () => Promise.resolve() });
    const self = harness(logs, { now: NOW, logStore });
    await self.call("CreateLogGroup", { logGroupName: "g" });
    for (let i = 0; i < 30; i++) {
      await self.call("CreateLogStream", { logGroupName: "g", logStreamName: `s${i}` });
      put(
        self,
        [
          [NOW + 2 * i, "x"],
          [NOW + 2 * i + 1, "y"],
        ],
        `s${i}`,
      );
    }
    const question = { logGroupName: "g", filterPattern: "x", start: NOW, end: NOW + 60, soFar: true };
    const answers: PageAnswer[] = [];
    do answers.push(await self.look<PageAnswer>("page", { ...question, firstRow: 0, rowCount: 3 }));
    while (answers.at(-1)?.searched !== undefined && answers.length < 10);
    expect(answers.map(({ total, matched, searched }) => [total, matched, searched])).toEqual([
      [60, 11, 22],
      [60, 22, 44],
      [60, 30, undefined],
    ]);
    for (const { rows } of answers) expect(rows.streams).toEqual(["s0", "s1", "s2"]);
    const other = { ...question, filterPattern: "y", buckets: 2 };
    const half = await self.look<{ matching: Float64Array; searchedUntil?: number }>("density", other);
    expect([half.searchedUntil, ...half.matching]).toEqual([NOW + 22, 11, 0]);
    const whole = await self.look<{ matching: Float64Array; searchedUntil?: number }>("density", { ...other, soFar: false });
    expect([whole.searchedUntil, ...whole.matching]).toEqual([undefined, 15, 15]);
  });

  it("is quick on a hundred thousand events", async () => {
    const self = await withStream();
    for (let from = 0; from < 100_000; from += 10_000) {
      put(
        self,
        Array.from({ length: 10_000 }, (_, i): Line => [NOW - 100_000 + from + i, `line ${from + i}`]),
      );
    }
    const question = { logGroupName: "g", filterPattern: "line -7", firstRow: 50_000, rowCount: 40 };
    await self.look("page", question);
    const start = performance.now();
    for (let i = 0; i < 50; i++) await self.look("page", { ...question, firstRow: i * 1000 });
    expect((performance.now() - start) / 50).toBeLessThan(20);
  });

  it("refuses a group that is not there and a pattern that is none", async () => {
    const self = await shop();
    expect((await refusal(() => self.look("page", { logGroupName: "x", firstRow: 0, rowCount: 1 }))).code).toBe(
      "ResourceNotFoundException",
    );
    expect((await refusal(() => self.look("page", { logGroupName: "g", filterPattern: "(", firstRow: 0, rowCount: 1 }))).code).toBe(
      "InvalidParameterException",
    );
  });
});

it("the density counts all and matching events per bucket, each event once", async () => {
  const self = await shop();
  const question = { logGroupName: "g", filterPattern: "500", start: START - 10 * MINUTE, end: START + 1, buckets: 2 };
  const { all, matching } = await self.look<{ all: Float64Array; matching: Float64Array }>("density", question);
  expect([[...all], [...matching]]).toEqual([
    [10, 1],
    [2, 0],
  ]);
});

describe("the explanation of a line", () => {
  const explain = async (filterPattern: string, message: string, logGroupName?: string): Promise<ExplainAnswer> => {
    const self = await shop();
    return self.look<ExplainAnswer>("explain", { filterPattern, message, ...(logGroupName === undefined ? {} : { logGroupName }) });
  };

  it("points at what is wrong with a pattern", async () => {
    expect(await explain("a (", "x")).toEqual({
      valid: false,
      message: "Invalid character(s) in term '('",
      from: 2,
      to: 3,
      hint: expect.stringMatching(/quotes/),
    });
  });

  it("finds a field one level down and counts what would match then", async () => {
    const answer = await explain("{ $.code = 500 }", '{"n":9,"error":{"code":500}}', "g");
    expect(answer).toMatchObject({
      valid: true,
      matched: false,
      suggestions: [{ instead: "$.error.code", of: "$.code", filterPattern: "{ $.error.code = 500 }", wouldMatch: 2 }],
    });
  });

  it("offers the case in which a word stands in the line", async () => {
    expect(await explain("ERROR", "plain Error line", "g")).toMatchObject({ suggestions: [{ filterPattern: "Error", wouldMatch: 1 }] });
  });

  it("makes no suggestion that would not help", async () => {
    expect(await explain("{ $.code = 7 }", '{"error":{"code":500}}')).toMatchObject({ matched: false, suggestions: [] });
    expect(await explain("ERROR nothing", "plain Error line")).toMatchObject({ suggestions: [] });
  });

  it("shows the fields of a line that matches", async () => {
    expect(await explain("[a, b]", "1 2")).toMatchObject({ matched: true, extracted: { $a: "1", $b: "2" }, because: { verdict: true } });
  });
});

describe("the preview of a metric", () => {
  const preview = async (question: object): Promise<PreviewAnswer> =>
    (await shop()).look<PreviewAnswer>("preview", {
      logGroupName: "g",
      start: START - 10 * MINUTE,
      end: START + MINUTE,
      period: 300,
      ...question,
    });

  it("counts matches per period", async () => {
    const answer = await preview({ filterPattern: "500" });
    expect([[...answer.count], [...answer.sum], answer.matched, answer.total]).toEqual([[2, 0, 0], [2, 0, 0], 2, 11]);
  });

  it("takes values from the lines and says how many give none", async () => {
    const answer = await preview({ filterPattern: "{ $.n = * }", metricValue: "$.n" });
    expect([[...answer.count], [...answer.sum], [...answer.max]]).toEqual([
      [10, 0, 0],
      [45, 0, 0],
      [9, -Infinity, -Infinity],
    ]);
    expect((await preview({ filterPattern: "{ $.n = * }", metricValue: "$.missing" })).withoutValue).toBe(10);
  });

  it("puts the default value into every minute that has events and no match", async () => {
    const answer = await preview({ filterPattern: "500", defaultValue: 0 });
    // Events lie in five minutes and one more; the two matches share the fifth.
    expect([answer.defaults, [...answer.count], [...answer.sum]]).toEqual([5, [6, 0, 1], [2, 0, 0]]);
  });

  it("refuses an empty range", async () => {
    const self = await shop();
    expect((await refusal(() => self.look("preview", { logGroupName: "g", filterPattern: "", start: 5, end: 5, period: 60 }))).code).toBe(
      "InvalidParameterException",
    );
  });
});

it("groups are summed up", async () => {
  const self = await shop();
  const summary = await self.look<GroupSummary>("groupSummary", { logGroupName: "g" });
  expect(summary).toMatchObject({ streams: 2, events: 11, metricFilters: 0, firstTimestamp: START - 10 * MINUTE, lastTimestamp: START });
  expect(await self.look("storage", {})).toEqual({ groups: [summary] });
});

it("what the door records of each operation is as AWS has it", () => {
  const trails = Object.entries(logs.operations).map(([name, { trail, effect }]) => `${name} ${trail} ${effect}`);
  expect(trails).toContain("PutLogEvents data state");
  for (const name of ["GetLogEvents", "FilterLogEvents"]) expect(trails).toContain(`${name} data none`);
  for (const name of ["TestMetricFilter", "DescribeLogGroups", "ListTagsForResource"])
    expect(trails).toContain(`${name} management-read none`);
  for (const name of ["CreateLogGroup", "PutMetricFilter", "DeleteRetentionPolicy"])
    expect(trails).toContain(`${name} management-write state`);
});
