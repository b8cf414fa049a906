/** What the CloudWatch conformance tests share: validated calls as the door makes them, generators of the case files, comparisons. */
import { ServiceError } from "../../workers/model/errors.ts";
import cloudwatchModel from "../../workers/model/generated/cloudwatch.json";
import type { ServiceModel } from "../../workers/model/shapes.ts";
import { validateInput } from "../../workers/model/validate.ts";
import { cloudwatch } from "../../workers/services/cloudwatch/definition.ts";
import { type Harness, harness } from "../unit/services/harness.ts";

export const MINUTE = 60_000;
export const DAY = 86_400_000;
export const START = Date.UTC(2026, 10, 24, 12, 0, 1);
// JSON types are far too wide to be useful.
const model = cloudwatchModel as unknown as ServiceModel;

export const account = (now = START): Harness => harness(cloudwatch, { now, deliver: () => ({ output: {} }) });

/** Validates against the API model, then calls the handler, as the door does. */
export async function call<T = Record<string, unknown>>(h: Harness, operation: string, input: object): Promise<T> {
  return await h.call<T>(operation, validateInput(model, operation, input));
}

/** Code and message of a refusal; code null where the call succeeds. */
export async function outcome(
  h: Harness,
  operation: string,
  input: object,
): Promise<{ code: string | null; message: string; output: unknown }> {
  try {
    return { code: null, message: "", output: await call(h, operation, input) };
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return { code: error.code, message: error.message, output: undefined };
  }
}

export const special = (value: unknown): unknown =>
  value === "NaN" ? Number.NaN : value === "Infinity" ? Number.POSITIVE_INFINITY : value === "-Infinity" ? Number.NEGATIVE_INFINITY : value;

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: MINUTE, h: 60 * MINUTE, d: DAY };
export const duration = (text: string): number => Number(text.slice(0, -1)) * (UNITS[text.at(-1) as string] as number);

function moment(text: string, now: number): number {
  const relative = /^now(?:([+-])(\d+[smhd]))?$/.exec(text);
  if (relative === null) return new Date(text).getTime();
  return now + (relative[1] === undefined ? 0 : (relative[1] === "-" ? -1 : 1) * duration(relative[2] as string));
}

const TIMES: ReadonlySet<string> = new Set(["Timestamp", "StartTime", "EndTime"]);

/** Expands the generators of the case files: XRepeat, ValuesRange, relative times, names of special floats. */
export function grown(value: unknown, now: number): unknown {
  if (Array.isArray(value)) return value.map((inner) => grown(inner, now));
  if (typeof value !== "object" || value === null) return special(value);
  const out: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) {
    if (key === "given") continue;
    if (key === "ValuesRange") out["Values"] = Array.from({ length: inner[1] - inner[0] + 1 }, (_, i) => inner[0] + i);
    else if (key.endsWith("Repeat") && Array.isArray(inner)) out[key.slice(0, -6)] = String(inner[0]).repeat(inner[1]);
    else if (key.endsWith("Repeat")) {
      const item = Object.entries(inner).find(([name]) => name !== "times")?.[1];
      const copy = (i: number): unknown => grown(JSON.parse(JSON.stringify(item).replaceAll("{i}", String(i))), now);
      out[key.slice(0, -6)] = Array.from({ length: inner.times }, (_, i) => copy(i));
    } else if (TIMES.has(key) && typeof inner === "string") out[key] = moment(inner, now);
    else out[key] = grown(inner, now);
  }
  return out;
}

/** What differs, or undefined. `accept` = any value in the band. */
export function difference(
  expected: number | null,
  got: number | undefined,
  tolerance = 1e-9,
  accept?: readonly [number, number],
): string | undefined {
  if (expected === null || got === undefined)
    return expected === null && got === undefined ? undefined : `expected ${expected}, got ${got}`;
  if (accept) return got >= accept[0] - 1e-9 && got <= accept[1] + 1e-9 ? undefined : `expected ${accept.join("..")}, got ${got}`;
  const close = expected === got || Math.abs(expected - got) <= tolerance * Math.max(Math.abs(expected), Math.abs(got));
  return close ? undefined : `expected ${expected}, got ${got}`;
}

export function statQuery(
  id: string,
  metric: string,
  periodSeconds: number,
  stat: string,
  more: object = {},
  dimensions: Readonly<Record<string, string>> = {},
): object {
  const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
  return {
    Id: id,
    MetricStat: { Metric: { Namespace: "Ns", MetricName: metric, Dimensions }, Period: periodSeconds, Stat: stat, ...more },
  };
}

export interface Result {
  readonly Id: string;
  readonly Label: string;
  readonly Timestamps: readonly number[];
  readonly Values: readonly number[];
  readonly StatusCode: string;
  readonly Messages?: readonly object[];
}
