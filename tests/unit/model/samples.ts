/** Random inputs that an API model allows, and single violations of them. */
import fc from "fast-check";
import { shapeOf } from "../../../workers/model/models.ts";
import { compilePattern, matchesPattern } from "../../../workers/model/patterns.ts";
import type { ServiceModel, StringShape, StructureShape } from "../../../workers/model/shapes.ts";

/** Arbitrary valid value of a shape; nests at most `depth` structures deep (optional members are left out below). */
export function validValue(model: ServiceModel, shapeName: string, depth: number): fc.Arbitrary<unknown> {
  const shape = shapeOf(model, shapeName);
  switch (shape.type) {
    case "structure":
      return shape.document === true ? fc.constant({}) : validStructure(model, shape, depth);
    case "list": {
      const minLength = shape.min ?? 0;
      return fc.array(validValue(model, shape.member.shape, depth - 1), {
        minLength,
        maxLength: Math.max(minLength, Math.min(shape.max ?? 2, 2)),
      });
    }
    case "map": {
      const minKeys = shape.min ?? 0;
      const key = validValue(model, shape.key.shape, depth - 1) as fc.Arbitrary<string>;
      return fc.dictionary(key, validValue(model, shape.value.shape, depth - 1), {
        minKeys,
        maxKeys: Math.max(minKeys, Math.min(shape.max ?? 2, 2)),
      });
    }
    case "string":
      return validText(shape);
    case "integer":
      return fc.integer({ min: Math.max(shape.min ?? -2147483648, -2147483648), max: Math.min(shape.max ?? 2147483647, 2147483647) });
    case "long":
      return fc.maxSafeInteger().map((n) => Math.min(Math.max(n, shape.min ?? n), shape.max ?? n));
    case "float":
    case "double":
      return shape.min === undefined ? fc.double() : fc.double({ min: shape.min, max: shape.max ?? 1, noNaN: true });
    case "boolean":
      return fc.boolean();
    case "timestamp":
      return fc.integer({ min: 0, max: 4102444800000 });
    case "blob":
      return fc.uint8Array({ minLength: shape.min ?? 0, maxLength: Math.min(shape.max ?? 20, 20) });
  }
}

function validStructure(model: ServiceModel, shape: StructureShape, depth: number): fc.Arbitrary<unknown> {
  if (shape.eventstream === true) return fc.constant({});
  const members = Object.entries(shape.members).filter(([name]) => depth > 0 || shape.required?.includes(name) === true);
  if (shape.union === true) {
    const [first] = Object.entries(shape.members);
    return first === undefined || depth <= 0
      ? fc.constant({})
      : validValue(model, first[1].shape, depth - 1).map((value) => ({ [first[0]]: value }));
  }
  const fields = Object.fromEntries(members.map(([name, ref]) => [name, validValue(model, ref.shape, depth - 1)]));
  return fc.record(fields, { requiredKeys: (shape.required ?? []) as never[] });
}

function validText(shape: StringShape): fc.Arbitrary<string> {
  if (shape.enum !== undefined) return fc.constantFrom(...shape.enum);
  const min = shape.min ?? 0;
  const max = shape.max ?? min + 20;
  const allowed = (text: string): boolean =>
    [...text].length >= min && [...text].length <= max && (shape.pattern === undefined || matchesPattern(shape.pattern, text));
  if (shape.pattern === undefined) return fc.string({ unit: "grapheme-ascii", minLength: min, maxLength: Math.min(max, min + 10) });
  // Most patterns take letters of every length; the others are made from the pattern itself.
  const letters = fc.string({
    unit: fc.constantFrom(..."abcdef012"),
    minLength: Math.max(min, 1),
    maxLength: Math.min(max, Math.max(min, 1) + 10),
  });
  return sampleable(shape.pattern, allowed) ? letters.filter(allowed) : fc.stringMatching(compilePattern(shape.pattern)).filter(allowed);
}

function sampleable(pattern: string, allowed: (text: string) => boolean): boolean {
  return ["abc", "a0b1c2d3", "abcdefabcdefabcdefabcdefabcdefabcdefabcd"].filter(allowed).length > 0 && matchesPattern(pattern, "a");
}
