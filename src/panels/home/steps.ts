/** How far the account has come on the way from a log line to a person, judged from what it holds. */
import type { AlarmState } from "../../ui/Badge.tsx";

export interface AccountFacts {
  readonly groups: readonly { readonly logGroupName: string; readonly metricFilterCount?: number }[];
  readonly filters: readonly { readonly filterName: string; readonly logGroupName: string; readonly metricName: string }[];
  readonly metrics: number;
  readonly alarms: readonly {
    readonly AlarmName: string;
    readonly StateValue: AlarmState;
    readonly MetricName?: string;
    readonly Namespace?: string;
  }[];
  readonly subscriptions: number;
  readonly mails: number;
}

export interface Step {
  readonly id: string;
  readonly text: string;
  readonly done: boolean;
  readonly path: string;
}

/** The steps in order; the first that is not done is the one thing to do next. */
export function stepsOf(
  facts: AccountFacts,
  paths: { readonly group: (name: string) => string; readonly filter: (group: string) => string },
): readonly Step[] {
  const group = facts.groups[0]?.logGroupName;
  return [
    { id: "log", text: "Bring in a log", done: group !== undefined, path: "/" },
    {
      id: "filter",
      text: "Make a metric filter on it",
      done: facts.filters.length > 0,
      path: group === undefined ? "/logs" : paths.filter(group),
    },
    { id: "metric", text: "See the metric arrive", done: facts.filters.length > 0 && facts.metrics > 0, path: "/metrics" },
    { id: "alarm", text: "Put an alarm on it", done: facts.alarms.length > 0, path: "/alarms/new" },
    { id: "person", text: "Subscribe a person to it", done: facts.subscriptions > 0, path: "/inbox" },
    {
      id: "fire",
      text: "Run the clock until it fires",
      done: facts.mails > 0 || facts.alarms.some((a) => a.StateValue === "ALARM"),
      path: "/alarms",
    },
  ];
}
