/**
 * count, sum, minimum and maximum per period, in one pass over sorted points.
 *
 *     timestamps | t0 t1 ...  | +Inf x 8 |      f64, epoch ms (see cells.ts)
 *     values     | v0 v1 ...  | 64 bytes of anything |
 *     counts     | c0 c1 ...  | 64 bytes of anything |   address 0 = every value once
 *     out        | count[stride] | sum[stride] | min[stride] | max[stride] |   f64
 *     state      | i32 points consumed |
 *
 * Order of sums (the same in every build, see workers/kernels/reference.ts): point i of a cell goes to lane i mod 8, that
 * is, to one of four f64x2 accumulators A0..A3; sum = (A0 + A1) + (A2 + A3), then left + right.
 * A whole cell is computed or none of it: a cell that may go on behind the slice is left for the next one (`final` = 0).
 *
 * Periods that hold fewer than LINEAR points read timestamps and values side by side, eight at a time, without a branch
 * that depends on them: the comparison with the border gives count and mask at once. Longer ones find their end by
 * galloping and read values only: 8 of 16 bytes a point, so less time than a read sweep of both columns.
 */
import { cellEnd } from "./cells";

/** Below this many points in the cell before, the linear path is quicker. */
const LINEAR: i32 = 24;

/** Sixteen words, eight of zeros and eight of ones: read at 8 - rest it masks the lanes from `rest` on. */
export const TAIL: usize = memory.data<u64>([
  0, 0, 0, 0, 0, 0, 0, 0,
  -1, -1, -1, -1, -1, -1, -1, -1,
]);

// @ts-ignore: decorator
@inline
function put(out: usize, stride: usize, cell: i32, count: f64, sum: f64, mn: f64, mx: f64): void {
  const at = out + (<usize>cell << 3);
  store<f64>(at, count);
  store<f64>(at + stride, sum == sum ? sum + 0.0 : NaN);
  store<f64>(at + stride * 2, mn + 0.0);
  store<f64>(at + stride * 3, mx + 0.0);
}

/**
 * Fills cells 0.. of `out` (they are cells firstCell.. of the grid) and answers how many. Stops at `cells`, when `budget`
 * points are consumed, or at a cell that may not be whole. `stride` in bytes.
 */
export function aggregate(
  ts: usize, values: usize, counts: usize, n: i32, budget: i32, final: i32,
  start: f64, period: f64, firstCell: f64, cells: i32, out: usize, stride: usize, state: usize,
): i32 {
  if (counts != 0) return weighted(ts, values, counts, n, budget, final, start, period, firstCell, cells, out, stride, state);
  if (ASC_FEATURE_SIMD) return simd(ts, values, n, budget, final, start, period, firstCell, cells, out, stride, state);
  let lo = 0;
  let cell = 0;
  let guess = 0;
  while (cell < cells && lo < budget) {
    const hi = cellEnd(ts, lo, n, start + (firstCell + <f64>(cell + 1)) * period, guess);
    if (hi == n && !final) break;
    guess = hi - lo;
    scalarCell(values + (<usize>lo << 3), guess, cell, out, stride);
    lo = hi;
    cell++;
  }
  store<i32>(state, lo);
  return cell;
}

