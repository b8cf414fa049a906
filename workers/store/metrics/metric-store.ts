/**
 * The store of datapoints. Every datapoint of a series and unit is in exactly one place:
 *
 *     recent points and sets in memory (rows.ts)  ->  sealed chunks of 64 Ki points (when there are many)
 *                                       \-> after three hours: roll-up cells in books (rollup.ts, book.ts)
 *
 * Once a day old blocks are made fewer and smaller (compaction.ts). A reader adds up the three (read.ts). Seconds are readable for three hours, so nothing is lost by rolling up then. A
 * sealed chunk carries its roll-up from the start: when it gets old it is forgotten and its blocks take over, so ageing
 * never has to fetch anything. What goes where depends on `now` of writes only, never on reads.
 */
import type { Kernels } from "../../kernels/contract.ts";
import { Digest128 } from "../../model/digest.ts";
import { Bug } from "../../model/errors.ts";
import { encodeChunk } from "../chunk.ts";
import type { ChunkSink, MaybePromise } from "../contract.ts";
import { insertBlock, type PackedBlocks, packBlocks, unpackBlocks } from "./blocks.ts";
import { BookShelf, BookWriter } from "./book.ts";
import { chunkId } from "./chunk-id.ts";
import type { Column, SealedPoints } from "./column.ts";
import { compactDays, compactionWork, dropOld } from "./compaction.ts";
import { createReader, RETENTION } from "./read.ts";
import { floorTo, HOUR, MINUTE, rollUp } from "./rollup.ts";
import { emptyRows, Rows } from "./rows.ts";
import { byCodeUnits, seriesKey, sortedDimensions } from "./series-key.ts";
import type { MetricStore, PointColumns, SeriesId, SeriesInfo, StatisticSets, StorageResolution } from "./types.ts";

export type { MetricStore } from "./types.ts";

/** Points a chunk of raw points holds. */
export const CHUNK_POINTS = 65_536;
const POINT_WIDTH = 3;
const SET_WIDTH = 5;

interface Series {
  readonly id: SeriesId;
  readonly columns: Map<string, Column>;
  first: number;
  last: number;
  samples: number;
}

interface ColumnSnapshot {
  readonly unit: string;
  /** Times and values; counts where some are not one. */
  readonly points: readonly Float64Array[];
  readonly sets: readonly Float64Array[];
  readonly weighted: boolean;
  readonly sealed: readonly SealedPoints[];
  readonly blocks: PackedBlocks;
  readonly digest: readonly number[];
}
interface StoreSnapshot {
  readonly lastFlush: number;
  /** Chunks that the blocks of the columns count by their place here. */
  readonly books: readonly string[];
  readonly series: readonly (Omit<Series, "columns"> & { readonly columns: readonly ColumnSnapshot[] })[];
}

export interface MetricStoreParts {
  readonly kernels: Kernels;
  readonly chunks: ChunkSink;
}

