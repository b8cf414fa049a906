/**
 * Exact percentiles by nearest rank per period, over sorted points (see cells.ts for how a cell's end is found).
 *
 *     values     | v0 v1 ...  | 64 bytes of anything |
 *     counts     | c0 c1 ...  |                          address 0 = every value once
 *     ranks      | f64 x nranks |                        0 to 100
 *     out        | column of rank 0 [stride] | column of rank 1 [stride] ... |   f64
 *     scratch    | wanted: i32 x 9 x nranks, padded to 64 | histograms 10 KiB | work: 16 bytes a point (48 when weighted) |
 *     state      | i32 points consumed |
 *
 * Up to 8 points: optimal sorting networks (6 values: 12 comparators, 8: 19), two cells side by side in the two lanes.
 * Up to 16: each value goes to the place that the number of lesser values names; equal values leave holes behind the first
 * of them (NaN), which a reader steps back over.
 * Up to 65,535: minimum and maximum, then a histogram of (v - min)·scale (monotone: each step rounds monotonically), whose
 * bucket numbers are kept as u16. Prefix sums name the bucket of each wanted rank; one pass over the bucket numbers, 16 at
 * a step, picks its few values; those are selected from. Nothing is sorted, nothing moved. About 5 cycles a point.
 * All else (longer, NaN or infinity within): selection by the values' bits as sortable integers, in levels of 2^8 buckets,
 * at most 8 of them whatever the distribution.
 * Weighted: (value, count) sorted by merging, counts cumulated.
 */

import { TAIL } from "./aggregate";
import { below8, cellEnd } from "./cells";

/** Where the sorting network ends. */
const NETWORK: i32 = 8;
/** Up to so many, every value's place is found by counting the lesser ones. */
const COUNTING: i32 = 16;
/** Bucket numbers are u16 and so are their sums. */
const NARROW: i32 = 65535;
/** Below this many values an insertion sort finishes the selection. */
const FEW: i32 = 24;
const HISTOGRAM: usize = 10240;
/** 2^52: adding it leaves a small number, rounded to a whole one, in the low bits of the mantissa. */
const MAGIC: f64 = 4503599627370496.0;
/** The eight sorted pairs of the network, or up to sixteen values in their places. */
const SORTED: usize = memory.data(128, 16);

/** As in workers/kernels/reference.ts: nearest rank with products a hair off a whole number taken as whole. */
function nearestRank(n: f64, rank: f64): f64 {
  if (rank == 0) return 0;
  const exact = (n * rank) / 100;
  const whole = Math.floor(exact + 0.5);
  return Math.abs(exact - whole) <= exact * 1e-14 ? whole : Math.ceil(exact);
}

/** Zero-based positions wanted of n sorted values, one per rank. */
function want(n: i32, ranks: usize, nranks: i32, wanted: usize): void {
  for (let r = 0; r < nranks; r++) {
    const k = <i32>nearestRank(<f64>n, load<f64>(ranks + (<usize>r << 3)));
    store<i32>(wanted + (<usize>r << 2), max(k, 1) - 1);
  }
}

/**
 * Cells answered; see `aggregate` for slices, `budget` and `final`. Stops at a cell of more than
 * `longest` points, for which scratch has no room. `hasNaN` sends every cell the slow way.
 */