function simd(
  ts: usize, values: usize, n: i32, budget: i32, final: i32,
  start: f64, period: f64, firstCell: f64, cells: i32, out: usize, stride: usize, state: usize,
): i32 {
  let lo = 0;
  let cell = 0;
  let guess = 0;
  const inf = f64x2.splat(Infinity);
  const ninf = f64x2.splat(-Infinity);
  const zero = f64x2.splat(0);
  while (cell < cells && lo < budget) {
    const border = start + (firstCell + <f64>(cell + 1)) * period;
    let q = values + (<usize>lo << 3);
    let a0 = zero, a1 = zero, a2 = zero, a3 = zero;
    let m0 = inf, m1 = inf;
    let x0 = ninf, x1 = ninf;
    let hi: i32;
    if (guess < LINEAR) {
      let p = ts + (<usize>lo << 3);
      const b = f64x2.splat(border);
      hi = lo;
      let c: i32;
      do {
        const g0 = f64x2.ge(v128.load(p), b);
        const g1 = f64x2.ge(v128.load(p, 16), b);
        const g2 = f64x2.ge(v128.load(p, 32), b);
        const g3 = f64x2.ge(v128.load(p, 48), b);
        const s = i64x2.add(i64x2.add(g0, g1), i64x2.add(g2, g3));
        c = 8 + <i32>i64x2.extract_lane(s, 0) + <i32>i64x2.extract_lane(s, 1);
        const v0 = v128.load(q), v1 = v128.load(q, 16), v2 = v128.load(q, 32), v3 = v128.load(q, 48);
        a0 = f64x2.add(a0, v128.andnot(v0, g0));
        a1 = f64x2.add(a1, v128.andnot(v1, g1));
        a2 = f64x2.add(a2, v128.andnot(v2, g2));
        a3 = f64x2.add(a3, v128.andnot(v3, g3));
        // A masked lane becomes NaN, which pmin and pmax with the accumulator on the left leave alone.
        const w0 = v128.or(v0, g0), w1 = v128.or(v1, g1), w2 = v128.or(v2, g2), w3 = v128.or(v3, g3);
        m0 = f64x2.pmin(f64x2.pmin(m0, w0), w2);
        m1 = f64x2.pmin(f64x2.pmin(m1, w1), w3);
        x0 = f64x2.pmax(f64x2.pmax(x0, w0), w2);
        x1 = f64x2.pmax(f64x2.pmax(x1, w1), w3);
        hi += c;
        p += 64;
        q += 64;
      } while (c == 8);
      if (hi == n && !final) break;
    } else {
      hi = cellEnd(ts, lo, n, border, guess);
      if (hi == n && !final) break;
      const rest = (hi - lo) & 7;
      const end = q + (<usize>(hi - lo - rest) << 3);
      while (q < end) {
        const v0 = v128.load(q), v1 = v128.load(q, 16), v2 = v128.load(q, 32), v3 = v128.load(q, 48);
        a0 = f64x2.add(a0, v0);
        a1 = f64x2.add(a1, v1);
        a2 = f64x2.add(a2, v2);
        a3 = f64x2.add(a3, v3);
        m0 = f64x2.pmin(f64x2.pmin(m0, v0), v2);
        m1 = f64x2.pmin(f64x2.pmin(m1, v1), v3);
        x0 = f64x2.pmax(f64x2.pmax(x0, v0), v2);
        x1 = f64x2.pmax(f64x2.pmax(x1, v1), v3);
        q += 64;
      }
      const mask = TAIL + 64 - (<usize>rest << 3);
      const g0 = v128.load(mask), g1 = v128.load(mask, 16), g2 = v128.load(mask, 32), g3 = v128.load(mask, 48);
      const v0 = v128.load(q), v1 = v128.load(q, 16), v2 = v128.load(q, 32), v3 = v128.load(q, 48);
      a0 = f64x2.add(a0, v128.andnot(v0, g0));
      a1 = f64x2.add(a1, v128.andnot(v1, g1));
      a2 = f64x2.add(a2, v128.andnot(v2, g2));
      a3 = f64x2.add(a3, v128.andnot(v3, g3));
      const w0 = v128.or(v0, g0), w1 = v128.or(v1, g1), w2 = v128.or(v2, g2), w3 = v128.or(v3, g3);
      m0 = f64x2.pmin(f64x2.pmin(m0, w0), w2);
      m1 = f64x2.pmin(f64x2.pmin(m1, w1), w3);
      x0 = f64x2.pmax(f64x2.pmax(x0, w0), w2);
      x1 = f64x2.pmax(f64x2.pmax(x1, w1), w3);
    }
    guess = hi - lo;
    const a = f64x2.add(f64x2.add(a0, a1), f64x2.add(a2, a3));
    const m = f64x2.pmin(m0, m1);
    const x = f64x2.pmax(x0, x1);
    put(
      out, stride, cell, <f64>guess,
      f64x2.extract_lane(a, 0) + f64x2.extract_lane(a, 1),
      f64x2.extract_lane(f64x2.pmin(m, v128.shuffle<f64>(m, m, 1, 0)), 0),
      f64x2.extract_lane(f64x2.pmax(x, v128.shuffle<f64>(x, x, 1, 0)), 0),
    );
    lo = hi;
    cell++;
  }
  store<i32>(state, lo);
  return cell;
}

