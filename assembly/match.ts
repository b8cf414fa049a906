/**
 * Filter programs over lines of bytes: which lines hold every `all`, at least one `any` (if there are any) and no `none`.
 *
 *     bytes    | line 0 | line 1 | ... | 128 bytes of anything |      lines touch; a separator is part of its line or absent
 *     offsets  | u32 x (lines + 1) |                                  line i = bytes[offsets[i]-offsets[0] .. offsets[i+1]-offsets[0])
 *     program  | header | needle records | needle bytes |             written by workers/kernels/program.ts
 *     out      | u32 x lines |                                        matching line numbers, ascending
 *
 *     header (u32)  0 several: driver is a set   4 complement   8 records   12 drivers   16 more all   20 any   24 none
 *                   28 fingerprint tables (4 x 16 bytes: low nibble of four neighbouring bytes; bit b = bucket b)
 *                   32 bucket starts (9 x u32, indexes into the driver records)
 *     record (48)   0 bytes (u32)  4 length  8 offset of rarest byte  12 offset of next rarest  16 that byte  20 the other
 *                   24 first eight bytes (u64)  32 their mask (u64)  40 offset of the fingerprint in the needle
 *     records stand in the order drivers, all, any, none
 *
 * The driver searches the whole slice without looking at lines: one needle by its two rarest bytes at 64 positions a step,
 * a set of needles by fingerprints in eight buckets (after Teddy, of Hyperscan) at 32 positions a step. Teddy looks up both
 * nibbles of three bytes; here it is the low nibbles of four, as selective on text and a third less work. A hit is verified, its line found by galloping over the offsets, a needle that reaches over the line's end is refused, the rest of
 * the program is checked inside that line, and the search goes on at the line's end. With nothing but `none`, the hits are
 * what is left out (complement).
 */

const RECORD: usize = 48;
/** The fingerprints' candidates of one step. */
const LANES: usize = memory.data(32, 16);

/** The line a driver stopped in. */
let hitLine: i32 = 0;

/** Do the needle's bytes stand at `p`? Reads up to eight bytes beyond it. */
// @ts-ignore: decorator
@inline
function stands(p: usize, needle: usize): bool {
  if (((load<u64>(p) ^ load<u64>(needle, 24)) & load<u64>(needle, 32)) != 0) return false;
  const length = load<u32>(needle, 4);
  return length <= 8 || restStands(p, load<u32>(needle), length);
}

function restStands(p: usize, bytes: usize, length: usize): bool {
  for (let i: usize = 8; i + 8 <= length; i += 8) if (load<u64>(p + i) != load<u64>(bytes + i)) return false;
  return load<u64>(p + length - 8) == load<u64>(bytes + length - 8);
}

/** The line (from `line` on) that holds the byte at `at`, counted from the slice's first; at < the slice's end. */
function lineAt(offsets: usize, line: i32, lines: i32, at: u32): i32 {
  const target = at + load<u32>(offsets);
  let step = 1;
  let l = line;
  let h = line;
  while (h < lines && load<u32>(offsets + (<usize>h << 2), 4) <= target) {
    l = h + 1;
    h += step;
    step <<= 1;
  }
  h = min(h, lines - 1);
  while (l < h) {
    const m = (l + h) >>> 1;
    if (load<u32>(offsets + (<usize>m << 2), 4) <= target) l = m + 1;
    else h = m;
  }
  return l;
}

/** Does [from, to) hold the needle? */
function holds(from: usize, to: usize, needle: usize): bool {
  const length = <usize>load<u32>(needle, 4);
  if (to - from < length) return false;
  const last = to - length;
  const o1 = <usize>load<u32>(needle, 8);
  const o2 = <usize>load<u32>(needle, 12);
  if (ASC_FEATURE_SIMD) {
    const b1 = i8x16.splat(<i8>load<u8>(needle, 16));
    const b2 = i8x16.splat(<i8>load<u8>(needle, 20));
    for (let p = from; p <= last; p += 32) {
      const e0 = v128.and(i8x16.eq(v128.load(p + o1), b1), i8x16.eq(v128.load(p + o2), b2));
      const e1 = v128.and(i8x16.eq(v128.load(p + o1, 16), b1), i8x16.eq(v128.load(p + o2, 16), b2));
      if (!v128.any_true(v128.or(e0, e1))) continue;
      let hits = <u32>i8x16.bitmask(e0) | (<u32>i8x16.bitmask(e1) << 16);
      do {
        const at = p + <usize>ctz(hits);
        if (at > last) return false;
        if (stands(at, needle)) return true;
        hits &= hits - 1;
      } while (hits != 0);
    }
    return false;
  }
  const c1 = load<u8>(needle, 16);
  const c2 = load<u8>(needle, 20);
  for (let p = from; p <= last; p++) {
    if (load<u8>(p + o1) == c1 && load<u8>(p + o2) == c2 && stands(p, needle)) return true;
  }
  return false;
}

