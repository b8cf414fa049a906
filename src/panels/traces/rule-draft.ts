/** A sampling rule while it is written, and the request that it becomes. */
import type { UiRequest } from "../../../workers/api.ts";
import type { SampledRequest, SamplingRule } from "./answers.ts";
import { xrayRequest } from "./trace-reads.ts";

export const TEXT_MEMBERS = ["HTTPMethod", "URLPath", "Host", "ServiceName", "ServiceType", "ResourceARN"] as const;
export type TextMember = (typeof TEXT_MEMBERS)[number];
export const MEMBERS = ["RuleName", "Priority", "ReservoirSize", "FixedRate", ...TEXT_MEMBERS] as const;
export type Member = (typeof MEMBERS)[number];

export type RuleDraft = Readonly<Record<TextMember, string>> & {
  readonly RuleName: string;
  readonly Priority: number | undefined;
  readonly ReservoirSize: number | undefined;
  /** Percent, as a person says it; the request has a share. */
  readonly percent: number | undefined;
};

export const NEW_RULE: RuleDraft = {
  RuleName: "",
  Priority: 100,
  ReservoirSize: 1,
  percent: 5,
  HTTPMethod: "*",
  URLPath: "*",
  Host: "*",
  ServiceName: "*",
  ServiceType: "*",
  ResourceARN: "*",
};

export const draftOf = (rule: SamplingRule): RuleDraft => ({
  RuleName: rule.RuleName,
  Priority: rule.Priority,
  ReservoirSize: rule.ReservoirSize,
  percent: Number((rule.FixedRate * 100).toPrecision(6)),
  HTTPMethod: rule.HTTPMethod,
  URLPath: rule.URLPath,
  Host: rule.Host,
  ServiceName: rule.ServiceName,
  ServiceType: rule.ServiceType,
  ResourceARN: rule.ResourceARN,
});

const shareOf = (percent: number | undefined): number | undefined =>
  percent === undefined ? undefined : Number((percent / 100).toPrecision(6));

/** What is empty is left out: the engine says that it is needed. */
function fieldsOf(draft: RuleDraft): Readonly<Record<string, unknown>> {
  const all: Readonly<Record<string, string | number | undefined>> = {
    Priority: draft.Priority,
    ReservoirSize: draft.ReservoirSize,
    FixedRate: shareOf(draft.percent),
    ...Object.fromEntries(TEXT_MEMBERS.map((name) => [name, draft[name]])),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined && value !== ""));
}

export const createRequest = (draft: RuleDraft): UiRequest =>
  xrayRequest("CreateSamplingRule", {
    SamplingRule: { ...(draft.RuleName === "" ? {} : { RuleName: draft.RuleName }), ...fieldsOf(draft), Version: 1 },
  });

/** Only what changed, as Default takes no more. */
export function updateRequest(before: SamplingRule, draft: RuleDraft): UiRequest {
  const changed = Object.entries(fieldsOf(draft)).filter(
    ([name, value]) => (before as unknown as Readonly<Record<string, unknown>>)[name] !== value,
  );
  return xrayRequest("UpdateSamplingRule", { SamplingRuleUpdate: { RuleName: before.RuleName, ...Object.fromEntries(changed) } });
}

/** Fields of a request that somebody filled in. */
export const asked = (request: SampledRequest): SampledRequest =>
  Object.fromEntries(Object.entries(request).filter(([, value]) => value !== undefined && value !== ""));
