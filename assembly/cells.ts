/**
 * Where a cell of the period grid ends, for all kernels that walk sorted points period by period.
 *
 * Layout of a column of timestamps (f64, epoch milliseconds):
 *
 *     | t0 <= t1 <= ... <= t(n-1) | +Inf x 8 |
 *
 * Invariant: the eight sentinels let a window of eight be read anywhere in [0, n] and end every search without a test.
 * Cost: one window (one or two cache lines) where cells are alike; else O(log) probes by galloping. So of long periods
 * the timestamps are hardly read.
 */

/** How many of the eight timestamps at `at` lie before `border`. Branchless. */
// @ts-ignore: decorator
@inline
export function below8(at: usize, border: f64): i32 {
  if (ASC_FEATURE_SIMD) {
    const b = f64x2.splat(border);
    const c = i64x2.add(
      i64x2.add(f64x2.lt(v128.load(at), b), f64x2.lt(v128.load(at, 16), b)),
      i64x2.add(f64x2.lt(v128.load(at, 32), b), f64x2.lt(v128.load(at, 48), b)),
    );
    return -(<i32>i64x2.extract_lane(c, 0) + <i32>i64x2.extract_lane(c, 1));
  }
  return (
    i32(load<f64>(at) < border) +
    i32(load<f64>(at, 8) < border) +
    i32(load<f64>(at, 16) < border) +
    i32(load<f64>(at, 24) < border) +
    i32(load<f64>(at, 32) < border) +
    i32(load<f64>(at, 40) < border) +
    i32(load<f64>(at, 48) < border) +
    i32(load<f64>(at, 56) < border)
  );
}

/** The first index in [lo, n] whose timestamp is not before `border`; `guess` is how many points the cell may hold. */
export function cellEnd(ts: usize, lo: i32, n: i32, border: f64, guess: i32): i32 {
  const from = min(max(lo, lo + guess - 4), n);
  const c = below8(ts + (<usize>from << 3), border);
  let l: i32;
  let h: i32;
  if (c == 8) {
    l = from + 8;
    h = l;
    let step = 8;
    while (h < n && load<f64>(ts + (<usize>h << 3)) < border) {
      l = h + 1;
      h += step;
      step <<= 1;
    }
    h = min(h, n);
  } else if (c > 0 || from == lo) {
    return from + c;
  } else {
    h = from;
    l = from;
    let step = 8;
    while (l > lo) {
      l = max(lo, l - step);
      if (load<f64>(ts + (<usize>l << 3)) < border) break;
      h = l;
      step <<= 1;
    }
  }
  while (h - l > 8) {
    const m = (l + h) >>> 1;
    if (load<f64>(ts + (<usize>m << 3)) < border) l = m + 1;
    else h = m;
  }
  return l + below8(ts + (<usize>l << 3), border);
}

/** Bit 0 of `inspect`: timestamps are not sorted, or one is NaN. */
export const UNSORTED: i32 = 1;
/** Bit 1 of `inspect`: a value is NaN. */
export const HAS_NAN: i32 = 2;

/**
 * Looks once over columns that have just been copied in (so they are in the cache): are the timestamps sorted, given that
 * `previous` stood before them, and is there a NaN among the values?
 */
export function inspect(ts: usize, values: usize, n: i32, previous: f64): i32 {
  let flags = 0;
  if (n == 0) return 0;
  if (!(load<f64>(ts) >= previous)) flags = UNSORTED;
  let i = 0;
  if (ASC_FEATURE_SIMD) {
    let bad = i64x2.splat(0);
    let nan = i64x2.splat(0);
    for (; i + 3 <= n; i += 2) {
      const at = <usize>i << 3;
      bad = v128.or(bad, v128.not(f64x2.le(v128.load(ts + at), v128.load(ts + at, 8))));
      const v = v128.load(values + at);
      nan = v128.or(nan, f64x2.ne(v, v));
    }
    if (v128.any_true(bad)) flags |= UNSORTED;
    if (v128.any_true(nan)) flags |= HAS_NAN;
  }
  for (; i < n; i++) {
    const at = <usize>i << 3;
    if (i + 1 < n && !(load<f64>(ts + at) <= load<f64>(ts + at, 8))) flags |= UNSORTED;
    const v = load<f64>(values + at);
    if (v != v) flags |= HAS_NAN;
  }
  return flags;
}