function scalarCell(q: usize, count: i32, cell: i32, out: usize, stride: usize): void {
  let l0 = 0.0, l1 = 0.0, l2 = 0.0, l3 = 0.0, l4 = 0.0, l5 = 0.0, l6 = 0.0, l7 = 0.0;
  let mn = Infinity, mx = -Infinity;
  const end = q + (<usize>count << 3);
  for (; q + 64 <= end; q += 64) {
    const v0 = load<f64>(q), v1 = load<f64>(q, 8), v2 = load<f64>(q, 16), v3 = load<f64>(q, 24);
    const v4 = load<f64>(q, 32), v5 = load<f64>(q, 40), v6 = load<f64>(q, 48), v7 = load<f64>(q, 56);
    l0 += v0; l1 += v1; l2 += v2; l3 += v3; l4 += v4; l5 += v5; l6 += v6; l7 += v7;
    if (v0 < mn) mn = v0; if (v1 < mn) mn = v1; if (v2 < mn) mn = v2; if (v3 < mn) mn = v3;
    if (v4 < mn) mn = v4; if (v5 < mn) mn = v5; if (v6 < mn) mn = v6; if (v7 < mn) mn = v7;
    if (v0 > mx) mx = v0; if (v1 > mx) mx = v1; if (v2 > mx) mx = v2; if (v3 > mx) mx = v3;
    if (v4 > mx) mx = v4; if (v5 > mx) mx = v5; if (v6 > mx) mx = v6; if (v7 > mx) mx = v7;
  }
  for (let lane = 0; q < end; q += 8, lane++) {
    const v = load<f64>(q);
    if (lane == 0) l0 += v; else if (lane == 1) l1 += v; else if (lane == 2) l2 += v; else if (lane == 3) l3 += v;
    else if (lane == 4) l4 += v; else if (lane == 5) l5 += v; else l6 += v;
    if (v < mn) mn = v;
    if (v > mx) mx = v;
  }
  put(out, stride, cell, <f64>count, ((l0 + l2) + (l4 + l6)) + ((l1 + l3) + (l5 + l7)), mn, mx);
}

function weighted(
  ts: usize, values: usize, counts: usize, n: i32, budget: i32, final: i32,
  start: f64, period: f64, firstCell: f64, cells: i32, out: usize, stride: usize, state: usize,
): i32 {
  let lo = 0;
  let cell = 0;
  let guess = 0;
  while (cell < cells && lo < budget) {
    const hi = cellEnd(ts, lo, n, start + (firstCell + <f64>(cell + 1)) * period, guess);
    if (hi == n && !final) break;
    guess = hi - lo;
    const at = <usize>lo << 3;
    if (ASC_FEATURE_SIMD) weightedCell(values + at, counts + at, guess, cell, out, stride);
    else weightedScalarCell(values + at, counts + at, guess, cell, out, stride);
    lo = hi;
    cell++;
  }
  store<i32>(state, lo);
  return cell;
}

