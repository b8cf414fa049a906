/** An account with three alarms, answered without a worker: numbers of the look's own picture. */
import { HashRouter } from "@solidjs/router";
import type { JSX } from "solid-js";
import { ClientContext } from "../../../../src/client/context.ts";
import { AlarmsPanel } from "../../../../src/panels/alarms/AlarmsPanel.tsx";
import type { Evaluation } from "../../../../src/panels/alarms/answers.ts";
import type { WorkerApi } from "../../../../workers/api.ts";
import { type Fake, fakeClient, NOON, type Reads } from "../../app/fake-client.ts";

const MINUTE = 60_000;
export const END = Math.ceil(NOON / MINUTE) * MINUTE;
/** 09:17 */
export const CHANGED = END - 3 * MINUTE;

const VALUES: Readonly<Record<number, number>> = {
  2: 1,
  6: 2,
  11: 1,
  14: 2,
  15: 2,
  19: 1,
  22: 3,
  24: 48,
  25: 96,
  26: 131,
  27: 127,
  28: 134,
};

export const ALARM = {
  AlarmName: "orders-throttled",
  AlarmArn: "arn:aws:cloudwatch:us-east-1:123456789012:alarm:orders-throttled",
  ActionsEnabled: true,
  OKActions: [],
  AlarmActions: ["arn:aws:sns:us-east-1:123456789012:on-call"],
  InsufficientDataActions: [],
  Namespace: "Shop/Orders",
  MetricName: "ThrottledWrites",
  Dimensions: [],
  Statistic: "Sum",
  Period: 60,
  EvaluationPeriods: 5,
  DatapointsToAlarm: 3,
  Threshold: 20,
  ComparisonOperator: "GreaterThanOrEqualToThreshold",
  TreatMissingData: "notBreaching",
  StateValue: "ALARM",
  StateReason: "Threshold Crossed: 3 out of the last 5 datapoints",
  StateUpdatedTimestamp: CHANGED,
  StateTransitionedTimestamp: CHANGED,
};

const OTHERS = [
  { ...ALARM, AlarmName: "checkout-latency", MetricName: "Latency", Namespace: "Shop/Checkout", StateValue: "OK", ActionsEnabled: false },
  {
    ...ALARM,
    AlarmName: "orders-silent",
    MetricName: "Orders",
    StateValue: "INSUFFICIENT_DATA",
    StateTransitionedTimestamp: CHANGED - 900_000,
  },
];

const READS: Reads = {
  "cloudwatch DescribeAlarms": ({ AlarmNames }) => ({
    MetricAlarms: [ALARM, ...OTHERS].filter((one) => AlarmNames === undefined || (AlarmNames as string[]).includes(one.AlarmName)),
  }),
  "cloudwatch DescribeAlarmHistory": () => ({
    AlarmHistoryItems: [
      {
        Timestamp: CHANGED,
        HistoryItemType: "StateUpdate",
        HistorySummary: "Alarm updated from OK to ALARM",
        HistoryData: '{"version":"1.0"}',
      },
      {
        Timestamp: CHANGED - 1_800_000,
        HistoryItemType: "ConfigurationUpdate",
        HistorySummary: 'Alarm "orders-throttled" created',
        HistoryData: "{}",
      },
    ],
  }),
  "sns ListTopics": () => ({ Topics: [{ TopicArn: "arn:aws:sns:us-east-1:123456789012:on-call" }] }),
  "sns ListSubscriptions": () => ({ Subscriptions: [] }),
  "sns CreateTopic": ({ Name }) => ({ TopicArn: `arn:aws:sns:us-east-1:123456789012:${String(Name)}` }),
  "sns Subscribe": () => ({ SubscriptionArn: "pending confirmation" }),
  "logs DescribeMetricFilters": () => ({
    metricFilters: [{ filterName: "throttled-writes", logGroupName: "/shop/orders", metricTransformations: [{}] }],
  }),
  "cloudwatch PutMetricAlarm": () => ({}),
  "cloudwatch SetAlarmState": () => ({}),
  "cloudwatch DisableAlarmActions": () => ({}),
  "cloudwatch DeleteAlarms": () => ({}),
};

interface Question {
  readonly [member: string]: unknown;
}