/** Next line at or after `p` that holds the one needle, into hitLine. `line` is the line of `p`. */
function nextOfOne(p: usize, line: i32, bytes: usize, end: usize, offsets: usize, lines: i32, needle: usize): bool {
  const length = <usize>load<u32>(needle, 4);
  if (<usize>(end - bytes) < length) return false;
  const last = end - length;
  const o1 = <usize>load<u32>(needle, 8);
  const o2 = <usize>load<u32>(needle, 12);
  const base = load<u32>(offsets);
  if (ASC_FEATURE_SIMD) {
    const b1 = i8x16.splat(<i8>load<u8>(needle, 16));
    const b2 = i8x16.splat(<i8>load<u8>(needle, 20));
    for (; p <= last; p += 64) {
      const q = p + o1;
      const r = p + o2;
      const e0 = v128.and(i8x16.eq(v128.load(q), b1), i8x16.eq(v128.load(r), b2));
      const e1 = v128.and(i8x16.eq(v128.load(q, 16), b1), i8x16.eq(v128.load(r, 16), b2));
      const e2 = v128.and(i8x16.eq(v128.load(q, 32), b1), i8x16.eq(v128.load(r, 32), b2));
      const e3 = v128.and(i8x16.eq(v128.load(q, 48), b1), i8x16.eq(v128.load(r, 48), b2));
      if (!v128.any_true(v128.or(v128.or(e0, e1), v128.or(e2, e3)))) continue;
      let hits = <u64>i8x16.bitmask(e0) | (<u64>i8x16.bitmask(e1) << 16) | (<u64>i8x16.bitmask(e2) << 32) | (<u64>i8x16.bitmask(e3) << 48);
      do {
        const at = p + <usize>ctz(hits);
        if (at > last) return false;
        if (stands(at, needle)) {
          line = lineAt(offsets, line, lines, <u32>(at - bytes));
          if (at + length <= bytes + <usize>(load<u32>(offsets + (<usize>line << 2), 4) - base)) {
            hitLine = line;
            return true;
          }
        }
        hits &= hits - 1;
      } while (hits != 0);
    }
    return false;
  }
  const c1 = load<u8>(needle, 16);
  const c2 = load<u8>(needle, 20);
  for (; p <= last; p++) {
    if (load<u8>(p + o1) != c1 || load<u8>(p + o2) != c2 || !stands(p, needle)) continue;
    line = lineAt(offsets, line, lines, <u32>(p - bytes));
    if (p + length > bytes + <usize>(load<u32>(offsets + (<usize>line << 2), 4) - base)) continue;
    hitLine = line;
    return true;
  }
  return false;
}

/**
 * Buckets whose fingerprint ends at each of sixteen bytes: table j has looked up every byte's low nibble, and the four
 * answers are laid over each other by the bytes' distance. w: the sixteen bytes before, v: these.
 */
// @ts-ignore: decorator
@inline
function overlaid(w0: v128, v0: v128, w1: v128, v1: v128, w2: v128, v2: v128, v3: v128): v128 {
  return v128.and(
    v128.and(
      v128.shuffle<u8>(w0, v0, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28),
      v128.shuffle<u8>(w1, v1, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29),
    ),
    v128.and(v128.shuffle<u8>(w2, v2, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30), v3),
  );
}