export function percentiles(
  ts: usize, values: usize, counts: usize, n: i32, budget: i32, final: i32, start: f64, period: f64, firstCell: f64, cells: i32,
  ranks: usize, nranks: i32, out: usize, stride: usize, scratch: usize, longest: i32, state: usize, hasNaN: i32,
): i32 {
  const row = <usize>nranks << 2;
  const histogram = scratch + ((row * 9 + 63) & ~63);
  const work = histogram + HISTOGRAM;
  for (let k = 1; k <= NETWORK; k++) want(k, ranks, nranks, scratch + row * <usize>k);
  let lo = 0;
  let cell = 0;
  let guess = 0;
  let wantedFor = 0;
  let pending = -1;
  let pendingAt: usize = 0;
  let pendingCount = 0;
  while (cell < cells && lo < budget) {
    const border = start + (firstCell + <f64>(cell + 1)) * period;
    // Short cells end within the first eight, mostly: no guess, no branch that depends on the points.
    let hi = lo + 8;
    if (guess < 8) hi = lo + below8(ts + (<usize>lo << 3), border);
    if (hi - lo == 8) hi = cellEnd(ts, lo, n, border, guess);
    if (hi == n && !final) break;
    const count = hi - lo;
    if (count > longest) break;
    const at = values + (<usize>lo << 3);
    const to = out + (<usize>cell << 3);
    if (count == 0) {
      for (let r = 0; r < nranks; r++) store<f64>(to + <usize>r * stride, NaN);
    } else if (counts != 0) {
      weightedCell(at, counts + (<usize>lo << 3), count, ranks, nranks, to, stride, work);
    } else if (ASC_FEATURE_SIMD && count <= NETWORK && !hasNaN) {
      if (pending < 0) {
        pending = cell;
        pendingAt = at;
        pendingCount = count;
      } else {
        sortPair(pendingAt, pendingCount, at, count);
        pick(scratch + row * <usize>pendingCount, nranks, out + (<usize>pending << 3), stride, SORTED);
        pick(scratch + row * <usize>count, nranks, to, stride, SORTED + 8);
        pending = -1;
      }
    } else {
      if (wantedFor != count) {
        want(count, ranks, nranks, scratch);
        wantedFor = count;
      }
      if (ASC_FEATURE_SIMD && !hasNaN && count <= COUNTING) {
        byCounting(at, count);
        for (let r = 0; r < nranks; r++) {
          let p = SORTED + (<usize>load<i32>(scratch + (<usize>r << 2)) << 3);
          let v = load<f64>(p);
          while (v != v) v = load<f64>((p -= 8));
          store<f64>(to + <usize>r * stride, v + 0.0);
        }
      } else if (!(ASC_FEATURE_SIMD && !hasNaN && count <= NARROW && narrow(at, count, scratch, nranks, to, stride, histogram, work))) {
        for (let r = 0; r < nranks; r++) {
          memory.copy(work, at, <usize>count << 3);
          store<f64>(to + <usize>r * stride, select(work, count, load<i32>(scratch + (<usize>r << 2)), histogram) + 0.0);
        }
      }
    }
    guess = count;
    lo = hi;
    cell++;
  }
  if (ASC_FEATURE_SIMD && pending >= 0) {
    sortPair(pendingAt, pendingCount, pendingAt, pendingCount);
    pick(scratch + row * <usize>pendingCount, nranks, out + (<usize>pending << 3), stride, SORTED);
  }
  store<i32>(state, lo);
  return cell;
}

// @ts-ignore: decorator
@inline
function pick(wanted: usize, nranks: i32, to: usize, stride: usize, sorted: usize): void {
  for (let r = 0; r < nranks; r++) {
    store<f64>(to, load<f64>(sorted + (<usize>load<i32>(wanted + (<usize>r << 2)) << 4)) + 0.0);
    to += stride;
  }
}

// @ts-ignore: decorator
@inline
function pair(a: usize, na: f64, b: usize, nb: f64, i: i32): v128 {
  const v = v128.load_lane<f64>(b + (<usize>i << 3), v128.load_zero<f64>(a + (<usize>i << 3)), 1);
  const absent = f64x2.le(f64x2.replace_lane(f64x2.splat(na), 1, nb), f64x2.splat(<f64>i));
  return f64x2.pmin(f64x2.splat(Infinity), v128.or(v, absent)); // an absent lane is NaN, then +Infinity
}

// @ts-ignore: decorator
@inline
function wholePair(a: usize, b: usize, i: i32): v128 {
  return v128.load_lane<f64>(b + (<usize>i << 3), v128.load_zero<f64>(a + (<usize>i << 3)), 1);
}

