/** Calls on a resource, a lane for each caller; calls that would lie on each other share a mark. Pure: px in, px out. */
import { callerOf, type HistoryRow } from "./history.ts";

export interface Mark {
  readonly rows: readonly HistoryRow[];
  /** px from the track's left. */
  readonly x: number;
  readonly shape: "on" | "read" | "names" | "denied";
  readonly text: string;
  /** Where the text has room. */
  readonly side: "right" | "left" | undefined;
}

export interface Lane {
  readonly name: string;
  readonly kind: string;
  readonly marks: readonly Mark[];
}

/** A mark is 24 px wide: nearer ones are one. */
const APART = 26;

/** `wide` is the text's width in px. First caller first. */
export function lanesOf(
  rows: readonly HistoryRow[],
  span: { readonly from: number; readonly to: number },
  width: number,
  wide: (text: string) => number,
  zoom = 1,
): readonly Lane[] {
  const x = (at: number): number => ((at - span.from) / Math.max(1, span.to - span.from)) * width;
  const callers = new Map<string, { readonly kind: string; readonly rows: HistoryRow[] }>();
  for (const row of [...rows].sort((a, b) => a.eventTime - b.eventTime)) {
    const caller = callerOf(row);
    const found = callers.get(caller.name) ?? { kind: caller.kind, rows: [] };
    found.rows.push(row);
    callers.set(caller.name, found);
  }
  return [...callers].map(([name, { kind, rows: its }]) => {
    const groups: HistoryRow[][] = [];
    for (const row of its) {
      const last = groups[groups.length - 1];
      if (last !== undefined && x(row.eventTime) - x((last[0] as HistoryRow).eventTime) < APART * zoom) last.push(row);
      else groups.push([row]);
    }
    let taken = 0;
    const marks = groups.map((group, at): Mark => {
      const first = group[0] as HistoryRow;
      const here = x(first.eventTime);
      const next = groups[at + 1]?.[0];
      const end = next === undefined ? width : x(next.eventTime) - APART * 0.5 * zoom;
      const text = textOf(group);
      const room = wide(text) + APART * 0.6 * zoom;
      const side = here + room <= end ? ("right" as const) : here - room >= taken ? ("left" as const) : undefined;
      taken = side === "right" ? here + room : here + APART * 0.5 * zoom;
      return { rows: group, x: here, shape: shapeOf(group), text, side };
    });
    return { name, kind, marks };
  });
}

/** The gravest of a group: refused, then written, named, read. */
function shapeOf(rows: readonly HistoryRow[]): Mark["shape"] {
  if (rows.some((row) => row.errorCode !== "")) return "denied";
  if (rows.some((row) => row.relation !== "names" && !row.readOnly)) return "on";
  return rows.some((row) => row.relation === "names") ? "names" : "read";
}

function textOf(rows: readonly HistoryRow[]): string {
  const first = rows[0] as HistoryRow;
  const same = rows.every((row) => row.eventName === first.eventName);
  if (rows.length === 1) return first.eventName;
  return same ? `${first.eventName} ×${rows.length}` : `${rows.length} calls`;
}
