import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { referenceKernels } from "../../../../workers/kernels/reference.ts";
import { CHUNK_POINTS, createMetricStore, type MetricStore } from "../../../../workers/store/metrics/metric-store.ts";
import type { ReadAnswer, ReadQuery, SeriesId } from "../../../../workers/store/metrics/types.ts";
import { memoryChunks } from "../../services/harness.ts";

const HOUR = 3_600_000;
const T = 1_700_002_800_000; // a whole hour
const CPU: SeriesId = { account: "123456789012", region: "us-east-1", namespace: "N", metricName: "cpu", dimensions: [] };

function fresh(slow = false) {
  const chunks = memoryChunks({ slow });
  return { chunks, store: createMetricStore({ kernels: referenceKernels, chunks }) };
}
const columns = (times: readonly number[], values: readonly number[], counts?: readonly number[]) => ({
  timestamps: Float64Array.from(times),
  values: Float64Array.from(values),
  counts: counts && Float64Array.from(counts),
});
function read(store: MetricStore, query: Partial<ReadQuery>): ReadAnswer {
  const answer = store.read({ series: CPU, unit: "None", start: T, period: 60_000, cells: 1, now: T, want: "summary", ...query });
  if (answer instanceof Promise) throw new Error("expected an answer at once");
  return answer;
}
const plain = ({ count, sum, min, max }: ReadAnswer) => [count, sum, min, max].map((column) => [...column]);

