/**
 * What an alarm saw. Data come late (an agent flushes, a program stamps its datapoints back), so a period read again later
 * may hold more than the evaluation found in it. Every evaluation therefore writes down the periods in which it sees
 * something it had not seen there before; looks at the past read this ledger instead of the metric.
 *
 *   sighting  `<alarm>|<stretch>`  [offset, tick, value, samples,  offset, tick, value, samples, ...]   in order of ticks
 *
 * `offset` = start of the period, `tick` = the evaluation, both in seconds from the start of the stretch of sixty
 * evaluations that the period starts in; `value` is null where the samples give none.
 * Invariant: as seen at tick T, a period held what its last entry with tick <= T says, and nothing where it has none.
 * An alarm that sleeps sees nothing new (watch.ts), so it writes nothing.
 */
import type { MetricAlarm } from "../../model/generated/cloudwatch.ts";
import type { Context, Documents } from "../contract.ts";
import { type AlarmDoc, watchedMetric } from "./alarm.ts";
import type { Slot } from "./evaluate.ts";
import { DAY } from "./series-read.ts";
import { cadenceOf, evaluationRange } from "./window.ts";

/** How far back the ledger reaches. */
export const KEPT = DAY;

const EVALUATIONS = 60;
const FIELDS = 4;

interface SightingDoc {
  readonly seen: readonly (number | null)[];
}

interface LedgerDoc {
  /** Evaluations after this moment are in the ledger: the alarm was made, or what it decides by was changed. */
  readonly since: number;
  readonly begun: "created" | "changed";
  /** Length of a stretch, milliseconds. */
  readonly stretch: number;
  /** The oldest stretch that has entries; absent before the first. */
  readonly oldest?: number;
}

const ledgers = (ctx: Context): Documents<LedgerDoc> => ctx.docs<LedgerDoc>("ledger");
const sightings = (ctx: Context): Documents<SightingDoc> => ctx.docs<SightingDoc>("sighting");
const idOf = (alarmName: string, stretch: number): string => `${alarmName}|${String(stretch).padStart(10, "0")}`;

/** Members of an alarm that evaluations go by; the others (actions, description) may change without a new ledger. */
const DECIDING = [
  "Namespace",
  "MetricName",
  "Dimensions",
  "Statistic",
  "ExtendedStatistic",
  "Unit",
  "Period",
  "Metrics",
  "ThresholdMetricId",
  "EvaluationPeriods",
  "DatapointsToAlarm",
  "Threshold",
  "ComparisonOperator",
  "TreatMissingData",
  "EvaluateLowSampleCountPercentile",
  "EvaluationWindow",
] as const satisfies readonly (keyof MetricAlarm)[];

const decidesBy = (alarm: AlarmDoc): string => JSON.stringify(DECIDING.map((member) => alarm[member] ?? null));

/** Begins the ledger of a new alarm, or of one that goes by something else from now on. */
export function beginLedger(ctx: Context, alarm: AlarmDoc, previous: AlarmDoc | undefined): void {
  if (previous !== undefined && decidesBy(previous) === decidesBy(alarm)) return;
  forgetLedger(ctx, alarm.AlarmName);
  if (watchedMetric(alarm) === undefined) return;
  const begun = previous === undefined ? "created" : "changed";
  ledgers(ctx).put(alarm.AlarmName, { since: ctx.now, begun, stretch: EVALUATIONS * cadenceOf(alarm) });
}

export function forgetLedger(ctx: Context, alarmName: string): void {
  const ledger = ledgers(ctx).get(alarmName);
  if (ledger === undefined) return;
  dropBefore(ctx, alarmName, ledger, Math.floor(ctx.now / ledger.stretch) + 1);
  ledgers(ctx).delete(alarmName);
}

function dropBefore(ctx: Context, alarmName: string, { oldest }: LedgerDoc, stretch: number): void {
  const docs = sightings(ctx);
  for (let at = oldest ?? stretch; at < stretch; at++) docs.delete(idOf(alarmName, at));
}

