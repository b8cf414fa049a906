import fc from "fast-check";
import { expect, test } from "vitest";
import {
  bucketMiddle,
  distributionOf,
  EXACT_LIMIT,
  exactDistribution,
  mergeDistributions,
  percentileOf,
  rankOf,
  sampleCount,
} from "../../../../workers/store/metrics/distribution.ts";

const positive = fc.double({ min: 1e-300, max: 1e300, noNaN: true, noDefaultInfinity: true });

test("a bucket's middle is within 0.4 % of its values, and stands for itself", () => {
  fc.assert(
    fc.property(positive, (value) => {
      const middle = bucketMiddle(value);
      expect(Math.abs(middle - value)).toBeLessThanOrEqual(0.004 * value);
      expect(bucketMiddle(middle)).toBe(middle);
    }),
  );
  expect(bucketMiddle(0)).toBe(0);
});

test("buckets keep the order of values", () => {
  fc.assert(
    fc.property(positive, positive, (a, b) => {
      expect(bucketMiddle(Math.min(a, b))).toBeLessThanOrEqual(bucketMiddle(Math.max(a, b)));
    }),
  );
});

test("merging in any grouping gives the same distribution", () => {
  const part = fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 200 });
  const of = (values: readonly number[]) => {
    const d = exactDistribution(Float64Array.from(values), undefined);
    return distributionOf(d.values, d.counts);
  };
  fc.assert(
    fc.property(part, part, part, (a, b, c) => {
      const left = mergeDistributions([mergeDistributions([of(a), of(b)]), of(c)]);
      const right = mergeDistributions([of(a), mergeDistributions([of(b), of(c)])]);
      expect(sampleCount(left)).toBe(a.length + b.length + c.length);
      if (left.exact === right.exact) expect(left).toEqual(right);
      else expect(new Set([...a, ...b, ...c]).size).toBeGreaterThan(EXACT_LIMIT);
    }),
  );
});

test("up to 128 distinct values are kept as they are, one more makes a sketch", () => {
  const upTo = (n: number) => Float64Array.from({ length: n }, (_, i) => 1000 + i);
  const ones = (n: number) => new Float64Array(n).fill(1);
  expect(distributionOf(upTo(EXACT_LIMIT), ones(EXACT_LIMIT)).exact).toBe(true);
  expect(distributionOf(upTo(EXACT_LIMIT + 1), ones(EXACT_LIMIT + 1)).exact).toBe(false);
});

test("ranks forgive the last bits of the product", () => {
  expect([rankOf(1000, 99.9), rankOf(100, 90), rankOf(3, 50), rankOf(10, 0)]).toEqual([999, 90, 2, 0]);
  expect(percentileOf({ values: Float64Array.of(1, 2, 3), counts: Float64Array.of(90, 9, 1), exact: true }, 99)).toBe(2);
  expect(percentileOf({ values: new Float64Array(0), counts: new Float64Array(0), exact: true }, 50)).toBeNaN();
});
