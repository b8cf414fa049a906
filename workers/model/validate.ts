/**
 * The one generic validator of the door: input in internal form against the API model. It knows shapes, required
 * members, lengths, sizes, ranges, enums and patterns; how a service words a failure is in `validate-dialect.ts`, and
 * rules between members belong to the operations themselves.
 *
 * Members the model does not know are left out, as are members that are null: AWS's JSON services skip both, since a
 * newer client may send what an older service does not know ("Smithy AWS JSON 1.1 protocol", client and service behaviour).
 */
import { Bug, ServiceError } from "./errors.ts";
import { operationOf, shapeOf, structureOf } from "./models.ts";
import { matchesPattern } from "./patterns.ts";
import type { ListShape, MapShape, NumberShape, PlainShape, ServiceModel, StringShape, StructureShape } from "./shapes.ts";
import { failureOf, orderedEnum } from "./validate-dialect.ts";
import { parseIsoTime } from "./validate-time.ts";
import type { Step, Violation, ViolationKind } from "./validate-violation.ts";

interface Walk {
  readonly model: ServiceModel;
  readonly path: Step[];
  readonly violations: Violation[];
}

/**
 * Checks `input` (internal form: timestamps epoch ms or ISO 8601 texts, blobs Uint8Array) and answers a copy in which
 * every timestamp is integer epoch milliseconds and unknown and null members are left out. Throws `ServiceError` with
 * the code and the words AWS uses for this service and operation.
 */
export function validateInput(model: ServiceModel, operation: string, input: unknown): Record<string, unknown> {
  const op = operationOf(model, operation);
  if (op === undefined) throw new Bug(`model of ${model.service} has no operation ${operation}`);
  const shape = structureOf(model, op.input);
  const given = input ?? {};
  if (shape === undefined) {
    if (typeof given !== "object") throw wrongType("Unexpected field type");
    return {};
  }
  const walk: Walk = { model, path: [], violations: [] };
  const copy = structureCopy(walk, shape, given);
  if (walk.violations.length > 0) {
    const failure = failureOf(model, op, walk.violations);
    if (failure !== undefined) throw failure;
  }
  return copy;
}

export interface MemberFailure {
  /** The member of the request that the violation is in. */
  readonly member: string;
  readonly error: ServiceError;
}

/** Every violation of `input`, as the failure it would be alone. Throws where the input is of another type altogether. */
export function failuresOf(model: ServiceModel, operation: string, input: unknown): readonly MemberFailure[] {
  const op = operationOf(model, operation);
  const shape = op === undefined ? undefined : structureOf(model, op.input);
  if (op === undefined || shape === undefined) throw new Bug(`model of ${model.service} has no input of ${operation}`);
  const walk: Walk = { model, path: [], violations: [] };
  structureCopy(walk, shape, input);
  return walk.violations.flatMap((violation) => {
    const error = failureOf(model, op, [violation]);
    return error === undefined ? [] : [{ member: String(violation.path[0]), error }];
  });
}

function valueCopy(walk: Walk, shapeName: string, value: unknown): unknown {
  const shape = shapeOf(walk.model, shapeName);
  switch (shape.type) {
    case "structure":
      return shape.document === true || shape.eventstream === true ? value : structureCopy(walk, shape, value);
    case "list":
      return listCopy(walk, shape, shapeName, value);
    case "map":
      return mapCopy(walk, shape, shapeName, value);
    default: {
      const scalar = scalarOf(shape, value);
      scalarViolations(walk, shape, shapeName, scalar);
      return scalar;
    }
  }
}

function structureCopy(walk: Walk, shape: StructureShape, value: unknown): Record<string, unknown> {
  if (!isObject(value)) throw wrongType("Unexpected field type");
  const copy: Record<string, unknown> = {};
  let present = 0;
  for (const [name, ref] of Object.entries(shape.members)) {
    const member = Object.hasOwn(value, name) ? value[name] : undefined;
    walk.path.push(name);
    if (member === undefined || member === null) {
      if (shape.required?.includes(name) === true) report(walk, "required", ref.shape, undefined);
    } else {
      copy[name] = valueCopy(walk, ref.shape, member);
      present++;
    }
    walk.path.pop();
  }
  if (shape.union === true && present > 1) throw wrongType("Unexpected field: a union has exactly one member");
  return copy;
}