export function createMetricStore({ kernels, chunks }: MetricStoreParts): MetricStore {
  const scopes = new Map<string, Map<string, Series>>();
  const shelf = new BookShelf(chunks);
  const reader = createReader(kernels, chunks, shelf);
  /** Hour of the last flush; -Infinity before the first write. */
  let lastFlush = Number.NEGATIVE_INFINITY;
  const listed = new Map<string, readonly Series[]>();

  const scopeOf = (account: string, region: string): string => `${account}/${region}`;
  /** Series by the very id object that `describe` and `list` hand out: no key to build. */
  let known = new WeakMap<SeriesId, Series>();
  const find = (id: SeriesId): Series | undefined => known.get(id) ?? scopes.get(scopeOf(id.account, id.region))?.get(seriesKey(id));

  function seriesOf(id: SeriesId): Series {
    const scope = scopeOf(id.account, id.region);
    let inScope = scopes.get(scope);
    if (inScope === undefined) {
      inScope = new Map();
      scopes.set(scope, inScope);
    }
    const key = seriesKey(id);
    let series = inScope.get(key);
    if (series === undefined) {
      const { account, region, namespace, metricName } = id;
      const dimensions = sortedDimensions(id.dimensions).map(({ Name, Value }) => ({ Name, Value }));
      series = {
        id: { account, region, namespace, metricName, dimensions },
        columns: new Map(),
        first: Number.POSITIVE_INFINITY,
        last: Number.NEGATIVE_INFINITY,
        samples: 0,
      };
      inScope.set(key, series);
      known.set(series.id, series);
      listed.delete(scope);
    }
    return series;
  }

  function columnOf(series: Series, unit: string): Column {
    let column = series.columns.get(unit);
    if (column === undefined) {
      column = {
        points: new Rows(POINT_WIDTH),
        sets: new Rows(SET_WIDTH),
        weighted: false,
        sealed: [],
        blocks: [],
        digest: new Digest128(),
      };
      series.columns.set(unit, column);
    }
    return column;
  }

  function put(id: SeriesId, unit: string, resolution: StorageResolution, points: PointColumns, now: number): void {
    const n = points.timestamps.length;
    if (points.values.length !== n || (points.counts !== undefined && points.counts.length !== n)) {
      throw new Bug("put: columns differ in length");
    }
    if (n === 0) return;
    flushWhenDue(now);
    const series = seriesOf(id);
    const column = columnOf(series, unit);
    const step = resolution === 1 ? 1000 : MINUTE;
    const times = new Float64Array(n);
    const counts = points.counts ?? new Float64Array(n).fill(1);
    const fed = new Float64Array(n * POINT_WIDTH);
    for (let i = 0; i < n; i++) {
      const time = floorTo(points.timestamps[i] as number, step);
      const count = counts[i] as number;
      times[i] = time;
      if (count !== 1) column.weighted = true;
      note(series, time, count);
      fed[i * POINT_WIDTH] = time;
      fed[i * POINT_WIDTH + 1] = points.values[i] as number;
      fed[i * POINT_WIDTH + 2] = count;
    }
    column.digest.bytes(new Uint8Array(fed.buffer)); // as f64() would, and ten times as fast: little-endian everywhere wasm runs, no NaN
    column.points.append([times, points.values, counts]);
    if (column.points.length > CHUNK_POINTS) shrink(column, now);
  }

  function putSets(id: SeriesId, unit: string, resolution: StorageResolution, sets: StatisticSets, now: number): void {
    const flat: number[] = [];
    const real: number[] = [];
    for (let i = 0; i < sets.timestamps.length; i++) (standsForEqualValues(sets, i) ? flat : real).push(i);
    const pick = (column: Float64Array, indexes: readonly number[]): Float64Array => Float64Array.from(indexes, (i) => column[i] as number);
    if (flat.length > 0) {
      const points = { timestamps: pick(sets.timestamps, flat), values: pick(sets.min, flat), counts: pick(sets.count, flat) };
      put(id, unit, resolution, points, now);
    }
    if (real.length === 0) return;
    flushWhenDue(now);
    const series = seriesOf(id);
    const column = columnOf(series, unit);
    const step = resolution === 1 ? 1000 : MINUTE;
    const rows = [sets.timestamps, sets.count, sets.sum, sets.min, sets.max].map((c) => pick(c, real));
    const times = rows[0] as Float64Array;
    for (let i = 0; i < times.length; i++) {
      times[i] = floorTo(times[i] as number, step);
      note(series, times[i] as number, rows[1]?.[i] as number);
      column.digest.text("set").f64(rows.map((c) => c[i] as number));
    }
    column.sets.append(rows);
  }

  function note(series: Series, time: number, samples: number): void {
    series.first = Math.min(series.first, time);
    series.last = Math.max(series.last, time);
    series.samples += samples;
  }

  function flushWhenDue(now: number): void {
    if (floorTo(now, HOUR) > lastFlush) flush(now);
  }

  function flush(now: number): void {
    lastFlush = floorTo(now, HOUR);
    const writer = new BookWriter(chunks);
    const oldest = now - RETENTION[3600];
    for (const inScope of scopes.values()) {
      for (const series of inScope.values()) for (const column of series.columns.values()) age(column, now, oldest, writer);
    }
    writer.seal();
  }

  function age(column: Column, now: number, oldest: number, writer: BookWriter): void {
    const boundary = floorTo(now - RETENTION[1], HOUR);
    rollUpRows(column, column.points.takeBefore(boundary), column.sets.takeBefore(boundary), writer);
    if (column.sealed.some((chunk) => chunk.last < boundary)) {
      for (const chunk of column.sealed) if (chunk.last < boundary) for (const ref of chunk.blocks) insertBlock(column.blocks, ref);
      column.sealed = column.sealed.filter((chunk) => chunk.last >= boundary);
    }
    dropOld(column, oldest);
  }

  function compact(now: number, breathe?: () => Promise<void> | undefined): MaybePromise<void> {
    flush(now);
    const columns = [...allColumns()].map(([, , column]) => column);
    const work = compactionWork(columns, now, floorTo(now - RETENTION[1], HOUR));
    if (work.length > 0) return compactDays(work, shelf, new BookWriter(chunks), breathe);
  }

  function holdsData(): boolean {
    for (const [, , { points, sets, sealed, blocks }] of allColumns()) {
      if (points.length + sets.length + sealed.length + blocks.length > 0) return true;
    }
    return false;
  }

  /** A column with very many points: what is old goes to roll-ups at once, the rest into chunks of 64 Ki points. */
  function shrink(column: Column, now: number): void {
    const writer = new BookWriter(chunks);
    rollUpRows(column, column.points.takeBefore(floorTo(now - RETENTION[1], HOUR)), emptySets(), writer);
    while (column.points.length > CHUNK_POINTS) {
      const [times, values, counts] = column.points.takeFirst(CHUNK_POINTS) as [Float64Array, Float64Array, Float64Array];
      const [first, last] = [times[0] as number, times[CHUNK_POINTS - 1] as number];
      const header = { kind: "metric-points", owner: "", count: CHUNK_POINTS, minTime: first, maxTime: last };
      const buffer = encodeChunk(header, column.weighted ? { times, values, counts } : { times, values });
      const chunk = chunkId(buffer);
      chunks.put(chunk, buffer);
      const blocks = rollUp([times, values, counts], emptySets()).map((hour) => writer.add(hour));
      column.sealed.push({ chunk, first, last, blocks });
    }
    writer.seal();
  }

  function infoOf(series: Series): SeriesInfo {
    const units = [...series.columns.keys()];
    if (units.length > 1) units.sort(byCodeUnits);
    return { id: series.id, units, first: series.first, last: series.last, samples: series.samples };
  }

  function list(account: string, region: string): readonly SeriesInfo[] {
    const scope = scopeOf(account, region);
    let sorted = listed.get(scope);
    if (sorted === undefined) {
      const inScope = scopes.get(scope) ?? new Map<string, Series>();
      sorted = [...inScope].sort(([a], [b]) => byCodeUnits(a, b)).map(([, series]) => series);
      listed.set(scope, sorted);
    }
    return sorted.map(infoOf);
  }

  function* allColumns(): Generator<readonly [Series, string, Column]> {
    for (const inScope of scopes.values()) {
      for (const series of inScope.values()) for (const [unit, column] of series.columns) yield [series, unit, column];
    }
  }

  return {
    put,
    putSets,
    list,
    flush,
    compact,
    holdsData,
    describe: (id) => {
      const series = find(id);
      return series && infoOf(series);
    },
    read: (query) => reader(find(query.series)?.columns.get(query.unit), query),
    *chunkIds() {
      const seen = new Set<string>();
      for (const [, , column] of allColumns()) {
        for (const { chunk, blocks } of column.sealed) for (const id of [chunk, ...blocks.map((ref) => ref.chunk)]) seen.add(id);
        for (const ref of column.blocks) seen.add(ref.chunk);
      }
      yield* seen;
    },
    *digests() {
      for (const [{ id }, unit, column] of allColumns()) {
        const names = id.dimensions.flatMap(({ Name, Value }) => [Name, Value]);
        yield [JSON.stringify([id.account, id.region, id.namespace, id.metricName, names, unit]), column.digest.hex()];
      }
    },
    snapshot(): StoreSnapshot {
      const series: StoreSnapshot["series"][number][] = [];
      const books = new Map<string, number>();
      const bookNumber = (chunk: string): number => {
        const number = books.get(chunk) ?? books.size;
        books.set(chunk, number);
        return number;
      };
      for (const inScope of scopes.values()) {
        for (const { columns, ...rest } of inScope.values()) {
          const saved = [...columns].map(([unit, column]) => ({
            unit,
            points: column.points.snapshot(column.weighted ? POINT_WIDTH : POINT_WIDTH - 1),
            sets: column.sets.snapshot(),
            weighted: column.weighted,
            sealed: [...column.sealed],
            blocks: packBlocks(column.blocks, bookNumber),
            digest: column.digest.snapshot(),
          }));
          series.push({ ...rest, columns: saved });
        }
      }
      return { lastFlush, books: [...books.keys()], series };
    },
    restore(snapshot): void {
      const saved = snapshot as StoreSnapshot;
      scopes.clear();
      listed.clear();
      known = new WeakMap();
      lastFlush = saved.lastFlush;
      for (const { columns, ...rest } of saved.series) {
        const series = seriesOf(rest.id);
        Object.assign(series, { first: rest.first, last: rest.last, samples: rest.samples });
        for (const column of columns) {
          const [points, sets] = [new Rows(POINT_WIDTH), new Rows(SET_WIDTH)];
          const [times, values, counts] = column.points as [Float64Array, Float64Array, Float64Array?];
          points.append([times, values, counts ?? new Float64Array(times.length).fill(1)]);
          sets.append(column.sets);
          const { weighted, sealed } = column;
          const blocks = unpackBlocks(column.blocks, saved.books);
          const digest = Digest128.from(column.digest);
          series.columns.set(column.unit, { points, sets, weighted, sealed: [...sealed], blocks, digest });
        }
      }
    },
  };
}

const emptySets = (): Float64Array[] => emptyRows(SET_WIDTH);

function rollUpRows(column: Column, points: readonly Float64Array[], sets: readonly Float64Array[], writer: BookWriter): void {
  if ((points[0] as Float64Array).length === 0 && (sets[0] as Float64Array).length === 0) return;
  for (const hour of rollUp(points, sets)) insertBlock(column.blocks, writer.add(hour));
}

/** A set of one sample, or of equal samples, says what its values are (User Guide, requirements to use percentiles). */
function standsForEqualValues(sets: StatisticSets, i: number): boolean {
  const [count, sum, min, max] = [sets.count[i], sets.sum[i], sets.min[i], sets.max[i]] as [number, number, number, number];
  return min === max && sum === min * count && count > 0;
}
