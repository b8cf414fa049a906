/** The cases of sampling: rules, reservoirs, local rules in the client; the API through the door. */
import { describe, expect, it } from "vitest";
import { matchingLocalRule, parseLocalRules } from "../../workers/language/xray-sampling/local-rules.ts";
import { decide, newReservoir, report, type Target, withTarget } from "../../workers/language/xray-sampling/reservoir.ts";
import { matchingRule, type SampledRequest, type SamplingRule } from "../../workers/language/xray-sampling/rules.ts";
import { ServiceError } from "../../workers/model/errors.ts";
import xrayModel from "../../workers/model/generated/xray.json";
import type { ServiceModel } from "../../workers/model/shapes.ts";
import { validateInput } from "../../workers/model/validate.ts";
import { xray } from "../../workers/services/xray/definition.ts";
import { harness } from "../unit/services/harness.ts";
import { sharedCases } from "./shared.ts";

interface Event {
  readonly t: number;
  readonly rand?: number;
  readonly target?: Target;
}
type Case = { readonly id: string } & (
  | { readonly kind: "match"; readonly rules: readonly SamplingRule[]; readonly request: SampledRequest; readonly expect: string | null }
  | {
      readonly kind: "reservoir";
      readonly rule: SamplingRule;
      readonly events: readonly Event[];
      readonly expect: readonly string[];
      readonly stats: object;
    }
  | { readonly kind: "local-rules-file"; readonly document: unknown; readonly expect: "accepted" | "rejected" }
  | { readonly kind: "local-match"; readonly document: unknown; readonly request: SampledRequest; readonly expect: number | "default" }
  | { readonly kind: "api"; readonly operation: string; readonly input: Readonly<Record<string, unknown>>; readonly expect: string }
);

async function run(entry: Case): Promise<void> {
  switch (entry.kind) {
    case "match":
      expect(matchingRule(entry.rules, entry.request)?.RuleName ?? null).toBe(entry.expect);
      expect(matchingRule(entry.rules, entry.request, [])?.RuleName ?? null).toBe(entry.expect);
      return;
    case "reservoir": {
      let reservoir = newReservoir(entry.rule);
      const decisions: string[] = [];
      for (const { t, rand, target } of entry.events) {
        if (target !== undefined) {
          reservoir = withTarget(reservoir, target);
          continue;
        }
        const { decision, next } = decide(reservoir, t, () => rand as number);
        decisions.push(decision);
        reservoir = next;
      }
      expect(decisions).toEqual(entry.expect);
      expect(report(reservoir).counted).toEqual(entry.stats);
      return;
    }
    case "local-rules-file":
      if (entry.expect === "rejected") expect(() => parseLocalRules(entry.document)).toThrow("Local sampling rules");
      else expect(() => parseLocalRules(entry.document)).not.toThrow();
      return;
    case "local-match":
      expect(matchingLocalRule(parseLocalRules(entry.document), entry.request)).toBe(entry.expect);
      return;
    case "api": {
      const service = harness(xray);
      const call = async () =>
        await service.call(entry.operation, validateInput(xrayModel as unknown as ServiceModel, entry.operation, entry.input) as object);
      if (entry.expect === "ok") await expect(call()).resolves.toBeDefined();
      else
        await call().then(
          () => expect.fail("it was accepted"),
          (error: unknown) => expect(error instanceof ServiceError ? error.code : error).toBe(entry.expect),
        );
    }
  }
}

describe("the xray-sampling cases", () => {
  const cases = sharedCases<Case>("xray-sampling");
  if (cases === undefined) {
    it("are not here", () => expect(cases).toBeUndefined());
    return;
  }
  it("are found", () => expect(cases.length).toBeGreaterThan(0));
  for (const entry of cases) it(`${entry.id} (${entry.kind}): ${JSON.stringify(entry.expect)}`, () => run(entry));
});
