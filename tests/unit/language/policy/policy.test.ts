import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AccessRequest, evaluateAccess, type PolicySet } from "../../../../workers/language/policy/evaluate.ts";
import { parsePolicy } from "../../../../workers/language/policy/parse.ts";
import { deniedText } from "../../../../workers/language/policy/texts.ts";

const ACCOUNT = "123456789012";
const ADA = { type: "User", arn: `arn:aws:iam::${ACCOUNT}:user/ada`, account: ACCOUNT } as const;
const request: AccessRequest = {
  principal: ADA,
  action: "logs:PutLogEvents",
  resource: `arn:aws:logs:us-east-1:${ACCOUNT}:log-group:shop:*`,
  resourceAccount: ACCOUNT,
  context: { "x:k": "a" },
};

const statement = (effects: readonly string[]) =>
  fc.record({
    Effect: fc.constantFrom(...effects),
    Action: fc.constantFrom("*", "logs:*", "logs:Put*", "s3:*", "logs:PutLogEvents"),
    Resource: fc.constantFrom("*", "arn:aws:logs:*", "arn:aws:s3:::*", request.resource),
    Condition: fc.constantFrom({}, { StringEquals: { "x:k": "a" } }, { StringNotLike: { "x:k": "a*" } }, { Null: { "x:l": "true" } }),
  });
const document = (effects: readonly string[]) =>
  fc.record({ Version: fc.constant("2012-10-17"), Statement: fc.array(statement(effects), { maxLength: 4 }) });
const BOTH = ["Allow", "Deny"];
const identity = (documents: readonly unknown[]): PolicySet => ({ identity: documents.map((one) => parsePolicy(one, "identity")) });

describe("access", () => {
  it("is never taken away by one more allow", () => {
    fc.assert(
      fc.property(fc.array(document(BOTH), { maxLength: 3 }), document(["Allow"]), (documents, more) => {
        const before = evaluateAccess(identity(documents), request).isAllowed;
        if (before) expect(evaluateAccess(identity([...documents, more]), request).isAllowed).toBe(true);
      }),
    );
  });

  it("is refused by any deny that applies, whatever else there is and in whatever order", () => {
    fc.assert(
      fc.property(fc.array(document(["Allow"]), { maxLength: 3 }), fc.nat(3), (documents, place) => {
        const deny = { Version: "2012-10-17", Statement: { Effect: "Deny", Action: "logs:*", Resource: "*" } };
        const verdict = evaluateAccess(identity([...documents.slice(0, place), deny, ...documents.slice(place)]), request);
        expect([verdict.isAllowed, verdict.reason, verdict.decided?.statement.effect]).toEqual([false, "explicit", "Deny"]);
      }),
    );
  });

  it("does not depend on the order of policies", () => {
    fc.assert(
      fc.property(fc.array(document(BOTH), { maxLength: 4 }), (documents) => {
        const [there, back] = [documents, [...documents].reverse()].map((list) => evaluateAccess(identity(list), request));
        expect([back?.isAllowed, back?.reason]).toEqual([there?.isAllowed, there?.reason]);
      }),
    );
  });

  it("says of each statement which part of it did not fit", () => {
    const { statements } = evaluateAccess(
      identity([
        {
          Version: "2012-10-17",
          Statement: [
            { Effect: "Allow", Action: "s3:*", Resource: "*" },
            { Effect: "Allow", Action: "logs:*", Resource: "arn:aws:s3:::*" },
            { Effect: "Allow", Action: "logs:*", Resource: "*", Condition: { StringEquals: { "x:k": "b" } } },
            { Sid: "it", Effect: "Allow", Action: "logs:*", Resource: "*" },
          ],
        },
      ]),
      request,
    );
    expect(statements.map(({ applies, missed }) => missed ?? applies)).toEqual(["Action", "Resource", "Condition", true]);
  });
});

describe("a denial", () => {
  const text = (policies: PolicySet): string => deniedText(request, evaluateAccess(policies, request));
  it("has AWS's words", () => {
    const who = `User: ${ADA.arn} is not authorized to perform: logs:PutLogEvents on resource: ${request.resource}`;
    const all = { Version: "2012-10-17", Statement: { Effect: "Allow", Action: "*", Resource: "*" } };
    const none = { Version: "2012-10-17", Statement: { Effect: "Deny", Action: "*", Resource: "*" } };
    expect(text({})).toBe(`${who} because no identity-based policy allows the logs:PutLogEvents action`);
    expect(text(identity([all, none]))).toBe(`${who} with an explicit deny in an identity-based policy`);
    expect(text({ ...identity([all]), boundary: [] })).toBe(`${who} because no permissions boundary allows the logs:PutLogEvents action`);
    expect(text({ ...identity([all]), scp: [] })).toBe(`${who} with an explicit deny in a service control policy`);
    expect(deniedText({ ...request, resource: "*" }, evaluateAccess({}, request))).toBe(
      `User: ${ADA.arn} is not authorized to perform: logs:PutLogEvents because no identity-based policy allows the logs:PutLogEvents action`,
    );
  });
});

describe("a malformed policy", () => {
  const good = { Effect: "Allow", Action: "*", Resource: "*" };
  for (const [document, kind, hint] of [
    ["{", "identity", "The policy is not JSON"],
    ["[]", "identity", "A policy is a JSON object."],
    [{ Statement: [good], Extra: 1 }, "identity", "Extra: Extra is not a member of a policy."],
    [{ Version: "2020-01-01", Statement: [good] }, "identity", "Version:"],
    [{ Version: "2012-10-17" }, "identity", "Statement: A policy has a Statement."],
    [{ Statement: [{ ...good, effect: "Allow" }] }, "identity", "Statement[0].effect"],
    [{ Statement: [{ ...good, Effect: "allow" }] }, "identity", "Statement[0].Effect"],
    [{ Statement: [{ Effect: "Allow", Resource: "*" }] }, "identity", "has Action or NotAction"],
    [{ Statement: [{ ...good, NotAction: "x:y" }] }, "identity", "not both"],
    [{ Statement: [{ Effect: "Allow", Action: "*" }] }, "identity", "has Resource or NotResource"],
    [{ Statement: [{ ...good, Action: [] }] }, "identity", "Statement[0].Action"],
    [{ Statement: [{ ...good, Principal: "*" }] }, "identity", "Only policies of resources"],
    [{ Statement: [good] }, "resource", "has Principal or NotPrincipal"],
    [{ Statement: [{ ...good, Principal: { Human: "x" } }] }, "resource", "Human is not a kind of principal"],
    [{ Statement: [{ ...good, Condition: { StringAlmost: {} } }] }, "identity", "StringAlmost is not a condition operator"],
    [{ Statement: [{ ...good, Condition: { NullIfExists: { k: "true" } } }] }, "identity", "NullIfExists is not"],
    [{ Statement: [{ ...good, Condition: { Bool: { k: null } } }] }, "identity", "Statement[0].Condition.Bool.k"],
  ] as const) {
    it(`says where and why: ${hint}`, () => {
      let thrown: unknown;
      try {
        parsePolicy(document, kind);
      } catch (error) {
        thrown = error;
      }
      expect(thrown).toMatchObject({ code: "MalformedPolicyDocument", hint: expect.stringContaining(hint) });
    });
  }
});
