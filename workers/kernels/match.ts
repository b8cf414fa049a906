/** Typed wrapper of `assembly/match.ts`. */
import { checkBlock } from "./checks.ts";
import type { LineBlock, TermProgram } from "./contract.ts";
import { counted, type KernelHost, SLICE_BYTES } from "./host.ts";
import { eachWindow, encodeProgram, likelihood, type Plan, planSearch, sampleBytes } from "./program.ts";
import { countGrams, type GramCounts, planGrams } from "./program-grams.ts";
import { referenceKernels } from "./reference.ts";

/** From this many bytes on it pays to count hits in a sample before choosing the needle that drives. */
const WORTH_SAMPLING = 512 << 10;
const SAMPLE_BYTES = 64 << 10;
/** A block of so many bytes tells enough of those that follow, and is worth a table of grams. */
const LONG_ENOUGH = 64 << 10;

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
  const mark = host.mark();
  const { plan, code } = prepared(host, program, block, place);
  if (plan.kind === "no-line") return new Uint32Array(0);
  if (plan.kind === "every-line") return Uint32Array.from({ length: lines }, (_, i) => i);
  const codeAt = host.take(code.length);
  host.u8(codeAt, code.length).set(code);
  const parts: Uint32Array[] = [];
  for (let from = 0; from < lines; ) {
    const to = sliceEnd(block.offsets, from, SLICE_BYTES);
    const part = host.fits(sizeOf(block, from, to)) ? run(host, codeAt, from, to, place) : reference(program, block, from, to);
    if (from > 0) for (let i = 0; i < part.length; i++) part[i] = (part[i] as number) + from;
    parts.push(part);
    from = to;
  }
  host.release(mark);
  return joined(parts);
}

/** The kernel over lines [from, to); answers count from `from`. */
function run(host: KernelHost, code: number, from: number, to: number, place: (from: number, to: number) => LinesAt): Uint32Array {
  const mark = host.mark();
  const at = place(from, to);
  const out = host.take((to - from) * 4);
  const found = counted("matchTerms", host.exports.matchTerms(at.bytes, at.offsets, to - from, code, out));
  const matching = host.u32(out, found).slice();
  host.release(mark);
  return matching;
}

/** A program made ready for blocks like one that was sampled; `code` stands at `address`. */
interface Prepared {
  readonly host: KernelHost;
  readonly plan: Plan;
  readonly code: Uint8Array;
  readonly address: number;
  readonly sampled: number;
}

/** A search goes chunk by chunk with one program: it is made ready once, and anew when a block tells much more than the one before. */
const readyPrograms = new WeakMap<TermProgram, Prepared>();

function prepared(host: KernelHost, program: TermProgram, block: LineBlock, place: (from: number, to: number) => LinesAt): Prepared {
  const address = host.mark();
  const known = readyPrograms.get(program);
  const isLike = known && (known.sampled >= LONG_ENOUGH || known.sampled * 4 >= block.bytes.length);
  if (known && isLike && known.host === host && known.address === address) return known;
  const sample = sampleBytes(block.bytes);
  const cost = (needle: Uint8Array): number => {
    const guess = likelihood(needle, sample);
    const to = sliceEnd(block.offsets, 0, SAMPLE_BYTES);
    if (block.bytes.length < WORTH_SAMPLING || !host.fits(sizeOf(block, 0, to))) return guess;
    const one = { kind: "search", drivers: [needle], isComplement: false, all: [], any: [], none: [] } as const;
    const code = encodeProgram(one, sample, undefined, address);
    const codeAt = host.take(code.length);
    host.u8(codeAt, code.length).set(code);
    const hits = run(host, codeAt, 0, to, place).length;
    host.release(address);
    return hits + guess * 1e-12;
  };
  const plan = planSearch(program, cost);
  const count = (): GramCounts => countGrams(block.bytes, (visit) => eachWindow(block.bytes, visit));
  const grams = plan.kind === "search" && block.bytes.length >= LONG_ENOUGH ? planGrams(plan.drivers, count) : undefined;
  const code = plan.kind === "search" ? encodeProgram(plan, sample, grams, address) : new Uint8Array(0);
  const ready = { host, plan, code, address, sampled: block.bytes.length };
  readyPrograms.set(program, ready);
  return ready;
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
