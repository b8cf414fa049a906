/** An event comes to a bus: it is written down, and goes to the targets of every rule it matches. */

import type { Because } from "../../language/because.ts";
import { explainEvent } from "../../language/event-pattern/explain.ts";
import type { Leaves } from "../../language/event-pattern/flatten.ts";
import { parseEventPattern } from "../../language/event-pattern/parse.ts";
import { compileRules, type RuleSet } from "../../language/event-pattern/rule-set/rule-set.ts";
import type { EventPattern } from "../../language/event-pattern/tree.ts";
import type { Context } from "../contract.ts";
import { ALL_CALLS, isReadingCall } from "../reading-calls.ts";
import { invoke, type Taken } from "./deliver.ts";
import { busArn, knownBus, type RuleDoc, rulesOf } from "./documents.ts";
import { type Envelope, passedLog } from "./passed.ts";

/** Rules are replaced, never changed, so what was read of one stays right. */
const read = new WeakMap<RuleDoc, EventPattern>();

export function patternOf(rule: RuleDoc & { readonly pattern: string }): EventPattern {
  let pattern = read.get(rule);
  if (pattern === undefined) {
    pattern = parseEventPattern(rule.pattern);
    read.set(rule, pattern);
  }
  return pattern;
}

type WithPattern = RuleDoc & { readonly pattern: string };
export const hasPattern = (rule: RuleDoc): rule is WithPattern => rule.pattern !== undefined;

/** The event as patterns read it: `detail` in the sender's own spelling where that is at hand. */
export function textOf(envelope: Envelope, detail = JSON.stringify(envelope.detail)): string {
  const { detail: _, ...rest } = envelope;
  return `${JSON.stringify(rest).slice(0, -1)},"detail":${detail}}`;
}

/** Read-only calls that CloudTrail reports reach only rules that ask for all management events. */
export function isHeldBack(rule: RuleDoc, { source, "detail-type": type, detail }: Envelope): boolean {
  if (rule.state === ALL_CALLS) return false;
  return source.startsWith("aws.") && type === "AWS API Call via CloudTrail" && isReadingCall(detail);
}

export interface RuleVerdict {
  readonly rule: string;
  readonly state: RuleDoc["state"];
  readonly isMatch: boolean;
  /** Why a rule without a fitting pattern, or that is off, stays out of it. */
  readonly heldBack?: string;
  readonly because?: Because;
}

/** Every rule of a bus against an event, with the reasons; the same judgement that `arrive` makes. */
export function judgeRules(ctx: Context, bus: string, envelope: Envelope, leaves: Leaves): readonly RuleVerdict[] {
  return rulesOf(ctx, bus).map((rule): RuleVerdict => {
    const { name, state } = rule;
    if (!hasPattern(rule))
      return { rule: name, state, isMatch: false, heldBack: "It has a schedule and no pattern: events do not set it off." };
    const because = explainEvent(patternOf(rule), leaves);
    if (state === "DISABLED") return { rule: name, state, isMatch: false, heldBack: "The rule is disabled.", because };
    if (isHeldBack(rule, envelope)) {
      const heldBack = `Get, List and Describe calls reach only rules in the state ${ALL_CALLS}.`;
      return { rule: name, state, isMatch: false, heldBack, because };
    }
    return { rule: name, state, isMatch: because.verdict, because };
  });
}

interface Listening {
  readonly rules: readonly WithPattern[];
  readonly set: RuleSet;
}

/** By bus; good for as long as its rules are the same documents. */
const compiled = new Map<string, Listening>();

/** The enabled rules of a bus, compiled together. */
function listeningOn(ctx: Context, bus: string): Listening {
  const present = rulesOf(ctx, bus).filter((rule): rule is WithPattern => hasPattern(rule) && rule.state !== "DISABLED");
  const key = busArn(ctx, bus);
  const known = compiled.get(key);
  if (known !== undefined && known.rules.length === present.length && known.rules.every((rule, i) => rule === present[i])) return known;
  const listening = { rules: present, set: compileRules(present.map(patternOf)) };
  compiled.set(key, listening);
  return listening;
}

export interface Arriving {
  readonly envelope: Envelope;
  /** `detail` as the sender wrote it. */
  readonly detail?: string | undefined;
  readonly trace?: string | undefined;
  readonly hops?: number;
}

/** @param bus a bus that exists. Answers the names of the rules that matched. */
export function arrive(ctx: Context, bus: string, { envelope, detail, trace, hops = 0 }: Arriving): readonly string[] {
  const { cause } = ctx;
  const passed = passedLog(ctx).append({ bus, at: ctx.now, envelope, ...(cause === undefined ? {} : { cause }) });
  const listening = listeningOn(ctx, bus);
  if (listening.rules.length === 0) return [];
  const numbers = listening.set.match(textOf(envelope, detail));
  const matched = numbers.map((number) => listening.rules[number] as WithPattern).filter((rule) => !isHeldBack(rule, envelope));
  for (const rule of matched) invoke(ctx, rule, { envelope, passed, trace, hops }, forward);
  return matched.map(({ name }) => name);
}

/** A rule's target is another bus. One that is not there takes nothing, as PutEvents to it would. */
export function forward(ctx: Context, bus: string, { envelope, trace, hops }: Taken): void {
  if (knownBus(ctx, bus) !== undefined) arrive(ctx, bus, { envelope, trace, hops });
}
