import { describe, expect, test } from "vitest";
import { cloudwatch } from "../../../../workers/services/cloudwatch/definition.ts";
import { type Harness, harness } from "../harness.ts";

const NOW = Date.UTC(2026, 10, 4, 12, 0, 1);
const TOPIC = "arn:aws:sns:us-east-1:123456789012:pager";
const ALARM = {
  AlarmName: "checkout errors",
  AlarmDescription: "Page the shop",
  Namespace: "Shop",
  MetricName: "Errors",
  Dimensions: [
    { Name: "Service", Value: "checkout" },
    { Name: "Stage", Value: "prod" },
  ],
  Statistic: "Sum",
  Period: 60,
  EvaluationPeriods: 3,
  DatapointsToAlarm: 1,
  Threshold: 5,
  ComparisonOperator: "GreaterThanThreshold",
  TreatMissingData: "notBreaching",
  AlarmActions: [TOPIC, "arn:aws:lambda:us-east-1:123456789012:function:f"],
};

async function published(more: object = {}, byHand = false): Promise<{ readonly subject: string; json: string; readonly email: string }> {
  const h: Harness = harness(cloudwatch, { now: NOW });
  const alarm = { ...ALARM, ...more };
  await h.call("PutMetricAlarm", alarm);
  if (byHand) await h.call("SetAlarmState", { AlarmName: alarm.AlarmName, StateValue: "ALARM", StateReason: "drill" });
  else {
    const MetricData = [{ MetricName: "Errors", Value: 9, Timestamp: NOW, Dimensions: alarm.Dimensions }];
    await h.call("PutMetricData", { Namespace: "Shop", MetricData });
    await h.advanceTo(NOW + 60_000);
  }
  const { input } = h.emissions.find(({ service }) => service === "sns") ?? {};
  expect(input).toMatchObject({ TopicArn: TOPIC, MessageStructure: "json" });
  const texts = JSON.parse(input?.["Message"] as string) as { readonly default: string; readonly email: string };
  return { subject: input?.["Subject"] as string, json: texts.default, email: texts.email };
}

const REASON =
  "Threshold Crossed: 1 out of the last 3 datapoints [9.0 (04/11/26 12:00:00)] was greater than the threshold (5.0) and 2 missing datapoints were treated as [NonBreaching] (minimum 1 datapoint for OK -> ALARM transition).";

describe("an alarm's notification", () => {
  test("is JSON for programs", async () => {
    const { subject, json } = await published();
    expect(subject).toBe('ALARM: "checkout errors" in US East (N. Virginia)');
    expect(json).toContain('"Threshold":5.0');
    expect(JSON.parse(json)).toMatchObject({
      AlarmName: "checkout errors",
      AWSAccountId: "123456789012",
      NewStateValue: "ALARM",
      NewStateReason: REASON,
      OldStateValue: "INSUFFICIENT_DATA",
      StateChangeTime: "2026-11-04T12:01:00.000+0000",
      Region: "US East (N. Virginia)",
      Trigger: {
        MetricName: "Errors",
        Statistic: "SUM",
        StatisticType: "Statistic",
        Period: 60,
        Dimensions: [
          { name: "Service", value: "checkout" },
          { name: "Stage", value: "prod" },
        ],
        TreatMissingData: "notBreaching",
      },
    });
  });

  test("is prose for people", async () => {
    const { email } = await published();
    expect(email.split("\n")).toEqual([
      `You are receiving this email because your Amazon CloudWatch Alarm "checkout errors" in the US East (N. Virginia) region has entered the ALARM state, because "${REASON}" at "Wednesday 04 November, 2026 12:01:00 UTC".`,
      "",
      "View this alarm in the AWS Management Console:",
      "https://us-east-1.console.aws.amazon.com/cloudwatch/deeplink.js?region=us-east-1#alarmsV2:alarm/checkout%20errors",
      "",
      "Alarm Details:",
      "- Name:                       checkout errors",
      "- Description:                Page the shop",
      "- State Change:               INSUFFICIENT_DATA -> ALARM",
      `- Reason for State Change:    ${REASON}`,
      "- Timestamp:                  Wednesday 04 November, 2026 12:01:00 UTC",
      "- AWS Account:                123456789012",
      "- Alarm Arn:                  arn:aws:cloudwatch:us-east-1:123456789012:alarm:checkout errors",
      "",
      "Threshold:",
      "- The alarm is in the ALARM state when the metric is GreaterThanThreshold 5.0 for at least 1 of the last 3 period(s) of 60 seconds.",
      "",
      "Monitored Metric:",
      "- MetricNamespace:                     Shop",
      "- MetricName:                          Errors",
      "- Dimensions:                          [Service = checkout] [Stage = prod]",
      "- Period:                              60 seconds",
      "- Statistic:                           Sum",
      "- Unit:                                not specified",
      "- TreatMissingData:                    notBreaching",
      "",
      "",
      "State Change Actions:",
      "- OK: ",
      `- ALARM: [${TOPIC}] [arn:aws:lambda:us-east-1:123456789012:function:f]`,
      "- INSUFFICIENT_DATA: ",
      "",
    ]);
  });

  test("leaves out what the alarm does not say", async () => {
    const { email } = await published(
      { AlarmDescription: undefined, TreatMissingData: undefined, Unit: "Count", DatapointsToAlarm: undefined },
      true,
    );
    expect(email).toContain('because "drill" at');
    expect(email).toContain("- Description:                \n");
    expect(email).not.toContain("TreatMissingData");
    expect(email).toContain("- Unit:                                Count\n");
    expect(email).toContain("for at least 3 of the last 3 period(s) of 60 seconds.");
  });

  test("names the expressions of an alarm on metric math", async () => {
    const gone = { Namespace: undefined, MetricName: undefined, Dimensions: undefined, Statistic: undefined, Period: undefined };
    const Metric = { Namespace: "Shop", MetricName: "Errors" };
    const Metrics = [
      { Id: "m1", MetricStat: { Metric, Period: 60, Stat: "Sum" }, ReturnData: false },
      { Id: "e1", Expression: "m1 * 2", Label: "Twice" },
    ];
    const { email } = await published({ ...gone, Metrics }, true);
    expect(email).toContain(
      "when the metric math expression is GreaterThanThreshold 5.0 for at least 1 of the last 3 period(s) of 60 seconds.",
    );
    expect(email).toMatch(/Monitored Metrics:\n- Metric m1: +Shop Errors Sum\n- MetricExpression: +m1 \* 2\n- MetricLabel: +Twice\n/);
  });

  test("has a subject that SNS takes, however long the name is", async () => {
    for (const length of [69, 70, 255]) {
      const { subject } = await published({ AlarmName: "ä".repeat(length) }, true);
      expect(subject).toMatch(/^ALARM: "[?]+/);
      expect(subject.length).toBeLessThan(100);
    }
  });
});
