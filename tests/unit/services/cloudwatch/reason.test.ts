import { expect, test } from "vitest";
import { evaluate, type Slot, type Treatment } from "../../../../workers/services/cloudwatch/evaluate.ts";
import { javaDouble } from "../../../../workers/services/cloudwatch/java-double.ts";
import { stateReason, stateReasonData, verdictSentence } from "../../../../workers/services/cloudwatch/reason.ts";

const T = Date.UTC(2019, 9, 2, 16, 59);

function told(values: readonly (number | undefined)[], n: number, m: number, treatMissing: Treatment = "missing", mGiven = true): string {
  const rule = { n, m, comparison: "GreaterThanThreshold", threshold: 50, treatMissing } as const;
  const slots: Slot[] = values.map((value, i) => ({
    start: T - (values.length - 1 - i) * 60_000,
    value,
    samples: value === undefined ? 0 : 1,
  }));
  return stateReason(rule, slots, evaluate(rule, slots, "OK"), mGiven);
}

test.each([
  [50, "50.0"],
  [99.5, "99.5"],
  [0.0666851903306472, "0.0666851903306472"],
  [0, "0.0"],
  [-0, "-0.0"],
  [1e7, "1.0E7"],
  [123_456_789, "1.23456789E8"],
  [0.001, "0.001"],
  [0.0001, "1.0E-4"],
  [-2.5e-9, "-2.5E-9"],
  [9_999_999, "9999999.0"],
])("prints %d as Java does: %s", (value, text) => expect(javaDouble(value)).toBe(text));

test("names the datapoints that speak for the new state, newest first, and the minimum", () => {
  expect(told([99.5], 1, 1)).toBe(
    "Threshold Crossed: 1 out of the last 1 datapoints [99.5 (02/10/19 16:59:00)] was greater than the threshold (50.0) (minimum 1 datapoint for OK -> ALARM transition).",
  );
  expect(told([60, 10, 70], 3, 2)).toBe(
    "Threshold Crossed: 2 out of the last 3 datapoints [70.0 (02/10/19 16:59:00), 60.0 (02/10/19 16:57:00)] were greater than the threshold (50.0) (minimum 2 datapoints for OK -> ALARM transition).",
  );
  expect(told([60, 10, 20], 3, 2)).toBe(
    "Threshold Crossed: 2 out of the last 3 datapoints [20.0 (02/10/19 16:59:00), 10.0 (02/10/19 16:58:00)] were not greater than the threshold (50.0) (minimum 2 datapoints for ALARM -> OK transition).",
  );
});

test("is shorter where the alarm does not name M", () => {
  expect(told([99.5], 1, 1, "missing", false)).toBe(
    "Threshold Crossed: 1 datapoint [99.5 (02/10/19 16:59:00)] was greater than the threshold (50.0).",
  );
});

test("says what became of missing datapoints", () => {
  expect(told([undefined, undefined], 2, 2, "breaching")).toBe(
    "Threshold Crossed: no datapoints were received for 2 periods and 2 missing datapoints were treated as [Breaching].",
  );
  expect(told([undefined], 1, 1, "notBreaching")).toBe(
    "Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was treated as [NonBreaching].",
  );
  expect(told([undefined], 1, 1)).toBe("Insufficient Data: 1 datapoint was unknown.");
});

test("real datapoints and filled ones stand side by side, as recorded", () => {
  expect(told([0, undefined], 2, 2, "breaching", false)).toBe(
    "Threshold Crossed: 1 datapoint [0.0 (02/10/19 16:58:00)] was not greater than the threshold (50.0) and 1 missing datapoint was treated as [Breaching].",
  );
  expect(told([613, undefined, undefined], 3, 1, "notBreaching")).toBe(
    "Threshold Crossed: 1 out of the last 3 datapoints [613.0 (02/10/19 16:57:00)] was greater than the threshold (50.0) and 2 missing datapoints were treated as [NonBreaching] (minimum 1 datapoint for OK -> ALARM transition).",
  );
  // The one datapoint breaches and so does not speak for OK: only the missing ones are named.
  expect(told([95, undefined, undefined], 3, 2, "notBreaching")).toBe(
    "Threshold Crossed: no datapoints were received for 2 periods and 2 missing datapoints were treated as [NonBreaching].",
  );
});

test("one missing datapoint is, several are", () => {
  const said = (values: readonly (number | undefined)[], m: number): string => {
    const rule = { n: 3, m, comparison: "GreaterThanThreshold", threshold: 50, treatMissing: "missing" } as const;
    const slots = values.map((value, i) => ({ start: T + i * 60_000, value, samples: value === undefined ? 0 : 1 }));
    return verdictSentence(rule, evaluate(rule, slots, "OK"), "OK");
  };
  expect(said([undefined, 60, 60], 2)).toContain("ALARM, although 1 is missing.");
  expect(said([undefined, undefined, 60], 1)).toContain("ALARM, although 2 are missing.");
  expect(said([undefined, 60, 10], 2)).toContain("; 1 is missing and a datapoint that does not breach is there: OK.");
});

test("reason data are JSON with Java's doubles, and without a start where there are no data", () => {
  const rule = { n: 1, m: 1, comparison: "GreaterThanThreshold", threshold: 50, treatMissing: "breaching" } as const;
  const dataOf = (value: number | undefined): string => {
    const slots = [{ start: T, value, samples: value === undefined ? 0 : 2 }];
    const parts = { queryTime: T + 60_985, unit: "Seconds", statistic: "Average", periodSeconds: 60 };
    return stateReasonData(rule, slots, evaluate(rule, slots, "OK"), parts);
  };
  expect(dataOf(99)).toBe(
    '{"version":"1.0","queryDate":"2019-10-02T17:00:00.985+0000","startDate":"2019-10-02T16:59:00.000+0000","unit":"Seconds","statistic":"Average","period":60,"recentDatapoints":[99.0],"threshold":50.0,"evaluatedDatapoints":[{"timestamp":"2019-10-02T16:59:00.000+0000","sampleCount":2.0,"value":99.0}]}',
  );
  expect(JSON.parse(dataOf(undefined))).toMatchObject({
    recentDatapoints: [],
    evaluatedDatapoints: [{ timestamp: "2019-10-02T16:59:00.000+0000" }],
  });
  expect(JSON.parse(dataOf(undefined))).not.toHaveProperty("startDate");
});