function weightedCell(q: usize, c: usize, count: i32, cell: i32, out: usize, stride: usize): void {
  const zero = f64x2.splat(0);
  let a0 = zero, a1 = zero, a2 = zero, a3 = zero;
  let n0 = zero, n1 = zero, n2 = zero, n3 = zero;
  let m = f64x2.splat(Infinity);
  let x = f64x2.splat(-Infinity);
  for (let left = count; left > 0; left -= 8) {
    const mask = TAIL + 64 - (<usize>min(left, 8) << 3);
    const c0 = v128.load(c), c1 = v128.load(c, 16), c2 = v128.load(c, 32), c3 = v128.load(c, 48);
    // k: this lane counts (inside the cell, count above zero; NaN is not).
    const k0 = v128.andnot(f64x2.gt(c0, zero), v128.load(mask));
    const k1 = v128.andnot(f64x2.gt(c1, zero), v128.load(mask, 16));
    const k2 = v128.andnot(f64x2.gt(c2, zero), v128.load(mask, 32));
    const k3 = v128.andnot(f64x2.gt(c3, zero), v128.load(mask, 48));
    const v0 = v128.load(q), v1 = v128.load(q, 16), v2 = v128.load(q, 32), v3 = v128.load(q, 48);
    n0 = f64x2.add(n0, v128.and(c0, k0));
    n1 = f64x2.add(n1, v128.and(c1, k1));
    n2 = f64x2.add(n2, v128.and(c2, k2));
    n3 = f64x2.add(n3, v128.and(c3, k3));
    a0 = f64x2.add(a0, v128.and(f64x2.mul(v0, c0), k0));
    a1 = f64x2.add(a1, v128.and(f64x2.mul(v1, c1), k1));
    a2 = f64x2.add(a2, v128.and(f64x2.mul(v2, c2), k2));
    a3 = f64x2.add(a3, v128.and(f64x2.mul(v3, c3), k3));
    const w0 = v128.or(v0, v128.not(k0)), w1 = v128.or(v1, v128.not(k1));
    const w2 = v128.or(v2, v128.not(k2)), w3 = v128.or(v3, v128.not(k3));
    m = f64x2.pmin(f64x2.pmin(f64x2.pmin(f64x2.pmin(m, w0), w1), w2), w3);
    x = f64x2.pmax(f64x2.pmax(f64x2.pmax(f64x2.pmax(x, w0), w1), w2), w3);
    q += 64;
    c += 64;
  }
  const a = f64x2.add(f64x2.add(a0, a1), f64x2.add(a2, a3));
  const k = f64x2.add(f64x2.add(n0, n1), f64x2.add(n2, n3));
  put(
    out, stride, cell,
    f64x2.extract_lane(k, 0) + f64x2.extract_lane(k, 1),
    f64x2.extract_lane(a, 0) + f64x2.extract_lane(a, 1),
    f64x2.extract_lane(f64x2.pmin(m, v128.shuffle<f64>(m, m, 1, 0)), 0),
    f64x2.extract_lane(f64x2.pmax(x, v128.shuffle<f64>(x, x, 1, 0)), 0),
  );
}

/** Lanes of the scalar weighted sum: eight sums, eight counts. */
const LANES: usize = memory.data(128, 16);

function weightedScalarCell(q: usize, c: usize, count: i32, cell: i32, out: usize, stride: usize): void {
  memory.fill(LANES, 0, 128);
  let mn = Infinity, mx = -Infinity;
  for (let i = 0; i < count; i++) {
    const k = load<f64>(c + (<usize>i << 3));
    if (!(k > 0)) continue;
    const v = load<f64>(q + (<usize>i << 3));
    const lane = LANES + (<usize>(i & 7) << 3);
    store<f64>(lane, load<f64>(lane) + v * k);
    store<f64>(lane, load<f64>(lane, 64) + k, 64);
    if (v < mn) mn = v;
    if (v > mx) mx = v;
  }
  put(out, stride, cell, lanesSum(LANES + 64), lanesSum(LANES), mn, mx);
}

function lanesSum(l: usize): f64 {
  return ((load<f64>(l) + load<f64>(l, 16)) + (load<f64>(l, 32) + load<f64>(l, 48))) +
    ((load<f64>(l, 8) + load<f64>(l, 24)) + (load<f64>(l, 40) + load<f64>(l, 56)));
}
