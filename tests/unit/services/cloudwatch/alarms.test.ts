import { describe, expect, test } from "vitest";
import { ServiceError } from "../../../../workers/model/errors.ts";
import { cloudwatch } from "../../../../workers/services/cloudwatch/definition.ts";
import { type Harness, type HarnessOptions, harness } from "../harness.ts";

const NOW = Date.UTC(2026, 10, 24, 12, 0, 1);
const MINUTE = 60_000;
const HOUR = 3_600_000;
const TOPIC = "arn:aws:sns:us-east-1:123456789012:pager";

const ALARM = {
  AlarmName: "high",
  AlarmDescription: "too high",
  Namespace: "Shop",
  MetricName: "m",
  Statistic: "Average",
  Period: 60,
  EvaluationPeriods: 1,
  Threshold: 5,
  ComparisonOperator: "GreaterThanThreshold",
};
interface Described {
  readonly AlarmName: string;
  readonly StateValue: string;
  readonly StateReason: string;
  readonly ActionsEnabled: boolean;
  readonly AlarmArn: string;
}
interface History {
  readonly HistoryItemType: string;
  readonly HistorySummary: string;
  readonly HistoryData: string;
}

const account = (options: HarnessOptions = {}) => harness(cloudwatch, { now: NOW, ...options });
const putAlarm = (h: Harness, more: object = {}) => h.call("PutMetricAlarm", { ...ALARM, ...more });
const putValue = (h: Harness, Value: number, Timestamp = h.now, more: object = {}) =>
  h.call("PutMetricData", { Namespace: "Shop", MetricData: [{ MetricName: "m", Value, Timestamp, ...more }] });
const described = async (h: Harness, name = "high") =>
  (await h.call<{ MetricAlarms: Described[] }>("DescribeAlarms", { AlarmNames: [name] })).MetricAlarms[0] as Described;
const history = async (h: Harness, more: object = {}) =>
  (await h.call<{ AlarmHistoryItems: History[] }>("DescribeAlarmHistory", { AlarmName: "high", ...more })).AlarmHistoryItems;
