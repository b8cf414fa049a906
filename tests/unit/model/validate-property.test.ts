import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ServiceError } from "../../../workers/model/errors.ts";
import { loadModels, shapeOf, structureOf } from "../../../workers/model/models.ts";
import type { ServiceModel } from "../../../workers/model/shapes.ts";
import { validateInput } from "../../../workers/model/validate.ts";
import { lowerFirst } from "../../../workers/model/validate-violation.ts";
import { validValue } from "./samples.ts";

const models = await loadModels();

function failure(model: ServiceModel, operation: string, input: unknown): ServiceError | undefined {
  try {
    validateInput(model, operation, input);
    return undefined;
  } catch (error) {
    if (error instanceof ServiceError) return error;
    throw error;
  }
}

/** Operations of a service whose input has members. */
const operations = (model: ServiceModel) =>
  Object.values(model.operations).flatMap(({ name, input }) => (input === undefined ? [] : [{ name, input }]));

describe.each(models.services)("%s", (service) => {
  const model = models.get(service)!;

  it("takes every random input that its model allows, and gives it back unchanged", () => {
    for (const { name, input } of operations(model)) {
      fc.assert(
        fc.property(validValue(model, input, 3), (value) => {
          expect(failure(model, name, value)?.message).toBeUndefined();
          expect(validateInput(model, name, value)).toEqual(value);
        }),
        { numRuns: 3 },
      );
    }
  });

  it("names a required member that is missing, wherever it lies on the first level", () => {
    for (const { name, input } of operations(model)) {
      const shape = structureOf(model, input)!;
      for (const member of shape.required ?? []) {
        fc.assert(
          fc.property(validValue(model, input, 2), (value) => {
            const error = failure(model, name, { ...(value as object), [member]: undefined });
            expect(error?.message.toLowerCase()).toContain(member.toLowerCase());
          }),
          { numRuns: 1 },
        );
      }
    }
  });

  it("names a number, a text or a list that is out of bounds", () => {
    for (const { name, input } of operations(model)) {
      for (const [member, ref] of Object.entries(structureOf(model, input)!.members)) {
        const shape = shapeOf(model, ref.shape);
        const max = "max" in shape ? shape.max : undefined;
        if (max === undefined || max > 20_000) continue;
        const [valid] = fc.sample(validValue(model, input, 2), { numRuns: 1, seed: 1 });
        const wrong =
          shape.type === "string"
            ? "a".repeat(max + 1)
            : shape.type === "integer" || shape.type === "long" || shape.type === "double"
              ? max + 1
              : shape.type === "list"
                ? Array.from({ length: max + 1 }, () => fc.sample(validValue(model, shape.member.shape, 2), { numRuns: 1, seed: 1 })[0])
                : undefined;
        if (wrong === undefined) continue;
        const error = failure(model, name, { ...(valid as object), [member]: wrong });
        const place =
          member === "logGroupName" || member === "logStreamName" ? "Invalid LogGroup or LogStream" : `${lowerFirst(member)}|${member}`;
        expect(error?.message, `${name} ${member}`).toMatch(new RegExp(place));
      }
    }
  });
});
