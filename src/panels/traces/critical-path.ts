/** What a trace waited for: the chain of spans that, one after the other, kept the answer from coming. */
import type { TraceSpan, TraceView } from "./answers.ts";

export interface CriticalPath {
  /** Places of spans on the path. */
  readonly on: ReadonlySet<number>;
  /** Microseconds of the path that each of its spans spent itself, by place. */
  readonly own: ReadonlyMap<number, number>;
}

const endOf = (span: TraceSpan, whole: number): number => span.offset + (span.duration ?? Math.max(0, whole - span.offset));

/** Walks back from the end of the longest span at the top: at each moment whoever ended last is who was waited for. */
export function criticalPath({ spans, duration }: Pick<TraceView, "spans" | "duration">): CriticalPath {
  const children = new Map<number, number[]>();
  spans.forEach(({ parent }, at) => {
    children.set(parent, [...(children.get(parent) ?? []), at]);
  });
  const end = (at: number): number => endOf(spans[at] as TraceSpan, duration);
  const on = new Set<number>();
  const own = new Map<number, number>();
  const tops = children.get(-1) ?? [];
  const first = tops.reduce<number | undefined>((best, at) => (best === undefined || end(at) > end(best) ? at : best), undefined);
  if (first === undefined) return { on, own };
  const stack: { readonly at: number; readonly from: number; readonly until: number }[] = [
    { at: first, from: (spans[first] as TraceSpan).offset, until: end(first) },
  ];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { at } = next;
    on.add(at);
    // A span may begin before the one around it: only what lies in that one is waited for.
    const start = next.from;
    let moment = next.until;
    let spent = 0;
    const below = [...(children.get(at) ?? [])].sort((a, b) => end(b) - end(a) || a - b);
    for (const child of below) {
      const from = Math.max(start, (spans[child] as TraceSpan).offset);
      const until = Math.min(end(child), moment);
      if (from >= moment || until <= from) continue;
      spent += moment - until;
      stack.push({ at: child, from, until });
      moment = from;
    }
    own.set(at, spent + Math.max(0, moment - start));
  }
  return { on, own };
}

export interface Waited {
  readonly name: string;
  /** Microseconds. */
  readonly time: number;
  readonly spans: number;
  readonly state: { readonly throttled: number; readonly faults: number; readonly errors: number };
}

/** Who the trace waited for most, by name. Undefined where a single span is all there is. */
export function waitedFor(spans: readonly TraceSpan[], { own }: CriticalPath): Waited | undefined {
  if (own.size < 2) return undefined;
  const sums = new Map<string, { time: number; spans: number; throttled: number; faults: number; errors: number }>();
  for (const [at, time] of own) {
    const span = spans[at] as TraceSpan;
    const sum = sums.get(span.name) ?? { time: 0, spans: 0, throttled: 0, faults: 0, errors: 0 };
    sum.time += time;
    sum.spans++;
    if (span.throttle) sum.throttled++;
    if (span.fault) sum.faults++;
    else if (span.error) sum.errors++;
    sums.set(span.name, sum);
  }
  const [name, most] = [...sums].reduce((best, one) => (one[1].time > best[1].time ? one : best));
  const { time, spans: count, ...state } = most;
  return { name, time, spans: count, state };
}