function listCopy(walk: Walk, shape: ListShape, shapeName: string, value: unknown): unknown[] {
  if (!Array.isArray(value))
    throw wrongType(isObject(value) ? "Start of structure or map found where not expected." : "Expected list or null");
  sizeViolations(walk, shape, shapeName, value, value.length);
  const member = shapeOf(walk.model, shape.member.shape);
  const nested = member.type === "structure" || member.type === "list" || member.type === "map";
  const rules = new Set<string>();
  const copy = value.map((item: unknown, index) => {
    if (nested || item === undefined || item === null) {
      walk.path.push(index);
      if (item === undefined || item === null) report(walk, "required", shape.member.shape, undefined);
      const inner = item === undefined || item === null ? item : valueCopy(walk, shape.member.shape, item);
      walk.path.pop();
      return inner;
    }
    const scalar = scalarOf(member, item);
    if (brokenRules(member, scalar).length > 0) for (const rule of rulesOf(member)) rules.add(rule);
    return scalar;
  });
  // A list of constrained scalars is reported as a whole, with all the rules of its members.
  if (rules.size > 0) walk.violations.push({ kind: "members", path: [...walk.path], value, shape: shapeName, rules: [...rules] });
  return copy;
}

function mapCopy(walk: Walk, shape: MapShape, shapeName: string, value: unknown): Record<string, unknown> {
  if (!isObject(value)) throw wrongType(Array.isArray(value) ? "Start of list found where not expected" : "Expected map or null");
  const keys = Object.keys(value);
  sizeViolations(walk, shape, shapeName, value, keys.length);
  const keyShape = shapeOf(walk.model, shape.key.shape);
  const valueShape = shapeOf(walk.model, shape.value.shape);
  const nested = valueShape.type === "structure" || valueShape.type === "list" || valueShape.type === "map";
  const broken = { keys: false, values: false };
  const copy: Record<string, unknown> = {};
  for (const key of keys) {
    if (brokenRules(keyShape, key).length > 0) broken.keys = true;
    const item = value[key];
    if (item === undefined || item === null) continue;
    if (nested) {
      walk.path.push({ key });
      put(copy, key, valueCopy(walk, shape.value.shape, item));
      walk.path.pop();
      continue;
    }
    const scalar = scalarOf(valueShape, item);
    if (brokenRules(valueShape, scalar).length > 0) broken.values = true;
    put(copy, key, scalar);
  }
  const path = [...walk.path];
  if (broken.keys) walk.violations.push({ kind: "map-keys", path, value, shape: shapeName, rules: rulesOf(keyShape) });
  if (broken.values) walk.violations.push({ kind: "map-values", path, value, shape: shapeName, rules: rulesOf(valueShape) });
  return copy;
}

/** Own property even for the key `__proto__`, which an assignment would swallow. */
function put(target: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
}

/** 2^63: a long lies in [-2^63, 2^63). JSON numbers beyond 2^53 have lost digits already; that is not refused. */
const LONG_LIMIT = 4294967296 * 2147483648;

type Scalar = StringShape | NumberShape | PlainShape;
type AnyShape = ReturnType<typeof shapeOf>;

/** The value in internal form; throws SerializationException when it is of another type. */
function scalarOf(shape: AnyShape, value: unknown): unknown {
  switch (shape.type) {
    case "string":
      if (typeof value === "string") return value;
      throw wrongScalar(value, "String");
    case "integer":
      if (typeof value === "number" && Number.isInteger(value) && value >= -2147483648 && value <= 2147483647) return value;
      throw wrongScalar(value, "Integer");
    case "long":
      if (typeof value === "number" && Number.isInteger(value) && value >= -LONG_LIMIT && value < LONG_LIMIT) return value;
      throw wrongScalar(value, "Long");
    case "float":
    case "double":
      if (typeof value === "number") return value;
      if (value === "NaN" || value === "Infinity" || value === "-Infinity") return Number(value);
      throw wrongScalar(value, shape.type === "float" ? "Float" : "Double");
    case "boolean":
      if (typeof value === "boolean") return value;
      throw wrongScalar(value, "Boolean");
    case "timestamp":
      return timeOf(value);
    case "blob":
      if (value instanceof Uint8Array) return value;
      throw wrongScalar(value, "Blob");
    default:
      throw new Bug(`${shape.type} is no scalar`);
  }
}

/** Largest moment a JavaScript date can hold, in milliseconds either side of the epoch. */
const LAST_MOMENT = 8.64e15;

function timeOf(value: unknown): number {
  const ms = typeof value === "number" ? Math.round(value) : typeof value === "string" ? parseIsoTime(value) : undefined;
  if (ms === undefined || !(Math.abs(ms) <= LAST_MOMENT))
    throw wrongType(`${tokenName(value)} can not be converted to milliseconds since epoch`);
  return ms;
}

interface Broken {
  readonly kind: ViolationKind;
  readonly limit?: number;
}

