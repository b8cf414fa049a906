/** What the metric of a filter would look like over events that are already there (a real filter only looks forward). */

import { numberOf } from "../../language/filter-pattern/select.ts";
import { chain } from "../../store/chain.ts";
import type { MaybePromise } from "../../store/contract.ts";
import type { Context } from "../contract.ts";
import { invalidParameter } from "./failures.ts";
import { type EventsQuestion, type Selected, select } from "./look-page.ts";
import { filterSeries } from "./metric-filter-action.ts";
import { compiledPattern, lineTexts } from "./patterns.ts";
import { firstAtLeast } from "./read-events.ts";

const MINUTE = 60_000;
const SLICE = 8192;
const MOST_CELLS = 20_000;

export interface PreviewQuestion extends EventsQuestion {
  readonly filterPattern: string;
  /** Default `1`. */
  readonly metricValue?: string;
  readonly defaultValue?: number;
  readonly start: number;
  readonly end: number;
  /** Seconds. */
  readonly period: number;
}

export interface PreviewAnswer {
  /** Cell i covers [start + i·period, start + (i+1)·period); milliseconds. */
  readonly start: number;
  readonly period: number;
  /** An empty cell has count 0. */
  readonly count: Float64Array;
  readonly sum: Float64Array;
  readonly min: Float64Array;
  readonly max: Float64Array;
  readonly total: number;
  readonly matched: number;
  /** Matching events that give no datum: their value is missing or no number. */
  readonly withoutValue: number;
  /** Minutes that get the default value. */
  readonly defaults: number;
}

/** Pure. Dimensions are left out: all data together. */
export function preview(ctx: Context, question: PreviewQuestion): MaybePromise<PreviewAnswer> {
  const { metricValue = "1", defaultValue, end } = question;
  const period = question.period * 1000;
  if (!(period > 0) || !(end > question.start)) throw invalidParameter("A preview needs a period above zero and a start before its end.");
  const start = Math.floor(question.start / period) * period;
  const cells = Math.ceil((end - start) / period);
  if (cells > MOST_CELLS) throw invalidParameter(`A preview has at most ${MOST_CELLS} periods.`);
  return chain(select(ctx, question), (selected) =>
    chain(dataOf(question.filterPattern, metricValue, selected), ({ timestamps, values, matched }) => {
      const defaults = defaultValue === undefined ? [] : emptyMinutes(selected);
      const points = merged(timestamps, values, defaults, defaultValue ?? 0);
      const grid = ctx.kernels.aggregate(points, { start, period, cells });
      const total = selected.high - selected.low;
      return { start, period, ...grid, total, matched, withoutValue: matched - values.length, defaults: defaults.length };
    }),
  );
}

function positionAt({ matching, low }: Selected, i: number): number {
  return matching === undefined ? low + i : matching[i]!;
}

function dataOf(
  filterPattern: string,
  metricValue: string,
  selected: Selected,
): MaybePromise<{ readonly timestamps: Float64Array; readonly values: Float64Array; readonly matched: number }> {
  const matched = selected.matching?.length ?? selected.high - selected.low;
  const fixed = numberOf(metricValue);
  if (fixed !== undefined) {
    const timestamps = Float64Array.from({ length: matched }, (_, i) => selected.view.timestampAt(positionAt(selected, i)));
    return { timestamps, values: new Float64Array(matched).fill(fixed), matched };
  }
  const pattern = compiledPattern(filterPattern);
  const times: number[] = [];
  const data: number[] = [];
  const slice = (from: number): MaybePromise<{ timestamps: Float64Array; values: Float64Array; matched: number }> => {
    for (let at = from; at < matched; at += SLICE) {
      const positions = Uint32Array.from({ length: Math.min(SLICE, matched - at) }, (_, i) => positionAt(selected, at + i));
      const rows = selected.view.rows(positions);
      const add = (loaded: Awaited<typeof rows>): void => {
        const lines = { timestamps: loaded.timestamps, text: lineTexts(loaded), matching: positions.map((_, i) => i) };
        for (const series of filterSeries(pattern, { metricValue }, lines)) {
          for (const time of series.timestamps) times.push(time);
          for (const value of series.values) data.push(value);
        }
      };
      if (rows instanceof Promise) {
        const next = at + SLICE;
        return rows.then((loaded) => {
          add(loaded);
          return slice(next);
        });
      }
      add(rows);
    }
    return { timestamps: Float64Array.from(times), values: Float64Array.from(data), matched };
  };
  return slice(0);
}

/** Minutes with events of which none matches. Jumps from minute to minute, so an empty year costs nothing. */
function emptyMinutes({ view, low, high, matching }: Selected): number[] {
  const minutes: number[] = [];
  if (matching === undefined) return minutes;
  for (let position = low; position < high; ) {
    const minute = Math.floor(view.timestampAt(position) / MINUTE) * MINUTE;
    const next = Math.min(high, view.lowerBound(minute + MINUTE));
    if (firstAtLeast(matching, position) === firstAtLeast(matching, next)) minutes.push(minute);
    position = next;
  }
  return minutes;
}

/** Both in time order, as the kernel wants them. */
function merged(
  timestamps: Float64Array,
  values: Float64Array,
  defaults: readonly number[],
  defaultValue: number,
): { readonly timestamps: Float64Array; readonly values: Float64Array } {
  if (defaults.length === 0) return { timestamps, values };
  const total = timestamps.length + defaults.length;
  const times = new Float64Array(total);
  const data = new Float64Array(total);
  let a = 0;
  let b = 0;
  for (let at = 0; at < total; at++) {
    const takesDefault = b < defaults.length && (a >= timestamps.length || defaults[b]! < timestamps[a]!);
    times[at] = takesDefault ? defaults[b]! : timestamps[a]!;
    data[at] = takesDefault ? defaultValue : values[a]!;
    if (takesDefault) b++;
    else a++;
  }
  return { timestamps: times, values: data };
}
