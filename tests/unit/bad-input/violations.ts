/** Every way in which an input can break its API model: one violation at a time, built around a valid input. */
import fc from "fast-check";
import { shapeOf } from "../../../workers/model/models.ts";
import type { ServiceModel } from "../../../workers/model/shapes.ts";
import { validValue } from "../model/samples.ts";

export interface Violation {
  /** Path and rule, for messages. */
  readonly where: string;
  readonly value: unknown;
}

/** Values of every type; each shape takes some of them and must refuse the others. */
const JUNK: readonly (readonly [type: string, value: unknown])[] = [
  ["string", "junk"],
  ["number", 7],
  ["boolean", true],
  ["list", []],
  ["object", {}],
  ["bytes", new Uint8Array([1, 2])],
];
const TAKES: Readonly<Record<string, readonly string[]>> = {
  structure: ["object"],
  map: ["object"],
  list: ["list"],
  string: ["string"],
  integer: ["number"],
  long: ["number"],
  float: ["number"],
  double: ["number"],
  boolean: ["boolean"],
  timestamp: ["number"],
  blob: ["bytes"],
};

export const sample = (model: ServiceModel, shapeName: string, depth = 2): unknown =>
  fc.sample(validValue(model, shapeName, depth), { numRuns: 1, seed: 5 })[0];

/** `valid` is a value of the shape that the model allows. */
export function* violations(model: ServiceModel, shapeName: string, valid: unknown, path = "", depth = 4): Generator<Violation> {
  const shape = shapeOf(model, shapeName);
  const at = path === "" ? "input" : path;
  for (const [type, value] of JUNK) {
    // The input as a whole is always an object: wires and forms make it one.
    if (path !== "" && TAKES[shape.type]?.includes(type) !== true) yield { where: `${at}: ${type} for ${shape.type}`, value };
  }
  switch (shape.type) {
    case "string":
      if (shape.enum !== undefined) yield { where: `${at}: enum`, value: "no such value" };
      if (shape.max !== undefined && shape.max <= 20_000)
        yield { where: `${at}: longer than ${shape.max}`, value: "a".repeat(shape.max + 1) };
      if (shape.min !== undefined && shape.min > 0) yield { where: `${at}: shorter than ${shape.min}`, value: "a".repeat(shape.min - 1) };
      return;
    case "integer":
    case "long":
      yield { where: `${at}: 1.5`, value: 1.5 };
      yield { where: `${at}: NaN`, value: Number.NaN };
      yield { where: `${at}: text`, value: "5" };
      yield { where: `${at}: 1e300`, value: 1e300 };
      if (shape.max !== undefined) yield { where: `${at}: over ${shape.max}`, value: shape.max + 1 };
      if (shape.min !== undefined) yield { where: `${at}: under ${shape.min}`, value: shape.min - 1 };
      return;
    case "float":
    case "double":
      yield { where: `${at}: text`, value: "5.5" };
      if (shape.min !== undefined) yield { where: `${at}: under ${shape.min}`, value: shape.min - 1 };
      return;
    case "timestamp":
      for (const value of [Number.NaN, 1e300, "yesterday", "2026-13-45T99:00:00Z"]) yield { where: `${at}: ${value}`, value };
      return;
    case "list": {
      const one = sample(model, shape.member.shape, 1);
      if (shape.max !== undefined && shape.max <= 20_000)
        yield { where: `${at}: more than ${shape.max}`, value: Array.from({ length: shape.max + 1 }, () => one) };
      if (shape.min !== undefined && shape.min > 0) yield { where: `${at}: fewer than ${shape.min}`, value: [] };
      yield { where: `${at}: null in a list`, value: [null] };
      if (depth > 0)
        for (const inner of violations(model, shape.member.shape, one, `${path}[0]`, depth - 1)) yield { ...inner, value: [inner.value] };
      return;
    }
    case "map": {
      const key = String(sample(model, shape.key.shape, 1));
      const one = sample(model, shape.value.shape, 1);
      if (depth === 0) return;
      for (const inner of violations(model, shape.key.shape, key, `${path}{key}`, depth - 1))
        if (typeof inner.value === "string" && !inner.where.endsWith("string for string"))
          yield { ...inner, value: { [inner.value]: one } };
      for (const inner of violations(model, shape.value.shape, one, `${path}{}`, depth - 1))
        yield { ...inner, value: { [key]: inner.value } };
      return;
    }
    case "structure": {
      if (shape.document === true || shape.eventstream === true) return;
      const whole = valid as Readonly<Record<string, unknown>>;
      for (const member of shape.required ?? []) {
        const { [member]: _, ...rest } = whole;
        yield { where: `${at}: without ${member}`, value: rest };
        yield { where: `${at}: null for ${member}`, value: { ...rest, [member]: null } };
      }
      if (depth === 0) return;
      for (const [member, ref] of Object.entries(shape.members)) {
        const value = whole[member] ?? sample(model, ref.shape, 1);
        for (const inner of violations(model, ref.shape, value, `${path}.${member}`, depth - 1))
          yield { ...inner, value: { ...whole, [member]: inner.value } };
      }
      return;
    }
  }
}