/** Rules of a scalar shape that the value breaks, in the order AWS lists them. */
function brokenRules(shape: AnyShape, value: unknown): readonly Broken[] {
  const broken: Broken[] = [];
  if (shape.type === "string" && typeof value === "string") {
    if (shape.enum !== undefined && !shape.enum.includes(value)) broken.push({ kind: "enum" });
    const { max, min } = shape;
    if (max !== undefined && value.length > max && codePoints(value) > max) broken.push({ kind: "max-length", limit: max });
    if (min !== undefined && min > 0 && codePoints(value) < min) broken.push({ kind: "min-length", limit: min });
    if (shape.pattern !== undefined && !matchesPattern(shape.pattern, value)) broken.push({ kind: "pattern" });
  } else if (shape.type === "blob" && value instanceof Uint8Array) {
    if (shape.max !== undefined && value.length > shape.max) broken.push({ kind: "max-length", limit: shape.max });
    if (shape.min !== undefined && value.length < shape.min) broken.push({ kind: "min-length", limit: shape.min });
  } else if (
    (shape.type === "integer" || shape.type === "long" || shape.type === "float" || shape.type === "double") &&
    typeof value === "number"
  ) {
    if (shape.max !== undefined && value > shape.max) broken.push({ kind: "max-value", limit: shape.max });
    if (shape.min !== undefined && value < shape.min) broken.push({ kind: "min-value", limit: shape.min });
  }
  return broken;
}

/** All rules of a scalar shape as sentences, as AWS prints them for members of lists and maps. */
function rulesOf(shape: AnyShape): readonly string[] {
  const rules: string[] = [];
  if (shape.type === "string") {
    if (shape.enum !== undefined) rules.push(`Member must satisfy enum value set: [${orderedEnum(shape.enum).join(", ")}]`);
    if (shape.max !== undefined) rules.push(`Member must have length less than or equal to ${shape.max}`);
    if (shape.min !== undefined) rules.push(`Member must have length greater than or equal to ${shape.min}`);
    if (shape.pattern !== undefined) rules.push(`Member must satisfy regular expression pattern: ${shape.pattern}`);
  } else if (shape.type === "integer" || shape.type === "long" || shape.type === "float" || shape.type === "double") {
    if (shape.max !== undefined) rules.push(`Member must have value less than or equal to ${shape.max}`);
    if (shape.min !== undefined) rules.push(`Member must have value greater than or equal to ${shape.min}`);
  }
  return rules;
}

function scalarViolations(walk: Walk, shape: Scalar, shapeName: string, value: unknown): void {
  for (const { kind, limit } of brokenRules(shape, value)) report(walk, kind, shapeName, value, limit);
}

function sizeViolations(walk: Walk, shape: ListShape | MapShape, shapeName: string, value: unknown, size: number): void {
  if (shape.max !== undefined && size > shape.max) report(walk, "max-size", shapeName, value, shape.max);
  if (shape.min !== undefined && size < shape.min) report(walk, "min-size", shapeName, value, shape.min);
}

function report(walk: Walk, kind: ViolationKind, shapeName: string, value: unknown, limit?: number): void {
  const shape = shapeOf(walk.model, shapeName);
  walk.violations.push({
    kind,
    path: [...walk.path],
    value,
    shape: shapeName,
    ...(limit === undefined ? {} : { limit }),
    ...(kind === "pattern" && shape.type === "string" && shape.pattern !== undefined ? { pattern: shape.pattern } : {}),
    ...(kind === "enum" && shape.type === "string" && shape.enum !== undefined ? { values: shape.enum } : {}),
  });
}

/** Length in characters, as the models count it (surrogate pairs are one). */
function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);
}

function wrongScalar(value: unknown, wanted: string): ServiceError {
  if (Array.isArray(value)) return wrongType("Start of list found where not expected");
  if (isObject(value)) return wrongType("Start of structure or map found where not expected.");
  return wrongType(`${tokenName(value)} can not be converted to ${/^[AEIOU]/.test(wanted) ? "an" : "a"} ${wanted}`);
}

/** JSON token as AWS's parser names it. */
function tokenName(value: unknown): string {
  if (typeof value === "string") return "STRING_VALUE";
  if (typeof value === "number") return Number.isInteger(value) ? "NUMBER_VALUE" : "DECIMAL_VALUE";
  if (typeof value === "boolean") return value ? "TRUE_VALUE" : "FALSE_VALUE";
  return value === null ? "NULL_VALUE" : "EMBEDDED_OBJECT";
}

function wrongType(message: string): ServiceError {
  return new ServiceError("SerializationException", message);
}
