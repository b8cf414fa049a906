/**
 * A set of needles by fingerprints in eight buckets (after Teddy, of Hyperscan), 32 positions a step: table j says of every
 * low nibble in which buckets it stands at byte j of a fingerprint, and what four neighbouring bytes agree on are the
 * candidates. Teddy looks up both nibbles of three bytes; here it is the low nibbles of four, as selective on text and a
 * third less work. The loop calls nothing: a call in it would have V8 keep the tables in memory.
 */
import { lineOf, stands } from "./match-lines";

const RECORD: usize = 48;
/** The candidates of one step. */
const LANES: usize = memory.data(32, 16);

// @ts-ignore: decorator
@inline
function looked(table: v128, p: usize, nibble: v128): v128 {
  return i8x16.swizzle(table, v128.and(v128.load(p), nibble));
}

/** First step at or after `p` in which a fingerprint begins, its candidates left in LANES; `stop` or more when there is none. */
function nextStep(p: usize, stop: usize, tables: usize): usize {
  const t0 = v128.load(tables), t1 = v128.load(tables, 16), t2 = v128.load(tables, 32), t3 = v128.load(tables, 48);
  // Not a constant, which V8 would make anew in each turn.
  const nibble = v128.load(tables, 64);
  for (; p < stop; p += 32) {
    const r0 = v128.and(
      v128.and(looked(t0, p, nibble), looked(t1, p + 1, nibble)),
      v128.and(looked(t2, p + 2, nibble), looked(t3, p + 3, nibble)),
    );
    const r1 = v128.and(
      v128.and(looked(t0, p + 16, nibble), looked(t1, p + 17, nibble)),
      v128.and(looked(t2, p + 18, nibble), looked(t3, p + 19, nibble)),
    );
    if (v128.any_true(v128.or(r0, r1))) {
      v128.store(LANES, r0);
      v128.store(LANES, r1, 16);
      break;
    }
  }
  return p;
}

/** Next line at or after `p` that holds any of the driver needles, or -1. `line` is the line of `p`. */
export function nextByPrints(p: usize, line: i32, bytes: usize, end: usize, offsets: usize, lines: i32, program: usize): i32 {
  const tables = <usize>load<u32>(program, 28);
  if (ASC_FEATURE_SIMD) {
    const none = i8x16.splat(0);
    for (;; p += 32) {
      p = nextStep(p, end, tables);
      if (p >= end) return -1;
      let hits =
        <u32>i8x16.bitmask(i8x16.ne(v128.load(LANES), none)) | (<u32>i8x16.bitmask(i8x16.ne(v128.load(LANES, 16), none)) << 16);
      do {
        const lane = <usize>ctz(hits);
        if (p + lane >= end) return -1;
        const found = candidate(p + lane, load<u8>(LANES + lane), line, bytes, end, offsets, lines, program);
        if (found >= 0) return found;
        hits &= hits - 1;
      } while (hits != 0);
    }
  }
  for (; p < end; p++) {
    let set = load<u8>(tables + <usize>(load<u8>(p) & 15));
    if (set == 0) continue;
    set &= load<u8>(tables + <usize>(load<u8>(p, 1) & 15), 16) & load<u8>(tables + <usize>(load<u8>(p, 2) & 15), 32);
    set &= load<u8>(tables + <usize>(load<u8>(p, 3) & 15), 48);
    if (set == 0) continue;
    const found = candidate(p, set, line, bytes, end, offsets, lines, program);
    if (found >= 0) return found;
  }
  return -1;
}

/** A fingerprint of the buckets in `set` begins at `p`: the line of one of their needles there, or -1. */
function candidate(p: usize, set: u32, line: i32, bytes: usize, end: usize, offsets: usize, lines: i32, program: usize): i32 {
  const records = <usize>load<u32>(program, 8);
  const starts = <usize>load<u32>(program, 32);
  do {
    const bucket = starts + (<usize>ctz(set) << 2);
    let needle = records + <usize>load<u32>(bucket) * RECORD;
    const stop = records + <usize>load<u32>(bucket, 4) * RECORD;
    for (; needle < stop; needle += RECORD) {
      const at = p - <usize>load<u32>(needle, 40);
      if (at < bytes || !stands(at, end, needle)) continue;
      const found = lineOf(at, load<u32>(needle, 4), p, line, bytes, offsets, lines);
      if (found >= 0) return found;
    }
    set &= set - 1;
  } while (set != 0);
  return -1;
}