/** Sorts two cells of up to eight values (none NaN) into SORTED, left and right lane. */
function sortPair(a: usize, na: i32, b: usize, nb: i32): void {
  const fa = <f64>na, fb = <f64>nb;
  if (na == 6 && nb == 6) {
    network6(wholePair(a, b, 0), wholePair(a, b, 1), wholePair(a, b, 2), wholePair(a, b, 3), wholePair(a, b, 4), wholePair(a, b, 5));
  } else if (na <= 6 && nb <= 6) {
    network6(
      pair(a, fa, b, fb, 0), pair(a, fa, b, fb, 1), pair(a, fa, b, fb, 2),
      pair(a, fa, b, fb, 3), pair(a, fa, b, fb, 4), pair(a, fa, b, fb, 5),
    );
  } else {
    network8(a, fa, b, fb);
  }
}

// @ts-ignore: decorator
@inline
function network6(v0: v128, v1: v128, v2: v128, v3: v128, v4: v128, v5: v128): void {
  let t = v0; v0 = f64x2.pmin(t, v5); v5 = f64x2.pmax(t, v5);
  t = v1; v1 = f64x2.pmin(t, v3); v3 = f64x2.pmax(t, v3);
  t = v2; v2 = f64x2.pmin(t, v4); v4 = f64x2.pmax(t, v4);
  t = v1; v1 = f64x2.pmin(t, v2); v2 = f64x2.pmax(t, v2);
  t = v3; v3 = f64x2.pmin(t, v4); v4 = f64x2.pmax(t, v4);
  t = v0; v0 = f64x2.pmin(t, v3); v3 = f64x2.pmax(t, v3);
  t = v2; v2 = f64x2.pmin(t, v5); v5 = f64x2.pmax(t, v5);
  t = v0; v0 = f64x2.pmin(t, v1); v1 = f64x2.pmax(t, v1);
  t = v2; v2 = f64x2.pmin(t, v3); v3 = f64x2.pmax(t, v3);
  t = v4; v4 = f64x2.pmin(t, v5); v5 = f64x2.pmax(t, v5);
  t = v1; v1 = f64x2.pmin(t, v2); v2 = f64x2.pmax(t, v2);
  t = v3; v3 = f64x2.pmin(t, v4); v4 = f64x2.pmax(t, v4);
  v128.store(SORTED, v0); v128.store(SORTED, v1, 16); v128.store(SORTED, v2, 32);
  v128.store(SORTED, v3, 48); v128.store(SORTED, v4, 64); v128.store(SORTED, v5, 80);
}

function network8(a: usize, fa: f64, b: usize, fb: f64): void {
  let v0 = pair(a, fa, b, fb, 0), v1 = pair(a, fa, b, fb, 1), v2 = pair(a, fa, b, fb, 2), v3 = pair(a, fa, b, fb, 3);
  let v4 = pair(a, fa, b, fb, 4), v5 = pair(a, fa, b, fb, 5), v6 = pair(a, fa, b, fb, 6), v7 = pair(a, fa, b, fb, 7);
  let t = v0; v0 = f64x2.pmin(t, v2); v2 = f64x2.pmax(t, v2);
  t = v1; v1 = f64x2.pmin(t, v3); v3 = f64x2.pmax(t, v3);
  t = v4; v4 = f64x2.pmin(t, v6); v6 = f64x2.pmax(t, v6);
  t = v5; v5 = f64x2.pmin(t, v7); v7 = f64x2.pmax(t, v7);
  t = v0; v0 = f64x2.pmin(t, v4); v4 = f64x2.pmax(t, v4);
  t = v1; v1 = f64x2.pmin(t, v5); v5 = f64x2.pmax(t, v5);
  t = v2; v2 = f64x2.pmin(t, v6); v6 = f64x2.pmax(t, v6);
  t = v3; v3 = f64x2.pmin(t, v7); v7 = f64x2.pmax(t, v7);
  t = v0; v0 = f64x2.pmin(t, v1); v1 = f64x2.pmax(t, v1);
  t = v2; v2 = f64x2.pmin(t, v3); v3 = f64x2.pmax(t, v3);
  t = v4; v4 = f64x2.pmin(t, v5); v5 = f64x2.pmax(t, v5);
  t = v6; v6 = f64x2.pmin(t, v7); v7 = f64x2.pmax(t, v7);
  t = v2; v2 = f64x2.pmin(t, v4); v4 = f64x2.pmax(t, v4);
  t = v3; v3 = f64x2.pmin(t, v5); v5 = f64x2.pmax(t, v5);
  t = v1; v1 = f64x2.pmin(t, v4); v4 = f64x2.pmax(t, v4);
  t = v3; v3 = f64x2.pmin(t, v6); v6 = f64x2.pmax(t, v6);
  t = v1; v1 = f64x2.pmin(t, v2); v2 = f64x2.pmax(t, v2);
  t = v3; v3 = f64x2.pmin(t, v4); v4 = f64x2.pmax(t, v4);
  t = v5; v5 = f64x2.pmin(t, v6); v6 = f64x2.pmax(t, v6);
  v128.store(SORTED, v0); v128.store(SORTED, v1, 16); v128.store(SORTED, v2, 32); v128.store(SORTED, v3, 48);
  v128.store(SORTED, v4, 64); v128.store(SORTED, v5, 80); v128.store(SORTED, v6, 96); v128.store(SORTED, v7, 112);
}

