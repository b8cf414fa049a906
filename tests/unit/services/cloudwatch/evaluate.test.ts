import { describe, expect, test } from "vitest";
import type { StateValue } from "../../../../workers/services/cloudwatch/alarm.ts";
import { evaluate, minimumSamples, type SlotBecause, type Treatment } from "../../../../workers/services/cloudwatch/evaluate.ts";
import { cadence, evaluationRange, nextTick, windowAt } from "../../../../workers/services/cloudwatch/window.ts";

/** Slots out of the guide's pictures: 0 not breaching, X breaching, - missing; oldest left. */
const slotsOf = (picture: string) =>
  picture
    .split(" ")
    .map((mark, i) => ({ start: i * 60_000, value: mark === "-" ? undefined : mark === "X" ? 10 : 0, samples: mark === "-" ? 0 : 1 }));

const TREATMENTS: readonly Treatment[] = ["missing", "ignore", "breaching", "notBreaching"];
const rule = (m: number, treatMissing: Treatment) => ({ m, n: 3, comparison: "GreaterThanThreshold", threshold: 5, treatMissing }) as const;

describe("the verdict where datapoints are missing", () => {
  // The two tables of the user guide; "keep" is the state before.
  const tables: [number, string, string[]][] = [
    [3, "0 - X - X", ["OK", "OK", "OK", "OK"]],
    [3, "0 - - - -", ["OK", "OK", "OK", "OK"]],
    [3, "- - - - -", ["INSUFFICIENT_DATA", "keep", "ALARM", "OK"]],
    [3, "0 X X - X", ["ALARM", "ALARM", "ALARM", "ALARM"]],
    [3, "- - X - -", ["ALARM", "keep", "ALARM", "OK"]],
    [2, "0 - X - X", ["ALARM", "ALARM", "ALARM", "ALARM"]],
    [2, "0 0 X 0 X", ["ALARM", "ALARM", "ALARM", "ALARM"]],
    [2, "0 - X - -", ["OK", "OK", "ALARM", "OK"]],
    [2, "- - - - 0", ["OK", "OK", "ALARM", "OK"]],
    [2, "- - - X -", ["ALARM", "keep", "ALARM", "OK"]],
  ];
  const cells = tables.flatMap(([m, picture, verdicts]) =>
    TREATMENTS.flatMap((treatment, t) =>
      (["OK", "ALARM", "INSUFFICIENT_DATA"] as const).map((current): [number, string, Treatment, StateValue, StateValue] => {
        const verdict = verdicts[t] as string;
        return [m, picture, treatment, current, verdict === "keep" ? current : (verdict as StateValue)];
      }),
    ),
  );
  test.each(cells)("%d of 3 over %s with %s from %s is %s", (m, picture, treatment, current, expected) => {
    expect(evaluate(rule(m, treatment), slotsOf(picture), current).state).toBe(expected);
  });

  test.each(["- - - - X", "- - - X -", "- - - X 0", "- - X - 0"])("does not raise 3 of 3 early over %s", (picture) => {
    expect(evaluate(rule(3, "missing"), slotsOf(picture), "OK").state).not.toBe("ALARM");
  });

  test("records each period as used, filled or spare", () => {
    let recorded: readonly SlotBecause[] = [];
    const verdict = evaluate(rule(2, "breaching"), slotsOf("0 - X - -"), "OK", (slots) => {
      recorded = slots;
    });
    expect(recorded.map((slot) => slot.role)).toEqual(["used", "spare", "used", "spare", "filled"]);
    expect(recorded.map((slot) => slot.breaching)).toEqual([false, null, true, null, null]);
    expect(verdict).toMatchObject({ state: "ALARM", breaching: 1, filled: 1, rule: "missing-treated", kept: false });
  });
});

test("a value equal to the threshold breaches only where the operator says so", () => {
  const at = (comparison: "GreaterThanThreshold" | "GreaterThanOrEqualToThreshold" | "LessThanThreshold" | "LessThanOrEqualToThreshold") =>
    evaluate({ m: 1, n: 1, comparison, threshold: 5, treatMissing: "missing" }, [{ start: 0, value: 5, samples: 1 }], "OK").state;
  expect([at("GreaterThanThreshold"), at("GreaterThanOrEqualToThreshold")]).toEqual(["OK", "ALARM"]);
  expect([at("LessThanThreshold"), at("LessThanOrEqualToThreshold")]).toEqual(["OK", "ALARM"]);
});

test("a percentile with too few samples holds the state", () => {
  expect([99, 99.9, 95, 90, 75, 50, 25, 10, 1].map(minimumSamples)).toEqual([1000, 10_000, 200, 100, 40, 20, 40, 100, 1000]);
  const low = { m: 1, n: 1, comparison: "GreaterThanThreshold", threshold: 5, treatMissing: "missing", minimumSamples: 100 } as const;
  expect(evaluate(low, [{ start: 0, value: 10, samples: 99 }], "OK")).toMatchObject({ state: "OK", kept: true, rule: "few-samples" });
  expect(evaluate(low, [{ start: 0, value: 10, samples: 100 }], "OK").state).toBe("ALARM");
});

test("alarms are evaluated every minute, every ten seconds below it, hourly over more than a day", () => {
  expect(cadence(60, 1)).toBe(60_000);
  expect(cadence(300, 12)).toBe(60_000);
  expect([cadence(10, 1), cadence(20, 3), cadence(30, 2)]).toEqual([10_000, 10_000, 10_000]);
  expect(cadence(3600, 24)).toBe(60_000);
  expect(cadence(3600, 25)).toBe(3_600_000);
  expect(nextTick(120_000, 60_000)).toBe(180_000);
});

test("the window slides: five minutes at minute 6 are minutes 1 to 6", () => {
  const ends = (minute: number, wallClock = false) => {
    const grid = windowAt(minute * 60_000, 300, 1, wallClock);
    return [(grid.start + (grid.cells - 1) * grid.period) / 60_000, (grid.start + grid.cells * grid.period) / 60_000];
  };
  expect(ends(5)).toEqual([0, 5]);
  expect(ends(6)).toEqual([1, 6]);
  expect(ends(6, true)).toEqual([0, 5]);
  expect([1, 3, 6, 9, 12].map(evaluationRange)).toEqual([3, 5, 8, 12, 16]);
});
