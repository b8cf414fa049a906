import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { referenceKernels } from "../../../../workers/kernels/reference.ts";
import { fingerprint } from "../../../../workers/store/fingerprint.ts";
import { createMetricStore, type MetricStore } from "../../../../workers/store/metrics/metric-store.ts";
import type { ReadQuery, SeriesId } from "../../../../workers/store/metrics/types.ts";
import { memoryChunks } from "../../services/harness.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const T = 19_700 * DAY; // a midnight
const series = (metricName: string): SeriesId => ({
  account: "123456789012",
  region: "us-east-1",
  namespace: "N",
  metricName,
  dimensions: [],
});
const LOAD = series("load");

function fresh() {
  const chunks = memoryChunks();
  return { chunks, store: createMetricStore({ kernels: referenceKernels, chunks }) };
}
const put = (store: MetricStore, at: number, value: number, now = at, id = LOAD): void =>
  store.put(id, "None", 60, { timestamps: Float64Array.of(at), values: Float64Array.of(value) }, now);

interface Saved {
  readonly series: readonly { readonly columns: readonly { readonly blocks: { readonly starts: Float64Array } }[] }[];
}
const blocksOf = (store: MetricStore): number => (store.snapshot() as Saved).series[0]?.columns[0]?.blocks.starts.length ?? 0;

/** An answer with everything in it, of a range that lies within what its period may read. */
async function read(store: MetricStore, start: number, span: number, period: number, now: number, want: ReadQuery["want"] = [50, 99]) {
  return await store.read({ series: LOAD, unit: "None", start, period, cells: Math.ceil(span / period), now, want });
}

