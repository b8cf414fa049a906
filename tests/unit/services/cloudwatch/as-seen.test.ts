import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cloudwatch } from "../../../../workers/services/cloudwatch/definition.ts";
import { type Harness, harness } from "../harness.ts";

const MINUTE = 60_000;
const HOUR = 3_600_000;
const START = Date.UTC(2026, 10, 24, 12, 0, 1);

interface Look {
  readonly kind: string;
  readonly at: number;
  readonly stateBefore: string;
  readonly verdict: string;
  readonly verdictNow?: string;
  readonly reason: string;
  readonly basis: { readonly kind: string; readonly sentence?: string };
  readonly slots: readonly { readonly start: number; readonly value: number | null; readonly samples: number; readonly now?: object }[];
}
interface Tried {
  readonly spans: readonly { readonly state: string; readonly start: number; readonly end: number }[];
  readonly transitions: readonly { readonly at: number; readonly to: string }[];
  readonly asSeenFrom?: number;
}

const ALARM = {
  AlarmName: "late",
  Namespace: "Shop",
  MetricName: "m",
  Statistic: "Sum",
  Period: 60,
  EvaluationPeriods: 1,
  Threshold: 10,
  ComparisonOperator: "GreaterThanThreshold",
};
const account = (): Harness => harness(cloudwatch, { now: START });
const putAlarm = (h: Harness, more: object = {}) => h.call("PutMetricAlarm", { ...ALARM, ...more });
const put = (h: Harness, Value: number, Timestamp: number, more: object = {}) =>
  h.call("PutMetricData", { Namespace: "Shop", MetricData: [{ MetricName: "m", Value, Timestamp, ...more }] });
const lookAt = (h: Harness, at: number) => h.look<Look>("alarmEvaluation", { alarmName: "late", at });
const described = async (h: Harness) =>
  (await h.call<{ MetricAlarms: { StateValue: string; StateReason: string }[] }>("DescribeAlarms", {})).MetricAlarms[0] as {
    StateValue: string;
    StateReason: string;
  };
const at = (hour: number, minute: number, second = 0): number => Date.UTC(2026, 10, 24, hour, minute, second);

describe("a look at a past evaluation", () => {
  test("samples without a value keep the alarm awake: a window that slides on may have one", async () => {
    const h = account();
    await putAlarm(h, { Statistic: undefined, ExtendedStatistic: "p90", Period: 300, Threshold: 0 });
    await put(h, 0, START);
    await h.advanceTo(at(12, 1));
    await put(h, -1, h.now); // a percentile of negative values is none
    for (const [minute, state] of [
      [5, "INSUFFICIENT_DATA"],
      [6, "OK"], // 11:56 to 12:01 holds the zero alone
    ] as const) {
      await h.advanceTo(at(12, minute));
      expect((await described(h)).StateValue).toBe(state);
      expect(await lookAt(h, at(12, minute))).toMatchObject({ verdict: state, basis: { kind: "as-seen" } });
    }
  });

  test("shows what the evaluation saw, and what came later beside it", async () => {
    const h = account();
    await putAlarm(h);
    await put(h, 7, at(12, 4, 30));
    await h.advanceTo(at(12, 5, 3));
    await put(h, 5, at(12, 4, 50));
    // Seen by no evaluation yet: the one of 12:05 saw 7 all the same.
    for (const now of [at(12, 5, 3), at(12, 8)]) {
      await h.advanceTo(now);
      const look = await lookAt(h, at(12, 5));
      expect(look.basis).toEqual({ kind: "as-seen" });
      expect(look.slots.at(-1)).toMatchObject({ start: at(12, 4), value: 7, samples: 1, now: { value: 12, samples: 2 } });
      expect([look.verdict, look.verdictNow]).toEqual(["OK", "ALARM"]);
    }
    // The evaluation a minute later read the same period again and saw all of it.
    const later = await lookAt(h, at(12, 6));
    expect(later.slots.at(-2)).toMatchObject({ start: at(12, 4), value: 12, samples: 2 });
    expect(later).not.toHaveProperty("verdictNow");
  });

  test("still shows it when the data come after the period has left the range", async () => {
    const h = account();
    await putAlarm(h, { TreatMissingData: "notBreaching" });
    await put(h, 7, at(12, 4, 30));
    await h.advanceTo(at(13, 30));
    await put(h, 50, at(12, 4, 50));
    await h.advanceTo(at(13, 40));
    const look = await lookAt(h, at(12, 5));
    expect(look.slots.at(-1)).toMatchObject({ value: 7, now: { value: 57, samples: 2 } });
    expect([look.verdict, look.verdictNow]).toEqual(["OK", "ALARM"]);
  });

  test("an empty period that was filled later is shown empty", async () => {
    const h = account();
    await putAlarm(h);
    await h.advanceTo(at(12, 5, 3));
    await put(h, 50, at(12, 4, 50));
    await h.advanceTo(at(12, 9));
    const look = await lookAt(h, at(12, 5));
    expect(look.slots.at(-1)).toMatchObject({ value: null, samples: 0, now: { value: 50, samples: 1 } });
    expect(look.verdict).toBe("INSUFFICIENT_DATA");
  });

  test("says that it shows the data as they are now: before creation, before a change, beyond a day", async () => {
    const h = account();
    await put(h, 7, at(11, 50));
    await putAlarm(h);
    expect((await lookAt(h, at(11, 51))).basis).toEqual({
      kind: "as-now",
      why: "before-creation",
      sentence: expect.stringContaining("created at 2026-11-24 12:00:01 UTC"),
    });
    await h.advanceTo(at(12, 10));
    await putAlarm(h, { AlarmDescription: "the same rule", AlarmActions: [] });
    await h.advanceTo(at(12, 20));
    expect((await lookAt(h, at(12, 5))).basis.kind).toBe("as-seen");
    await putAlarm(h, { Threshold: 3 });
    await h.advanceTo(at(12, 30));
    expect((await lookAt(h, at(12, 5))).basis.sentence).toContain("changed at 2026-11-24 12:20:00 UTC");
    expect((await lookAt(h, at(12, 21))).basis.kind).toBe("as-seen");
    await h.advanceTo(at(12, 30) + 24 * HOUR);
    expect((await lookAt(h, at(12, 30))).basis.sentence).toContain("kept for a day");
    expect((await lookAt(h, at(12, 31))).basis.kind).toBe("as-seen");
  });

  test("a change of state is shown with the StateReason that was given for it", async () => {
    const h = account();
    await putAlarm(h);
    await put(h, 7, at(12, 4, 30));
    await h.advanceTo(at(12, 5));
    await put(h, 5, at(12, 4, 50));
    await h.advanceTo(at(12, 6));
    const { StateReason } = await described(h);
    expect(StateReason).toContain("[12.0 (24/11/26 12:04:00)]");
    await put(h, 30, at(12, 4, 55));
    await h.advanceTo(at(12, 10));
    const look = await lookAt(h, at(12, 6));
    expect(look).toMatchObject({ stateBefore: "OK", verdict: "ALARM", reason: StateReason });
    expect(look.slots.find(({ start }) => start === at(12, 4))).toMatchObject({ value: 12, now: { value: 42 } });
  });
});

