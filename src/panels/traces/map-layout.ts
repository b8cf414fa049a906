/**
 * Where the services of a trace map stand: callers left of callees, as few crossings as a few sweeps find. Deterministic:
 * the same graph gives the same picture whatever order its nodes come in.
 */
import type { MapEdge, MapNode } from "./answers.ts";

export interface Placed {
  readonly node: MapNode;
  /** Centre of the ring, px of the compact density. */
  readonly x: number;
  readonly y: number;
}

export interface Wire {
  readonly edge: MapEdge;
  /** SVG path from ring to ring. */
  readonly path: string;
}

export interface MapPicture {
  readonly placed: readonly Placed[];
  readonly wires: readonly Wire[];
  readonly width: number;
  readonly height: number;
  /** Width of a service and its words. */
  readonly box: number;
  readonly columns: number;
}

export const RING = 31;
const COLUMN = 138;
/** Columns are this near where the room is narrow: words of services are then cut sooner. */
const NEAREST = 100;
const APART = 6;
const ROW = 112;
const EDGE_TOP = 42;
/** Half a ring and three lines of words. */
const EDGE_BOTTOM = 80;
const SWEEPS = 4;

const ascending = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const keyOf = (node: MapNode): string => `${node.kind === "client" ? 0 : 1} ${node.name} ${node.type ?? ""}`;

/** @param column px from column to column */
export function layOut(nodes: readonly MapNode[], edges: readonly MapEdge[], column = COLUMN): MapPicture {
  const ordered = [...nodes].sort((a, b) => ascending(keyOf(a), keyOf(b)));
  const known = new Set(ordered.map(({ id }) => id));
  const real = edges.filter(({ from, to }) => known.has(from) && known.has(to));
  const layers = layersOf(ordered, real);
  const columns: MapNode[][] = [];
  for (const node of ordered) {
    const layer = layers.get(node.id) ?? 0;
    const stack = columns[layer] ?? [];
    columns[layer] = stack;
    stack.push(node);
  }
  sortColumns(columns, real);
  const tallest = Math.max(1, ...columns.map((stack) => stack.length));
  const height = EDGE_TOP + (tallest - 1) * ROW + EDGE_BOTTOM;
  const box = column - APART;
  const placed = columns.flatMap((stack, layer) => {
    const top = EDGE_TOP + ((tallest - stack.length) * ROW) / 2;
    return stack.map((node, at): Placed => ({ node, x: box / 2 + layer * column, y: top + at * ROW }));
  });
  const place = new Map(placed.map((one) => [one.node.id, one]));
  const wires = real.map((edge): Wire => ({ edge, path: wire(place.get(edge.from) as Placed, place.get(edge.to) as Placed, column) }));
  return { placed, wires, width: box + Math.max(0, columns.length - 1) * column, height, box, columns: columns.length };
}

/** How near the columns of a picture come, so that it is drawn as large as the room allows; px before scaling. */
export function columnFor(
  { height, columns }: Pick<MapPicture, "height" | "columns">,
  room: { readonly width: number; readonly height: number },
  scales: { readonly least: number; readonly largest: number },
): number {
  const narrowest = columns * NEAREST - APART;
  if (room.width === 0) return COLUMN;
  const scale = Math.max(scales.least, Math.min(scales.largest, room.width / narrowest, room.height / height));
  return Math.max(NEAREST, Math.min(COLUMN, Math.floor((room.width / scale + APART) / columns)));
}

/** Each node one column right of its farthest caller; what closes a circle does not count. */
function layersOf(nodes: readonly MapNode[], edges: readonly MapEdge[]): ReadonlyMap<number, number> {
  const forward = new Map<number, number[]>();
  const order = new Map(nodes.map(({ id }, at) => [id, at]));
  for (const { from, to } of edges) forward.set(from, [...(forward.get(from) ?? []), to]);
  for (const list of forward.values()) list.sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
  const called = new Set(edges.filter(({ from, to }) => from !== to).map(({ to }) => to));
  const starts = [...nodes.filter(({ id, kind }) => kind === "client" || !called.has(id)), ...nodes];
  const state = new Map<number, "open" | "done">();
  const finished: number[] = [];
  const kept: (readonly [number, number])[] = [];
  for (const { id } of starts) {
    if (state.has(id)) continue;
    const stack: { readonly id: number; next: number }[] = [{ id, next: 0 }];
    state.set(id, "open");
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const to = forward.get(top.id)?.[top.next++];
      if (to === undefined) {
        state.set(top.id, "done");
        finished.push(top.id);
        stack.pop();
      } else if (state.get(to) !== "open") {
        kept.push([top.id, to]);
        if (state.get(to) === undefined) {
          state.set(to, "open");
          stack.push({ id: to, next: 0 });
        }
      }
    }
  }
  const layers = new Map<number, number>();
  const out = new Map<number, number[]>();
  for (const [from, to] of kept) out.set(from, [...(out.get(from) ?? []), to]);
  for (const id of finished.reverse()) {
    const layer = layers.get(id) ?? 0;
    layers.set(id, layer);
    for (const to of out.get(id) ?? []) layers.set(to, Math.max(layers.get(to) ?? 0, layer + 1));
  }
  return layers;
}

