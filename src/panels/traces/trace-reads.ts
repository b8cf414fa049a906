/** Reads that several parts of these pages share. */
import { type Accessor, createMemo } from "solid-js";
import type { LookQuestion } from "../../../workers/account/contract.ts";
import type { UiRequest } from "../../../workers/api.ts";
import type { FilterNames } from "../../../workers/language/xray-filter/complete.ts";
import { useClient } from "../../client/context.ts";
import { createLook, createQuestion, createRead, type Read, type ReadOptions } from "../../client/resource.ts";
import type { Group, RuleRecord, SampledRequest, TraceView, WhySampled } from "./answers.ts";

export const xrayRequest = (operation: string, input: Readonly<Record<string, unknown>>): UiRequest => ({
  service: "xray",
  operation,
  input,
  via: "form",
});

type Asked = Readonly<Record<string, unknown>>;

/** A look of X-Ray in the chosen Region; undefined asks nothing. */
export function useXrayLook<T>(view: string, question: () => Asked | undefined, options: ReadOptions = { follow: "version" }): Read<T> {
  const { pulse } = useClient();
  const region = createMemo(() => pulse()?.region ?? "us-east-1");
  return createLook<T>((): LookQuestion | undefined => {
    const asked = question();
    return asked === undefined ? undefined : { service: "xray", view, region: region(), question: asked };
  }, options);
}

export const useNames = (): Read<FilterNames> => useXrayLook<FilterNames>("filterNames", () => ({}));

export const useTrace = (id: () => string | undefined): Read<TraceView | null | undefined> =>
  useXrayLook<TraceView | null | undefined>("trace", () => {
    const asked = id();
    return asked === undefined ? undefined : { id: asked };
  });

export const useWhySampled = (request: () => SampledRequest | undefined, drawn?: () => number): Read<WhySampled> =>
  useXrayLook<WhySampled>(
    "whySampled",
    () => {
      const asked = request();
      return asked === undefined ? undefined : { request: asked, ...(drawn === undefined ? {} : { drawn: drawn() }) };
    },
    { follow: "version" },
  );

export interface Listed<T> {
  readonly read: ReturnType<typeof createRead>;
  readonly list: Accessor<readonly T[]>;
}

export function useGroups(): Listed<Group> {
  const read = createRead(() => ({ service: "xray", operation: "GetGroups", input: {} }), { follow: "version" });
  return { read, list: createMemo(() => (read.data()?.output["Groups"] as readonly Group[] | undefined) ?? []) };
}

/** In the order in which they are tried. */
export function useSamplingRules(): Listed<RuleRecord> {
  const read = createRead(() => ({ service: "xray", operation: "GetSamplingRules", input: {} }), { follow: "version" });
  const list = createMemo(() => {
    const records = (read.data()?.output["SamplingRuleRecords"] as readonly RuleRecord[] | undefined) ?? [];
    const name = ({ SamplingRule }: RuleRecord): string => SamplingRule.RuleName;
    return [...records].sort((a, b) => a.SamplingRule.Priority - b.SamplingRule.Priority || (name(a) < name(b) ? -1 : 1));
  });
  return { read, list };
}

/** The `aws` lines of requests. */
export function useLines(requests: () => readonly UiRequest[]): Read<readonly string[]> {
  const { api } = useClient();
  return createQuestion(
    () => ({ service: "xray", requests: requests() }),
    (asked) => Promise.all(asked.requests.map((request) => api.lineOf(request))),
    { follow: "question" },
  );
}
