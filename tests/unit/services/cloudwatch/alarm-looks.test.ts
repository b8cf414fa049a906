import { describe, expect, test } from "vitest";
import { cloudwatch } from "../../../../workers/services/cloudwatch/definition.ts";
import { type Harness, harness } from "../harness.ts";

const MINUTE = 60_000;
const NOW = Date.UTC(2026, 10, 24, 12, 0, 1);
const at = (minute: number, second = 0): number => Date.UTC(2026, 10, 24, 12, minute, second);

const ALARM = {
  AlarmName: "high",
  Namespace: "Shop",
  MetricName: "m",
  Statistic: "Sum",
  Period: 60,
  EvaluationPeriods: 1,
  Threshold: 5,
  ComparisonOperator: "GreaterThanThreshold",
};
const put = (h: Harness, Value: number, Timestamp = h.now) =>
  h.call("PutMetricData", { Namespace: "Shop", MetricData: [{ MetricName: "m", Value, Timestamp }] });

describe("alarmProblems", () => {
  const problems = async (alarm: object) =>
    (await harness(cloudwatch, { now: NOW }).look<{ member?: string; message: string; hint?: string }[]>("alarmProblems", { alarm })) ?? [];

  test("names everything that is wrong, each at its member, in AWS's words", async () => {
    const found = await problems({ AlarmName: "", Statistic: "Sum", Period: 45, EvaluationPeriods: 1, DatapointsToAlarm: 2 });
    expect(found.map(({ member, message }) => [member, message.replace(/^.*constraint: /, "")])).toEqual([
      ["AlarmName", "Member must have length greater than or equal to 1"],
      ["ComparisonOperator", "ComparisonOperator must not be null"],
      ["MetricName", "MetricName must not be null"],
      ["Period", "Period must be 10, 20, 30 or a multiple of 60"],
      ["DatapointsToAlarm", "DatapointsToAlarm must be less than or equal to EvaluationPeriods"],
      ["Threshold", "PutMetricAlarm request should have valid Threshold parameter"],
    ]);
    expect(found.find(({ member }) => member === "Threshold")?.hint).toContain("number");
  });

  test("names one problem a member, and none for what would be taken", async () => {
    expect(await problems(ALARM)).toEqual([]);
    const found = await problems({ ...ALARM, EvaluationPeriods: 0, AlarmActions: ["x", "y"] });
    expect(found.map(({ member }) => member)).toEqual(["EvaluationPeriods", "AlarmActions"]);
  });

  test("what is of another type altogether is one problem of the whole", async () => {
    expect(await problems({ ...ALARM, Period: "sixty" })).toEqual([{ code: "SerializationException", message: expect.any(String) }]);
  });

  test("says first what the call says", async () => {
    const h = harness(cloudwatch, { now: NOW });
    const bad = { ...ALARM, DatapointsToAlarm: 2, AlarmActions: ["x"], Threshold: undefined };
    const [first] = await problems(bad);
    await expect(Promise.resolve().then(() => h.call("PutMetricAlarm", bad))).rejects.toThrow(first?.message);
  });
});

test("alarmOverview gives the states of all alarms over a range, and which are not evaluated", async () => {
  const h = harness(cloudwatch, { now: NOW });
  await h.call("PutMetricAlarm", ALARM);
  const metric = { Metric: { Namespace: "Shop", MetricName: "m" }, Period: 60, Stat: "Sum" };
  const { AlarmName: _, Namespace: __, MetricName: ___, Statistic: ____, Period: _____, ...rest } = ALARM;
  const Metrics = [
    { Id: "m1", MetricStat: metric, ReturnData: false },
    { Id: "e1", Expression: "m1 * 2" },
  ];
  await h.call("PutMetricAlarm", { ...rest, AlarmName: "twice", Metrics });
  await put(h, 9, at(1));
  await h.advanceTo(at(4));
  const window = { start: at(1), end: at(10) };
  const rows = await h.look<{ alarmName: string; isEvaluated: boolean; spans: object[] }[]>("alarmOverview", window);
  const timeline = await h.look<{ spans: object[] }>("alarmTimeline", { alarmName: "high", ...window });
  expect(rows).toEqual([
    { alarmName: "high", isEvaluated: true, spans: timeline.spans },
    { alarmName: "twice", isEvaluated: false, spans: [{ state: "INSUFFICIENT_DATA", start: at(1), end: at(4) }] },
  ]);
  expect(timeline.spans).toContainEqual({ state: "ALARM", start: at(2), end: at(4) });
});