/** Puts 9 to 16 values (none NaN) into their places in SORTED. */
function byCounting(at: usize, count: i32): void {
  const mask = TAIL + 128 - (<usize>count << 3);
  const v0 = v128.load(at), v1 = v128.load(at, 16), v2 = v128.load(at, 32), v3 = v128.load(at, 48);
  const v4 = v128.or(v128.load(at, 64), v128.load(mask)), v5 = v128.or(v128.load(at, 80), v128.load(mask, 16));
  const v6 = v128.or(v128.load(at, 96), v128.load(mask, 32)), v7 = v128.or(v128.load(at, 112), v128.load(mask, 48));
  const hole = i64x2.splat(-1);
  for (let i: usize = 0; i < 128; i += 16) v128.store(SORTED + i, hole);
  for (const end = at + (<usize>count << 3); at < end; at += 8) {
    const value = load<f64>(at);
    const x = f64x2.splat(value);
    const less = i64x2.add(
      i64x2.add(i64x2.add(f64x2.lt(v0, x), f64x2.lt(v1, x)), i64x2.add(f64x2.lt(v2, x), f64x2.lt(v3, x))),
      i64x2.add(i64x2.add(f64x2.lt(v4, x), f64x2.lt(v5, x)), i64x2.add(f64x2.lt(v6, x), f64x2.lt(v7, x))),
    );
    store<f64>(SORTED - (<usize>(<i32>i64x2.extract_lane(less, 0) + <i32>i64x2.extract_lane(less, 1)) << 3), value);
  }
}

// @ts-ignore: decorator
@inline
function tick(histogram: usize, bucket: u32): void {
  const at = histogram + (<usize>bucket << 1);
  store<u16>(at, load<u16>(at) + 1);
}

/**
 * Percentiles of 1 to 65,535 values, none NaN. Answers 0 (and has written nothing) where the spread of the values is not
 * a finite number. `work`: u16 bucket numbers, then the values picked.
 */
