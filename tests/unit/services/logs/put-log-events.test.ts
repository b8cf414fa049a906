import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Harness } from "../harness.ts";
import { columnsOf, DAY, HOUR, type Line, MINUTE, messages, NOW, put, refusal, withStream } from "./support.ts";

describe("PutLogEvents", () => {
  it.each([
    ["nope", "s", "The specified log group does not exist."],
    ["g", "nope", "The specified log stream does not exist."],
  ])("refuses group %s, stream %s where one is missing", async (logGroupName, logStreamName, message) => {
    const self = await withStream();
    const input = { logGroupName, logStreamName, logEvents: [{ timestamp: NOW, message: "m" }] };
    expect(await refusal(() => self.call("PutLogEvents", input))).toEqual({ code: "ResourceNotFoundException", message });
  });

  it.each<[string, readonly Line[], string]>([
    [
      "an event over 1 MiB with its overhead",
      [[NOW, "x".repeat(1_048_551)]],
      "Log event too large: 1048577 bytes exceeds limit of 1048576",
    ],
    [
      "a batch over 1 MiB, overhead and multi-byte characters counted",
      [
        [NOW, "é".repeat(262_144)],
        [NOW, "x".repeat(524_237)],
      ],
      "Upload too large: 1048577 bytes exceeds limit of 1048576",
    ],
    [
      "events out of order",
      [
        [NOW, "a"],
        [NOW - 1, "b"],
      ],
      "Log events in a single PutLogEvents request must be in chronological order.",
    ],
    [
      "events more than 24 hours apart",
      [
        [NOW - DAY - 1, "a"],
        [NOW, "b"],
      ],
      "The batch of log events in a single PutLogEvents request cannot span more than 24 hours.",
    ],
  ])("refuses %s as a whole", async (_, lines, message) => {
    const self = await withStream();
    expect(await refusal(() => put(self, lines))).toEqual({ code: "InvalidParameterException", message });
    expect(await messages(self)).toEqual([]);
    expect(self.emissions).toEqual([]);
  });

  it("takes a batch of exactly 1 MiB and events exactly 24 hours apart, equal stamps included", async () => {
    const self = await withStream();
    put(self, [[NOW, "x".repeat(1_048_550)]]);
    put(self, [
      [NOW - DAY, "a"],
      [NOW - DAY, "b"],
      [NOW, "c"],
    ]);
    expect((await messages(self)).map((message) => message.slice(0, 1))).toEqual(["a", "b", "x", "c"]);
  });

  it("keeps what is neither too old nor too new nor past retention, and says which were rejected", async () => {
    const self = await withStream();
    const lines: readonly Line[] = [
      [NOW - 14 * DAY - 1, "too old"],
      [NOW - 14 * DAY, "two weeks"],
    ];
    expect(put(self, lines)).toEqual({
      nextSequenceToken: expect.stringMatching(/^\d{56}$/),
      rejectedLogEventsInfo: { tooOldLogEventEndIndex: 1 },
    });
    expect(
      put<{ rejectedLogEventsInfo: unknown }>(self, [
        [NOW + 2 * HOUR, "two hours"],
        [NOW + 2 * HOUR + 1, "too new"],
      ]).rejectedLogEventsInfo,
    ).toEqual({ tooNewLogEventStartIndex: 1 });
    self.call("PutRetentionPolicy", { logGroupName: "g", retentionInDays: 1 });
    expect(
      put<{ rejectedLogEventsInfo: unknown }>(self, [
        [NOW - 15 * DAY, "old"],
        [NOW - DAY - 1, "expired"],
        [NOW - DAY, "a day"],
      ]).rejectedLogEventsInfo,
    ).toEqual({ tooOldLogEventEndIndex: 1, expiredLogEventEndIndex: 2 });
    expect(await messages(self)).toEqual(["a day", "two hours"]);
  });

  it("judges the 24 hours by the events that are kept", async () => {
    const self = await withStream();
    const result = put<{ rejectedLogEventsInfo: unknown }>(self, [
      [NOW - 20 * DAY, "old"],
      [NOW, "now"],
    ]);
    expect(result.rejectedLogEventsInfo).toEqual({ tooOldLogEventEndIndex: 1 });
    expect(await messages(self)).toEqual(["now"]);
  });

  it("stores the same batch twice and takes any sequence token", async () => {
    const self = await withStream();
    const input = { logGroupName: "g", logStreamName: "s", logEvents: [{ timestamp: NOW, message: "m" }], sequenceToken: "stale" };
    const first = await self.call("PutLogEvents", input);
    const second = await self.call("PutLogEvents", input);
    expect(await messages(self)).toEqual(["m", "m"]);
    expect(second).not.toEqual(first);
  });

  it("publishes IncomingLogEvents and IncomingBytes once per call", async () => {
    const self = await withStream();
    put(self, [
      [NOW, "abc"],
      [NOW, "é"],
    ]);
    expect(self.emissions).toHaveLength(1);
    expect(self.emissions[0]).toMatchObject({ service: "cloudwatch", operation: "PutMetricData", columns: { Namespace: "AWS/Logs" } });
    const { series } = self.emissions[0]!.columns as { series: { MetricName: string; values: Float64Array; Dimensions: unknown }[] };
    expect(series.map(({ MetricName, values, Dimensions }) => [MetricName, [...values], Dimensions])).toEqual([
      ["IncomingLogEvents", [2], [{ Name: "LogGroupName", Value: "g" }]],
      ["IncomingBytes", [57], [{ Name: "LogGroupName", Value: "g" }]],
    ]);
  });
});

