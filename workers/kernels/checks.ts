/**
 * What every implementation refuses before it computes, in the same words. All of these are broken promises of the
 * caller, hence `Bug`: a person's input never reaches a kernel unchecked. Compressed blocks alone come from a disk.
 */
import { Bug, InputError } from "../model/errors.ts";
import type { LineBlock, PeriodGrid, Points } from "./contract.ts";

/** Throws unless the columns are of one length and the timestamps are sorted and no NaN. Cost: one read of the timestamps. */
export function checkPoints(points: Points): void {
  checkLengths(points);
  if (!isSorted(points.timestamps)) throw unsorted();
}

/** Throws unless the columns are of one length. */
export function checkLengths(points: Points): void {
  const n = points.timestamps.length;
  if (points.values.length !== n || (points.counts !== undefined && points.counts.length !== n)) {
    throw new Bug(
      `kernels: columns differ in length: ${n} timestamps, ${points.values.length} values, ${points.counts?.length ?? "no"} counts`,
    );
  }
}

export function unsorted(): Bug {
  return new Bug("kernels: timestamps are not sorted");
}

function isSorted(timestamps: Float64Array): boolean {
  let previous = -Infinity;
  for (let i = 0; i < timestamps.length; i++) {
    const t = timestamps[i] as number;
    if (!(t >= previous)) return false; // also refuses NaN
    previous = t;
  }
  return true;
}

/** Throws unless start is finite, period finite and positive, cells a whole number. */
export function checkGrid(grid: PeriodGrid): void {
  if (!Number.isFinite(grid.start)) throw new Bug(`kernels: grid starts at ${grid.start}`);
  if (!(Number.isFinite(grid.period) && grid.period > 0)) throw new Bug(`kernels: period of ${grid.period} ms`);
  if (!(Number.isInteger(grid.cells) && grid.cells >= 0)) throw new Bug(`kernels: ${grid.cells} cells`);
}

export function checkRanks(ranks: readonly number[]): void {
  for (const rank of ranks) if (!(rank >= 0 && rank <= 100)) throw new Bug(`kernels: percentile rank ${rank} is not within 0 to 100`);
}

/** Throws unless offsets ascend and stay within the bytes. A block without offsets has no lines. */
export function checkBlock(block: LineBlock): void {
  let previous = 0;
  for (let i = 0; i < block.offsets.length; i++) {
    const offset = block.offsets[i] as number;
    if (offset < previous) throw new Bug(`kernels: line offset ${i} (${offset}) lies before the one in front of it (${previous})`);
    previous = offset;
  }
  if (previous > block.bytes.length) throw new Bug(`kernels: line offsets end at ${previous}, after the ${block.bytes.length} bytes`);
}

/** Why a block cannot be read: what `decompress` of `assembly/lz4.ts` answers, negative. */
const TORN: Readonly<Record<number, string>> = {
  [-1]: "it ends inside a sequence",
  [-2]: "it repeats what lies before its first byte",
  [-3]: "it holds more",
  [-4]: "it holds less",
};

/** Throws unless `room` has so many bytes. */
export function checkRoom(room: Uint8Array | undefined, bytes: number): void {
  if (room !== undefined && room.length < bytes) throw new Bug(`kernels: room for ${room.length} of ${bytes} bytes`);
}

/** Throws unless a block of so many bytes can hold `length` (no byte of it stands for more than 255) and `room` can as well. */
export function checkBlockLength(block: Uint8Array, length: number, room?: Uint8Array): void {
  if (!(Number.isInteger(length) && length >= 0)) throw new Bug(`kernels: a block of ${length} bytes`);
  checkRoom(room, length);
  if (length > block.length * 255) throw tornBlock(-4, length);
}

export function tornBlock(status: number, length: number): InputError {
  const why = TORN[status];
  if (why === undefined) throw new Bug(`kernels: decompress failed with status ${status}`);
  return new InputError(`Torn LZ4 block: ${why} (${length} bytes announced).`, { path: "block", found: why, allowed: `${length} bytes` });
}