describe("the ledger of what was seen", () => {
  const entries = (h: Harness, kind: string) => h.context().docs(kind).size;

  test("keeps a day and the range before it", async () => {
    const h = account();
    await putAlarm(h);
    for (let i = 0; i < 50; i++) {
      await put(h, i, h.now);
      await h.advanceTo(h.now + HOUR);
    }
    expect(entries(h, "sighting")).toBeGreaterThan(20);
    expect(entries(h, "sighting")).toBeLessThan(28);
  });

  test("goes with the alarm, and only its own", async () => {
    const h = account();
    for (const AlarmName of ["late", "late|0000494532"]) await putAlarm(h, { AlarmName });
    await put(h, 7, h.now);
    await h.advanceTo(at(12, 5));
    expect([entries(h, "ledger"), entries(h, "sighting")]).toEqual([2, 2]);
    await h.call("DeleteAlarms", { AlarmNames: ["late"] });
    expect([entries(h, "ledger"), entries(h, "sighting")]).toEqual([1, 1]);
    await h.call("DeleteAlarms", { AlarmNames: ["late|0000494532"] });
    expect([entries(h, "ledger"), entries(h, "sighting")]).toEqual([0, 0]);
  });
});

describe("what if", () => {
  const window = { start: at(12, 0, 1), end: at(12, 20) };

  test("the saved alarm is as its history has it, late data and states set by hand included", async () => {
    const h = account();
    await putAlarm(h);
    await put(h, 7, at(12, 4, 30));
    await h.advanceTo(at(12, 5, 3));
    await put(h, 90, at(12, 1, 50));
    await h.advanceTo(at(12, 9, 30));
    await h.call("SetAlarmState", { AlarmName: "late", StateValue: "ALARM", StateReason: "drill" });
    await h.advanceTo(at(12, 20));
    const saved = await h.look<Tried>("whatIf", { alarmName: "late", ...window });
    const history = await h.look<Tried>("alarmTimeline", { alarmName: "late", ...window });
    expect(saved).toMatchObject({ spans: history.spans, transitions: history.transitions, asSeenFrom: window.start });
    // Tried with the data as they are now, the same rule would have seen 90 at 12:02.
    const { AlarmName: _, ...alarm } = ALARM;
    const now = await h.look<Tried>("whatIf", { alarm, ...window });
    expect(now.transitions[0]).toMatchObject({ at: at(12, 2), to: "ALARM" });
    expect(now).not.toHaveProperty("asSeenFrom");
  });

  test("another threshold goes by what the alarm saw; another period cannot", async () => {
    const h = account();
    await putAlarm(h);
    await put(h, 7, at(12, 4, 30));
    await h.advanceTo(at(12, 5, 3));
    await put(h, 90, at(12, 4, 50));
    await h.advanceTo(at(12, 20));
    const { AlarmName: _, ...alarm } = ALARM;
    const first = async (more: object) => {
      const answer = await h.look<Tried>("whatIf", { alarmName: "late", alarm: { ...alarm, ...more }, ...window });
      return [answer.transitions.find(({ to }) => to === "ALARM")?.at, answer.asSeenFrom];
    };
    expect(await first({ Threshold: 50 })).toEqual([at(12, 6), window.start]);
    expect(await first({ Threshold: 5 })).toEqual([at(12, 5), window.start]);
    expect(await first({ Threshold: 50, Period: 120 })).toEqual([at(12, 5), undefined]);
  });

  test("before the alarm was made it is tried, from then on it happened", async () => {
    const h = account();
    for (let minute = 0; minute < 10; minute++) await put(h, 1, at(11, 50 + minute, 20));
    await h.advanceTo(at(12, 0, 30));
    await putAlarm(h);
    await put(h, 1, at(12, 0, 20));
    await h.advanceTo(at(12, 2));
    const saved = await h.look<Tried>("whatIf", { alarmName: "late", start: at(11, 55), end: at(12, 2), startState: "OK" });
    expect(saved.asSeenFrom).toBe(at(12, 0, 30));
    expect(saved.spans).toEqual([
      { state: "OK", start: at(11, 55), end: at(12, 0, 30) },
      { state: "INSUFFICIENT_DATA", start: at(12, 0, 30), end: at(12, 1) },
      { state: "OK", start: at(12, 1), end: at(12, 2) },
    ]);
  });
});

