/** What is stored of one unit of one series. */
import type { Digest128 } from "../../model/digest.ts";
import type { BlockRef } from "./blocks.ts";
import type { Rows } from "./rows.ts";

/** A sealed chunk of raw points and the roll-up that takes its place when it is old. */
export interface SealedPoints {
  readonly chunk: string;
  readonly first: number;
  readonly last: number;
  readonly blocks: readonly BlockRef[];
}

export interface Column {
  /** Rows (time, value, count). */
  readonly points: Rows;
  /** Rows (time, count, sum, min, max). */
  readonly sets: Rows;
  /** Some count was not 1. */
  weighted: boolean;
  sealed: SealedPoints[];
  /** Ascending by start; several of one hour where data came late. */
  blocks: BlockRef[];
  readonly digest: Digest128;
}