function narrow(
  at: usize, count: i32, wanted: usize, nranks: i32, to: usize, stride: usize, histogram: usize, work: usize,
): bool {
  // Minimum and maximum.
  let m0 = f64x2.splat(Infinity), m1 = m0;
  let x0 = f64x2.splat(-Infinity), x1 = x0;
  const rest = count & 7;
  const whole = at + (<usize>(count - rest) << 3);
  let q = at;
  for (; q < whole; q += 64) {
    const v0 = v128.load(q), v1 = v128.load(q, 16), v2 = v128.load(q, 32), v3 = v128.load(q, 48);
    m0 = f64x2.pmin(f64x2.pmin(m0, v0), v2);
    m1 = f64x2.pmin(f64x2.pmin(m1, v1), v3);
    x0 = f64x2.pmax(f64x2.pmax(x0, v0), v2);
    x1 = f64x2.pmax(f64x2.pmax(x1, v1), v3);
  }
  const mask = TAIL + 64 - (<usize>rest << 3);
  const w0 = v128.or(v128.load(q), v128.load(mask)), w1 = v128.or(v128.load(q, 16), v128.load(mask, 16));
  const w2 = v128.or(v128.load(q, 32), v128.load(mask, 32)), w3 = v128.or(v128.load(q, 48), v128.load(mask, 48));
  m0 = f64x2.pmin(f64x2.pmin(f64x2.pmin(m0, w0), w2), m1);
  m0 = f64x2.pmin(f64x2.pmin(m0, w1), w3);
  x0 = f64x2.pmax(f64x2.pmax(f64x2.pmax(x0, w0), w2), x1);
  x0 = f64x2.pmax(f64x2.pmax(x0, w1), w3);
  const mn = f64x2.extract_lane(f64x2.pmin(m0, v128.shuffle<f64>(m0, m0, 1, 0)), 0);
  const mx = f64x2.extract_lane(f64x2.pmax(x0, v128.shuffle<f64>(x0, x0, 1, 0)), 0);
  if (mn == mx) {
    for (let r = 0; r < nranks; r++) store<f64>(to + <usize>r * stride, mn + 0.0);
    return true;
  }
  const buckets = count <= 40 ? 64 : count <= 160 ? 128 : count <= 400 ? 256 : count <= 1600 ? 512 : 2048;
  const scale = <f64>(buckets - 1) / (mx - mn);
  if (!(scale > 0 && scale < Infinity)) return false;

  // Bucket numbers and histogram.
  const bytes = <usize>buckets << 1;
  const end = histogram + bytes;
  const other = end; // a second histogram: neighbours in one bucket do not wait for each other's store
  const zero = i16x8.splat(0);
  for (let h = histogram; h < end + bytes; h += 16) v128.store(h, zero);
  const vm = f64x2.splat(mn), vs = f64x2.splat(scale), vg = f64x2.splat(MAGIC);
  let b = work;
  for (q = at; q < whole; q += 64) {
    const t0 = f64x2.add(f64x2.mul(f64x2.sub(v128.load(q), vm), vs), vg);
    const t1 = f64x2.add(f64x2.mul(f64x2.sub(v128.load(q, 16), vm), vs), vg);
    const t2 = f64x2.add(f64x2.mul(f64x2.sub(v128.load(q, 32), vm), vs), vg);
    const t3 = f64x2.add(f64x2.mul(f64x2.sub(v128.load(q, 48), vm), vs), vg);
    const x = i16x8.narrow_i32x4_u(v128.shuffle<i32>(t0, t1, 0, 2, 4, 6), v128.shuffle<i32>(t2, t3, 0, 2, 4, 6));
    v128.store(b, x);
    b += 16;
    tick(histogram, i16x8.extract_lane_u(x, 0));
    tick(other, i16x8.extract_lane_u(x, 1));
    tick(histogram, i16x8.extract_lane_u(x, 2));
    tick(other, i16x8.extract_lane_u(x, 3));
    tick(histogram, i16x8.extract_lane_u(x, 4));
    tick(other, i16x8.extract_lane_u(x, 5));
    tick(histogram, i16x8.extract_lane_u(x, 6));
    tick(other, i16x8.extract_lane_u(x, 7));
  }
  for (let i = 0; i < rest; i++) {
    const bucket = <u32>reinterpret<u64>((load<f64>(q + (<usize>i << 3)) - mn) * scale + MAGIC) & 0xffff;
    store<u16>(b + (<usize>i << 1), <u16>bucket);
    tick(histogram, bucket);
  }
  // No bucket has number 65535: what follows the last value is never picked.
  v128.store(b + (<usize>rest << 1), i16x8.splat(-1));
  v128.store(b + (<usize>rest << 1), i16x8.splat(-1), 16);
  v128.store(b + (<usize>rest << 1), i16x8.splat(-1), 32);
  v128.store(b + (<usize>rest << 1), i16x8.splat(-1), 48);

  // Running totals in place.
  let carry = i16x8.splat(0);
  for (let h = histogram; h < end; h += 16) {
    let x = i16x8.add(v128.load(h), v128.load(h + bytes));
    x = i16x8.add(x, v128.shuffle<i16>(zero, x, 0, 8, 9, 10, 11, 12, 13, 14));
    x = i16x8.add(x, v128.shuffle<i16>(zero, x, 0, 1, 8, 9, 10, 11, 12, 13));
    x = i16x8.add(x, v128.shuffle<i16>(zero, x, 0, 1, 2, 3, 8, 9, 10, 11));
    x = i16x8.add(x, carry);
    v128.store(h, x);
    carry = v128.shuffle<i16>(x, x, 7, 7, 7, 7, 7, 7, 7, 7);
  }

  const picked = work + ((<usize>count * 2 + 64 + 63) & ~63);
  for (let r = 0; r < nranks; r++) {
    const k = load<i32>(wanted + (<usize>r << 2));
    if (k == 0 || k == count - 1) {
      store<f64>(to, (k == 0 ? mn : mx) + 0.0);
      to += stride;
      continue;
    }
    // The bucket: as many totals as do not reach beyond k.
    const vk = i16x8.splat(<i16>k);
    let below = zero;
    for (let h = histogram; h < end; h += 16) below = i16x8.sub(below, i16x8.le_u(v128.load(h), vk));
    const s = i32x4.extadd_pairwise_i16x8_u(below);
    const bucket = i32x4.extract_lane(s, 0) + i32x4.extract_lane(s, 1) + i32x4.extract_lane(s, 2) + i32x4.extract_lane(s, 3);
    const before = bucket == 0 ? 0 : <i32>load<u16>(histogram + (<usize>bucket << 1) - 2);
    const inside = <i32>load<u16>(histogram + (<usize>bucket << 1)) - before;
    const vb = i16x8.splat(<i16>bucket);
    let left = inside;
    let p = picked;
    b = work;
    for (q = at; left > 0; q += 256, b += 64) {
      let hits = <u32>i8x16.bitmask(i8x16.narrow_i16x8_s(i16x8.eq(v128.load(b), vb), i16x8.eq(v128.load(b, 16), vb))) |
        (<u32>i8x16.bitmask(i8x16.narrow_i16x8_s(i16x8.eq(v128.load(b, 32), vb), i16x8.eq(v128.load(b, 48), vb))) << 16);
      while (hits != 0) {
        store<f64>(p, load<f64>(q + (<usize>ctz(hits) << 3)));
        p += 8;
        left--;
        hits &= hits - 1;
      }
    }
    const value = inside == 1
      ? load<f64>(picked)
      : inside == 2
      ? pairValue(load<f64>(picked), load<f64>(picked, 8), k - before)
      : select(picked, inside, k - before, end + bytes);
    store<f64>(to, value + 0.0);
    to += stride;
  }
  return true;
}