/** Each column by where its neighbours stand, to and fro. */
function sortColumns(columns: readonly MapNode[][], edges: readonly MapEdge[]): void {
  const near = new Map<number, number[]>();
  const join = (a: number, b: number): void => void near.set(a, [...(near.get(a) ?? []), b]);
  for (const { from, to } of edges) {
    join(from, to);
    join(to, from);
  }
  const height = new Map<number, number>();
  const note = (column: readonly MapNode[]): void => {
    column.forEach(({ id }, at) => {
      height.set(id, at - (column.length - 1) / 2);
    });
  };
  for (const column of columns) note(column);
  const layerOf = new Map(columns.flatMap((column, layer) => column.map(({ id }) => [id, layer] as const)));
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const toRight = sweep % 2 === 0;
    for (const column of toRight ? columns : [...columns].reverse()) {
      const wanted = new Map(
        column.map(({ id }) => {
          const beside = (near.get(id) ?? []).filter((other) => {
            const step = (layerOf.get(other) ?? 0) - (layerOf.get(id) ?? 0);
            return toRight ? step < 0 : step > 0;
          });
          const sum = beside.reduce((total, other) => total + (height.get(other) ?? 0), 0);
          return [id, beside.length === 0 ? (height.get(id) ?? 0) : sum / beside.length];
        }),
      );
      column.sort((a, b) => (wanted.get(a.id) ?? 0) - (wanted.get(b.id) ?? 0) || ascending(keyOf(a), keyOf(b)));
      note(column);
    }
  }
}

const ARROW = 5;

function wire(from: Placed, to: Placed, column: number): string {
  const round = (value: number): number => Math.round(value * 10) / 10;
  if (from === to) {
    const [x, y] = [from.x, from.y - RING];
    return `M${x - 10} ${y}C${x - 26} ${y - 30} ${x + 26} ${y - 30} ${x + 10} ${y - ARROW}`;
  }
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const long = Math.sqrt(dx * dx + dy * dy);
  // A call back to the left, or over a column, goes round what stands between.
  const bend = dx <= 0 ? -ROW * 0.55 : dx > column ? Math.sign(dy || -1) * ROW * 0.5 : 0;
  const [ux, uy] = [dx / long, dy / long];
  const [sx, sy] = [from.x + ux * (RING + 3), from.y + uy * (RING + 3)];
  const [ex, ey] = [to.x - ux * (RING + 3 + ARROW), to.y - uy * (RING + 3 + ARROW)];
  if (bend === 0) return `M${round(sx)} ${round(sy)}L${round(ex)} ${round(ey)}`;
  return `M${round(sx)} ${round(sy)}Q${round((sx + ex) / 2)} ${round((sy + ey) / 2 + bend)} ${round(ex)} ${round(ey)}`;
}

/** Shares of a ring, in the order in which they are drawn; they add up to 1 where anything was answered. */
export function ringOf({
  fault,
  error,
  throttle,
  ok,
  total,
}: MapNode["counts"]): readonly { readonly state: "fault" | "error" | "throttle" | "ok"; readonly from: number; readonly share: number }[] {
  const parts = [
    ["fault", fault],
    ["error", error],
    ["throttle", throttle],
    ["ok", ok],
  ] as const;
  const sum = Math.max(total, fault + error + throttle + ok);
  let from = 0;
  return parts.flatMap(([state, count]) => {
    if (count === 0) return [];
    const share = count / sum;
    from += share;
    return [{ state, from: from - share, share }];
  });
}
