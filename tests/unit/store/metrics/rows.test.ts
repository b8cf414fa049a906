import fc from "fast-check";
import { expect, test } from "vitest";
import { mergeRows, Rows } from "../../../../workers/store/metrics/rows.ts";

const rowsOf = (pairs: readonly (readonly [number, number])[]): Float64Array[] => [
  Float64Array.from(pairs, ([time]) => time),
  Float64Array.from(pairs, ([, value]) => value),
];
const pair = fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer());
const stable = (pairs: readonly (readonly [number, number])[]) =>
  pairs
    .map((p, i) => [p, i] as const)
    .sort(([a, i], [b, j]) => a[0] - b[0] || i - j)
    .map(([p]) => p);

test("late rows come to stand where they belong, equal times in order of arrival", () => {
  fc.assert(
    fc.property(fc.array(fc.array(pair, { maxLength: 12 }), { maxLength: 8 }), fc.boolean(), (calls, looksBetween) => {
      const rows = new Rows(2);
      for (const call of calls) {
        rows.append(rowsOf(call));
        if (looksBetween) rows.normalise();
      }
      expect(rows.snapshot()).toEqual(rowsOf(stable(calls.flat())));
    }),
  );
});

test("a range includes its start and not its end", () => {
  const rows = new Rows(2);
  rows.append(
    rowsOf([
      [1, 10],
      [2, 20],
      [2, 21],
      [3, 30],
    ]),
  );
  expect(rows.between(2, 3)[1]).toEqual(Float64Array.of(20, 21));
  expect(rows.between(4, 9)[0]).toEqual(new Float64Array(0));
});

test("taking rows from the front leaves the rest", () => {
  const rows = new Rows(2);
  rows.append(
    rowsOf([
      [3, 30],
      [1, 10],
      [2, 20],
    ]),
  );
  expect(rows.takeBefore(3)[1]).toEqual(Float64Array.of(10, 20));
  expect(rows.length).toBe(1);
  rows.append(rowsOf([[0, 0]]));
  expect(rows.snapshot()[1]).toEqual(Float64Array.of(0, 30));
});

test("row sets merge by time", () => {
  expect(
    mergeRows(
      [
        rowsOf([
          [1, 1],
          [5, 5],
        ]),
        rowsOf([]),
        rowsOf([
          [3, 3],
          [5, 6],
        ]),
      ],
      2,
    ),
  ).toEqual(
    rowsOf([
      [1, 1],
      [3, 3],
      [5, 5],
      [5, 6],
    ]),
  );
});
