/** Why a request would be sampled or not, by the rules as they are now. */
import { SDK_LOCAL_RULES } from "../../language/xray-sampling/local-rules.ts";
import type { Reservoir } from "../../language/xray-sampling/reservoir.ts";
import type { SampledRequest } from "../../language/xray-sampling/rules.ts";
import { type Sampled, sampleRequest } from "../../language/xray-sampling/sampler.ts";
import type { Context } from "../contract.ts";
import { findRule, type RuleDoc, rulesOf, shownRule } from "./sampling-rules.ts";
import { quotas } from "./sampling-targets.ts";

export interface WhySampledQuestion {
  readonly request: SampledRequest;
  /** What the asking client keeps of the rule; absent = a client that has just started. */
  readonly reservoirs?: Readonly<Record<string, Reservoir>>;
  /** Seconds since 1970; absent = now. */
  readonly time?: number;
  /** What would be drawn where the rate decides, from [0, 1). Default 0.5. */
  readonly drawn?: number;
}

export interface WhySampled extends Omit<Sampled, "next"> {
  readonly shownRule: ReturnType<typeof shownRule> | undefined;
  /** What each client that reported lately may take a second. */
  readonly quotas: readonly { readonly client: string; readonly quota: number }[];
}

export function whySampled(ctx: Context, { request, reservoirs = {}, time = ctx.now / 1000, drawn = 0.5 }: WhySampledQuestion): WhySampled {
  const state = { rules: rulesOf(ctx), fetched: time, reservoirs, local: {} };
  const { next: _, ...sampled } = sampleRequest(state, { request, time, random: () => drawn, localRules: SDK_LOCAL_RULES });
  const rule: RuleDoc | undefined = findRule(ctx, sampled.rule);
  return {
    ...sampled,
    shownRule: rule && shownRule(rule),
    quotas: rule === undefined ? [] : [...quotas(ctx, rule)].map(([client, quota]) => ({ client, quota })),
  };
}
