/** What the generic validator finds, and how AWS prints places and values. */
import { shapeOf } from "./models.ts";
import type { ServiceModel } from "./shapes.ts";

/** A step of a path: a member's name, an index of a list (from 0), or a key of a map. */
export type Step = string | number | { readonly key: string };

export type ViolationKind =
  | "required"
  | "min-length"
  | "max-length"
  | "min-size"
  | "max-size"
  | "min-value"
  | "max-value"
  | "pattern"
  | "enum"
  /** Members of a list of scalars, or keys or values of a map: several rules in one sentence. */
  | "members"
  | "map-keys"
  | "map-values";

export interface Violation {
  readonly kind: ViolationKind;
  readonly path: readonly Step[];
  readonly value: unknown;
  /** Name of the shape whose rule is broken. */
  readonly shape: string;
  /** The bound, for the length, size and value kinds. */
  readonly limit?: number;
  readonly pattern?: string;
  readonly values?: readonly string[];
  /** For `members`, `map-keys`, `map-values`: the rules, as sentences. */
  readonly rules?: readonly string[];
}

/** `logEvents.1.member.message`: names in lower camel case, indexes from 1, as AWS's validation prints them. */
export function constraintPath(path: readonly Step[]): string {
  return path.map((step) => (typeof step === "string" ? lowerFirst(step) : `${stepText(step)}.member`)).join(".");
}

/** `MetricData.member.1.Unit`: the form of Query protocol parameters. */
export function parameterPath(path: readonly Step[]): string {
  return path.map((step) => (typeof step === "string" ? step : `member.${stepText(step)}`)).join(".");
}

/** `Metrics.MetricStat.Stat`: names only, to look rules up by. */
export function memberPath(path: readonly Step[]): string {
  return path.filter((step) => typeof step === "string").join(".");
}

function stepText(step: number | { readonly key: string }): string {
  return typeof step === "number" ? String(step + 1) : step.key;
}

export function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** Longest value that a message repeats, in UTF-16 units; AWS repeats long names in full, whole batches would be megabytes. */
const LONGEST_VALUE = 20_000;

/** A value as Java prints it: `[a, b]`, `{k=v}`, `Shape(member=value, other=null)`. */
export function valueText(model: ServiceModel, value: unknown, shapeName: string): string {
  const text = javaText(model, value, shapeName, LONGEST_VALUE);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}...` : text;
}

/** Members as AWS was recorded to print them, where that is not what the public model has: another order, or further ones. */
const MEMBER_ORDER: Readonly<Record<string, readonly string[]>> = {
  MetricTransformation: ["metricName", "metricNamespace", "metricValue", "defaultValue", "unit", "dimensions"],
  PutEventsRequestEntry: [
    "Time",
    "Source",
    "Resources",
    "DetailType",
    "Detail",
    "EventBusName",
    "TraceHeader",
    "KmsKeyIdentifier",
    "InternalMetadata",
  ],
};

function javaText(model: ServiceModel, value: unknown, shapeName: string, room: number): string {
  if (value === undefined || value === null) return "null";
  const shape = shapeOf(model, shapeName);
  if (Array.isArray(value) && shape.type === "list")
    return `[${joined(value, room, (item) => javaText(model, item, shape.member.shape, room))}]`;
  if (value instanceof Uint8Array || typeof value !== "object")
    return value instanceof Uint8Array ? "java.nio.HeapByteBuffer" : String(value);
  const members = value as Readonly<Record<string, unknown>>;
  if (shape.type === "structure") {
    const names = MEMBER_ORDER[shapeName] ?? Object.keys(shape.members);
    const one = (name: string): string => {
      const ref = shape.members[name];
      return `${lowerFirst(name)}=${ref === undefined ? "null" : javaText(model, members[name], ref.shape, room)}`;
    };
    return `${shapeName}(${joined(names, room, one)})`;
  }
  if (shape.type === "map") {
    return `{${joined(Object.keys(members), room, (key) => `${key}=${javaText(model, members[key], shape.value.shape, room)}`)}}`;
  }
  return JSON.stringify(value);
}

/** Items with `, ` between them; stops once `room` is used up. */
function joined<T>(items: readonly T[], room: number, text: (item: T) => string): string {
  let out = "";
  for (const [index, item] of items.entries()) {
    if (out.length > room) break;
    out += (index === 0 ? "" : ", ") + text(item);
  }
  return out;
}
