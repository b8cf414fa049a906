import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { MapEdge, MapNode } from "../../../../src/panels/traces/answers.ts";
import { columnFor, layOut, RING, ringOf } from "../../../../src/panels/traces/map-layout.ts";

const counts = { ok: 1, error: 0, throttle: 0, fault: 0, total: 1 };
const seen = { state: "ok", counts, perMinute: 1, histogram: [] } as const;
const node = (id: number, more: Partial<MapNode> = {}): MapNode => ({
  id,
  name: `s${id}`,
  kind: "service",
  isRoot: false,
  ...seen,
  ...more,
});
const edge = (from: number, to: number): MapEdge => ({ from, to, aliases: [], ...seen });
const xOf = (picture: ReturnType<typeof layOut>, id: number): number => picture.placed.find((one) => one.node.id === id)?.x ?? Number.NaN;

const graphs = fc.integer({ min: 1, max: 9 }).chain((n) =>
  fc.record({
    nodes: fc.constant(Array.from({ length: n }, (_, id) => node(id))),
    edges: fc.uniqueArray(fc.tuple(fc.nat(n - 1), fc.nat(n - 1)), { selector: ([a, b]) => `${a} ${b}`, maxLength: 18 }),
  }),
);

describe("the layout of a trace map", () => {
  it("puts each callee right of its callers, the longest way counting", () => {
    const picture = layOut([node(0, { kind: "client" }), node(1), node(2), node(3)], [edge(0, 1), edge(1, 2), edge(2, 3), edge(1, 3)]);
    const xs = [0, 1, 2, 3].map((id) => xOf(picture, id));
    expect([...xs].sort((a, b) => a - b)).toEqual(xs);
    expect(new Set(xs).size).toBe(4);
  });

  it("keeps callees beside those who call them: no needless crossing", () => {
    const picture = layOut([node(1), node(2), node(3), node(4)], [edge(1, 4), edge(2, 3)]);
    const y = (id: number): number => picture.placed.find((one) => one.node.id === id)?.y ?? 0;
    expect((y(1) - y(2)) * (y(4) - y(3))).toBeGreaterThan(0);
  });

  it("draws columns nearer where the room is narrow, and never so near that words of neighbours meet", () => {
    const chain = (n: number) => {
      const nodes = Array.from({ length: n }, (_, id) => node(id));
      return [nodes, nodes.slice(1).map(({ id }) => edge(id - 1, id))] as const;
    };
    const scales = { least: 0.72, largest: 1.15 };
    const [nodes, edges] = chain(4);
    const wide = layOut(nodes, edges);
    expect(columnFor(wide, { width: 900, height: 400 }, scales)).toBe(138);
    const column = columnFor(wide, { width: 362, height: 260 }, scales);
    const narrow = layOut(nodes, edges, column);
    expect(narrow.width * 0.85).toBeLessThanOrEqual(362);
    expect(wide.width * 0.72).toBeGreaterThan(362);
    expect(narrow.box).toBeLessThan(column);
    expect(columnFor(layOut(...chain(20)), { width: 362, height: 260 }, scales)).toBe(100);
  });

  it("ends in a circle too: every service once, every call drawn", () => {
    const picture = layOut([node(0), node(1), node(2)], [edge(0, 1), edge(1, 2), edge(2, 0), edge(1, 1)]);
    expect(picture.placed.length).toBe(3);
    expect(picture.wires.length).toBe(4);
    expect(picture.wires.every(({ path }) => !path.includes("NaN"))).toBe(true);
  });

  it("is the same whatever order nodes and calls come in, and no two rings touch", () => {
    fc.assert(
      fc.property(graphs, fc.boolean(), ({ nodes, edges }, isTurned) => {
        const calls = edges.map(([from, to]) => edge(from, to));
        const picture = layOut(nodes, calls);
        const other = layOut([...nodes].reverse(), isTurned ? [...calls].reverse() : calls);
        const placesOf = (one: typeof picture) => new Map(one.placed.map(({ node: { id }, x, y }) => [id, `${x} ${y}`]));
        expect([...placesOf(other)].sort()).toEqual([...placesOf(picture)].sort());
        for (const [at, a] of picture.placed.entries()) {
          expect(a.x >= RING && a.x + RING <= picture.width && a.y >= RING && a.y + RING <= picture.height).toBe(true);
          for (const b of picture.placed.slice(at + 1)) {
            expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(2 * RING);
          }
        }
      }),
    );
  });
});

describe("the ring of a service", () => {
  it("has a share for each kind of answer, worst first, whole together", () => {
    const shares = ringOf({ ok: 6, error: 1, throttle: 2, fault: 1, total: 10 });
    expect(shares.map(({ state, share }) => `${state} ${share}`)).toEqual(["fault 0.1", "error 0.1", "throttle 0.2", "ok 0.6"]);
    expect(shares.map(({ from }) => Number(from.toFixed(6)))).toEqual([0, 0.1, 0.2, 0.4]);
    expect(ringOf({ ok: 0, error: 0, throttle: 0, fault: 0, total: 0 })).toEqual([]);
  });
});