/** Next line at or after `p` that holds any of the driver needles, into hitLine. */
function nextOfSet(p: usize, line: i32, bytes: usize, end: usize, offsets: usize, lines: i32, program: usize): bool {
  const tables = <usize>load<u32>(program, 28);
  if (ASC_FEATURE_SIMD) {
    const t0 = v128.load(tables), t1 = v128.load(tables, 16), t2 = v128.load(tables, 32), t3 = v128.load(tables, 48);
    const nibble = i8x16.splat(15);
    const none = i8x16.splat(0);
    // Nothing before p: a fingerprint lies behind it as a whole.
    let w0 = none, w1 = none, w2 = none;
    // A needle shorter than the fingerprint may have its last bytes behind the end.
    for (const stop = end + 3; p < stop; p += 32) {
      const a = v128.and(v128.load(p), nibble);
      const a0 = i8x16.swizzle(t0, a), a1 = i8x16.swizzle(t1, a), a2 = i8x16.swizzle(t2, a);
      const r0 = overlaid(w0, a0, w1, a1, w2, a2, i8x16.swizzle(t3, a));
      const b = v128.and(v128.load(p, 16), nibble);
      w0 = i8x16.swizzle(t0, b);
      w1 = i8x16.swizzle(t1, b);
      w2 = i8x16.swizzle(t2, b);
      const r1 = overlaid(a0, w0, a1, w1, a2, w2, i8x16.swizzle(t3, b));
      if (!v128.any_true(v128.or(r0, r1))) continue;
      v128.store(LANES, r0);
      v128.store(LANES, r1, 16);
      let hits = <u32>i8x16.bitmask(i8x16.ne(r0, none)) | (<u32>i8x16.bitmask(i8x16.ne(r1, none)) << 16);
      do {
        const lane = <usize>ctz(hits);
        const at = p + lane - 3;
        if (at >= end) return false;
        if (candidate(at, load<u8>(LANES + lane), line, bytes, offsets, lines, program)) return true;
        hits &= hits - 1;
      } while (hits != 0);
    }
    return false;
  }
  for (; p < end; p++) {
    let set = load<u8>(tables + <usize>(load<u8>(p) & 15));
    if (set == 0) continue;
    set &= load<u8>(tables + <usize>(load<u8>(p, 1) & 15), 16) & load<u8>(tables + <usize>(load<u8>(p, 2) & 15), 32);
    set &= load<u8>(tables + <usize>(load<u8>(p, 3) & 15), 48);
    if (set != 0 && candidate(p, set, line, bytes, offsets, lines, program)) return true;
  }
  return false;
}

/** A fingerprint of the buckets in `set` begins at `p`: is it one of their needles, and within its line? */
function candidate(p: usize, set: u32, line: i32, bytes: usize, offsets: usize, lines: i32, program: usize): bool {
  const records = <usize>load<u32>(program, 8);
  const starts = <usize>load<u32>(program, 32);
  do {
    const bucket = starts + (<usize>ctz(set) << 2);
    let needle = records + <usize>load<u32>(bucket) * RECORD;
    const stop = records + <usize>load<u32>(bucket, 4) * RECORD;
    for (; needle < stop; needle += RECORD) {
      const at = p - <usize>load<u32>(needle, 40);
      if (at < bytes || !stands(at, needle)) continue;
      const l = lineAt(offsets, line, lines, <u32>(p - bytes));
      const o = offsets + (<usize>l << 2);
      const base = load<u32>(offsets);
      if (at < bytes + <usize>(load<u32>(o) - base)) continue;
      if (at + <usize>load<u32>(needle, 4) > bytes + <usize>(load<u32>(o, 4) - base)) continue;
      hitLine = l;
      return true;
    }
    set &= set - 1;
  } while (set != 0);
  return false;
}

/** What the driver does not say: the other `all`, one of `any`, no `none`. */
function passes(from: usize, to: usize, needle: usize, all: u32, any: u32, none: u32): bool {
  for (let i: u32 = 0; i < all; i++, needle += RECORD) if (!holds(from, to, needle)) return false;
  if (any != 0) {
    let found = false;
    for (let i: u32 = 0; i < any && !found; i++) found = holds(from, to, needle + <usize>i * RECORD);
    if (!found) return false;
    needle += <usize>any * RECORD;
  }
  for (let i: u32 = 0; i < none; i++, needle += RECORD) if (holds(from, to, needle)) return false;
  return true;
}

/** Matching lines of the slice into `out`; answers how many. */
export function matchTerms(bytes: usize, offsets: usize, lines: i32, program: usize, out: usize): i32 {
  const base = load<u32>(offsets);
  const end = bytes + <usize>(load<u32>(offsets + (<usize>lines << 2)) - base);
  const several = load<u32>(program) != 0;
  const complement = load<u32>(program, 4) != 0;
  const records = <usize>load<u32>(program, 8);
  const all = load<u32>(program, 16), any = load<u32>(program, 20), none = load<u32>(program, 24);
  const others = records + <usize>load<u32>(program, 12) * RECORD;
  const isDecided = (all | any | none) == 0;
  let to = out;
  let p = bytes;
  let line = 0;
  while (p < end) {
    const found = several
      ? nextOfSet(p, line, bytes, end, offsets, lines, program)
      : nextOfOne(p, line, bytes, end, offsets, lines, records);
    if (!found) break;
    const o = offsets + (<usize>hitLine << 2);
    p = bytes + <usize>(load<u32>(o, 4) - base);
    if (complement) {
      for (; line < hitLine; line++, to += 4) store<u32>(to, line);
    } else if (isDecided || passes(bytes + <usize>(load<u32>(o) - base), p, others, all, any, none)) {
      store<u32>(to, hitLine);
      to += 4;
    }
    line = hitLine + 1;
  }
  if (complement) for (; line < lines; line++, to += 4) store<u32>(to, line);
  return <i32>((to - out) >> 2);
}
