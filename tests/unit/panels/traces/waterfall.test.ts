import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TraceSpan } from "../../../../src/panels/traces/answers.ts";
import { criticalPath, waitedFor } from "../../../../src/panels/traces/critical-path.ts";
import { binsOf, percentile } from "../../../../src/panels/traces/histogram.ts";
import { microText } from "../../../../src/panels/traces/texts.ts";
import { axisMarks, axisText, visibleRows } from "../../../../src/panels/traces/waterfall-rows.ts";

const span = (name: string, parent: number, offset: number, duration: number | undefined, more: Partial<TraceSpan> = {}): TraceSpan => ({
  id: name,
  kind: "code",
  name,
  parent,
  depth: 0,
  offset,
  ...(duration === undefined ? {} : { duration }),
  error: false,
  fault: false,
  throttle: false,
  isInProgress: duration === undefined,
  isBroken: false,
  isOrphan: false,
  document: {},
  ...more,
});

describe("the critical path", () => {
  it("goes through whoever ended last before the moment that is waited for", () => {
    const spans = [span("root", -1, 0, 100), span("a", 0, 0, 40), span("beside", 0, 0, 30), span("b", 0, 45, 50), span("in b", 3, 50, 20)];
    const path = criticalPath({ spans, duration: 100 });
    expect([...path.on].sort()).toEqual([0, 1, 3, 4]);
    expect(path.own.get(0)).toBe(10);
    expect(waitedFor(spans, path)).toMatchObject({ name: "a", time: 40, spans: 1 });
  });

  it("spends exactly the time of the span it begins with, whatever lies below it", () => {
    const trees = fc
      .array(fc.tuple(fc.nat(1000), fc.nat(1000), fc.nat(50)), { maxLength: 12 })
      .map((drawn) => [
        span("root", -1, 0, 1000),
        ...drawn.map(([offset, duration, parent], at) => span(`s${at}`, parent % (at + 1), offset, duration)),
      ]);
    fc.assert(
      fc.property(trees, (spans) => {
        const { own } = criticalPath({ spans, duration: 1000 });
        const sum = [...own.values()].reduce((a, b) => a + b, 0);
        expect([...own.values()].every((time) => time >= 0)).toBe(true);
        expect(sum).toBe(1000);
      }),
    );
  });

  it("waits to the end for what is in progress, and says nothing of a single span", () => {
    const spans = [span("root", -1, 0, 100), span("open", 0, 60, undefined)];
    expect(criticalPath({ spans, duration: 100 }).own.get(1)).toBe(40);
    expect(waitedFor(spans.slice(0, 1), criticalPath({ spans: spans.slice(0, 1), duration: 100 }))).toBeUndefined();
    expect(criticalPath({ spans: [], duration: 0 }).on.size).toBe(0);
  });
});

describe("the lines of a waterfall", () => {
  it("are hidden by any closed one above them", () => {
    const spans = [span("a", -1, 0, 1), span("b", 0, 0, 1), span("c", 1, 0, 1), span("d", 0, 0, 1)];
    expect(visibleRows(spans, new Set())).toEqual([0, 1, 2, 3]);
    expect(visibleRows(spans, new Set([1]))).toEqual([0, 1, 3]);
    expect(visibleRows(spans, new Set([0]))).toEqual([0]);
  });

  it("have an axis of round moments in one unit", () => {
    expect(axisMarks(2_910_000).map((at) => axisText(at, 2_910_000))).toEqual(["0", "0.5 s", "1 s", "1.5 s", "2 s", "2.5 s"]);
    expect(axisMarks(9000, 3).map((at) => axisText(at, 9000))).toEqual(["0", "5 ms"]);
    expect(axisMarks(0)).toEqual([0]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e12 }), (duration) => {
        expect(axisMarks(duration).length).toBeLessThanOrEqual(7);
      }),
    );
  });

  it("say times in the unit that fits", () => {
    expect([0, 850, 9000, 999_600, 1_744_000, 125_000_000].map(microText)).toEqual([
      "0 µs",
      "850 µs",
      "9 ms",
      "1 s",
      "1.74 s",
      "2 min 5 s",
    ]);
  });
});

describe("response times", () => {
  it("stand in bins that hold every answer, and the share of them that came in time", () => {
    const entries = [
      { Value: 0.5, Count: 3 },
      { Value: 0.014, Count: 90 },
      { Value: 4, Count: 7 },
    ];
    const bins = binsOf(entries);
    expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(100);
    expect(bins[0]?.from).toBe(0.014);
    expect(bins.at(-1)?.to).toBeCloseTo(4);
    expect([0.5, 0.9, 0.93, 0.95].map((share) => percentile(entries, share))).toEqual([0.014, 0.014, 0.5, 4]);
    expect(binsOf([])).toEqual([]);
    expect(percentile([], 0.5)).toBeUndefined();
    fc.assert(
      fc.property(
        fc.array(fc.record({ Value: fc.double({ min: 0, max: 100, noNaN: true }), Count: fc.nat(9) }), { minLength: 1 }),
        (some) => {
          const total = some.reduce((sum, { Count }) => sum + Count, 0);
          expect(binsOf(some).reduce((sum, { count }) => sum + count, 0)).toBe(total);
        },
      ),
    );
  });
});
