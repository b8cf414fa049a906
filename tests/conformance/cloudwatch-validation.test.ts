import { expect, test } from "vitest";
import { cloudwatch } from "../../workers/services/cloudwatch/definition.ts";
import { account, call, grown, outcome, START } from "./cloudwatch-support.ts";
import { casesOf } from "./shared.ts";

interface ValidationCase {
  readonly id: string;
  readonly operation: string;
  readonly input: { readonly AlarmName?: string; readonly given?: { readonly composite?: string; readonly alarms?: readonly string[] } };
  readonly given?: { readonly composite?: string; readonly alarms?: readonly string[] };
  readonly expectErrorCode: string | null;
  readonly acceptCodes?: readonly string[];
  readonly expectMessage?: string;
  readonly expectMessageContains?: string;
  readonly expectMessagePattern?: string;
  readonly expectDatapoints?: number;
  readonly expectLabel?: string;
}

const all = casesOf<ValidationCase>("cloudwatch-validation");
const isBuilt = (c: ValidationCase): boolean =>
  cloudwatch.operations[c.operation] !== undefined && (c.input.given ?? c.given)?.composite === undefined;
const cases = all.filter(isBuilt);
const left = all.filter((c) => !isBuilt(c));
const byOperation = new Map<string, number>();
for (const c of left) byOperation.set(c.operation, (byOperation.get(c.operation) ?? 0) + 1);
console.log(`conformance: cloudwatch-validation, ${left.length} of ${all.length} not run (not built):`, Object.fromEntries(byOperation));

const simpleAlarm = (AlarmName: string): object => ({
  AlarmName,
  MetricName: "m",
  Namespace: "HeldoutNone",
  Statistic: "Sum",
  Period: 60,
  EvaluationPeriods: 1,
  Threshold: 1,
  ComparisonOperator: "GreaterThanThreshold",
  TreatMissingData: "ignore",
});

test.each(cases)("validation $id", async (c) => {
  const h = account();
  const now = Math.floor(START / 1000) * 1000;
  for (const name of (c.input.given ?? c.given)?.alarms ?? []) await call(h, "PutMetricAlarm", simpleAlarm(name));
  if (c.input.AlarmName === "existing") await call(h, "PutMetricAlarm", simpleAlarm("existing"));
  const sent = grown(c.input, now) as Record<string, unknown>;
  const { code, message, output } = await outcome(h, c.operation, sent);
  if (c.expectErrorCode === null) expect(code, message).toBeNull();
  else if (c.expectErrorCode === "ANY") expect(code).not.toBeNull();
  else expect([c.expectErrorCode, ...(c.acceptCodes ?? [])], message).toContain(code);
  if (c.expectMessage !== undefined) expect(message).toBe(c.expectMessage);
  if (c.expectMessageContains !== undefined) expect(message).toContain(c.expectMessageContains);
  if (c.expectMessagePattern !== undefined) expect(message).toMatch(new RegExp(c.expectMessagePattern, "s"));
  if (code !== null) return;
  const answer = output as { readonly Datapoints?: readonly object[]; readonly Label?: string };
  if (c.expectDatapoints !== undefined) expect(answer.Datapoints).toHaveLength(c.expectDatapoints);
  if (c.expectLabel !== undefined) expect(answer.Label).toBe(c.expectLabel);
  if (c.operation === "PutMetricAlarm") {
    const described = await call<{ MetricAlarms: object[] }>(h, "DescribeAlarms", { AlarmNames: [sent["AlarmName"]] });
    expect(described.MetricAlarms).toHaveLength(1);
  }
  if (c.operation === "PutMetricData") {
    const listed = await call<{ Metrics: object[] }>(h, "ListMetrics", { Namespace: sent["Namespace"] });
    expect(listed.Metrics.length).toBeGreaterThan(0);
  }
});
