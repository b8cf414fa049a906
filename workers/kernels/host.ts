/**
 * The kernels' memory and exports.
 *
 *     | the module's own statics | kept columns and blocks (bench, resident chunks) | scratch of the running call | free |
 *     0                     heapBase                                              mark                         top
 *
 * A bump allocator: `take` moves the top, `release` moves it back to a mark. Memory grows in bulk, never shrinks and never
 * passes LIMIT, so long inputs go through in slices of SLICE_POINTS or SLICE_BYTES; slices also let V8 replace its
 * baseline code between calls, for wasm has no on-stack replacement.
 */
import { Bug } from "../model/errors.ts";

/** What `assembly/entry.ts` exports. Addresses, lengths and scalars; see the sources for layouts. */
export interface KernelExports {
  heapBase(): number;
  inspect(timestamps: number, values: number, n: number, previous: number): number;
  aggregate(
    timestamps: number,
    values: number,
    counts: number,
    n: number,
    budget: number,
    final: number,
    start: number,
    period: number,
    firstCell: number,
    cells: number,
    out: number,
    stride: number,
    state: number,
  ): number;
  percentiles(
    timestamps: number,
    values: number,
    counts: number,
    n: number,
    budget: number,
    final: number,
    start: number,
    period: number,
    firstCell: number,
    cells: number,
    ranks: number,
    rankCount: number,
    out: number,
    stride: number,
    scratch: number,
    longest: number,
    state: number,
    hasNaN: number,
  ): number;
  matchTerms(bytes: number, offsets: number, lines: number, program: number, out: number): number;
  compress(bytes: number, n: number, out: number, limit: number, table: number): number;
  decompress(block: number, n: number, out: number, length: number): number;
}

export const SLICE_POINTS = 65_536;
export const SLICE_BYTES = 1 << 20;
/** Kernels may read this far behind a column or block; what stands there does not matter. */
export const SLACK = 128;
/** `inspect` answers these bits. */
export const UNSORTED = 1;
export const HAS_NAN = 2;

const PAGE = 65_536;
const LIMIT = 256 << 20;
/** At least this much more when memory grows. */
const GROWTH = 4 << 20;

export class KernelHost {
  readonly exports: KernelExports;
  readonly memory: WebAssembly.Memory;
  /** Inputs of up to this many points or bytes are left to the reference: the copy in and out costs more. */
  readonly small: number;
  #top: number;

  constructor(exports: KernelExports, memory: WebAssembly.Memory, small: number) {
    this.exports = exports;
    this.memory = memory;
    this.small = small;
    this.#top = aligned(exports.heapBase());
  }

  /** Where the next `take` begins; give it to `release` to hand back all that was taken since. */
  mark(): number {
    return this.#top;
  }

  release(mark: number): void {
    this.#top = mark;
  }

  /** Is there room for so many bytes more? */
  fits(bytes: number): boolean {
    return this.#top + bytes + SLACK <= LIMIT;
  }

  /** Address of `bytes` fresh bytes, at a multiple of 64, with SLACK readable bytes behind. Detaches older views when memory grows. */
  take(bytes: number): number {
    const at = this.#top;
    const end = aligned(at + bytes + SLACK);
    if (end > LIMIT) throw new Bug(`kernels: out of memory: ${bytes} bytes wanted, ${LIMIT - at} left`);
    const have = this.memory.buffer.byteLength;
    if (end > have) this.memory.grow(Math.ceil(Math.min(Math.max(end - have, GROWTH), LIMIT - have) / PAGE));
    this.#top = end;
    return at;
  }

  /** Views of the memory as it is now: take all that a call needs first, then ask for views. */
  f64(at: number, length: number): Float64Array {
    return new Float64Array(this.memory.buffer, at, length);
  }

  u32(at: number, length: number): Uint32Array {
    return new Uint32Array(this.memory.buffer, at, length);
  }

  u8(at: number, length: number): Uint8Array {
    return new Uint8Array(this.memory.buffer, at, length);
  }
}

function aligned(at: number): number {
  return (at + 63) & ~63;
}

/** A kernel's answer: how many, or the name of what went wrong. */
export function counted(kernel: string, status: number): number {
  if (status < 0) throw new Bug(`kernels: ${kernel} failed with status ${status}`);
  return status;
}
