/** What is drawn on the metrics page: stays when another page is shown, and over a reload, for each account. */
import { batch, createSignal } from "solid-js";
import { keep, recall } from "../../app/account-memory.ts";
import { type CatalogMetric, type Dimension, dimensionsText, type MetricName, metricKey } from "./catalog.ts";

export interface GraphLine {
  readonly id: string;
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: readonly Dimension[];
  readonly stat: string;
  readonly unit?: string;
  readonly axis: "left" | "right";
  /** 1 to 10, kept while other lines come and go. */
  readonly colour: number;
}

export const MOST_LINES = 10;

const [lines, setLines] = createSignal<readonly GraphLine[]>([]);
/** Seconds; undefined = by the range. */
const [chosenPeriod, setChosenPeriod] = createSignal<number>();

export { chosenPeriod, lines, setChosenPeriod };

let next = 1;

/** The account whose lines these are; undefined until the first is known. */
let owner: string | undefined;

/** Goes over to an account's lines. What a link drew before the account was known is drawn with them. */
export function drawOf(account: string): void {
  if (owner === account) return;
  const before = owner === undefined ? lines() : [];
  owner = account;
  const kept = keptOf(recall("drawn", account));
  const known = new Set(kept.lines.map(metricKey));
  batch(() => {
    setLines(kept.lines.map((line) => ({ ...line, id: `line-${next++}` })));
    setChosenPeriod(kept.period);
    for (const line of before) if (!known.has(metricKey(line))) addLine(line);
  });
}

/** Remembers what is drawn now as the account's. */
export function keepDrawn(drawn: readonly GraphLine[], period: number | undefined): void {
  if (owner === undefined) return;
  if (drawn.length === 0 && period === undefined && recall("drawn", owner) === undefined) return;
  keep("drawn", owner, { lines: drawn.map(({ id: _, ...line }) => line), ...(period === undefined ? {} : { period }) });
}

function keptOf(value: unknown): { readonly lines: readonly Omit<GraphLine, "id">[]; readonly period: number | undefined } {
  const { lines: all, period } = (value ?? {}) as { readonly lines?: unknown; readonly period?: unknown };
  return {
    lines: Array.isArray(all) ? all.filter(isLine).slice(0, MOST_LINES) : [],
    period: typeof period === "number" && period > 0 ? period : undefined,
  };
}

function isLine(value: unknown): value is Omit<GraphLine, "id"> {
  const { namespace, metricName, dimensions, stat, axis, colour, unit } = (value ?? {}) as Partial<GraphLine>;
  return (
    [namespace, metricName, stat].every((one) => typeof one === "string") &&
    Array.isArray(dimensions) &&
    dimensions.every((one) => typeof one?.Name === "string" && typeof one?.Value === "string") &&
    (axis === "left" || axis === "right") &&
    typeof colour === "number" &&
    colour >= 1 &&
    colour <= MOST_LINES &&
    (unit === undefined || typeof unit === "string")
  );
}

/** Draws a metric; false when there are as many lines as can be told apart. */
export function addLine(metric: MetricName & { readonly units?: CatalogMetric["units"]; readonly stat?: string }): boolean {
  const taken = new Set(lines().map((line) => line.colour));
  const colour = Array.from({ length: MOST_LINES }, (_, at) => at + 1).find((one) => !taken.has(one));
  if (colour === undefined) return false;
  const { namespace, metricName, dimensions } = metric;
  const isCount = (metric.units ?? []).every((unit) => unit === "None" || unit === "Count");
  const stat = metric.stat ?? (isCount ? "Sum" : "Average");
  setLines((all) => [...all, { id: `line-${next++}`, namespace, metricName, dimensions, stat, axis: "left", colour }]);
  return true;
}

export function removeLine(id: string): void {
  setLines((all) => all.filter((line) => line.id !== id));
}

export function clearLines(): void {
  setLines([]);
}

/** Draws the metric, or takes all its lines away. */
export function toggleMetric(metric: CatalogMetric): boolean {
  const key = metricKey(metric);
  if (lines().some((line) => metricKey(line) === key)) {
    setLines((all) => all.filter((line) => metricKey(line) !== key));
    return true;
  }
  return addLine(metric);
}

export function changeLine(id: string, change: Partial<Pick<GraphLine, "stat" | "axis">> & { readonly unit?: string | undefined }): void {
  setLines((all) =>
    all.map((line) => {
      if (line.id !== id) return line;
      const { unit, ...rest } = { ...line, ...change };
      return unit === undefined ? rest : { ...rest, unit };
    }),
  );
}

/** ThrottledWrites Sum; with dimensions where the name alone does not tell two lines apart. */
export function lineLabel(line: GraphLine, all: readonly GraphLine[]): string {
  const namesakes = all.filter((other) => other.metricName === line.metricName && metricKey(other) !== metricKey(line));
  if (namesakes.length === 0) return `${line.metricName} ${line.stat}`;
  const dimensions = dimensionsText(line.dimensions);
  return `${line.metricName} ${dimensions === "" ? line.namespace : dimensions} ${line.stat}`;
}