/** Writes down what the evaluation at `tick` sees for the first time, and drops what is older than is kept. */
export function recordSightings(ctx: Context, alarm: AlarmDoc, tick: number, slots: readonly Slot[]): void {
  const name = alarm.AlarmName;
  const ledger = ledgers(ctx).get(name);
  if (ledger === undefined) return;
  const docs = sightings(ctx);
  const { stretch } = ledger;
  let oldest = ledger.oldest;
  for (let i = 0; i < slots.length; ) {
    const at = Math.floor((slots[i] as Slot).start / stretch);
    const doc = docs.get(idOf(name, at));
    const known = lastEntries(doc?.seen ?? []);
    const news: (number | null)[] = [];
    for (; i < slots.length && Math.floor((slots[i] as Slot).start / stretch) === at; i++) {
      const { start, value = null, samples } = slots[i] as Slot;
      const offset = (start - at * stretch) / 1000;
      const before = known.get(offset);
      if ((before?.value ?? null) === value && (before?.samples ?? 0) === samples) continue;
      news.push(offset, (tick - at * stretch) / 1000, value, samples);
    }
    if (news.length === 0) continue;
    docs.put(idOf(name, at), { seen: [...(doc?.seen ?? []), ...news] });
    oldest = Math.min(oldest ?? at, at);
  }
  if (oldest === undefined) return;
  const range = evaluationRange(alarm.EvaluationPeriods) * (watchedMetric(alarm)?.periodSeconds ?? 0) * 1000;
  const keep = Math.floor((ctx.now - KEPT - range) / stretch);
  if (oldest < keep) dropBefore(ctx, name, { ...ledger, oldest }, keep);
  const begins = Math.max(oldest, keep);
  if (begins !== ledger.oldest) ledgers(ctx).put(name, { ...ledger, oldest: begins });
}

interface Entry {
  readonly tick: number;
  readonly value: number | null;
  readonly samples: number;
}

function* entriesOf(seen: SightingDoc["seen"]): Generator<readonly [offset: number, entry: Entry]> {
  for (let i = 0; i < seen.length; i += FIELDS) {
    yield [seen[i] as number, { tick: seen[i + 1] as number, value: seen[i + 2] as number | null, samples: seen[i + 3] as number }];
  }
}

const lastEntries = (seen: SightingDoc["seen"]): ReadonlyMap<number, Entry> => new Map(entriesOf(seen));

/** What an alarm saw, to be asked for periods that start in [from, to). */
export interface Ledger {
  readonly since: number;
  readonly begun: "created" | "changed";
  /** Evaluations after this moment can be seen as they were: the ledger began, or what is older is no longer kept. */
  readonly from: number;
  /** A period as the evaluation at `tick` saw it. */
  seen(start: number, tick: number): Slot;
}

/** Undefined for alarms that are not evaluated. */
export function openLedger(ctx: Context, alarmName: string, from: number, to: number): Ledger | undefined {
  const ledger = ledgers(ctx).get(alarmName);
  if (ledger === undefined) return undefined;
  const { since, begun, stretch, oldest } = ledger;
  const docs = sightings(ctx);
  const bySlot = new Map<number, Entry[]>();
  const last = Math.floor((to - 1) / stretch);
  for (let at = Math.max(oldest ?? last + 1, Math.floor(from / stretch)); at <= last; at++) {
    for (const [offset, entry] of entriesOf(docs.get(idOf(alarmName, at))?.seen ?? [])) {
      const start = at * stretch + offset * 1000;
      const entries = bySlot.get(start) ?? [];
      entries.push({ ...entry, tick: at * stretch + entry.tick * 1000 });
      bySlot.set(start, entries);
    }
  }
  return {
    since,
    begun,
    from: Math.max(since, ctx.now - KEPT),
    seen(start, tick) {
      const entry = bySlot.get(start)?.findLast((one) => one.tick <= tick);
      return { start, value: entry?.value ?? undefined, samples: entry?.samples ?? 0 };
    },
  };
}