export function evaluationAt(at: number): Evaluation {
  const end = Math.min(Math.floor(at / MINUTE) * MINUTE, END - MINUTE);
  const slots = Array.from({ length: 7 }, (_, i) => {
    const start = end - (7 - i) * MINUTE;
    const value = VALUES[(start - (END - 30 * MINUTE)) / MINUTE] ?? null;
    const role = i < 2 ? ("spare" as const) : value === null ? ("filled" as const) : ("used" as const);
    return { start, value, samples: value === null ? 0 : 1, breaching: value === null ? null : value >= 20, role };
  });
  const used = slots.filter((slot) => slot.role === "used");
  const breaching = used.filter((slot) => slot.breaching).length;
  return {
    kind: "alarm-evaluation",
    at: end,
    next: END,
    changes: end > CHANGED ? { before: CHANGED } : end < CHANGED ? { after: CHANGED } : {},
    cadenceSeconds: 60,
    periodSeconds: 60,
    m: 3,
    n: 5,
    treatMissing: "notBreaching",
    slots,
    basis: { kind: "as-seen" },
    datapoints: used.length,
    breaching,
    filled: 5 - used.length,
    rule: "missing-treated",
    stateBefore: end > CHANGED ? "ALARM" : "OK",
    verdict: breaching >= 3 ? "ALARM" : "OK",
    kept: false,
    sentence: `${breaching} of ${used.length} datapoints breach, 3 of 5 needed.`,
    reason: "Threshold Crossed: the engine's words",
    stateReason:
      end < CHANGED
        ? { text: "Unchecked", since: CHANGED - 60 * MINUTE, by: "creation" }
        : { text: ALARM.StateReason, since: CHANGED, by: "change" },
    tier: 1,
    exactness: "exact",
  };
}

/** What the views answer. */
export function look(view: string, question: Question): unknown {
  const { start, end } = question as { readonly start: number; readonly end: number };
  const split = (at: number) => ({
    spans: [
      { state: "OK", start, end: at },
      { state: "ALARM", start: at, end: NOON },
    ],
    transitions: [{ at, from: "OK", to: "ALARM", reason: "Threshold Crossed" }],
  });
  switch (view) {
    case "alarmTimeline":
      return { ...split(CHANGED), configurations: [] };
    case "whatIf": {
      const m = (question["alarm"] as { readonly DatapointsToAlarm?: number } | undefined)?.DatapointsToAlarm ?? 3;
      return { ...split(CHANGED - (3 - m) * MINUTE), evaluations: 30, asSeenFrom: start };
    }
    case "alarmOverview":
      return [ALARM, ...OTHERS].map(({ AlarmName }) => ({
        alarmName: AlarmName,
        isEvaluated: AlarmName !== "orders-silent",
        spans: split(CHANGED).spans,
      }));
    case "alarmEvaluation":
      return evaluationAt((question["at"] as number | undefined) ?? NOON);
    case "metricCatalog":
      return {
        namespaces: [
          {
            namespace: "Shop/Orders",
            metrics: [
              { metricName: "ThrottledWrites", dimensions: [], units: ["None"], first: start, last: NOON, samples: 12 },
              {
                metricName: "Orders",
                dimensions: [{ Name: "Stage", Value: "prod" }],
                units: ["Count"],
                first: start,
                last: NOON,
                samples: 900,
              },
            ],
          },
          {
            namespace: "Shop/Checkout",
            metrics: [{ metricName: "Latency", dimensions: [], units: ["Milliseconds"], first: start, last: NOON, samples: 4000 }],
          },
        ],
      };
    case "series": {
      const { metrics, periodSeconds } = question as unknown as { metrics: readonly { stats: readonly string[] }[]; periodSeconds: number };
      const count = Math.ceil((end - start) / (periodSeconds * 1000));
      const column = Float64Array.from(
        { length: count },
        (_, i) => VALUES[(start + i * periodSeconds * 1000 - (END - 30 * MINUTE)) / MINUTE] ?? Number.NaN,
      );
      return metrics.map(({ stats }) => ({
        start,
        period: periodSeconds * 1000,
        unit: "None",
        stats: Object.fromEntries(stats.map((stat) => [stat, column])),
        because: { tier: 60, exactness: stats.some((stat) => stat.startsWith("p")) ? "sketch" : "exact", unitsSeen: ["None"] },
      }));
    }
    default:
      return [];
  }
}

export function fakeAlarms(reads: Reads = {}, answers: Partial<WorkerApi> = {}): Fake {
  return fakeClient(
    { ...READS, ...reads },
    {
      look: async ({ view, question }) => look(view, (question ?? {}) as Question),
      lineOf: async ({ service, operation, input }) => `aws ${service} ${operation} ${JSON.stringify(input)}`,
      ...answers,
    },
  );
}

/** The panel alone under a router, at an address. */
export function AlarmsAt(props: { readonly fake: Fake }): JSX.Element {
  return (
    <ClientContext.Provider value={props.fake.client}>
      <HashRouter>{[{ path: ["/alarms", "/alarms/new", "/alarms/:name"], component: AlarmsPanel }]}</HashRouter>
    </ClientContext.Provider>
  );
}
