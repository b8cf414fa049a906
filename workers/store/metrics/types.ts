/**
 * The words of the metric store. A series is (account, Region, namespace, metric name, dimension set); the unit separates
 * the data inside a series. Times are epoch milliseconds.
 */
import type { PeriodCells } from "../../kernels/contract.ts";
import type { MaybePromise, TelemetryStore } from "../contract.ts";
import type { Distribution } from "./distribution.ts";

export interface MetricDimension {
  readonly Name: string;
  readonly Value: string;
}

/** Identity of a series; the order of the dimensions does not matter. */
export interface SeriesId {
  readonly account: string;
  readonly region: string;
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: readonly MetricDimension[];
}

/** Points of one series and unit in the order they arrived. `counts[i]` = how often `values[i]` occurred; absent = once. */
export interface PointColumns {
  readonly timestamps: Float64Array;
  readonly values: Float64Array;
  readonly counts?: Float64Array | undefined;
}

/** Summaries whose single values are unknown. */
export interface StatisticSets {
  readonly timestamps: Float64Array;
  readonly count: Float64Array;
  readonly sum: Float64Array;
  readonly min: Float64Array;
  readonly max: Float64Array;
}

/** 1: kept per second for three hours; 60: kept per minute. */
export type StorageResolution = 1 | 60;

export interface SeriesInfo {
  readonly id: SeriesId;
  /** Units stored, ascending. */
  readonly units: readonly string[];
  /** Stamp of the first and the newest datapoint. */
  readonly first: number;
  readonly last: number;
  /** Samples taken in over the life of the series. */
  readonly samples: number;
}

export interface ReadQuery {
  readonly series: SeriesId;
  readonly unit: string;
  /** Cell i covers [start + i·period, start + (i+1)·period). Milliseconds; whole seconds. */
  readonly start: number;
  readonly period: number;
  readonly cells: number;
  /** Now, for retention. */
  readonly now: number;
  /** `summary`: count, sum, min, max. `distribution`: the values as well. Array: these percentiles (0 to 100), by nearest rank. */
  readonly want: "summary" | "distribution" | readonly number[];
}

export interface ReadAnswer extends PeriodCells {
  /** One per cell when asked for; undefined where single values are unknown or there are none. */
  readonly distributions?: readonly (Distribution | undefined)[];
  /** One array per rank when asked for; NaN where a cell has no answer. */
  readonly percentiles?: readonly Float64Array[];
  /** `sketch` when any value asked for comes out of a log-bucket sketch (0.4 %). */
  readonly exactness: "exact" | "sketch";
  /** Finest grain in seconds that was read: 1 (points), 60, 300 or 3600 (roll-up cells). */
  readonly tier: 1 | 60 | 300 | 3600;
}

export interface MetricStore extends TelemetryStore {
  /** Takes in points of one series and unit. `now` decides retention and when hours are rolled up. */
  put(series: SeriesId, unit: string, resolution: StorageResolution, points: PointColumns, now: number): void;
  /** Takes in statistic sets; those that stand for equal values become points. */
  putSets(series: SeriesId, unit: string, resolution: StorageResolution, sets: StatisticSets, now: number): void;
  /** All series of an account and Region, ascending by identity. */
  list(account: string, region: string): readonly SeriesInfo[];
  describe(series: SeriesId): SeriesInfo | undefined;
  /** Statistics per period. Synchronous while everything needed is resident. */
  read(query: ReadQuery): MaybePromise<ReadAnswer>;
  /** Rolls up hours that are past, seals, drops what is too old. Called by `put` once an hour; harmless at any time. */
  flush(now: number): void;
  /**
   * Drops what retention has made unreadable and makes a block of every whole day. Called by the clock at midnight, with
   * nothing else at work; readers may go on. Rejects with `TornChunk` before anything has changed.
   */
  compact(now: number, breathe?: () => Promise<void> | undefined): MaybePromise<void>;
  /** False: compaction will have nothing to do however far the clock goes. */
  holdsData(): boolean;
}
