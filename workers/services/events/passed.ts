/** The log of what passed the buses, and the view of it: filters, what there is to filter by, counts over time. */
import type { Context } from "../contract.ts";
import { type SequenceLog, sequenceLog } from "../sequence-log.ts";

const PASSED_CAP = 10_000;

/** A delivered event, in the field order of AWS. */
export interface Envelope {
  readonly version: "0";
  readonly id: string;
  readonly "detail-type": string;
  readonly source: string;
  readonly account: string;
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
}

export interface PassedDoc {
  readonly bus: string;
  /** When the bus took it, epoch ms (`envelope.time` is what the sender says). */
  readonly at: number;
  readonly envelope: Envelope;
  /** The command or the agenda item that set it off (`Context.cause`); the account's look `cause` reads it. */
  readonly cause?: string;
}

export const passedLog = (ctx: Context): SequenceLog<PassedDoc> => sequenceLog<PassedDoc>(ctx, "passed", PASSED_CAP);

export interface PassedQuestion {
  readonly limit?: number;
  /** `next` of the answer before. */
  readonly before?: string;
  /** Only events of this bus; of all buses where it says none. */
  readonly bus?: string;
  /** Only events of exactly this source, and of exactly this detail type. */
  readonly source?: string;
  readonly type?: string;
  /** Anywhere in the envelope, capitals or not. */
  readonly text?: string;
  /** Epoch ms, both inclusive. */
  readonly from?: number;
  readonly to?: number;
  /** With `from` and `to`: counts in that many equal parts of the time. */
  readonly buckets?: number;
}

export interface Named {
  readonly name: string;
  readonly count: number;
}

export interface PassedAnswer {
  readonly events: readonly (PassedDoc & { readonly sequence: string })[];
  /** Ask with `before` for the ones after. */
  readonly next?: string;
  /** Events that fit. */
  readonly total: number;
  readonly kept: number;
  readonly dropped: number;
  /** Of all events in the time asked for, most first: what a filter can choose. */
  readonly sources: readonly Named[];
  readonly types: readonly Named[];
  /** Per part of the time: all, and those that fit. */
  readonly counts?: { readonly all: readonly number[]; readonly matching: readonly number[] };
}

/** Events that passed the buses of this Region, newest first. */
export function passed(ctx: Context, question: PassedQuestion = {}): PassedAnswer {
  const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY, source, type } = question;
  const limit = Math.max(1, Math.min(500, Math.trunc(question.limit ?? 50)));
  const text = question.text?.toLowerCase() ?? "";
  const log = passedLog(ctx);
  const buckets =
    question.buckets === undefined || to - from <= 0 || to - from === Number.POSITIVE_INFINITY ? 0 : clamped(question.buckets);
  const [all, matching] = [new Array<number>(buckets).fill(0), new Array<number>(buckets).fill(0)];
  const [sources, types] = [new Map<string, number>(), new Map<string, number>()];
  const events: (PassedDoc & { readonly sequence: string })[] = [];
  let total = 0;
  let after = 0;
  for (const [sequence, event] of log.newestFirst()) {
    if (event.at < from || event.at > to) continue;
    if (question.bus !== undefined && event.bus !== question.bus) continue;
    const { source: itsSource, "detail-type": itsType } = event.envelope;
    count(sources, itsSource);
    count(types, itsType);
    const bucket = buckets === 0 ? 0 : Math.min(buckets - 1, Math.floor(((event.at - from) / (to - from)) * buckets));
    if (buckets > 0) all[bucket] = (all[bucket] ?? 0) + 1;
    if (source !== undefined && itsSource !== source) continue;
    if (type !== undefined && itsType !== type) continue;
    if (text !== "" && !JSON.stringify(event.envelope).toLowerCase().includes(text)) continue;
    total++;
    if (buckets > 0) matching[bucket] = (matching[bucket] ?? 0) + 1;
    if (question.before !== undefined && sequence >= question.before) continue;
    if (events.length < limit) events.push({ ...event, sequence });
    else after++;
  }
  const next = after > 0 ? events[events.length - 1]?.sequence : undefined;
  return {
    events,
    ...(next === undefined ? {} : { next }),
    total,
    kept: log.length,
    dropped: log.dropped,
    sources: mostFirst(sources),
    types: mostFirst(types),
    ...(buckets === 0 ? {} : { counts: { all, matching } }),
  };
}

const clamped = (buckets: number): number => Math.max(1, Math.min(500, Math.trunc(buckets)));

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

const mostFirst = (counts: ReadonlyMap<string, number>): readonly Named[] =>
  [...counts]
    .map(([name, found]) => ({ name, count: found }))
    .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