describe("what is read equals what was put", () => {
  const point = fc.record({
    at: fc.integer({ min: 0, max: 7 * 3600 - 1 }),
    value: fc.integer({ min: 0, max: 1000 }),
    count: fc.integer({ min: 1, max: 5 }),
  });
  /** Sums, extremes and percentiles per cell, worked out plainly. */
  function expected(points: readonly { at: number; value: number; count: number }[], period: number, cells: number) {
    return Array.from({ length: cells }, (_, cell) => {
      const inside = points.filter(({ at }) => Math.floor(at / period) === cell);
      const samples = inside.flatMap(({ value, count }) => new Array<number>(count).fill(value)).sort((a, b) => a - b);
      const sum = samples.reduce((total, value) => total + value, 0);
      return { count: samples.length, sum, p50: samples[Math.max(1, Math.ceil(samples.length / 2)) - 1] };
    });
  }

  test("wherever it lies: in memory, rolled up, late", () => {
    fc.assert(
      fc.property(
        fc.array(point, { maxLength: 150 }),
        fc.array(point, { maxLength: 20 }),
        fc.constantFrom(60, 120, 300, 1800, 3600),
        (first, late, period) => {
          const { store } = fresh();
          const put = (points: typeof first, now: number) =>
            store.put(
              CPU,
              "None",
              1,
              columns(
                points.map(({ at }) => T + at * 1000),
                points.map(({ value }) => value),
                points.map(({ count }) => count),
              ),
              now,
            );
          put(first, T + 7 * HOUR);
          store.flush(T + 8 * HOUR);
          put(late, T + 8 * HOUR + 1);
          const cells = (7 * 3600) / period;
          const answer = read(store, { period: period * 1000, cells, now: T + 8 * HOUR, want: [50] });
          const wanted = expected([...first, ...late], period, cells);
          expect([...answer.count]).toEqual(wanted.map(({ count }) => count));
          expect([...answer.sum]).toEqual(wanted.map(({ sum }) => sum));
          expect([...(answer.percentiles?.[0] ?? [])].map((p) => (Number.isNaN(p) ? undefined : p))).toEqual(wanted.map(({ p50 }) => p50));
          expect(answer.exactness).toBe("exact");
        },
      ),
      { numRuns: 60 },
    );
  });

  test("on any grid of whole minutes, as sliding windows need", () => {
    fc.assert(
      fc.property(
        fc.array(point, { maxLength: 80 }),
        fc.integer({ min: 0, max: 59 }),
        fc.constantFrom(1, 5, 60, 90),
        (points, offset, minutes) => {
          const { store } = fresh();
          store.put(
            CPU,
            "None",
            60,
            columns(
              points.map(({ at }) => T + at * 1000),
              points.map(({ value }) => value),
            ),
            T + 7 * HOUR,
          );
          store.flush(T + 8 * HOUR);
          const [start, period] = [T + offset * 60_000, minutes * 60_000];
          const cells = Math.floor((6 * HOUR) / period);
          const wanted = Array.from({ length: cells }, (_, cell) => {
            const [from, to] = [start + cell * period, start + (cell + 1) * period];
            return points.filter(({ at }) => T + at * 1000 >= from && T + at * 1000 < to).reduce((sum, { value }) => sum + value, 0);
          });
          expect([...read(store, { start, period, cells, now: T + 8 * HOUR }).sum]).toEqual(wanted);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("a snapshot restored reads alike, has the same digests, and takes the same further points", () => {
    fc.assert(
      fc.property(fc.array(point, { minLength: 1, maxLength: 80 }), fc.array(point, { maxLength: 20 }), (first, more) => {
        const { store, chunks } = fresh();
        const times = (points: typeof first) => points.map(({ at }) => T + at * 1000);
        const values = (points: typeof first) => points.map(({ value }) => value);
        store.put(CPU, "None", 60, columns(times(first), values(first)), T + 7 * HOUR);
        const copy = createMetricStore({ kernels: referenceKernels, chunks });
        copy.restore(structuredClone(store.snapshot()));
        for (const one of [store, copy]) one.put(CPU, "None", 60, columns(times(more), values(more)), T + 8 * HOUR);
        expect([...copy.digests()]).toEqual([...store.digests()]);
        const query = { cells: 8, period: HOUR, now: T + 8 * HOUR };
        expect(plain(read(copy, query))).toEqual(plain(read(store, query)));
        expect([...copy.chunkIds()]).toEqual([...store.chunkIds()]);
      }),
      { numRuns: 30 },
    );
  });
});

test("the digest is that of the points, however they are cut into calls", () => {
  const [one, many] = [fresh().store, fresh().store];
  const times = Array.from({ length: 20 }, (_, i) => T + i * 1000);
  one.put(
    CPU,
    "None",
    1,
    columns(
      times,
      times.map((_, i) => i),
    ),
    T,
  );
  for (const [i, time] of times.entries()) many.put(CPU, "None", 1, columns([time], [i]), T);
  expect([...one.digests()]).toEqual([...many.digests()]);
  const other = fresh().store;
  other.put(
    CPU,
    "None",
    1,
    columns(
      times,
      times.map(() => 7),
    ),
    T,
  );
  expect([...other.digests()]).not.toEqual([...one.digests()]);
});

test("the order of dimensions does not matter, their values do", () => {
  const { store } = fresh();
  const [a, b] = [
    { Name: "a", Value: "1" },
    { Name: "b", Value: "2" },
  ];
  store.put({ ...CPU, dimensions: [a, b] }, "None", 60, columns([T], [1]), T);
  store.put({ ...CPU, dimensions: [b, a] }, "None", 60, columns([T], [2]), T);
  store.put({ ...CPU, dimensions: [a] }, "None", 60, columns([T], [4]), T);
  expect(read(store, { series: { ...CPU, dimensions: [b, a] } }).sum[0]).toBe(3);
  expect(read(store, {}).count[0]).toBe(0);
  expect(store.list("123456789012", "us-east-1")).toHaveLength(2);
  expect(store.list("123456789012", "eu-west-1")).toHaveLength(0);
});

test("points of a metric stored per minute are put to the start of the minute", () => {
  const { store } = fresh();
  store.put(CPU, "None", 60, columns([T + 59_999], [1]), T);
  expect([...read(store, { period: 10_000, cells: 6, now: T + 60_000 }).count]).toEqual([1, 0, 0, 0, 0, 0]);
  store.put({ ...CPU, metricName: "fast" }, "None", 1, columns([T + 59_999], [1]), T);
  const fast = read(store, { series: { ...CPU, metricName: "fast" }, period: 10_000, cells: 6, now: T + 60_000 });
  expect([...fast.count]).toEqual([0, 0, 0, 0, 0, 1]);
});

describe("retention", () => {
  const DAY = 24 * HOUR;
  const table: [number, number, boolean][] = [
    [10_000, 3 * HOUR - 1000, true],
    [10_000, 4 * HOUR, false],
    [60_000, 14 * DAY, true],
    [60_000, 16 * DAY, false],
    [300_000, 62 * DAY, true],
    [300_000, 64 * DAY, false],
    [3_600_000, 454 * DAY, true],
    [3_600_000, 456 * DAY, false],
  ];
  test.each(table)("a period of %d ms and an age of %d ms: readable %s", (period, age, there) => {
    const { store } = fresh();
    store.put(CPU, "None", 1, columns([T], [5]), T);
    store.flush(T + age);
    expect(read(store, { period, cells: 1, now: T + age }).count[0]).toBe(there ? 1 : 0);
  });

  test("what is older than 455 days is dropped, chunks and all", () => {
    const { store } = fresh();
    store.put(CPU, "None", 60, columns([T], [5]), T);
    store.flush(T + 4 * HOUR);
    expect([...store.chunkIds()]).toHaveLength(1);
    store.flush(T + 457 * DAY);
    expect([...store.chunkIds()]).toHaveLength(0);
  });
});

describe("very many points", () => {
  const n = 300_000;
  const times = Float64Array.from({ length: n }, (_, i) => T + Math.floor((i * 3600_000) / n));
  const values = Float64Array.from({ length: n }, (_, i) => (i * 7919) % 5000);

  test("are sealed into chunks of 64 Ki and read as one", () => {
    const { store } = fresh();
    store.put(CPU, "None", 1, { timestamps: times, values }, T + HOUR);
    expect([...store.chunkIds()].length).toBeGreaterThanOrEqual(Math.floor(n / CHUNK_POINTS));
    const answer = read(store, { cells: 60, now: T + HOUR, want: [99] });
    expect(answer.count.reduce((a, b) => a + b, 0)).toBe(n);
    expect(answer).toMatchObject({ exactness: "exact", tier: 1 });
    expect([...answer.count]).toEqual(new Array(60).fill(n / 60));
  });

  test("are answered by a promise when chunks must be fetched, with the points of the moment of asking", async () => {
    const { store } = fresh(true);
    store.put(CPU, "None", 1, { timestamps: times, values }, T + HOUR);
    const pending = store.read({ series: CPU, unit: "None", start: T, period: HOUR, cells: 1, now: T + HOUR, want: "summary" });
    expect(pending).toBeInstanceOf(Promise);
    store.put(CPU, "None", 1, columns([T + 1000], [1]), T + HOUR);
    expect((await pending).count[0]).toBe(n);
  });

  test("become sketches when they are old: counts exact, percentiles within 0.4 %", () => {
    const { store } = fresh();
    store.put(CPU, "None", 1, { timestamps: times, values }, T + HOUR);
    const exact = read(store, { cells: 60, now: T + HOUR, want: [10, 50, 99.9] });
    store.flush(T + 5 * HOUR);
    const old = read(store, { cells: 60, now: T + 5 * HOUR, want: [10, 50, 99.9] });
    expect(old).toMatchObject({ exactness: "sketch", tier: 60 });
    expect([...old.count]).toEqual([...exact.count]);
    expect([...old.max]).toEqual([...exact.max]);
    old.percentiles?.forEach((column, r) => {
      column.forEach((value, cell) => {
        const truth = exact.percentiles?.[r]?.[cell] as number;
        expect(Math.abs(value - truth)).toBeLessThanOrEqual(0.004 * truth);
      });
    });
  });
});

test("ten thousand series take little and list in order", () => {
  const { store } = fresh();
  for (let i = 0; i < 10_000; i++) {
    store.put({ ...CPU, dimensions: [{ Name: "host", Value: `h${i}` }] }, "None", 60, columns([T], [i]), T);
  }
  const listed = store.list("123456789012", "us-east-1").map(({ id }) => id.dimensions[0]?.Value as string);
  expect(listed).toHaveLength(10_000);
  expect(listed).toEqual([...listed].sort());
});