describe("alarmEvaluation tells which StateReason stood, and since when", () => {
  interface Look {
    readonly reason: string;
    readonly stateReason: { readonly text: string; readonly since: number; readonly by: string };
    readonly stateBefore: string;
    readonly verdict: string;
  }
  const look = (h: Harness, moment: number) => h.look<Look>("alarmEvaluation", { alarmName: "high", at: moment });

  test("of a change, of the one before it, of creation, and given by hand", async () => {
    const h = harness(cloudwatch, { now: NOW });
    await h.call("PutMetricAlarm", ALARM);
    for (let minute = 0; minute < 8; minute++) await put(h, minute >= 4 ? 9 : minute / 4, at(minute, 30));
    await h.advanceTo(at(8));
    await h.call("SetAlarmState", { AlarmName: "high", StateValue: "ALARM", StateReason: "still burning" });
    await h.advanceTo(at(8, 30));
    // A change: the reason is this evaluation's own.
    const change = await look(h, at(5));
    expect(change.stateReason).toEqual({ text: change.reason, since: at(5), by: "change" });
    expect(change.reason).toContain("9.0 (24/11/26 12:04:00)");
    // No change: the reason is older than what this evaluation saw.
    const later = await look(h, at(7));
    expect(later.stateReason).toEqual({ text: change.reason, since: at(5), by: "change" });
    expect(later.reason).toContain("9.0 (24/11/26 12:06:00)");
    const before = await look(h, at(4));
    expect(before.stateReason).toMatchObject({ text: expect.stringContaining("0.0 (24/11/26 12:00:00)"), since: at(1) });
    expect((await look(h, at(0, 59))).stateReason).toEqual({ text: "Unchecked: Initial alarm creation", since: NOW, by: "creation" });
    expect((await look(h, at(8, 20))).stateReason).toEqual({ text: "still burning", since: at(8), by: "hand" });
  });
});

test("alarmEvaluation names the changes next to it; one by hand counts for the evaluation after it", async () => {
  const h = harness(cloudwatch, { now: NOW });
  await h.call("PutMetricAlarm", ALARM);
  for (let minute = 0; minute < 8; minute++) await put(h, minute >= 4 ? 9 : 1, at(minute, 30));
  await h.advanceTo(at(8, 20));
  const changes = async (moment: number) =>
    (await h.look<{ changes: object }>("alarmEvaluation", { alarmName: "high", at: moment })).changes;
  expect(await changes(at(0))).toEqual({ after: at(1) });
  expect(await changes(at(1))).toEqual({ after: at(5) });
  expect(await changes(at(3))).toEqual({ before: at(1), after: at(5) });
  expect(await changes(at(5))).toEqual({ before: at(1) });
  await h.call("SetAlarmState", { AlarmName: "high", StateValue: "OK", StateReason: "by hand" });
  expect(await changes(at(8))).toEqual({ before: at(5) });
  await h.advanceTo(at(9, 10));
  expect(await changes(at(8))).toEqual({ before: at(5), after: at(9) });
});

test("every evaluation that changed the state is worded like its StateReason", async () => {
  const h = harness(cloudwatch, { now: NOW });
  await h.call("PutMetricAlarm", { ...ALARM, EvaluationPeriods: 3, DatapointsToAlarm: 2, TreatMissingData: "missing" });
  for (let minute = 0; minute < 40; minute++) if (minute % 7 < 5) await put(h, (minute * 7) % 11, at(minute, 10));
  await h.advanceTo(at(50));
  const { transitions } = await h.look<{ transitions: { at: number; reason: string }[] }>("alarmTimeline", {
    alarmName: "high",
    start: NOW,
    end: at(50),
  });
  expect(transitions.length).toBeGreaterThan(5);
  for (const { at: moment, reason } of transitions) {
    const seen = await h.look<{ reason: string; slots: { start: number; value: number | null }[] }>("alarmEvaluation", {
      alarmName: "high",
      at: moment + MINUTE / 2,
    });
    expect(seen.reason).toBe(reason);
  }
});
