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
      return fc.maxSafeInteger().map((n) => Math.min(Math.max(n, shape.min ?? n), shape.max ?? Number.MAX_SAFE_INTEGER));
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
  const max = shape.max ?? 2048;
  if (shape.pattern === undefined) return fc.string({ unit: "grapheme-ascii", minLength: min, maxLength: Math.min(max, min + 10) });
  const { pattern } = shape;
  const texts = TEXTS.filter((text) => [...text].length >= min && [...text].length <= max && matchesPattern(pattern, text));
  if (texts.length > 0) return fc.constantFrom(...texts);
  const fits = (text: string): boolean => text.length >= min && text.length <= max && matchesPattern(pattern, text);
  return fc.stringMatching(compilePattern(pattern), { size: "small" }).filter(fits);
}

const UUID = "01234567-89ab-4def-8123-456789abcdef";

/** Texts of many kinds; for each pattern those that it takes are drawn from; where there is none, any text it takes. */
const TEXTS: readonly string[] = [
  "",
  "a",
  "abc",
  "abc-1.x",
  "0123456789",
  "123456789012",
  "Größe 1",
  "*",
  "x".repeat(40),
  UUID,
  "$.detail.id",
  "default",
  "p99.9",
  "12:30",
  "2.0",
  "aws.partner/example.com/source",
  "events:PutEvents",
  "arn:aws:cloudwatch:us-east-1:123456789012:dataset/default",
  "arn:aws:kms:us-east-1:123456789012:key/01ab",
  "arn:aws:iam::123456789012:role/name",
  "arn:aws:route53:::healthcheck/01ab",
  "arn:aws:secretsmanager:us-east-1:123456789012:secret:name",
  "arn:aws:events:us-east-1:123456789012:event-bus/name",
  "arn:aws:events:us-east-1:123456789012:endpoint/name",
  "arn:aws:events:us-east-1:123456789012:connection/name/01ab",
  "arn:aws:events:us-east-1:123456789012:api-destination/name/01ab",
  "arn:aws:vpc-lattice:us-east-1:123456789012:resourceconfiguration/rcfg-0123456789abcdef0",
  "https://example.com",
  "example.com",
  "https://example.amazonaws.com/path",
  "cloudtrail.amazonaws.com",
  "vpce-0123456789abcdef0",
  "s3://bucket/prefix",
  "SELECT 1",
];
