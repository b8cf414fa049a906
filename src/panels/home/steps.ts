/** How far the account has come on the way from a log line to a person, judged from what it holds. */
import type { AlarmState } from "../../ui/Badge.tsx";

export interface AccountFacts {
  readonly groups: readonly { readonly logGroupName: string; readonly metricFilterCount?: number }[];
  readonly filters: readonly {
    readonly filterName: string;
    readonly logGroupName: string;
    readonly namespace: string;
    readonly metricName: string;
  }[];
  /** Metrics that have datapoints, without those of AWS's own namespaces. `dimensions` as `Name=Value,...`. */
  readonly metrics: readonly { readonly namespace: string; readonly metricName: string; readonly dimensions: string }[];
  readonly alarms: readonly {
    readonly AlarmName: string;
    readonly StateValue: AlarmState;
    readonly MetricName?: string;
    readonly Namespace?: string;
  }[];
  /** Confirmed ones, and those that wait for their confirmation. */
  readonly subscriptions: number;
  readonly unconfirmed: number;
  readonly notifications: number;
  readonly confirmations: number;
  /** Log groups that a file was imported into, and those a replay ships lines into now. */
  readonly attached: readonly string[];
  readonly shipping: readonly string[];
}

export interface Step {
  readonly id: string;
  readonly text: string;
  readonly done: boolean;
  readonly path: string;
  /** What it waits for. */
  readonly hint?: string;
}

export interface StepPaths {
  readonly group: (name: string) => string;
  readonly filter: (group: string) => string;
}

type Metric = AccountFacts["metrics"][number];
type Filter = AccountFacts["filters"][number];

/** The filter the chain shows, and its metric: of all filters the first whose metric has datapoints, else the first. */
export function watched(facts: AccountFacts): { readonly filter?: Filter; readonly metric?: Metric } {
  const metricOf = (filter: Filter): Metric | undefined =>
    facts.metrics.find((one) => one.namespace === filter.namespace && one.metricName === filter.metricName);
  const filter = facts.filters.find((one) => metricOf(one) !== undefined) ?? facts.filters[0];
  if (filter === undefined) return {};
  const metric = metricOf(filter);
  return metric === undefined ? { filter } : { filter, metric };
}

/** Where the metric is graphed; while there is none, what is missing and the place to bring it about. */
export function metricStep(facts: AccountFacts, paths: StepPaths): { readonly path: string; readonly hint?: string } {
  const { filter, metric } = watched(facts);
  if (metric !== undefined) return { path: `/metrics?${metricQuery(metric)}` };
  const group = facts.groups[0]?.logGroupName;
  if (filter === undefined)
    return group === undefined
      ? { path: "/", hint: "There is no log yet." }
      : { path: paths.filter(group), hint: "A metric filter makes it from matching lines." };
  const hint = facts.shipping.includes(filter.logGroupName)
    ? "A file is being shipped; the metric appears when a line matches. Let the clock run."
    : facts.attached.includes(filter.logGroupName)
      ? "No line has come since the filter was made: replay the file through it."
      : "No line has come since the filter was made: put events, or let agents ship some.";
  return { path: `${paths.group(filter.logGroupName)}?tab=filters`, hint };
}

function metricQuery({ namespace, metricName, dimensions }: Metric): URLSearchParams {
  return new URLSearchParams({ namespace, metric: metricName, ...(dimensions === "" ? {} : { dimensions }) });
}

/** The steps in order; the first that is not done is the one thing to do next. */
export function stepsOf(facts: AccountFacts, paths: StepPaths): readonly Step[] {
  const group = facts.groups[0]?.logGroupName;
  const { metric } = watched(facts);
  return [
    { id: "log", text: "Bring in a log", done: group !== undefined, path: group === undefined ? "/" : paths.group(group) },
    {
      id: "filter",
      text: "Make a metric filter on it",
      done: facts.filters.length > 0,
      path: group === undefined ? "/logs" : paths.filter(group),
    },
    { id: "metric", text: "See the metric arrive", done: metric !== undefined, ...metricStep(facts, paths) },
    {
      id: "alarm",
      text: "Put an alarm on it",
      done: facts.alarms.length > 0,
      path: `/alarms/new${metric === undefined ? "" : `?${metricQuery(metric)}&stat=Sum&period=60`}`,
    },
    {
      id: "person",
      text: "Subscribe a person to it",
      done: facts.subscriptions > 0,
      path: "/inbox",
      ...(facts.unconfirmed > 0 ? { hint: "The mail that asks for a confirmation waits in the inbox." } : {}),
    },
    {
      id: "fire",
      text: "Run the clock until it fires",
      done: facts.notifications > 0 || facts.alarms.some((a) => a.StateValue === "ALARM"),
      path: "/alarms",
    },
  ];
}

/** `1 confirmation mail` while nothing else has come. */
export function mailsText({ notifications, confirmations }: Pick<AccountFacts, "notifications" | "confirmations">): string {
  if (notifications > 0) return `${notifications} ${notifications === 1 ? "mail" : "mails"}`;
  return confirmations > 0 ? `${confirmations} ${confirmations === 1 ? "confirmation mail" : "confirmation mails"}` : "no mail";
}
