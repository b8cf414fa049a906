import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { referenceKernels } from "../../../../workers/kernels/reference.ts";
import type { LineMatcher, LogStore, LogView } from "../../../../workers/store/logs/log-store.ts";
import { createLogStore } from "../../../../workers/store/logs/log-store.ts";
import { memoryChunks } from "../../services/harness.ts";

const encoder = new TextEncoder();
/** Finds lines with an x, and counts what it is shown. */
function counting(): { readonly matcher: LineMatcher; readonly lines: () => number } {
  let lines = 0;
  const matcher: LineMatcher = (block) => {
    lines += block.offsets.length - 1;
    return referenceKernels.matchTerms({ all: [encoder.encode("x")], any: [], none: [] }, block);
  };
  return { matcher, lines: () => lines };
}

interface Line {
  readonly time: number;
  readonly text: string;
}
function put(store: LogStore, stream: string, lines: readonly Line[]): void {
  const texts = lines.map(({ text }) => encoder.encode(text));
  const offsets = new Uint32Array(texts.length + 1);
  texts.forEach((text, i) => {
    offsets[i + 1] = offsets[i]! + text.length;
  });
  const bytes = new Uint8Array(offsets[texts.length]!);
  texts.forEach((text, i) => {
    bytes.set(text, offsets[i]);
  });
  const timestamps = Float64Array.from(lines, ({ time }) => time);
  store.append("g", stream, { timestamps, ingestion: new Float64Array(lines.length).fill(1000), offsets, bytes });
}

/** A stream for every ten lines, so that there are many pieces, one after the other in time. */
function manyPieces(store: LogStore, pieces: number): void {
  for (let piece = 0; piece < pieces; piece++) {
    put(
      store,
      `s${piece}`,
      Array.from({ length: 10 }, (_, i) => ({ time: piece * 10 + i, text: i === 3 ? "x" : "-" })),
    );
  }
}

describe("a search through a log group", () => {
  it("looks no further than a page needs, from either end", async () => {
    const store = createLogStore({ kernels: referenceKernels, chunks: memoryChunks({ slow: false }) });
    manyPieces(store, 50);
    const view = await store.view("g");
    const forward = counting();
    expect([...(await view.search("f", forward.matcher, { from: 0, to: 500, limit: 2 })).positions].slice(0, 2)).toEqual([3, 13]);
    expect(forward.lines()).toBe(20);
    const backward = counting();
    const last = await view.search("b", backward.matcher, { from: 0, to: 500, limit: 2, newestFirst: true });
    expect([...last.positions].slice(-2)).toEqual([483, 493]);
    expect(backward.lines()).toBe(20);
  });

  it("goes on where it stopped, and looks only at what lies in the range", async () => {
    const store = createLogStore({ kernels: referenceKernels, chunks: memoryChunks({ slow: false }) });
    manyPieces(store, 50);
    const view = await store.view("g");
    const { matcher, lines } = counting();
    expect([...(await view.search("k", matcher, { from: 100, to: 120 })).positions]).toEqual([103, 113]);
    expect(lines()).toBe(20);
    expect([...(await view.search("k", matcher, { from: 90, to: 130 })).positions]).toEqual([93, 103, 113, 123]);
    expect(lines()).toBe(40);
    expect((await view.search("k", matcher, { from: 0, to: 500 })).positions).toHaveLength(50);
    expect((await view.search("k", matcher, { from: 0, to: 500 })).positions).toHaveLength(50);
    expect(lines()).toBe(500);
  });

  it("lets other work in, answers what is settled when it has done so often enough, and then goes on", async () => {
    let breaths = 0;
    const breathe = (): Promise<void> => {
      breaths++;
      return Promise.resolve();
    };
    const store = createLogStore({ kernels: referenceKernels, chunks: memoryChunks({ slow: false }), breathe });
    manyPieces(store, 50);
    const view = await store.view("g");
    const { matcher, lines } = counting();
    const first = await view.search("k", matcher, { from: 0, to: 500, breaths: 4 });
    expect([first.from, first.to, first.positions.length, breaths]).toEqual([0, 50, 5, 5]);
    const second = await view.search("k", matcher, { from: 0, to: 500, breaths: 4 });
    expect([second.from, second.to, second.positions.length]).toEqual([0, 100, 10]);
    expect((await view.search("k", matcher, { from: 0, to: 500 })).positions).toHaveLength(50);
    expect(lines()).toBe(500);
  });

  it("shares the work of two searches for the same at the same time", async () => {
    const store = createLogStore({ kernels: referenceKernels, chunks: memoryChunks({ slow: false }), breathe: () => Promise.resolve() });
    manyPieces(store, 30);
    const view = await store.view("g");
    const { matcher, lines } = counting();
    const both = await Promise.all([
      view.search("k", matcher, { from: 0, to: 300 }),
      view.search("k", matcher, { from: 0, to: 300, newestFirst: true }),
    ]);
    for (const { positions } of both) expect(positions).toHaveLength(30);
    expect(lines()).toBe(300);
  });

  it("finds what a walk over all lines finds, whatever was asked before and came meanwhile", async () => {
    const line = fc.record({ time: fc.integer({ min: 0, max: 60 }), text: fc.constantFrom("x", "-", "ax", "--") });
    const ask = fc.record({
      a: fc.nat(60),
      b: fc.nat(60),
      limit: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
      newestFirst: fc.boolean(),
      breaths: fc.option(fc.nat(2), { nil: undefined }),
    });
    const step = fc.oneof(
      fc.record({ stream: fc.constantFrom("a", "b", "c", "d"), lines: fc.array(line, { minLength: 1, maxLength: 6 }) }),
      fc.record({ ask, streams: fc.constantFrom<readonly string[] | undefined>(undefined, ["a", "c"]) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const store = createLogStore({
          kernels: referenceKernels,
          chunks: memoryChunks({ slow: false }),
          breathe: () => Promise.resolve(),
        });
        const all: (Line & { readonly stream: string })[] = [];
        for (const one of steps) {
          if ("lines" in one) {
            put(store, one.stream, one.lines);
            all.push(...one.lines.map((entry) => ({ ...entry, stream: one.stream })));
            continue;
          }
          const { streams } = one;
          const { a, b, limit, newestFirst, breaths } = one.ask;
          const view: LogView = await store.view("g", streams);
          const sorted = all.filter(({ stream }) => streams?.includes(stream) ?? true).sort((p, q) => p.time - q.time);
          const from = view.lowerBound(Math.min(a, b));
          const to = view.lowerBound(Math.max(a, b));
          const got = await view.search("x", counting().matcher, {
            from,
            to,
            newestFirst,
            ...(limit === undefined ? {} : { limit }),
            ...(breaths === undefined ? {} : { breaths }),
          });
          const want = sorted.flatMap(({ text }, i) => (text.includes("x") && i >= got.from && i < got.to ? [i] : []));
          expect([...got.positions]).toEqual(want);
          if (newestFirst) expect(got.to).toBe(to);
          else expect(got.from).toBe(from);
          const isWhole = got.from === from && got.to === to;
          if (breaths === undefined && limit === undefined) expect(isWhole).toBe(true);
          if (breaths === undefined && limit !== undefined && !isWhole) expect(got.positions.length).toBeGreaterThanOrEqual(limit);
        }
      }),
      { numRuns: 300 },
    );
  });
});
