/**
 * The sampler of a client: centralised rules as long as they are known, else the local ones. Plain data in, plain data out,
 * so that a simulated process keeps it as a document; and why each request was sampled or not.
 */
import type { Because } from "../because.ts";
import { type LocalRate, type LocalRules, matchingLocalRule } from "./local-rules.ts";
import { type Decision, decide, newReservoir, type Reservoir } from "./reservoir.ts";
import { matchingRule, type SampledRequest, type SamplingRule } from "./rules.ts";

/** Rules that were fetched longer ago do not count any more. */
export const RULES_LIVE_SECONDS = 3600;

export interface SamplerState {
  readonly rules: readonly SamplingRule[];
  /** When they were fetched, seconds since 1970; absent before the first time. */
  readonly fetched?: number;
  /** By rule name. */
  readonly reservoirs: Readonly<Record<string, Reservoir>>;
  /** By index of the local rule or `default`: the second and what was taken in it. */
  readonly local: Readonly<Record<string, { readonly second: number; readonly taken: number }>>;
}

export const newSampler = (): SamplerState => ({ rules: [], reservoirs: {}, local: {} });

export interface Sampled {
  readonly isSampled: boolean;
  /** Name of the rule; `local/2`, `local/default` for local ones. */
  readonly rule: string;
  readonly decision: Decision;
  readonly because: Because;
  readonly next: SamplerState;
}

export interface SamplingCall {
  readonly request: SampledRequest;
  /** Seconds since 1970. */
  readonly time: number;
  readonly random: () => number;
  readonly localRules: LocalRules;
}

export function sampleRequest(state: SamplerState, call: SamplingCall): Sampled {
  const isLive = state.fetched !== undefined && call.time - state.fetched <= RULES_LIVE_SECONDS;
  const looked: Because[] = [];
  const rule = isLive ? matchingRule(state.rules, call.request, looked) : undefined;
  return rule === undefined ? sampleLocally(state, call, isLive, looked) : sampleByRule(state, call, rule, looked);
}

function sampleByRule(state: SamplerState, { time, random }: SamplingCall, rule: SamplingRule, looked: readonly Because[]): Sampled {
  const { decision, reason, next } = decide(state.reservoirs[rule.RuleName] ?? newReservoir(rule), time, random);
  const isSampled = decision !== "no";
  return {
    isSampled,
    rule: rule.RuleName,
    decision,
    because: verdict(rule.RuleName, isSampled, reason, looked),
    next: { ...state, reservoirs: { ...state.reservoirs, [rule.RuleName]: next } },
  };
}

function sampleLocally(state: SamplerState, call: SamplingCall, isLive: boolean, looked: readonly Because[]): Sampled {
  const which = String(matchingLocalRule(call.localRules, call.request));
  const { fixedTarget, rate }: LocalRate = call.localRules.rules[Number(which)] ?? call.localRules.fallback;
  const second = Math.floor(call.time);
  const held = state.local[which];
  const taken = held?.second === second ? held.taken : 0;
  const isTaken = taken < fixedTarget;
  const isSampled = isTaken || call.random() < rate;
  const why = isLive
    ? "no centralised rule fits"
    : state.fetched === undefined
      ? "rules were never fetched"
      : "rules were fetched over an hour ago";
  const how = isTaken
    ? `number ${taken + 1} of ${fixedTarget} in this second`
    : `${isSampled ? "drawn" : "not drawn"} for the rate of ${rate * 100} %`;
  return {
    isSampled,
    rule: `local/${which}`,
    decision: isTaken ? "take" : isSampled ? "rate" : "no",
    because: verdict(`local rule ${which}`, isSampled, `${why}, so local rules decide: ${how}`, looked),
    next: { ...state, local: { ...state.local, [which]: { second, taken: isTaken ? taken + 1 : taken } } },
  };
}

const verdict = (text: string, isSampled: boolean, reason: string, parts: readonly Because[]): Because => ({
  text,
  from: 0,
  to: 0,
  verdict: isSampled,
  reason,
  ...(parts.length === 0 ? {} : { parts }),
});