/** The lesser (k = 0) or the greater (k = 1) of two. */
// @ts-ignore: decorator
@inline
function pairValue(a: f64, b: f64, k: i32): f64 {
  return a < b == (k == 0) ? a : b;
}

/** The bits of a double as an integer that sorts like it; -0 just below +0, NaN of any kind last. */
// @ts-ignore: decorator
@inline
function key(value: f64): i64 {
  const bits = value == value ? reinterpret<i64>(value) : 0x7ff8000000000000;
  return bits ^ ((bits >> 63) & 0x7fffffffffffffff);
}

/** Value number k (from 0) of the n at `at`, which are moved about. `histogram`: 1 KiB. */
function select(at: usize, n: i32, k: i32, histogram: usize): f64 {
  while (n > FEW) {
    let mn = i64.MAX_VALUE;
    let mx = i64.MIN_VALUE;
    for (let i = 0; i < n; i++) {
      const x = key(load<f64>(at + (<usize>i << 3)));
      mn = min(mn, x);
      mx = max(mx, x);
    }
    if (mn == mx) return load<f64>(at);
    const range = <u64>(mx - mn); // wraps to the true distance
    const shift = <u64>max<i64>(0, 56 - clz<i64>(<i64>range));
    memory.fill(histogram, 0, 1024);
    for (let i = 0; i < n; i++) {
      const h = histogram + (<usize>(<u64>(key(load<f64>(at + (<usize>i << 3))) - mn) >> shift) << 2);
      store<u32>(h, load<u32>(h) + 1);
    }
    let bucket = 0;
    let inside = load<i32>(histogram);
    while (k >= inside) {
      k -= inside;
      bucket++;
      inside = load<i32>(histogram + (<usize>bucket << 2));
    }
    let to = at;
    for (let i = 0; i < n; i++) {
      const v = load<f64>(at + (<usize>i << 3));
      if (<i32>(<u64>(key(v) - mn) >> shift) == bucket) {
        store<f64>(to, v);
        to += 8;
      }
    }
    n = inside;
  }
  for (let i = 1; i < n; i++) {
    const v = load<f64>(at + (<usize>i << 3));
    const x = key(v);
    let j = at + (<usize>i << 3);
    while (j > at && key(load<f64>(j - 8)) > x) {
      store<f64>(j, load<f64>(j - 8));
      j -= 8;
    }
    store<f64>(j, v);
  }
  const v = load<f64>(at + (<usize>k << 3));
  return v == v ? v : NaN;
}