describe("the columnar form", () => {
  /** Everything that can be seen from outside. */
  const effects = async (self: Harness): Promise<unknown> => [
    [...self.context().logs.digests()],
    self.emissions.map(({ columns }) =>
      JSON.stringify(columns, (_, value) => (ArrayBuffer.isView(value) ? [...(value as Float64Array)] : value)),
    ),
    [...self.agenda.values()].map(({ at, kind, key }) => [at, kind, key]),
    await self.call("FilterLogEvents", { logGroupName: "g" }),
    await self.call("DescribeLogStreams", { logGroupName: "g" }),
  ];

  it("has the same checks and the same effects as the rows", async () => {
    const line = fc.tuple(
      fc.integer({ min: -15 * 24, max: 4 }).map((hours) => NOW + hours * HOUR),
      fc.oneof(fc.string({ unit: "grapheme", minLength: 1, maxLength: 6 }), fc.constantFrom("ERROR 3", "ERROR x", '{"a":1}')),
    );
    const lines = fc
      .array(line, { minLength: 1, maxLength: 6 })
      .chain((all) => fc.boolean().map((isSorted) => (isSorted ? [...all].sort((a, b) => a[0] - b[0]) : all)));
    await fc.assert(
      fc.asyncProperty(fc.array(lines, { minLength: 1, maxLength: 4 }), async (batches) => {
        const both = [await withStream(), await withStream()] as const;
        for (const self of both) {
          const transformation = { metricName: "m", metricNamespace: "n", metricValue: "$n", defaultValue: 0 };
          self.call("PutMetricFilter", {
            logGroupName: "g",
            filterName: "f",
            filterPattern: "[w = ERROR, n]",
            metricTransformations: [transformation],
          });
        }
        for (const batch of batches) {
          const answers = [
            (): unknown => put(both[0], batch),
            (): unknown => both[1].columns("PutLogEvents", { logGroupName: "g", logStreamName: "s", ...columnsOf(batch) }),
          ].map((run) => {
            try {
              return run();
            } catch (error) {
              return (error as Error).message;
            }
          });
          expect(answers[1]).toEqual(answers[0]);
        }
        expect(await effects(both[1])).toEqual(await effects(both[0]));
      }),
      { numRuns: 100 },
    );
  });

  it.each<[string, object, string]>([
    ["no events", columnsOf([]), "'logEvents'"],
    ["an empty message", columnsOf([[NOW, ""]]), "'logEvents.1.member.message'"],
    ["a negative time", columnsOf([[-1, "a"]]), "'logEvents.1.member.timestamp'"],
    ["a time that is no number", columnsOf([[Number.NaN, "a"]]), "'logEvents.1.member.timestamp'"],
    ["columns of different length", { ...columnsOf([[NOW, "a"]]), offsets: Uint32Array.of(0) }, "differ in length"],
    ["offsets past the bytes", { ...columnsOf([[NOW, "a"]]), offsets: Uint32Array.of(0, 9) }, "differ in length"],
  ])("refuses %s", async (_, columns, said) => {
    const self = await withStream();
    const { code, message } = await refusal(() => self.columns("PutLogEvents", { logGroupName: "g", logStreamName: "s", ...columns }));
    expect([code, message]).toEqual(["InvalidParameterException", expect.stringContaining(said)]);
  });

  it("takes history as agents shipped it: ages judged by the batch itself, ingested when it happened, no filter acts", async () => {
    const self = await withStream();
    const transformation = { metricName: "m", metricNamespace: "n", metricValue: "1", defaultValue: 0 };
    self.call("PutMetricFilter", { logGroupName: "g", filterName: "f", filterPattern: "", metricTransformations: [transformation] });
    const then = NOW - 300 * DAY;
    self.columns("PutLogEvents", {
      logGroupName: "g",
      logStreamName: "s",
      ...columnsOf([
        [then, "a"],
        [then + MINUTE, "b"],
      ]),
      history: true,
    });
    expect(self.emissions).toEqual([]);
    expect(self.agenda.size).toBe(0);
    const { events } = await self.call<{ events: { ingestionTime: number; timestamp: number }[] }>("FilterLogEvents", {
      logGroupName: "g",
    });
    expect(events.map(({ ingestionTime, timestamp }) => [timestamp, ingestionTime])).toEqual([
      [then, then],
      [then + MINUTE, then + MINUTE],
    ]);
  });
});
