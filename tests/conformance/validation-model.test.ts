/**
 * The generic validator on the shared validation cases, without any service behind it: what AWS takes it lets through,
 * and where it refuses it does so with AWS's code and words, so that it never speaks before a handler that knows better.
 */
import { expect, it } from "vitest";
import { ServiceError } from "../../workers/model/errors.ts";
import { loadModels } from "../../workers/model/models.ts";
import { validateInput } from "../../workers/model/validate.ts";
import { sharedCases } from "./shared.ts";

interface ValidationCase {
  readonly id: string;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly expectErrorCode: string | null;
  readonly acceptCodes?: readonly string[];
  readonly codes?: readonly string[];
  readonly expectMessage?: string;
  readonly expectMessageContains?: string;
}

const models = await loadModels();
const NOW = 1_700_000_000_000;
const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Undoes the shorthands of both files (see their READMEs). */
function grown(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(grown);
  if (typeof value !== "object" || value === null) return value === "-Infinity" || value === "Infinity" ? Number(value) : value;
  const fields = value as Readonly<Record<string, unknown>>;
  if (typeof fields["$repeat"] === "string") return fields["$repeat"].repeat(Number(fields["count"]));
  if ("$repeatItem" in fields) return Array.from({ length: Number(fields["count"]) }, () => grown(fields["$repeatItem"]));
  const out: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(fields)) {
    if (name === "given") continue;
    if (name === "ValuesRange") {
      const [from, to] = inner as [number, number];
      out["Values"] = Array.from({ length: to - from + 1 }, (_, index) => from + index);
    } else if (name.endsWith("Repeat") && Array.isArray(inner)) out[name.slice(0, -6)] = String(inner[0]).repeat(Number(inner[1]));
    else if (name.endsWith("Repeat")) {
      const { times, ...rest } = inner as Readonly<Record<string, unknown>>;
      const text = JSON.stringify(Object.values(rest)[0]);
      out[name.slice(0, -6)] = Array.from({ length: Number(times) }, (_, index) =>
        grown(JSON.parse(text.replaceAll("{i}", String(index)))),
      );
    } else if (typeof inner === "string" && /^(Timestamp|StartTime|EndTime)$/.test(name)) out[name] = momentOf(inner);
    else out[name] = grown(inner);
  }
  return out;
}

function momentOf(text: string): unknown {
  const found = /^now(?:([+-]\d+)([smhd]))?$/.exec(text);
  return found === null ? text : NOW + Number(found[1] ?? 0) * (UNITS[found[2] ?? "s"] ?? 0);
}

function refusal(service: string, { operation, input }: ValidationCase): ServiceError | undefined {
  try {
    validateInput(models.get(service)!, operation, grown(input));
    return undefined;
  } catch (error) {
    if (error instanceof ServiceError) return error;
    throw error;
  }
}

for (const service of ["cloudwatch", "logs"]) {
  it(`the validator agrees with the ${service} cases where it speaks at all`, () => {
    const cases = sharedCases<ValidationCase>(`${service}-validation`);
    if (cases === undefined) return;
    expect(cases.length).toBeGreaterThan(50);
    const wrong: string[] = [];
    for (const one of cases) {
      const error = refusal(service, one);
      const codes = one.codes ?? (one.expectErrorCode === null ? [] : [one.expectErrorCode, ...(one.acceptCodes ?? [])]);
      const words = one.expectMessage ?? one.expectMessageContains;
      const must = words?.includes("validation error detected") === true;
      if (error === undefined) {
        if (must) wrong.push(`${one.id}: let through, should say ${words}`);
      } else if (!codes.includes(error.code) && !codes.includes("ANY"))
        wrong.push(`${one.id}: ${error.code} ${error.message}, should be ${codes.join(" or ") || "taken"}`);
      else if (one.expectMessage !== undefined && error.message !== one.expectMessage)
        wrong.push(`${one.id}: says ${error.message}, should say ${one.expectMessage}`);
      else if (one.expectMessageContains !== undefined && !error.message.includes(one.expectMessageContains))
        wrong.push(`${one.id}: says ${error.message}`);
    }
    expect(wrong).toEqual([]);
  });
}
