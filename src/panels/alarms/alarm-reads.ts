/** What the alarm pages ask, each kept fresh. */
import type { Accessor } from "solid-js";
import type { UiReply } from "../../../workers/api.ts";
import { useClient } from "../../client/context.ts";
import { createLook, createQuestion, createRead, type Read } from "../../client/resource.ts";
import type { Alarm, AlarmInput, Evaluation, HistoryItem, NotEvaluated, OverviewRow, Timeline, WhatIf } from "./answers.ts";
import { compact, watchedOf } from "./draft.ts";

interface Range {
  readonly from: number;
  readonly to: number;
}

/** AWS allows 5,000 alarms in a Region: more pages than this means a token that goes round in circles. */
const MOST_PAGES = 60;

/** Every metric alarm of the Region, all pages. */
export function useAlarms(): Read<readonly Alarm[]> {
  const { api, pulse } = useClient();
  return createQuestion(
    () => {
      const region = pulse()?.region;
      return region === undefined ? undefined : { service: "cloudwatch", region };
    },
    async ({ service, region }) => {
      const all: Alarm[] = [];
      let token: unknown;
      for (let page = 0; page < MOST_PAGES; page++) {
        const input = token === undefined ? { MaxRecords: 100 } : { MaxRecords: 100, NextToken: token };
        const { output }: UiReply = await api.read({ service, operation: "DescribeAlarms", region, input });
        all.push(...((output["MetricAlarms"] as readonly Alarm[] | undefined) ?? []));
        token = output["NextToken"];
        if (token === undefined) break;
      }
      return all;
    },
  );
}

/** DescribeAlarms of one name. */
export function useAlarm(name: string): Read<UiReply> & { readonly alarm: Accessor<Alarm | undefined> } {
  const { pulse } = useClient();
  const read = createRead(() => ({
    service: "cloudwatch",
    operation: "DescribeAlarms",
    input: { AlarmNames: [name] },
    region: pulse()?.region ?? "us-east-1",
  }));
  return { ...read, alarm: () => (read.data()?.output["MetricAlarms"] as readonly Alarm[] | undefined)?.[0] };
}

export function useHistory(name: string): Read<UiReply> & { readonly items: Accessor<readonly HistoryItem[]> } {
  const { pulse } = useClient();
  const read = createRead(
    () => ({
      service: "cloudwatch",
      operation: "DescribeAlarmHistory",
      input: { AlarmName: name, MaxRecords: 100 },
      region: pulse()?.region ?? "us-east-1",
    }),
    { follow: "version" },
  );
  return { ...read, items: () => (read.data()?.output["AlarmHistoryItems"] as readonly HistoryItem[] | undefined) ?? [] };
}

export function useTimeline(name: string, range: Accessor<Range>): Read<Timeline> {
  return useCloudWatchLook<Timeline>("alarmTimeline", () => ({ alarmName: name, start: range().from, end: range().to }));
}

/** The evaluation at a moment; undefined = the latest. */
export function useEvaluation(name: string, at: Accessor<number | undefined>): Read<Evaluation | NotEvaluated> {
  return useCloudWatchLook<Evaluation | NotEvaluated>("alarmEvaluation", () => {
    const moment = at();
    return moment === undefined ? { alarmName: name } : { alarmName: name, at: moment };
  });
}

/** What a saved alarm did over the range, and before it was as it is now would have done. */
export function useSavedStates(
  name: string,
  saved: Accessor<AlarmInput>,
  range: Accessor<Range>,
  startState: Accessor<string | undefined>,
): Read<WhatIf> {
  return useCloudWatchLook<WhatIf>("whatIf", () => {
    if (watchedOf(saved()) === undefined) return undefined;
    const state = startState();
    return { alarmName: name, start: range().from, end: range().to, ...(state === undefined ? {} : { startState: state }) };
  });
}

/** What an alarm with this form would have done, by what the saved one saw; asks nothing while the form names no metric. */
export function useWhatIf(
  input: Accessor<AlarmInput | undefined>,
  range: Accessor<Range>,
  startState: Accessor<string | undefined>,
  savedName?: string,
): Read<WhatIf> {
  return useCloudWatchLook<WhatIf>("whatIf", () => {
    const form = input();
    if (form === undefined || watchedOf(form) === undefined) return undefined;
    const { AlarmName: _name, Tags: _tags, ...alarm } = compact(form);
    const state = startState();
    return {
      ...(savedName === undefined ? {} : { alarmName: savedName }),
      alarm,
      start: range().from,
      end: range().to,
      ...(state === undefined ? {} : { startState: state }),
    };
  });
}

/** The states of every alarm over a range. */
export function useOverview(range: Accessor<Range>): Read<readonly OverviewRow[]> {
  return useCloudWatchLook<readonly OverviewRow[]>("alarmOverview", () => ({ start: range().from, end: range().to }));
}

/** Names of the Region's topics. */
export function useTopics(): Accessor<readonly string[]> {
  const read = createRead(() => ({ service: "sns", operation: "ListTopics", input: {} }), { follow: "version" });
  return () =>
    ((read.data()?.output["Topics"] as readonly { readonly TopicArn: string }[] | undefined) ?? []).map((topic) => topic.TopicArn);
}

export interface MetricFilter {
  readonly filterName: string;
  readonly logGroupName: string;
  readonly creationTime?: number;
  readonly defaultValue?: number;
}

/** The metric filters that publish a metric: why a period may be empty. */
export function useFilters(
  metric: Accessor<{ readonly namespace: string; readonly metricName: string } | undefined>,
): Accessor<readonly MetricFilter[]> {
  const read = createRead(
    () => {
      const watched = metric();
      if (watched === undefined || watched.namespace.startsWith("AWS/")) return undefined;
      const input = { metricName: watched.metricName, metricNamespace: watched.namespace };
      return { service: "logs", operation: "DescribeMetricFilters", input };
    },
    { follow: "version" },
  );
  interface Described {
    readonly filterName: string;
    readonly logGroupName: string;
    readonly creationTime?: number;
    readonly metricTransformations: readonly { readonly defaultValue?: number }[];
  }
  return () =>
    ((read.data()?.output["metricFilters"] as readonly Described[] | undefined) ?? []).map(
      ({ filterName, logGroupName, creationTime, metricTransformations }): MetricFilter => {
        const defaultValue = metricTransformations[0]?.defaultValue;
        return {
          filterName,
          logGroupName,
          ...(creationTime === undefined ? {} : { creationTime }),
          ...(defaultValue === undefined ? {} : { defaultValue }),
        };
      },
    );
}

function useCloudWatchLook<T>(view: string, question: () => object | undefined): Read<T> {
  const { pulse } = useClient();
  return createLook<T>(() => {
    const region = pulse()?.region;
    const asked = question();
    return region === undefined || asked === undefined ? undefined : { service: "cloudwatch", view, region, question: asked };
  });
}
