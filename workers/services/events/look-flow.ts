/** Views of what went through a bus: from the sources through the rules to the targets, counted over a time. */
import type { Context } from "../contract.ts";
import { type DeliveryDoc, deliveryLog } from "./deliveries.ts";
import { buses, DEFAULT_BUS, type RuleDoc, type RuleState, rulesOf } from "./documents.ts";
import { passedLog } from "./passed.ts";
import { nextMoment } from "./schedules.ts";

export interface FlowSource {
  readonly source: string;
  readonly type: string;
  readonly count: number;
  /** Of those: how many a rule sent on. */
  readonly sent: number;
}

export interface FlowTarget {
  readonly id: string;
  readonly arn: string;
  readonly delivered: number;
  /** Given up, buried or never sent. */
  readonly failed: number;
  readonly underWay: number;
}

export interface FlowRule {
  readonly name: string;
  readonly state: RuleState;
  readonly pattern?: string;
  readonly schedule?: string;
  readonly description?: string;
  /** When a schedule fires next, epoch milliseconds. */
  readonly next?: number;
  /** Events that it sent to targets. */
  readonly sent: number;
  readonly targets: readonly FlowTarget[];
}

export interface BusFlow {
  readonly bus: string;
  readonly events: number;
  /** Events that a rule sent on. */
  readonly sent: number;
  readonly deliveries: number;
  /** Most first. */
  readonly sources: readonly FlowSource[];
  readonly rules: readonly FlowRule[];
}

interface Span {
  /** Epoch ms, both inclusive. */
  readonly from?: number;
  readonly to?: number;
}

/** What came to a bus in a time, and where its rules, as they are now, sent it. */
export function busFlow(ctx: Context, question: Span & { readonly bus?: string } = {}): BusFlow {
  const { bus = DEFAULT_BUS, from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = question;
  const sent = new Set<string>();
  const byRule = new Map<string, DeliveryDoc[]>();
  let count = 0;
  for (const [, delivery] of deliveryLog(ctx).newestFirst()) {
    if (delivery.bus !== bus || delivery.at < from || delivery.at > to) continue;
    count++;
    if (delivery.passed !== undefined) sent.add(delivery.passed);
    const known = byRule.get(delivery.rule);
    if (known === undefined) byRule.set(delivery.rule, [delivery]);
    else known.push(delivery);
  }
  const sources = new Map<string, { source: string; type: string; count: number; sent: number }>();
  let [events, taken] = [0, 0];
  for (const [sequence, { bus: its, at, envelope }] of passedLog(ctx).newestFirst()) {
    if (its !== bus || at < from || at > to) continue;
    events++;
    const isSent = sent.has(sequence);
    if (isSent) taken++;
    const { source, "detail-type": type } = envelope;
    const key = JSON.stringify([source, type]);
    const row = sources.get(key) ?? { source, type, count: 0, sent: 0 };
    sources.set(key, { ...row, count: row.count + 1, sent: row.sent + (isSent ? 1 : 0) });
  }
  const rules = rulesOf(ctx, bus).map((rule) => flowOf(ctx, rule, byRule.get(rule.name) ?? []));
  return { bus, events, sent: taken, deliveries: count, sources: [...sources.values()].sort(byCount), rules };
}

const byCount = (a: FlowSource, b: FlowSource): number => b.count - a.count || order(a.source, b.source) || order(a.type, b.type);
const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function flowOf(ctx: Context, rule: RuleDoc, sent: readonly DeliveryDoc[]): FlowRule {
  const { name, state, pattern, schedule, description } = rule;
  const next = nextMoment(ctx, rule);
  const targets = rule.targets.map(({ Id, Arn }): FlowTarget => {
    const own = sent.filter(({ targetId }) => targetId === Id);
    const having = (...wanted: readonly DeliveryDoc["status"][]): number => own.filter(({ status }) => wanted.includes(status)).length;
    return {
      id: Id,
      arn: Arn,
      delivered: having("delivered"),
      failed: having("dead letter", "dropped", "not sent"),
      underWay: having("under way", "retrying"),
    };
  });
  return {
    name,
    state,
    ...(pattern === undefined ? {} : { pattern }),
    ...(schedule === undefined ? {} : { schedule }),
    ...(description === undefined ? {} : { description }),
    ...(next === undefined ? {} : { next }),
    sent: new Set(sent.map(({ eventId }) => eventId)).size,
    targets,
  };
}

export interface BusTotal {
  readonly name: string;
  readonly rules: number;
  readonly events: number;
}

/** Every bus of the Region with its rules, and the events of the log that came to it. */
export function busTotals(ctx: Context): readonly BusTotal[] {
  const events = new Map<string, number>();
  for (const [, { bus }] of passedLog(ctx).newestFirst()) events.set(bus, (events.get(bus) ?? 0) + 1);
  return [DEFAULT_BUS, ...buses(ctx).ids()].map((name) => ({
    name,
    rules: rulesOf(ctx, name).length,
    events: events.get(name) ?? 0,
  }));
}
