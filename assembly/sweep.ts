/** A module of its own for the benchmark: how fast can two columns be read at all? Four accumulators, nothing else. */

/** Sum of the n values at `a` and the n at `b` (n a multiple of 8). */
export function sweep(a: usize, b: usize, n: i32): f64 {
  if (ASC_FEATURE_SIMD) {
    let s0 = f64x2.splat(0), s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
    const end = a + (<usize>n << 3);
    for (; a < end; a += 64, b += 64) {
      s0 = f64x2.add(s0, v128.load(a));
      s1 = f64x2.add(s1, v128.load(a, 16));
      s2 = f64x2.add(s2, v128.load(a, 32));
      s3 = f64x2.add(s3, v128.load(a, 48));
      s4 = f64x2.add(s4, v128.load(b));
      s5 = f64x2.add(s5, v128.load(b, 16));
      s6 = f64x2.add(s6, v128.load(b, 32));
      s7 = f64x2.add(s7, v128.load(b, 48));
    }
    const s = f64x2.add(f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3)), f64x2.add(f64x2.add(s4, s5), f64x2.add(s6, s7)));
    return f64x2.extract_lane(s, 0) + f64x2.extract_lane(s, 1);
  }
  return 0;
}