/** Records of 16 bytes: sortable bits, count. `work`: two halves of count records. */
function weightedCell(q: usize, c: usize, count: i32, ranks: usize, nranks: i32, to: usize, stride: usize, work: usize): void {
  let n = 0;
  for (let i = 0; i < count; i++) {
    const k = load<f64>(c + (<usize>i << 3));
    if (!(k > 0)) continue;
    const at = work + (<usize>n << 4);
    store<i64>(at, key(load<f64>(q + (<usize>i << 3)) + 0.0));
    store<f64>(at, k, 8);
    n++;
  }
  const sorted = mergeSort(work, work + (<usize>count << 4), n);
  let total = 0.0;
  for (let i = 0; i < n; i++) total += load<f64>(sorted + (<usize>i << 4), 8);
  for (let r = 0; r < nranks; r++, to += stride) {
    if (n == 0) {
      store<f64>(to, NaN);
      continue;
    }
    const target = nearestRank(total, load<f64>(ranks + (<usize>r << 3)));
    let at = sorted;
    const last = sorted + (<usize>(n - 1) << 4);
    for (let cumulated = load<f64>(at, 8); cumulated < target && at < last; cumulated += load<f64>(at, 8)) at += 16;
    const x = load<i64>(at);
    store<f64>(to, reinterpret<f64>(x ^ ((x >> 63) & 0x7fffffffffffffff)));
  }
}

// @ts-ignore: decorator
@inline
function inOrder(a: usize, b: usize): bool {
  const x = load<i64>(a), y = load<i64>(b);
  return x < y || (x == y && load<f64>(a, 8) <= load<f64>(b, 8));
}

// @ts-ignore: decorator
@inline
function move(to: usize, from: usize): void {
  store<i64>(to, load<i64>(from));
  store<f64>(to, load<f64>(from, 8), 8);
}

/** Sorts n records at `a` bottom up; answers where the sorted ones lie, `a` or `b`. */
function mergeSort(a: usize, b: usize, n: i32): usize {
  for (let width = 1; width < n; width <<= 1) {
    let to = b;
    for (let i = 0; i < n; i += width << 1) {
      let l = a + (<usize>i << 4);
      const middle = a + (<usize>min(i + width, n) << 4);
      const end = a + (<usize>min(i + (width << 1), n) << 4);
      let r = middle;
      while (l < middle || r < end) {
        if (r == end || (l < middle && inOrder(l, r))) {
          move(to, l);
          l += 16;
        } else {
          move(to, r);
          r += 16;
        }
        to += 16;
      }
    }
    const t = a;
    a = b;
    b = t;
  }
  return a;
}