const event = fc.record({
  /** Seconds until it happens. */
  after: fc.nat(400),
  /** Seconds the datapoint is stamped back (or ahead). */
  late: fc.oneof(fc.constant(0), fc.integer({ min: -120, max: 90 }), fc.nat(3000)),
  value: fc.integer({ min: -5, max: 30 }),
  what: fc.constantFrom("point", "point", "point", "set", "byHand"),
});
const rule = fc.record({
  Period: fc.constantFrom(10, 30, 60, 120, 300),
  EvaluationPeriods: fc.integer({ min: 1, max: 4 }),
  Statistic: fc.constantFrom("Sum", "Maximum", "SampleCount", "p90"),
  TreatMissingData: fc.constantFrom("missing", "ignore", "breaching", "notBreaching"),
  Threshold: fc.integer({ min: 0, max: 25 }),
  wallClock: fc.boolean(),
});

test("whatever comes late, every past evaluation is shown with the verdict and the reason it had", async () => {
  await fc.assert(
    fc.asyncProperty(rule, fc.array(event, { minLength: 1, maxLength: 25 }), async ({ Statistic, wallClock, ...more }, events) => {
      const h = account();
      const statistic = Statistic === "p90" ? { Statistic: undefined, ExtendedStatistic: "p90" } : { Statistic };
      await putAlarm(h, { ...more, ...statistic, ...(wallClock ? { EvaluationWindow: { WallClockWindow: {} } } : {}) });
      const cadence = more.Period < 60 ? 10_000 : MINUTE;
      const live: [tick: number, before: string, after: string][] = [];
      const reasons = new Map<number, string>();
      let { StateValue: state } = await described(h);
      const goTo = async (moment: number): Promise<void> => {
        for (let tick = Math.floor(h.now / cadence) * cadence + cadence; tick <= moment; tick += cadence) {
          await h.advanceTo(tick);
          const { StateValue, StateReason } = await described(h);
          live.push([tick, state, StateValue]);
          if (StateValue !== state) reasons.set(tick, StateReason);
          state = StateValue;
        }
        await h.advanceTo(moment);
      };
      for (const { after, late, value, what } of events) {
        await goTo(h.now + after * 1000);
        if (what === "byHand") {
          state = value > 12 ? "ALARM" : "OK";
          await h.call("SetAlarmState", { AlarmName: "late", StateValue: state, StateReason: "by hand" });
        } else if (what === "set") {
          const StatisticValues = { SampleCount: 2, Sum: 2 * value + 1, Minimum: value, Maximum: value + 1 };
          await put(h, 0, h.now - late * 1000, { Value: undefined, StatisticValues });
        } else await put(h, value, h.now - late * 1000, { StorageResolution: 1 });
      }
      await goTo(h.now + 20 * MINUTE);
      for (const [tick, before, after] of live) {
        const look = await lookAt(h, tick);
        expect([new Date(tick).toISOString(), look.basis.kind, look.stateBefore, look.verdict]).toEqual([
          new Date(tick).toISOString(),
          "as-seen",
          before,
          after,
        ]);
        if (reasons.has(tick)) expect(look.reason).toBe(reasons.get(tick));
      }
    }),
    { numRuns: 60 },
  );
});
