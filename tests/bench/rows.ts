/** How rows are measured and what one holds. */

export interface Row {
  readonly group: "aggregate" | "percentiles" | "match" | "storage" | "ingest" | "first-view" | "xray" | "trail" | "patterns" | "door";
  readonly name: string;
  readonly rival: string;
  /** Medians, milliseconds. */
  readonly oursMs: number;
  readonly rivalMs: number;
  /** How often ours goes into the rival's time (`times`), or the share of the rival's time that ours takes (`share`). */
  readonly ratio: number;
  readonly kind: "times" | "share";
  readonly floor?: number;
  readonly goal?: number;
}

export interface Report {
  readonly engine: string;
  readonly rows: readonly Row[];
  readonly notes: readonly string[];
}

export type Log = (line: string) => void;

export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

export function clocked(work: () => unknown): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}

/** Runs both in turns (one round unmeasured); answers the medians, and the median of the rounds' ratios. */
export function race(rounds: number, ours: () => unknown, rival: () => unknown): { oursMs: number; rivalMs: number; ratio: number } {
  ours();
  ours();
  rival();
  const [a, b, ratios]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < rounds; round++) {
    const first = clocked(ours);
    const second = clocked(rival);
    a.push(first);
    b.push(second);
    ratios.push(second / first);
  }
  return { oursMs: median(a), rivalMs: median(b), ratio: median(ratios) };
}

/** Throws unless both sides found the same: a race in which one did other work is none. */
export function agree(what: string, ours: number, rival: number): void {
  if (!(Math.abs(ours - rival) <= Math.abs(rival) * 1e-9)) throw new Error(`bench: ${what}: ours ${ours}, rival ${rival}`);
}
