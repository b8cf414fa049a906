/** Views for the screens of rules: why an event reached a rule or did not, and what a pattern would match of what passed. */

import type { Because } from "../../language/because.ts";
import { explainEvent } from "../../language/event-pattern/explain.ts";
import { flattenEvent } from "../../language/event-pattern/flatten.ts";
import { matchesEvent } from "../../language/event-pattern/match.ts";
import { parseEventPattern } from "../../language/event-pattern/parse.ts";
import { EventPatternError } from "../../language/event-pattern/pattern-error.ts";
import { nextFire } from "../../language/schedule/next.ts";
import { parseSchedule } from "../../language/schedule/parse.ts";
import { ServiceError } from "../../model/errors.ts";
import type { Context } from "../contract.ts";
import { judgeRules, type RuleVerdict, textOf } from "./arrive.ts";
import { type Delivery, deliveries } from "./deliveries.ts";
import { DEFAULT_BUS, ruleId, rules } from "./documents.ts";
import { type PassedDoc, passedLog } from "./passed.ts";
import { nextMoment } from "./schedules.ts";

export interface EventVerdicts {
  readonly event: PassedDoc;
  readonly rules: readonly RuleVerdict[];
  readonly deliveries: readonly Delivery[];
}

/** Every rule of the bus an event came to, as the rules are now; undefined for an event that has left the log. */
export function eventVerdicts(ctx: Context, { sequence }: { readonly sequence: string }): EventVerdicts | undefined {
  const event = ctx.docs<PassedDoc>("passed").get(sequence);
  if (event === undefined) return undefined;
  const leaves = flattenEvent(textOf(event.envelope));
  const { deliveries: sent } = deliveries(ctx, { eventId: event.envelope.id, bus: event.bus, limit: 200 });
  return { event, rules: judgeRules(ctx, event.bus, event.envelope, leaves), deliveries: sent };
}

export interface PatternTrial {
  /** Where the pattern is none. */
  readonly error?: { readonly message: string; readonly from: number; readonly to: number; readonly hint?: string };
  /** Against the given event. */
  readonly because?: Because;
  readonly eventError?: string;
  /** Of the newest events of the bus: how many were tried, and which it matches, newest first. */
  readonly tried: number;
  readonly matches: readonly string[];
}

const TRIED = 200;

/** What a pattern says of an event (JSON text), and of what passed the bus last. */
export function tryPattern(
  ctx: Context,
  question: { readonly pattern: string; readonly event?: string; readonly bus?: string },
): PatternTrial {
  const { pattern: text, bus = "default" } = question;
  let pattern: ReturnType<typeof parseEventPattern>;
  try {
    pattern = parseEventPattern(text);
  } catch (thrown) {
    if (!(thrown instanceof EventPatternError)) throw thrown;
    const { message, from, to, hint } = thrown;
    return { error: { message, from, to, ...(hint === undefined ? {} : { hint }) }, tried: 0, matches: [] };
  }
  const matches: string[] = [];
  let tried = 0;
  for (const [sequence, event] of passedLog(ctx).newestFirst()) {
    if (event.bus !== bus) continue;
    if (++tried > TRIED) break;
    if (matchesEvent(pattern, flattenEvent(textOf(event.envelope)))) matches.push(sequence);
  }
  const common = { tried: Math.min(tried, TRIED), matches };
  if (question.event === undefined || question.event.trim() === "") return common;
  try {
    JSON.parse(question.event); // for its words
    return { ...common, because: explainEvent(pattern, flattenEvent(question.event)) };
  } catch (thrown) {
    return { ...common, eventError: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}

/** The next moments of a schedule, epoch milliseconds, or what is wrong with it. A `rule` that has it goes on as it began. */
export function trySchedule(
  ctx: Context,
  { expression, count = 5, rule: name }: { readonly expression: string; readonly count?: number; readonly rule?: string },
): { readonly moments: readonly number[] } | { readonly error: string; readonly hint?: string } {
  try {
    const schedule = parseSchedule(expression);
    const rule = name === undefined ? undefined : rules(ctx).get(ruleId(DEFAULT_BUS, name));
    const since = rule?.schedule === expression ? rule.since : ctx.now;
    const moments: number[] = [];
    for (let at: number | undefined = ctx.now; moments.length < Math.min(20, count); ) {
      at = nextFire(schedule, at, since);
      if (at === undefined) break;
      moments.push(at);
    }
    return { moments };
  } catch (thrown) {
    if (!(thrown instanceof ServiceError)) throw thrown;
    return { error: thrown.message, ...(thrown.hint === undefined ? {} : { hint: thrown.hint }) };
  }
}

/** When each scheduled rule fires next, epoch milliseconds. */
export function nextMoments(ctx: Context): Readonly<Record<string, number>> {
  const moments = rules(ctx)
    .values()
    .map((rule) => [rule.name, rule.schedule === undefined ? undefined : nextMoment(ctx, rule)] as const);
  return Object.fromEntries(moments.filter((entry): entry is readonly [string, number] => entry[1] !== undefined));
}
