/** Typed wrapper of `assembly/match.ts`. */
import { checkBlock } from "./checks.ts";
import type { LineBlock, TermProgram } from "./contract.ts";
import { counted, type KernelHost, SLICE_BYTES } from "./host.ts";
import { encodeProgram, likelihood, type Plan, planSearch, sampleBytes } from "./program.ts";
import { referenceKernels } from "./reference.ts";

/** From this many bytes on it pays to count hits in a sample before choosing the needle that drives. */
const WORTH_SAMPLING = 512 << 10;
const SAMPLE_BYTES = 64 << 10;

/** Bytes and offsets in the kernels' memory; offsets count from `bytes`. */
export interface LinesAt {
  readonly bytes: number;
  readonly offsets: number;
}

/** Indexes of matching lines, ascending; see the contract. Copies the block in, 1 MiB of whole lines at a time. */
export function matchTerms(host: KernelHost, program: TermProgram, block: LineBlock): Uint32Array {
  if (block.bytes.length <= host.small) return referenceKernels.matchTerms(program, block);
  checkBlock(block);
  return search(host, program, block, (from, to) => {
    const begin = block.offsets[from] as number;
    const bytes = block.bytes.subarray(begin, block.offsets[to] as number);
    const at = { bytes: host.take(bytes.length), offsets: host.take((to - from + 1) * 4) };
    host.u8(at.bytes, bytes.length).set(bytes);
    host.u32(at.offsets, to - from + 1).set(block.offsets.subarray(from, to + 1));
    return at;
  });
}

/**
 * Runs the program over the block; `place(from, to)` says where lines [from, to) lie in the kernels' memory (the first
 * line's first byte at `bytes`), having put them there if need be.
 */
export function search(
  host: KernelHost,
  program: TermProgram,
  block: LineBlock,
  place: (from: number, to: number) => LinesAt,
): Uint32Array {
  const lines = Math.max(0, block.offsets.length - 1);
  if (lines === 0) return new Uint32Array(0);
  const sample = sampleBytes(block.bytes);
  const run = (plan: Plan, from: number, to: number): Uint32Array => {
    const mark = host.mark();
    if (!host.fits(sizeOf(block, from, to))) return reference(program, block, from, to);
    const at = place(from, to);
    const code = plan.kind === "search" ? encodeProgram(plan, sample, host.mark()) : new Uint8Array(0);
    const codeAt = host.take(code.length);
    const out = host.take((to - from) * 4);
    host.u8(codeAt, code.length).set(code);
    const found = counted("matchTerms", host.exports.matchTerms(at.bytes, at.offsets, to - from, codeAt, out));
    const matching = host.u32(out, found).slice();
    host.release(mark);
    return matching;
  };
  const cost = (needle: Uint8Array): number => {
    const guess = likelihood(needle, sample);
    if (block.bytes.length < WORTH_SAMPLING) return guess;
    const one = { kind: "search", drivers: [needle], isComplement: false, all: [], any: [], none: [] } as const;
    return run(one, 0, sliceEnd(block.offsets, 0, SAMPLE_BYTES)).length + guess * 1e-12;
  };
  const plan = planSearch(program, cost);
  if (plan.kind === "no-line") return new Uint32Array(0);
  if (plan.kind === "every-line") return Uint32Array.from({ length: lines }, (_, i) => i);
  const parts: Uint32Array[] = [];
  for (let from = 0; from < lines; ) {
    const to = sliceEnd(block.offsets, from, SLICE_BYTES);
    const part = run(plan, from, to);
    if (from > 0) for (let i = 0; i < part.length; i++) part[i] = (part[i] as number) + from;
    parts.push(part);
    from = to;
  }
  return joined(parts);
}

function sizeOf(block: LineBlock, from: number, to: number): number {
  return (block.offsets[to] as number) - (block.offsets[from] as number) + (to - from) * 8 + SLICE_BYTES;
}

/** Lines [from, to) by the reference: they are longer than the kernels' memory. */
function reference(program: TermProgram, block: LineBlock, from: number, to: number): Uint32Array {
  return referenceKernels.matchTerms(program, { bytes: block.bytes, offsets: block.offsets.subarray(from, to + 1) });
}

/** The line behind the last one that lies within `size` bytes of line `from`'s start; at least one line. */
function sliceEnd(offsets: Uint32Array, from: number, size: number): number {
  const limit = (offsets[from] as number) + size;
  let low = from + 1;
  let high = offsets.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((offsets[middle] as number) <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}

function joined(parts: readonly Uint32Array[]): Uint32Array {
  if (parts.length === 1) return parts[0] as Uint32Array;
  const all = new Uint32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
