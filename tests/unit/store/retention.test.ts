import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { byMoment, keptCheckpoints, staleCheckpoints } from "../../../workers/store/retention.ts";

const MINUTE = 60_000;
const key = (minutes: number, journalId = 0) => ({ at: minutes * MINUTE, journalId });

describe("which checkpoints stay", () => {
  it("keeps all of a dozen, and one more as the first", () => {
    const all = Array.from({ length: 13 }, (_, i) => key(i * 10));
    expect(keptCheckpoints(all)).toEqual(all);
    expect(keptCheckpoints([])).toEqual([]);
  });

  it("keeps the oldest of every doubling of age: 120 to 127 minutes, 128 to 255, 256 to 511", () => {
    // Every ten minutes up to 400: newest twelve are 290..400; before them ages 120..390, and the first at age 400.
    const all = Array.from({ length: 41 }, (_, i) => key(i * 10));
    const ages = keptCheckpoints(all).map((kept) => 400 - kept.at / MINUTE);
    expect(ages).toEqual([400, 390, 250, 120, 110, 100, 90, 80, 70, 60, 50, 40, 30, 20, 10, 0]);
  });

  it("always holds the first and the newest twelve, never more than the doublings allow, whatever the order given", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 5_000_000 }), { maxLength: 120 }), (minutes) => {
        const all = minutes.map((m) => key(m));
        const kept = keptCheckpoints(all);
        const sorted = [...all].sort(byMoment);
        expect(kept.slice(-12)).toEqual(sorted.slice(-12));
        expect(kept[0]).toEqual(sorted[0]);
        expect(kept.length).toBeLessThanOrEqual(12 + 1 + 24);
        expect([...kept].sort(byMoment)).toEqual(kept);
        expect(keptCheckpoints(kept)).toEqual(kept);
      }),
    );
  });

  it("never leaves a gap of more than four times as the account grows", () => {
    let held: ReturnType<typeof key>[] = [];
    for (let i = 0; i < 2000; i++) {
      held = [...keptCheckpoints([...held, key(i * 10)])];
      const ages = held.map((kept) => i * 10 - kept.at / MINUTE);
      for (let k = 1; k < ages.length - 12; k++) expect(ages[k - 1]! / ages[k]!).toBeLessThanOrEqual(k === 1 ? 8 : 4.1);
    }
  });
});

describe("what a rewind leaves", () => {
  const command = (id: number, at: number) => ({ id, at, command: null });

  it("finds checkpoints later than a new command that do not contain it", () => {
    const all = [key(1, 1), key(5, 1), key(9, 2)];
    expect(staleCheckpoints(all, [command(2, 5 * MINUTE)])).toEqual([]);
    expect(staleCheckpoints(all, [command(3, 5 * MINUTE)])).toEqual([key(9, 2)]);
    expect(staleCheckpoints(all, [command(3, 4 * MINUTE)])).toEqual([key(5, 1), key(9, 2)]);
  });
});
