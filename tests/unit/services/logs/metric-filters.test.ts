import { describe, expect, it } from "vitest";
import type { Harness } from "../harness.ts";
import { DAY, MINUTE, NOW, published, put, refusal, withStream } from "./support.ts";

const filter = (self: Harness, filterPattern: string, transformation: object = {}, filterName = "f") =>
  self.call("PutMetricFilter", {
    logGroupName: "g",
    filterName,
    filterPattern,
    metricTransformations: [{ metricName: "m", metricNamespace: "n", metricValue: "1", ...transformation }],
  });
const summary = (self: Harness) =>
  published(self).map(({ Dimensions, timestamps, values }) => [
    Dimensions.map(({ Name, Value }) => `${Name}=${Value}`).join(),
    [...timestamps],
    [...values],
  ]);

describe("metric filters", () => {
  it("act on what comes in after them, one datum per matching event at the event's own time", async () => {
    const self = await withStream();
    put(self, [[NOW, "ERROR before"]]);
    filter(self, "ERROR", { unit: "Count" });
    put(self, [
      [NOW - 3000, "ERROR one"],
      [NOW - 2000, "fine"],
      [NOW - 1000, "ERROR two"],
    ]);
    expect(published(self)).toEqual([
      {
        Namespace: "n",
        MetricName: "m",
        Dimensions: [],
        Unit: "Count",
        StorageResolution: 60,
        timestamps: Float64Array.of(NOW - 3000, NOW - 1000),
        values: Float64Array.of(1, 1),
      },
    ]);
    self.call("DeleteMetricFilter", { logGroupName: "g", filterName: "f" });
    put(self, [[NOW, "ERROR after"]]);
    expect(published(self)).toHaveLength(1);
  });

  it("do not act on events that were rejected", async () => {
    const self = await withStream();
    filter(self, "");
    put(self, [[NOW - 20 * DAY, "old"]]);
    expect(self.emissions).toEqual([]);
  });

  it.each([
    ["{ $.latency = * }", "$.latency", ['{"latency":12.5}', '{"latency":"7"}', '{"latency":"fast"}', '{"other":1}'], [12.5, 7]],
    ["[level, ms]", "$ms", ["INFO 5", "INFO 1e2", "INFO many"], [5, 100]],
    ["[..., ms]", "$1", ["8 x 5", "9"], [8]],
    ["ERROR", "$.latency", ["ERROR"], []],
    ["{ $.a = * }", "$.a", ['{"a":1e300}', '{"a":2}'], [2]],
  ])("with pattern %s and value %s publish only numbers", async (pattern, metricValue, lines, expected) => {
    const self = await withStream();
    filter(self, pattern, { metricValue });
    put(
      self,
      lines.map((line, i) => [NOW + i, line] as const),
    );
    expect(published(self).flatMap(({ values }) => [...values])).toEqual(expected);
  });

  it("publish a series for every set of dimension values, and nothing for an event that lacks one", async () => {
    const self = await withStream();
    filter(self, "{ $.status = * }", { dimensions: { Host: "$.host", Status: "$.status" } });
    put(self, [
      [NOW, '{"status":200,"host":"a"}'],
      [NOW + 1, '{"status":500,"host":"a"}'],
      [NOW + 2, '{"status":200,"host":"a"}'],
      [NOW + 3, '{"status":200}'],
      [NOW + 4, '{"status":200,"host":"  "}'],
      [NOW + 5, '{"status":200,"host":"é"}'],
    ]);
    expect(summary(self)).toEqual([
      ["Host=a,Status=200", [NOW, NOW + 2], [1, 1]],
      ["Host=a,Status=500", [NOW + 1], [1]],
    ]);
  });

  it("judge a minute by the time of its events: a match that belongs to the minute before does not keep the default away", async () => {
    const self = await withStream();
    filter(self, "ERROR", { defaultValue: 0 });
    const minute = Math.ceil(NOW / MINUTE) * MINUTE;
    await self.advanceTo(minute + 2_000);
    put(self, [
      [minute - 1_000, "ERROR late"],
      [minute + 1_000, "fine"],
    ]);
    await self.advanceTo(minute + MINUTE);
    const data = self.emissions
      .filter((e) => e.operation === "PutMetricData" && (e.columns as { Namespace: string }).Namespace !== "AWS/Logs")
      .map((e) => e.columns as { timestamps: Float64Array; values: Float64Array })
      .map(({ timestamps, values }) => [[...timestamps], [...values]]);
    expect(data).toEqual([
      [[minute - 1_000], [1]],
      [[minute], [0]],
    ]);
  });

  it("publish the default value at the end of a minute that had events and no match, and in no other", async () => {
    const self = await withStream();
    const minute = Math.floor(NOW / MINUTE) * MINUTE;
    self.now = minute + 1000;
    filter(self, "ERROR", { defaultValue: 0 });
    put(self, [[self.now, "fine"]]);
    put(self, [[self.now, "fine too"]]);
    await self.advanceTo(minute + MINUTE - 1);
    expect(summary(self)).toEqual([]);
    await self.advanceTo(minute + MINUTE);
    expect(summary(self)).toEqual([["", [minute], [0]]]);
    put(self, [[self.now, "ERROR"]]);
    put(self, [[self.now, "fine"]]);
    await self.advanceTo(minute + 5 * MINUTE);
    expect(summary(self)).toEqual([
      ["", [minute], [0]],
      ["", [minute + MINUTE], [1]],
    ]);
    put(self, [[self.now, "fine"]]);
    self.call("DeleteMetricFilter", { logGroupName: "g", filterName: "f" });
    await self.advanceTo(minute + 9 * MINUTE);
    expect(summary(self)).toHaveLength(2);
  });

  it("are described with their single transformation, by prefix and by metric, and counted in the group", async () => {
    const self = await withStream();
    filter(self, " ", { defaultValue: 0 }, "b");
    filter(self, "x", { metricName: "other" }, "a");
    const described = { filterName: "b", filterPattern: " ", logGroupName: "g", creationTime: NOW, applyOnTransformedLogs: false };
    const both = await self.call<{ metricFilters: object[] }>("DescribeMetricFilters", { logGroupName: "g" });
    expect(both.metricFilters).toHaveLength(2);
    expect(both.metricFilters[1]).toEqual({
      ...described,
      metricTransformations: [{ metricName: "m", metricNamespace: "n", metricValue: "1", defaultValue: 0 }],
    });
    expect(await self.call("DescribeMetricFilters", { metricName: "m", metricNamespace: "n" })).toMatchObject({
      metricFilters: [{ filterName: "b" }],
    });
    expect(await self.call("DescribeMetricFilters", { logGroupName: "g", filterNamePrefix: "a" })).toMatchObject({
      metricFilters: [{ filterName: "a" }],
    });
    expect((await refusal(() => self.call("DescribeMetricFilters", { metricName: "m" }))).code).toBe("InvalidParameterException");
    expect(await self.call("DescribeLogGroups", {})).toMatchObject({ logGroups: [{ metricFilterCount: 2 }] });
  });

  it("replace the filter of the same name", async () => {
    const self = await withStream();
    filter(self, "a");
    filter(self, "b");
    expect(await self.call("DescribeMetricFilters", {})).toMatchObject({ metricFilters: [{ filterPattern: "b" }] });
  });

  it.each<[string, string, object, string]>([
    ["a pattern that is none", "a(", {}, "Invalid character(s) in term '('"],
    ["dimensions on terms", "a", { dimensions: { d: "$.a" } }, "The specified filter pattern does not support dimensions"],
    ["dimensions with a default value", "{ $.a = 1 }", { dimensions: { d: "$.a" }, defaultValue: 1 }, "default value"],
    ["four dimensions", "{ $.a = 1 }", { dimensions: { a: "$.a", b: "$.a", c: "$.a", d: "$.a" } }, "at most 3"],
    ["a dimension that is no field", "{ $.a = 1 }", { dimensions: { d: "a" } }, "must be a field"],
    ["a value that is neither number nor field", "a", { metricValue: "one" }, "'one' is invalid"],
    ["a metric without a name", "a", { metricName: "" }, "needs a metric name"],
  ])("are refused with %s", async (_, pattern, transformation, said) => {
    const self = await withStream();
    const { code, message } = await refusal(() => filter(self, pattern, transformation));
    expect([code, message]).toEqual(["InvalidParameterException", expect.stringContaining(said)]);
  });

  it("number at most 100 in a group, 5 with regular expressions; an update is no addition", async () => {
    const self = await withStream();
    for (let i = 0; i < 5; i++) filter(self, "%x%", {}, `r${i}`);
    const full = { code: "LimitExceededException", message: "Resource limit exceeded." };
    expect(await refusal(() => filter(self, "%x%", {}, "r5"))).toEqual(full);
    filter(self, "%y%", {}, "r0");
    for (let i = 0; i < 95; i++) filter(self, "x", {}, `f${i}`);
    expect(await refusal(() => filter(self, "x", {}, "one more"))).toEqual(full);
    filter(self, "y", {}, "f0");
  });

  it("need their group, and to be there when deleted", async () => {
    const self = await withStream();
    const missing = { code: "ResourceNotFoundException", message: "The specified metric filter does not exist." };
    expect(await refusal(() => self.call("DeleteMetricFilter", { logGroupName: "g", filterName: "f" }))).toEqual(missing);
    expect((await refusal(() => self.call("DeleteMetricFilter", { logGroupName: "x", filterName: "f" }))).message).toBe(
      "The specified log group does not exist.",
    );
    self.call("CreateLogGroup", { logGroupName: "i", logGroupClass: "INFREQUENT_ACCESS" });
    const input = {
      logGroupName: "i",
      filterName: "f",
      filterPattern: "",
      metricTransformations: [{ metricName: "m", metricNamespace: "n", metricValue: "1" }],
    };
    expect((await refusal(() => self.call("PutMetricFilter", input))).code).toBe("InvalidParameterException");
  });
});

describe("TestMetricFilter", () => {
  it("numbers the matching messages from 0, shows the fields, and says why when asked", async () => {
    const self = await withStream();
    const told: unknown[] = [];
    const input = { filterPattern: "[ip, ..., size > 1000]", logEventMessages: ["h 1 2 500", "h 1 2 1534"] };
    expect(await self.call("TestMetricFilter", input, { explain: (because) => told.push(because) })).toEqual({
      matches: [{ eventNumber: 1, eventMessage: "h 1 2 1534", extractedValues: { $ip: "h", $2: "1", $3: "2", $size: "1534" } }],
    });
    expect(told).toEqual([[expect.objectContaining({ verdict: false }), expect.objectContaining({ verdict: true })]]);
  });
});