async function refusal(run: () => unknown): Promise<string> {
  try {
    await run();
  } catch (error) {
    if (error instanceof ServiceError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return "accepted";
}

describe("PutMetricAlarm refuses", () => {
  const stat = { Metric: { Namespace: "n", MetricName: "m" }, Period: 60, Stat: "Sum" };
  const without = (...members: string[]) => Object.fromEntries(members.map((member) => [member, undefined]));
  const single = without("Namespace", "MetricName", "Statistic", "Period");
  test.each<[string, object, string]>([
    ["M over N", { DatapointsToAlarm: 2 }, "DatapointsToAlarm must be less than or equal to EvaluationPeriods"],
    ["a period of 45 s", { Period: 45 }, "Period must be 10, 20, 30 or a multiple of 60"],
    ["a window of over a day", { EvaluationPeriods: 1441 }, "EvaluationPeriods * Period must be <= 86400"],
    ["a window of over a week", { Period: 3600, EvaluationPeriods: 169 }, "EvaluationPeriods * Period must be <= 604800"],
    ["no metric", without("MetricName"), "MetricName must not be null"],
    ["no threshold", without("Threshold"), "PutMetricAlarm request should have valid Threshold parameter"],
    ["two thresholds", { ThresholdMetricId: "ad1" }, "Threshold and ThresholdMetricId cannot both be set"],
    [
      "a unit beside Metrics",
      { ...single, Unit: "Count", Metrics: [{ Id: "a", MetricStat: stat }] },
      "Unit should not be set if list of Metrics is set.",
    ],
    [
      "two metrics that return data",
      {
        ...single,
        Metrics: [
          { Id: "a", MetricStat: stat },
          { Id: "b", MetricStat: stat },
        ],
      },
      "Exactly one element of the metrics list should return data.",
    ],
    ["a control character in the name", { AlarmName: "a\nb" }, "AlarmName must not contain control characters."],
    ["a bad statistic in Metrics", { ...single, Metrics: [{ Id: "a", MetricStat: { ...stat, Stat: "Max" } }] }, "Invalid metrics list"],
    ["p101", { Statistic: undefined, ExtendedStatistic: "p101" }, "The value p101 for parameter ExtendedStatistic is not supported."],
    [
      "low samples with a plain statistic",
      { EvaluateLowSampleCountPercentile: "ignore" },
      "Option evaluateLowSampleCountPercentile can not be applied with statistic Average.",
    ],
    ["an action of SQS", { AlarmActions: ["arn:aws:sqs:us-east-1:123456789012:q"] }, "Unsupported AWS vendor sqs"],
    [
      "an action in another Region",
      { OKActions: ["arn:aws:sns:eu-central-1:123456789012:t"] },
      "Invalid region eu-central-1 specified. Only us-east-1 is supported.",
    ],
  ])("%s", async (_, change, message) => {
    const h = account();
    expect(await refusal(() => putAlarm(h, change))).toBe(`ValidationError: ${message}`);
    expect((await h.call<{ MetricAlarms: object[] }>("DescribeAlarms", {})).MetricAlarms).toHaveLength(0);
  });
  test("p100.5 is taken, as AWS was seen to do", async () => {
    expect(await refusal(() => putAlarm(account(), { Statistic: undefined, ExtendedStatistic: "p100.5" }))).toBe("accepted");
  });
});

test("a new alarm waits; replacing it keeps its state and replaces all else", async () => {
  const h = account();
  await putAlarm(h);
  expect(await described(h)).toMatchObject({ StateValue: "INSUFFICIENT_DATA", StateReason: "Unchecked: Initial alarm creation" });
  await h.call("SetAlarmState", { AlarmName: "high", StateValue: "OK", StateReason: "by hand" });
  await putAlarm(h, { Threshold: 9, AlarmDescription: undefined });
  const alarm = await described(h);
  expect(alarm).toMatchObject({ StateValue: "OK", StateReason: "by hand", Threshold: 9 });
  expect(alarm).not.toHaveProperty("AlarmDescription");
});

test("points from before the alarm was made count", async () => {
  const h = account();
  await putValue(h, 10, NOW - MINUTE);
  await putAlarm(h);
  await h.advanceTo(NOW + MINUTE);
  expect((await described(h)).StateValue).toBe("ALARM");
});

describe("a change of state", () => {
  async function alarming(options: HarnessOptions = {}): Promise<Harness> {
    const h = account(options);
    await putAlarm(h, { AlarmActions: [TOPIC, "arn:aws:lambda:us-east-1:123456789012:function:f"] });
    await putValue(h, 10);
    await h.advanceTo(NOW + MINUTE);
    return h;
  }

  test("is in the history, newest first, with both states", async () => {
    const h = await alarming({ deliver: () => ({ output: {} }) });
    const items = await history(h);
    expect(items.map(({ HistorySummary }) => HistorySummary)).toEqual([
      "Action arn:aws:lambda:us-east-1:123456789012:function:f is not available in this playground yet",
      `Successfully executed action ${TOPIC}`,
      "Alarm updated from INSUFFICIENT_DATA to ALARM",
      'Alarm "high" created',
    ]);
    const update = (await history(h, { HistoryItemType: "StateUpdate" }))[0] as History;
    expect(JSON.parse(update.HistoryData)).toMatchObject({
      version: "1.0",
      oldState: { stateValue: "INSUFFICIENT_DATA" },
      newState: { stateValue: "ALARM", stateReasonData: { recentDatapoints: [10], threshold: 5, statistic: "Average", period: 60 } },
    });
  });

  test("tells of a topic that failed", async () => {
    const h = await alarming({ deliver: () => ({ error: new Error("Topic does not exist") }) });
    const [, item] = await history(h, { HistoryItemType: "Action" });
    expect(item?.HistorySummary).toBe(`Failed to execute action ${TOPIC}`);
    expect(JSON.parse(item?.HistoryData ?? "{}")).toMatchObject({ actionState: "Failed", error: "Topic does not exist" });
  });

  test("goes to the default bus", async () => {
    const h = await alarming();
    const events = h.emissions
      .filter(({ service }) => service === "events")
      .map(({ input }) => (input?.["Entries"] as Record<string, unknown>[] | undefined)?.[0]);
    expect(events.map((event) => event?.["DetailType"])).toEqual([
      "CloudWatch Alarm Configuration Change",
      "CloudWatch Alarm State Change",
    ]);
    expect(events[1]).toMatchObject({ Source: "aws.cloudwatch", Resources: ["arn:aws:cloudwatch:us-east-1:123456789012:alarm:high"] });
    expect(JSON.parse(events[1]?.["Detail"] as string)).toMatchObject({
      alarmName: "high",
      state: { value: "ALARM", timestamp: "2026-11-24T12:01:00.000+0000" },
      previousState: { value: "INSUFFICIENT_DATA" },
      configuration: {
        description: "too high",
        metrics: [{ metricStat: { metric: { namespace: "Shop", name: "m", dimensions: {} }, stat: "Average" } }],
      },
    });
  });

  test("runs no actions while they are disabled", async () => {
    const h = account();
    await putAlarm(h, { AlarmActions: [TOPIC] });
    await h.call("DisableAlarmActions", { AlarmNames: ["high", "unknown"] });
    expect((await described(h)).ActionsEnabled).toBe(false);
    await h.call("SetAlarmState", { AlarmName: "high", StateValue: "ALARM", StateReason: "x" });
    expect(h.emissions.filter(({ service }) => service === "sns")).toHaveLength(0);
    await h.call("EnableAlarmActions", { AlarmNames: ["high"] });
    await h.call("SetAlarmState", { AlarmName: "high", StateValue: "OK", StateReason: "x" });
    await h.call("SetAlarmState", { AlarmName: "high", StateValue: "ALARM", StateReason: "x" });
    expect(h.emissions.filter(({ service }) => service === "sns")).toHaveLength(1);
  });
});

test("the next evaluation takes back a state that was set by hand", async () => {
  const h = account();
  await putAlarm(h);
  await h.advanceTo(NOW + 5 * MINUTE);
  await h.call("SetAlarmState", { AlarmName: "high", StateValue: "ALARM", StateReason: "drill" });
  expect((await described(h)).StateValue).toBe("ALARM");
  await h.advanceTo(h.now + MINUTE);
  expect((await described(h)).StateValue).toBe("INSUFFICIENT_DATA");
});

describe("evaluation on the agenda", () => {
  test("an alarm without data sleeps until a datapoint comes", async () => {
    const h = account();
    await putAlarm(h);
    await h.advanceTo(NOW + 24 * HOUR);
    // One evaluation, one midnight.
    expect(h.ran).toBe(2);
    await putValue(h, 10);
    await h.advanceTo(h.now + MINUTE);
    expect((await described(h)).StateValue).toBe("ALARM");
    await h.advanceTo(h.now + 24 * HOUR);
    expect((await described(h)).StateValue).toBe("INSUFFICIENT_DATA");
    expect(h.ran).toBeLessThan(10);
  });

  test("a datapoint stamped ahead is waited for", async () => {
    const h = account();
    await putAlarm(h);
    await putValue(h, 10, NOW + 30 * MINUTE);
    await h.advanceTo(NOW + 29 * MINUTE);
    expect((await described(h)).StateValue).toBe("INSUFFICIENT_DATA");
    await h.advanceTo(NOW + 31 * MINUTE);
    expect((await described(h)).StateValue).toBe("ALARM");
  });

  test("a five-minute window slides by the minute", async () => {
    const h = account();
    await putAlarm(h, { Period: 300, Statistic: "Sum", TreatMissingData: "notBreaching" });
    // 3 + 3 lie in different clock-aligned buckets of five minutes, but within five minutes of each other.
    await putValue(h, 3, Date.UTC(2026, 10, 24, 12, 4));
    await putValue(h, 3, Date.UTC(2026, 10, 24, 12, 6));
    await h.advanceTo(Date.UTC(2026, 10, 24, 12, 6, 30));
    expect((await described(h)).StateValue).toBe("OK");
    await h.advanceTo(Date.UTC(2026, 10, 24, 12, 7));
    expect((await described(h)).StateValue).toBe("ALARM");
  });

  test("a ten-second alarm reacts within ten seconds", async () => {
    const h = account();
    await putAlarm(h, { Period: 10 });
    await putValue(h, 10, NOW, { StorageResolution: 1 });
    await h.advanceTo(NOW + 9_000);
    expect((await described(h)).StateValue).toBe("ALARM");
  });

  test("a window that reaches into rolled-up hours gives one verdict, whether chunks are resident or must be fetched", async () => {
    const states = async (slow: boolean): Promise<string[]> => {
      const h = account();
      h.chunks.slow = slow;
      await putAlarm(h, { Period: 3600, EvaluationPeriods: 6, DatapointsToAlarm: 4, Statistic: undefined, ExtendedStatistic: "p90" });
      const seen: string[] = [];
      for (let hour = 0; hour < 16; hour++) {
        for (let i = 0; i < 12; i++) await putValue(h, hour >= 3 && hour < 8 ? 10 : i % 5);
        await h.advanceTo(h.now + HOUR);
        seen.push((await described(h)).StateValue);
      }
      expect(h.chunks.stored.size).toBeGreaterThan(0);
      return seen;
    };
    const resident = await states(false);
    expect(new Set(resident)).toEqual(new Set(["OK", "ALARM"]));
    expect(await states(true)).toEqual(resident);
  });

  test("an alarm on metric math is kept, not evaluated, and says so", async () => {
    const h = account();
    const metric = { Metric: { Namespace: "Shop", MetricName: "m" }, Period: 60, Stat: "Sum" };
    const Metrics = [
      { Id: "m1", MetricStat: metric, ReturnData: false },
      { Id: "e1", Expression: "m1 * 2" },
    ];
    const { AlarmName, EvaluationPeriods, Threshold, ComparisonOperator } = ALARM;
    await h.call("PutMetricAlarm", { AlarmName, EvaluationPeriods, Threshold, ComparisonOperator, Metrics });
    await putValue(h, 10);
    await h.advanceTo(NOW + 5 * MINUTE);
    expect((await described(h)).StateReason).toBe("Unchecked: Initial alarm creation");
    expect(await h.look("alarmEvaluation", { alarmName: "high" })).toMatchObject({ kind: "not-evaluated" });
  });

  test("an alarm whose only query is a plain metric is evaluated like any other", async () => {
    const h = account();
    const metric = { Metric: { Namespace: "Shop", MetricName: "m" }, Period: 60, Stat: "Maximum" };
    const { AlarmName, EvaluationPeriods, Threshold, ComparisonOperator } = ALARM;
    await h.call("PutMetricAlarm", {
      AlarmName,
      EvaluationPeriods,
      Threshold,
      ComparisonOperator,
      Metrics: [{ Id: "m1", MetricStat: metric }],
    });
    await putValue(h, 10);
    await h.advanceTo(NOW + MINUTE);
    expect((await described(h)).StateValue).toBe("ALARM");
  });

  test("a deleted alarm is evaluated no more, and keeps its history", async () => {
    const h = account();
    await putAlarm(h);
    await h.call("DeleteAlarms", { AlarmNames: ["high", "unknown"] });
    const evaluations = () => [...h.agenda.values()].filter(({ kind }) => kind === "evaluate");
    expect(evaluations()).toEqual([]);
    await putValue(h, 10);
    expect(evaluations()).toEqual([]);
    expect((await history(h)).map(({ HistorySummary }) => HistorySummary)).toEqual(['Alarm "high" deleted', 'Alarm "high" created']);
  });
});

test("history is kept 30 days", async () => {
  const h = account();
  await putAlarm(h);
  await h.advanceTo(NOW + 30 * 24 * HOUR);
  expect((await history(h)).map(({ HistorySummary }) => HistorySummary)).toEqual(['Alarm "high" created']);
  await h.advanceTo(NOW + 32 * 24 * HOUR);
  expect(await history(h)).toEqual([]);
  expect(h.context().docs("history").size).toBe(0);
  expect(h.agenda.size).toBe(0);
});

test("SetAlarmState refuses unknown alarms and reason data that are not JSON", async () => {
  const h = account();
  await putAlarm(h);
  const set = (more: object) => refusal(() => h.call("SetAlarmState", { AlarmName: "high", StateValue: "OK", StateReason: "x", ...more }));
  expect(await set({ AlarmName: "none" })).toBe("ResourceNotFound: ");
  expect(await set({ StateReasonData: "{not json" })).toMatch(/^InvalidFormat: /);
  expect(await set({ StateReasonData: '{"a":1}' })).toBe("accepted");
});

test("DescribeAlarms filters and pages; DescribeAlarmsForMetric finds by metric", async () => {
  const h = account();
  for (const name of ["b1", "a2", "a1"]) await putAlarm(h, { AlarmName: name });
  await putAlarm(h, { AlarmName: "other", MetricName: "n", AlarmActions: [TOPIC] });
  const names = async (input: object) => {
    const page = await h.call<{ MetricAlarms: Described[]; NextToken?: string }>("DescribeAlarms", input);
    return { names: page.MetricAlarms.map(({ AlarmName }) => AlarmName), token: page.NextToken };
  };
  expect((await names({ AlarmNamePrefix: "a" })).names).toEqual(["a1", "a2"]);
  expect((await names({ ActionPrefix: "arn:aws:sns" })).names).toEqual(["other"]);
  expect((await names({ StateValue: "ALARM" })).names).toEqual([]);
  expect((await names({ AlarmTypes: ["CompositeAlarm"] })).names).toEqual([]);
  const first = await names({ MaxRecords: 3 });
  expect(first.names).toEqual(["a1", "a2", "b1"]);
  expect(await names({ MaxRecords: 3, NextToken: first.token })).toEqual({ names: ["other"], token: undefined });
  const { MetricAlarms } = await h.call<{ MetricAlarms: Described[] }>("DescribeAlarmsForMetric", { Namespace: "Shop", MetricName: "n" });
  expect(MetricAlarms.map(({ AlarmName }) => AlarmName)).toEqual(["other"]);
});

test("tags are set at creation, changed by themselves, and gone with the alarm", async () => {
  const h = account();
  await putAlarm(h, { Tags: [{ Key: "team", Value: "a" }] });
  await putAlarm(h, { Tags: [{ Key: "team", Value: "ignored on update" }] });
  const { AlarmArn: ResourceARN } = await described(h);
  const tags = async () => (await h.call<{ Tags: object[] }>("ListTagsForResource", { ResourceARN })).Tags;
  expect(await tags()).toEqual([{ Key: "team", Value: "a" }]);
  await h.call("TagResource", { ResourceARN, Tags: [{ Key: "cost", Value: "1" }] });
  await h.call("UntagResource", { ResourceARN, TagKeys: ["team"] });
  expect(await tags()).toEqual([{ Key: "cost", Value: "1" }]);
  await h.call("DeleteAlarms", { AlarmNames: ["high"] });
  expect(await refusal(tags)).toMatch(/^ResourceNotFoundException/);
});

describe("looks", () => {
  test("alarmEvaluation shows every period and says when the next evaluation is", async () => {
    const h = account();
    await putValue(h, 10, NOW - 2 * MINUTE);
    await putAlarm(h, { EvaluationPeriods: 3, DatapointsToAlarm: 2, TreatMissingData: "breaching" });
    await h.advanceTo(NOW + MINUTE);
    const before = h.emissions.length;
    const because = await h.look<{ slots: { role: string; value: number | null }[] }>("alarmEvaluation", { alarmName: "high" });
    expect(because).toMatchObject({ m: 2, n: 3, range: 5, breaching: 1, filled: 2, verdict: "ALARM", rule: "missing-treated" });
    expect(because).toMatchObject({ at: Date.UTC(2026, 10, 24, 12, 1), next: Date.UTC(2026, 10, 24, 12, 2), exactness: "exact" });
    expect(because.slots.map(({ role, value }) => [role, value])).toEqual([
      ["spare", null],
      ["spare", null],
      ["used", 10],
      ["filled", null],
      ["filled", null],
    ]);
    expect(h.emissions.length).toBe(before);
  });

  test("alarmTimeline tells spans and transitions; whatIf with the same rule gives the same states", async () => {
    const h = account();
    await putAlarm(h);
    for (let minute = 0; minute < 10; minute++) await putValue(h, minute >= 3 && minute < 6 ? 10 : 1, Date.UTC(2026, 10, 24, 12, minute));
    await h.advanceTo(Date.UTC(2026, 10, 24, 12, 12));
    const window = { start: Date.UTC(2026, 10, 24, 12, 1), end: Date.UTC(2026, 10, 24, 12, 12) };
    interface Look {
      spans: { state: string; start: number; end: number }[];
      transitions: { at: number; to: string }[];
    }
    const timeline = await h.look<Look>("alarmTimeline", { alarmName: "high", ...window });
    expect(timeline.spans.map(({ state, start, end }) => [state, (end - start) / MINUTE])).toEqual([
      ["OK", 3],
      ["ALARM", 3],
      ["OK", 5],
    ]);
    const { AlarmName: _, ...alarm } = ALARM;
    const tried = await h.look<Look>("whatIf", { alarm, ...window });
    expect(tried.spans).toEqual(timeline.spans);
    expect(tried.transitions.map(({ to }) => to)).toEqual(["OK", "ALARM", "OK"]);
    const never = await h.look<Look>("whatIf", { alarm: { ...alarm, Threshold: 50 }, ...window });
    expect(never.spans.map(({ state }) => state)).toEqual(["OK"]);
  });

  test("series gives columns and metricCatalog what there is", async () => {
    const h = account();
    await putValue(h, 10, NOW - 2 * MINUTE);
    await putValue(h, 20, NOW - 2 * MINUTE);
    const metrics = [{ namespace: "Shop", metricName: "m", stats: ["Average", "p100"] }];
    const [columns] = await h.look<{ start: number; stats: Record<string, Float64Array>; because: object }[]>("series", {
      metrics,
      start: NOW - 3 * MINUTE,
      end: NOW,
      periodSeconds: 60,
    });
    expect([...(columns?.stats["Average"] ?? [])]).toEqual([Number.NaN, 15, Number.NaN, Number.NaN]);
    expect([...(columns?.stats["p100"] ?? [])]).toEqual([Number.NaN, 20, Number.NaN, Number.NaN]);
    expect(columns?.because).toEqual({ tier: 1, exactness: "exact", unitsSeen: ["None"] });
    expect(await h.look("metricCatalog", {})).toMatchObject({
      namespaces: [{ namespace: "Shop", metrics: [{ metricName: "m", samples: 2 }] }],
    });
  });
});