describe("compaction", () => {
  test("changes no answer, not in the last bit: whole days, any period, points that came late on the day itself", async () => {
    const point = fc.record({ at: fc.nat(3 * 24 * 60 - 1), value: fc.double({ min: 0, max: 1e6, noNaN: true }), late: fc.nat(300) });
    await fc.assert(
      fc.asyncProperty(fc.array(point, { minLength: 1, maxLength: 120 }), async (points) => {
        const [one, other] = [fresh().store, fresh().store];
        const now = T + 5 * DAY;
        const arrivals = points.map(({ at, value, late }) => ({ at: T + at * MINUTE, value, now: T + (at + late) * MINUTE }));
        arrivals.sort((a, b) => a.now - b.now);
        for (const store of [one, other]) {
          for (const arrival of arrivals) put(store, arrival.at, arrival.value, arrival.now);
          store.flush(now);
        }
        await one.compact(now);
        expect(blocksOf(one)).toBe(new Set(arrivals.map(({ at }) => Math.floor(at / DAY))).size);
        for (const period of [MINUTE, 5 * MINUTE, HOUR, 7 * HOUR, DAY, 3 * DAY]) {
          for (const want of ["summary", "distribution", [0, 50, 99]] as const) {
            expect(await read(one, T, 3 * DAY, period, now, want)).toEqual(await read(other, T, 3 * DAY, period, now, want));
          }
        }
        expect([...one.digests()]).toEqual([...other.digests()]);
      }),
      { numRuns: 40 },
    );
  });

  test("keeps a hundred days small, and what retention lets be read as it was", async () => {
    const [{ store: one, chunks }, { store: other }] = [fresh(), fresh()];
    const sizes: { day: number; chunks: number; state: number; blocks: number }[] = [];
    for (let day = 0; day < 100; day++) {
      const now = T + day * DAY;
      await one.compact(now);
      if (day % 10 === 0 && day > 0) {
        const live = [...one.chunkIds()];
        const bytes = live.reduce((sum, id) => sum + (chunks.stored.get(id) as ArrayBuffer).byteLength, 0);
        sizes.push({ day, chunks: bytes, state: fingerprint(one.snapshot()).bytes, blocks: blocksOf(one) });
      }
      for (let minute = 0; minute < 24 * 60; minute += 5) {
        for (const store of [one, other]) put(store, now + minute * MINUTE, ((day * 31 + minute * 7) % 1000) / 7);
      }
    }
    const now = T + 100 * DAY;
    await one.compact(now);
    // A block a day, and at most two days in hours.
    for (const { day, blocks } of sizes) expect(blocks).toBeLessThanOrEqual(day + 48);
    const [settled, last] = [sizes.find(({ day }) => day === 70), sizes.at(-1)] as [(typeof sizes)[0], (typeof sizes)[0]];
    expect(last.day).toBe(90);
    expect(last.chunks).toBeLessThan(settled.chunks * 1.1);
    expect(last.state).toBeLessThan(settled.state * 1.2);
    for (const [age, span, period] of [
      [14 * DAY, 2 * DAY, MINUTE],
      [15 * DAY, 15 * DAY, 3 * MINUTE],
      [60 * DAY, 20 * DAY, 5 * MINUTE],
      [63 * DAY, 63 * DAY, 15 * MINUTE],
      [100 * DAY, 100 * DAY, HOUR],
      [95 * DAY, 95 * DAY, DAY],
    ] as const) {
      const [a, b] = await Promise.all([one, other].map((store) => read(store, now - age, span, period, now)));
      expect((a?.count ?? []).some((count) => count > 0)).toBe(true);
      expect(a, `${age / DAY} days back, period ${period / MINUTE} min`).toEqual(b);
    }
  });

  test("takes a late point into a day that is one block already, and makes one block of it again", async () => {
    const { store } = fresh();
    for (let hour = 0; hour < 24; hour++) put(store, T + hour * HOUR, 1);
    await store.compact(T + 2 * DAY);
    expect(blocksOf(store)).toBe(1);
    put(store, T + 5 * HOUR, 10, T + 2 * DAY + HOUR);
    store.flush(T + 2 * DAY + 2 * HOUR);
    expect(blocksOf(store)).toBe(2);
    const sums = async () => [...(await read(store, T, DAY, 6 * HOUR, T + 3 * DAY)).sum];
    expect(await sums()).toEqual([16, 6, 6, 6]);
    await store.compact(T + 3 * DAY);
    expect(blocksOf(store)).toBe(1);
    expect(await sums()).toEqual([16, 6, 6, 6]);
  });

  test("answers a grid that only minutes would fit out of what is left, by the hour", async () => {
    const { store } = fresh();
    for (let hour = 0; hour < 24; hour++) put(store, T + hour * HOUR, 1);
    await store.compact(T + 70 * DAY);
    const answer = await read(store, T + MINUTE, DAY, HOUR, T + 70 * DAY);
    expect([...answer.count].reduce((sum, count) => sum + count)).toBe(23); // the cell of 00:00 began before
  });

  test("leaves a reader alone that began before, also where chunks are fetched", async () => {
    const { store, chunks } = fresh();
    for (let hour = 0; hour < 48; hour++) put(store, T + hour * HOUR, hour);
    store.flush(T + 4 * DAY);
    chunks.slow = true;
    const reading = read(store, T, 2 * DAY, DAY, T + 4 * DAY);
    const compacting = store.compact(T + 4 * DAY);
    const during = read(store, T, 2 * DAY, DAY, T + 4 * DAY);
    await compacting;
    const sums = [(23 * 24) / 2, (23 * 24) / 2 + 24 * 24];
    for (const answer of [await reading, await during, await read(store, T, 2 * DAY, DAY, T + 4 * DAY)])
      expect([...answer.sum]).toEqual(sums);
    expect(blocksOf(store)).toBe(2);
  });

  test("changes nothing where a block cannot be had", async () => {
    const { store, chunks } = fresh();
    for (let hour = 0; hour < 48; hour++) put(store, T + hour * HOUR, hour);
    store.flush(T + 4 * DAY);
    const before = store.snapshot();
    const [first] = [...store.chunkIds()];
    const bytes = chunks.stored.get(first as string) as ArrayBuffer;
    chunks.stored.set(first as string, bytes.slice(0, 64));
    await expect(store.compact(T + 4 * DAY)).rejects.toThrow(/Torn chunk/);
    expect(store.snapshot()).toEqual(before);
    chunks.stored.set(first as string, bytes);
    await store.compact(T + 4 * DAY);
    expect(blocksOf(store)).toBe(2);
  });

  test("has nothing to do once everything is too old", async () => {
    const { store } = fresh();
    expect(store.holdsData()).toBe(false);
    put(store, T, 1);
    expect(store.holdsData()).toBe(true);
    await store.compact(T + 400 * DAY);
    expect(store.holdsData()).toBe(true);
    await store.compact(T + 457 * DAY);
    expect(store.holdsData()).toBe(false);
    expect([...store.chunkIds()]).toEqual([]);
  });
});
