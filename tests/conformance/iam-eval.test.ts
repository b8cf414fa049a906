/** The access cases against the policy language, as the door and the simulator use it. */
import { describe, expect, it } from "vitest";
import { type AccessRequest, evaluateAccess, type PolicySet } from "../../workers/language/policy/evaluate.ts";
import { parsePolicy } from "../../workers/language/policy/parse.ts";
import type { PolicyKind } from "../../workers/language/policy/tree.ts";
import { casesOf } from "./shared.ts";

interface Case {
  readonly id: string;
  readonly why: string;
  readonly policies: Readonly<Partial<Record<PolicyKind, readonly unknown[]>>>;
  readonly request: AccessRequest;
  readonly expect: "allow" | "deny";
  readonly reason?: "explicit" | "implicit";
}

describe("the access cases", () => {
  const cases = casesOf<Case>("iam-eval");
  it("are found", () => expect(cases.length).toBeGreaterThan(0));
  for (const entry of cases) {
    it(`${entry.id}: ${entry.why}`, () => {
      const policies: PolicySet = Object.fromEntries(
        (Object.entries(entry.policies) as [PolicyKind, readonly unknown[]][]).map(([kind, list]) => [
          kind,
          list.map((one) => parsePolicy(one, kind)),
        ]),
      );
      const { isAllowed, reason } = evaluateAccess(policies, entry.request);
      expect({ verdict: isAllowed ? "allow" : "deny", reason }).toEqual({ verdict: entry.expect, reason: entry.reason });
    });
  }
});
