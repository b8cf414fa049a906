/**
 * JSON form of AWS values, shared by AWS JSON 1.0/1.1 and REST-JSON: timestamps are seconds since the epoch, blobs
 * base64, and floats that JSON cannot say are the texts `NaN`, `Infinity`, `-Infinity`.
 */
import { ServiceError } from "../model/errors.ts";
import { shapeOf } from "../model/models.ts";
import type { ServiceModel, StructureShape } from "../model/shapes.ts";
import { fromBase64, toBase64 } from "./base64.ts";

/** Parses a request body into internal form. An empty body is an empty input. Values of a wrong type pass as they are: the validator words them. */
export function decodeJsonInput(model: ServiceModel, input: string | undefined, text: string): Record<string, unknown> {
  let parsed: unknown;
  try {
    parsed = text.trim() === "" ? {} : JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new ServiceError("SerializationException", `The request body is not valid JSON: ${error.message}`);
  }
  if (parsed === null || typeof parsed !== "object" || Array.isArray(parsed))
    throw new ServiceError("SerializationException", "Unexpected field type");
  return (input === undefined ? {} : decodeJson(model, input, parsed)) as Record<string, unknown>;
}

function decodeJson(model: ServiceModel, shapeName: string, value: unknown): unknown {
  const shape = shapeOf(model, shapeName);
  switch (shape.type) {
    case "structure": {
      if (!isObject(value) || shape.document === true) return value;
      const out: Record<string, unknown> = {};
      for (const [name, ref] of Object.entries(shape.members)) {
        const key = ref.locationName ?? name;
        if (Object.hasOwn(value, key)) out[name] = decodeJson(model, ref.shape, value[key]);
      }
      return out;
    }
    case "list":
      return Array.isArray(value) ? value.map((item) => decodeJson(model, shape.member.shape, item)) : value;
    case "map":
      return isObject(value) ? mapped(value, (item) => decodeJson(model, shape.value.shape, item)) : value;
    case "timestamp":
      return typeof value === "number" ? Math.round(value * 1000) : value;
    case "blob":
      return typeof value === "string" ? blobOf(value) : value;
    default:
      return value;
  }
}

function blobOf(text: string): Uint8Array {
  const bytes = fromBase64(text);
  if (bytes === undefined) throw new ServiceError("SerializationException", "STRING_VALUE can not be converted to a Blob");
  return bytes;
}

/** Output in internal form as JSON text. Only modelled members are sent. */
export function encodeJsonOutput(model: ServiceModel, output: string | undefined, value: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(output === undefined ? {} : encodeValue(model, output, value));
}

/** How scalars are written; structures, lists and maps are the same in JSON and CBOR. */
export interface ScalarForm {
  readonly time: (milliseconds: number) => unknown;
  readonly blob: (bytes: Uint8Array) => unknown;
  readonly double: (value: number) => unknown;
}

const JSON_FORM: ScalarForm = {
  time: (milliseconds) => milliseconds / 1000,
  blob: toBase64,
  double: (value) => (Number.isFinite(value) ? value : String(value)),
};

/** One value in wire form (default JSON); undefined and null members are left out. */
export function encodeValue(model: ServiceModel, shapeName: string, value: unknown, form: ScalarForm = JSON_FORM): unknown {
  const shape = shapeOf(model, shapeName);
  switch (shape.type) {
    case "structure":
      return isObject(value) && shape.document !== true ? encodeStructure(model, shape, value, form) : value;
    case "list":
      return Array.isArray(value) ? value.map((item) => encodeValue(model, shape.member.shape, item, form)) : value;
    case "map":
      return isObject(value) ? mapped(value, (item) => encodeValue(model, shape.value.shape, item, form)) : value;
    case "timestamp":
      return typeof value === "number" ? form.time(value) : value;
    case "blob":
      return value instanceof Uint8Array ? form.blob(value) : value;
    case "float":
    case "double":
      return typeof value === "number" ? form.double(value) : value;
    default:
      return value;
  }
}

function encodeStructure(
  model: ServiceModel,
  shape: StructureShape,
  value: Readonly<Record<string, unknown>>,
  form: ScalarForm,
): Record<string, unknown> {
  if (shape.eventstream === true)
    throw new ServiceError("NotImplemented", "Event streams are not spoken by this endpoint yet.", { status: 501 });
  const out: Record<string, unknown> = {};
  for (const [name, ref] of Object.entries(shape.members)) {
    const member = value[name];
    if (member !== undefined && member !== null) out[ref.locationName ?? name] = encodeValue(model, ref.shape, member, form);
  }
  return out;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);
}

/** A map of the same keys; `__proto__` stays a key. */
function mapped(value: Readonly<Record<string, unknown>>, change: (item: unknown) => unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, change(item)]));
}
