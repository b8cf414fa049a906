/**
 * One to four needles, each by its two rarest bytes, 64 or 32 positions a step. For a few short needles that is half the
 * work of fingerprints: a table look-up costs three loads in V8's code, since WebAssembly wants indexes from 16 on to give 0.
 */
import { lineOf, stands } from "./match-lines";

const RECORD: usize = 48;
/** Where the bytes of any needle stand in one step: a bit per position. */
const HITS: usize = memory.data(8, 8);

// @ts-ignore: decorator
@inline
function first(needle: usize): v128 {
  return v128.load8_splat(needle, 16);
}
// @ts-ignore: decorator
@inline
function second(needle: usize): v128 {
  return v128.load8_splat(needle, 20);
}
// @ts-ignore: decorator
@inline
function at1(needle: usize): usize {
  return load<u32>(needle, 8);
}
// @ts-ignore: decorator
@inline
function at2(needle: usize): usize {
  return load<u32>(needle, 12);
}
// @ts-ignore: decorator
@inline
function both(q: usize, a: v128, r: usize, b: v128): v128 {
  return v128.and(i8x16.eq(v128.load(q), a), i8x16.eq(v128.load(r), b));
}

/** First step at or after `p` with a candidate, its positions left in HITS; more than `last` when there is none. */
function nextOf1(p: usize, last: usize, needle: usize): usize {
  const a = first(needle), b = second(needle), o = at1(needle), u = at2(needle);
  for (; p <= last; p += 64) {
    const q = p + o;
    const r = p + u;
    const e0 = both(q, a, r, b);
    const e1 = both(q + 16, a, r + 16, b);
    const e2 = both(q + 32, a, r + 32, b);
    const e3 = both(q + 48, a, r + 48, b);
    if (v128.any_true(v128.or(v128.or(e0, e1), v128.or(e2, e3)))) {
      const low = <u64>i8x16.bitmask(e0) | (<u64>i8x16.bitmask(e1) << 16);
      store<u64>(HITS, low | (<u64>i8x16.bitmask(e2) << 32) | (<u64>i8x16.bitmask(e3) << 48));
      break;
    }
  }
  return p;
}

function nextOf2(p: usize, last: usize, n0: usize): usize {
  const n1 = n0 + RECORD;
  const a0 = first(n0), b0 = second(n0), o0 = at1(n0), u0 = at2(n0);
  const a1 = first(n1), b1 = second(n1), o1 = at1(n1), u1 = at2(n1);
  for (; p <= last; p += 32) {
    const e0 = v128.or(both(p + o0, a0, p + u0, b0), both(p + o1, a1, p + u1, b1));
    const h = p + 16;
    const e1 = v128.or(both(h + o0, a0, h + u0, b0), both(h + o1, a1, h + u1, b1));
    if (v128.any_true(v128.or(e0, e1))) {
      store<u64>(HITS, <u64>i8x16.bitmask(e0) | (<u64>i8x16.bitmask(e1) << 16));
      break;
    }
  }
  return p;
}

function nextOf3(p: usize, last: usize, n0: usize): usize {
  const n1 = n0 + RECORD;
  const n2 = n1 + RECORD;
  const a0 = first(n0), b0 = second(n0), o0 = at1(n0), u0 = at2(n0);
  const a1 = first(n1), b1 = second(n1), o1 = at1(n1), u1 = at2(n1);
  const a2 = first(n2), b2 = second(n2), o2 = at1(n2), u2 = at2(n2);
  for (; p <= last; p += 32) {
    const e0 = v128.or(v128.or(both(p + o0, a0, p + u0, b0), both(p + o1, a1, p + u1, b1)), both(p + o2, a2, p + u2, b2));
    const h = p + 16;
    const e1 = v128.or(v128.or(both(h + o0, a0, h + u0, b0), both(h + o1, a1, h + u1, b1)), both(h + o2, a2, h + u2, b2));
    if (v128.any_true(v128.or(e0, e1))) {
      store<u64>(HITS, <u64>i8x16.bitmask(e0) | (<u64>i8x16.bitmask(e1) << 16));
      break;
    }
  }
  return p;
}

function nextOf4(p: usize, last: usize, n0: usize): usize {
  const n1 = n0 + RECORD;
  const n2 = n1 + RECORD;
  const n3 = n2 + RECORD;
  const a0 = first(n0), b0 = second(n0), o0 = at1(n0), u0 = at2(n0);
  const a1 = first(n1), b1 = second(n1), o1 = at1(n1), u1 = at2(n1);
  const a2 = first(n2), b2 = second(n2), o2 = at1(n2), u2 = at2(n2);
  const a3 = first(n3), b3 = second(n3), o3 = at1(n3), u3 = at2(n3);
  for (; p <= last; p += 32) {
    const e0 = v128.or(
      v128.or(both(p + o0, a0, p + u0, b0), both(p + o1, a1, p + u1, b1)),
      v128.or(both(p + o2, a2, p + u2, b2), both(p + o3, a3, p + u3, b3)),
    );
    const h = p + 16;
    const e1 = v128.or(
      v128.or(both(h + o0, a0, h + u0, b0), both(h + o1, a1, h + u1, b1)),
      v128.or(both(h + o2, a2, h + u2, b2), both(h + o3, a3, h + u3, b3)),
    );
    if (v128.any_true(v128.or(e0, e1))) {
      store<u64>(HITS, <u64>i8x16.bitmask(e0) | (<u64>i8x16.bitmask(e1) << 16));
      break;
    }
  }
  return p;
}

/** Next line at or after `p` that holds one of the `n` needles, or -1. `line` is the line of `p`. `shortest`: their least length. */
export function nextByPairs(
  p: usize, line: i32, bytes: usize, end: usize, offsets: usize, lines: i32, needle: usize, n: u32, shortest: usize,
): i32 {
  if (<usize>(end - bytes) < shortest) return -1;
  const last = end - shortest;
  if (ASC_FEATURE_SIMD) {
    const step: usize = n == 1 ? 64 : 32;
    for (;; p += step) {
      if (n == 1) p = nextOf1(p, last, needle);
      else if (n == 2) p = nextOf2(p, last, needle);
      else if (n == 3) p = nextOf3(p, last, needle);
      else p = nextOf4(p, last, needle);
      if (p > last) return -1;
      let hits = load<u64>(HITS);
      do {
        const at = p + <usize>ctz(hits);
        if (at > last) return -1;
        const found = standing(at, line, bytes, end, offsets, lines, needle, n);
        if (found >= 0) return found;
        hits &= hits - 1;
      } while (hits != 0);
    }
  }
  for (; p <= last; p++) {
    for (let i: u32 = 0; i < n; i++) {
      const one = needle + <usize>i * RECORD;
      if (load<u8>(p + at1(one)) != load<u8>(one, 16) || load<u8>(p + at2(one)) != load<u8>(one, 20)) continue;
      const found = standing(p, line, bytes, end, offsets, lines, one, 1);
      if (found >= 0) return found;
    }
  }
  return -1;
}

/** The line of one of the needles that stands at `at`, or -1. */
// @ts-ignore: decorator
@inline
function standing(at: usize, line: i32, bytes: usize, end: usize, offsets: usize, lines: i32, needle: usize, n: u32): i32 {
  for (let i: u32 = 0; i < n; i++, needle += RECORD) {
    if (!stands(at, end, needle)) continue;
    const found = lineOf(at, load<u32>(needle, 4), at, line, bytes, offsets, lines);
    if (found >= 0) return found;
  }
  return -1;
}
