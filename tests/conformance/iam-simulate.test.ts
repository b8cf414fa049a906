/** The access cases through SimulateCustomPolicy, as far as it takes them: a user's policies, a boundary, a resource's policy. */
import { describe, expect, it } from "vitest";
import type { AccessRequest } from "../../workers/language/policy/evaluate.ts";
import type { PolicyKind } from "../../workers/language/policy/tree.ts";
import { iam } from "../../workers/services/iam/definition.ts";
import { harness } from "../unit/services/harness.ts";
import { casesOf } from "./shared.ts";

interface Case {
  readonly id: string;
  readonly why: string;
  readonly policies: Readonly<Partial<Record<PolicyKind, readonly unknown[]>>>;
  readonly request: AccessRequest;
  readonly expect: "allow" | "deny";
  readonly reason?: "explicit" | "implicit";
}

const TAKEN = new Set(["identity", "boundary", "resource"]);
const fits = ({ policies, request }: Case): boolean =>
  Object.keys(policies).every((kind) => TAKEN.has(kind)) &&
  (policies.resource?.length ?? 0) <= 1 &&
  (policies.identity?.length ?? 0) > 0 &&
  request.principal.type === "User" &&
  request.strictResourcePolicy !== true;

const entriesOf = (context: AccessRequest["context"]) =>
  Object.entries(context).flatMap(([ContextKeyName, value]) =>
    value === undefined
      ? []
      : [{ ContextKeyName, ContextKeyType: "string", ContextKeyValues: (Array.isArray(value) ? value : [value]).map(String) }],
  );

describe("the access cases, simulated", () => {
  const cases = casesOf<Case>("iam-eval");
  const taken = cases.filter(fits);
  it("are taken for the most part", () => expect(taken.length * 2).toBeGreaterThanOrEqual(cases.length));
  for (const entry of taken) {
    it(`${entry.id}: ${entry.why}`, () => {
      const { policies, request } = entry;
      const text = (list: readonly unknown[] | undefined): readonly string[] => (list ?? []).map((one) => JSON.stringify(one));
      const [ResourcePolicy] = text(policies.resource);
      const { EvaluationResults } = harness(iam).call("SimulateCustomPolicy", {
        PolicyInputList: text(policies.identity),
        ...(policies.boundary === undefined ? {} : { PermissionsBoundaryPolicyInputList: text(policies.boundary) }),
        ...(ResourcePolicy === undefined ? {} : { ResourcePolicy }),
        ActionNames: [request.action],
        ResourceArns: [request.resource],
        ResourceOwner: `arn:aws:iam::${request.resourceAccount}:root`,
        CallerArn: request.principal.arn,
        ContextEntries: entriesOf(request.context),
      }) as unknown as { EvaluationResults: readonly { EvalDecision: string }[] };
      const wanted = entry.expect === "allow" ? "allowed" : entry.reason === "explicit" ? "explicitDeny" : "implicitDeny";
      expect(EvaluationResults[0]?.EvalDecision).toBe(wanted);
    });
  }
});
