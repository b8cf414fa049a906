/** Reads that several parts of this page share. */
import { type Accessor, createMemo } from "solid-js";
import type { UiRequest } from "../../../workers/api.ts";
import { useClient } from "../../client/context.ts";
import { createLook, createQuestion, type Read, type ReadOptions } from "../../client/resource.ts";
import type { Attached, GroupSummary, LogGroup, LogStream, MetricFilter, Replay } from "./answers.ts";

const MOST_PAGES = 40;

/** All pages of a list operation. */
export function useAll<T>(
  request: () => UiRequest | undefined,
  member: string,
  options: ReadOptions = { follow: "version" },
): Read<readonly T[]> {
  const { api } = useClient();
  return createQuestion(
    request,
    async (asked) => {
      const all: T[] = [];
      let nextToken: unknown;
      for (let page = 0; page < MOST_PAGES; page++) {
        const { output } = await api.read({ ...asked, input: { ...asked.input, ...(nextToken === undefined ? {} : { nextToken }) } });
        all.push(...((output[member] as readonly T[] | undefined) ?? []));
        nextToken = output["nextToken"];
        if (nextToken === undefined) break;
      }
      return all;
    },
    options,
  );
}

export const useGroups = (): Read<readonly LogGroup[]> =>
  useAll<LogGroup>(() => ({ service: "logs", operation: "DescribeLogGroups", input: { limit: 50 } }), "logGroups");

export const useStreams = (group: () => string): Read<readonly LogStream[]> =>
  useAll<LogStream>(
    () => ({
      service: "logs",
      operation: "DescribeLogStreams",
      input: { logGroupName: group(), orderBy: "LastEventTime", descending: true, limit: 50 },
    }),
    "logStreams",
  );

export const useFilters = (group: () => string): Read<readonly MetricFilter[]> =>
  useAll<MetricFilter>(
    () => ({ service: "logs", operation: "DescribeMetricFilters", input: { logGroupName: group(), limit: 50 } }),
    "metricFilters",
  );

/** The group's own description; undefined where there is none of this name. */
export function useGroup(name: () => string): Read<readonly LogGroup[]> & { readonly group: Accessor<LogGroup | undefined> } {
  const read = useAll<LogGroup>(
    () => ({ service: "logs", operation: "DescribeLogGroups", input: { logGroupNamePrefix: name(), limit: 50 } }),
    "logGroups",
  );
  return { ...read, group: createMemo(() => read.data()?.find((one) => one.logGroupName === name())) };
}

export function useRegion(): Accessor<string> {
  const { pulse } = useClient();
  return createMemo(() => pulse()?.region ?? "us-east-1");
}

export function useSummary(group: () => string): Read<GroupSummary> {
  const region = useRegion();
  return createLook<GroupSummary>(
    () => ({ service: "logs", view: "groupSummary", region: region(), question: { logGroupName: group() } }),
    { follow: "version" },
  );
}

/** Files whose lines went into this group, and replays of them that still run. */
export function useAttached(group: () => string): {
  /** Undefined until known. */
  readonly files: Accessor<readonly Attached[] | undefined>;
  readonly replays: Accessor<readonly Replay[]>;
} {
  const region = useRegion();
  const attached = createLook<readonly Attached[]>(() => ({ service: "world", view: "attached", region: region() }), {
    services: ["logs"],
  });
  const replays = createLook<readonly Replay[]>(() => ({ service: "world", view: "replays", region: region() }), { services: ["logs"] });
  return {
    files: () => (attached.error() === undefined ? attached.data() : [])?.filter((file) => file.mapping.logGroupName === group()),
    replays: () => (replays.data() ?? []).filter((one) => one.logGroupName === group()),
  };
}

/** The `aws` line of a request. */
export function useLine(request: () => UiRequest | undefined): Read<string> {
  const { api } = useClient();
  return createQuestion(request, (asked) => api.lineOf(asked), { follow: "question" });
}
