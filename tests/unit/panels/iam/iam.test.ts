import { describe, expect, it } from "vitest";
import { contextEntries, linesOf } from "../../../../src/panels/iam/context-entries.ts";
import { placeOf } from "../../../../src/panels/iam/place.ts";
import { policyError, refusedAt } from "../../../../src/panels/iam/policy-error.ts";
import { summaryOf } from "../../../../src/panels/iam/policy-summary.ts";

const at = (text: string, error: { readonly from?: number; readonly to?: number } | undefined): string =>
  text.slice(error?.from ?? 0, error?.to ?? 0);

describe("what is wrong with a policy", () => {
  it("stands at the character where JSON breaks", () => {
    const text = '{\n  "Version": "2012-10-17",\n  "Statement": [}\n}';
    const error = policyError(text, "identity");
    expect(at(text, error)).toBe("}");
    expect(error?.from).toBe(text.indexOf("[}") + 1);
    expect(policyError('{"Version": ', "identity")?.from).toBe(12);
  });

  it("stands at the member that the policy language names", () => {
    const text = '{ "Statement": [{ "Effect": "Maybe", "Action": "*", "Resource": "*" }] }';
    const error = policyError(text, "identity");
    expect(at(text, error)).toBe('"Maybe"');
    expect(error?.message).toBe("Effect is Allow or Deny.");
  });

  it("names keys and operators nobody knows, and Principal where none belongs", () => {
    const odd = '{ "Statement": [{ "Effect": "Allow", "Acton": "*", "Resource": "*" }] }';
    expect(policyError(odd, "identity")?.message).toBe("Acton is not a member of a statement.");
    expect(at(odd, policyError(odd, "identity"))).toBe('"*"');
    const condition = '{ "Statement": [{ "Effect": "Allow", "Action": "*", "Resource": "*", "Condition": { "Equals": { "a": "b" } } }] }';
    expect(at(condition, policyError(condition, "identity"))).toBe('{ "a": "b" }');
    const trust = '{ "Statement": [{ "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": "*" }] }';
    expect(policyError(trust, "trust")).toBeUndefined();
    expect(policyError(trust, "identity")?.message).toBeDefined();
  });

  it("is AWS's own refusal where only IAM knows, at its place when it names one", () => {
    const text = '{ "Statement": [{ "Effect": "Allow", "Action": "x", "Resource": "*" }] }';
    const plain = { kind: "service" as const, code: "MalformedPolicyDocument", message: "Actions must be prefaced by a vendor." };
    expect(refusedAt(text, plain)).toEqual({ message: plain.message, hint: undefined });
    expect(at(text, refusedAt(text, { ...plain, hint: "Statement[0].Action: x is not an action." }))).toBe('"x"');
  });
});

describe("a policy in sentences", () => {
  const of = (...Statement: readonly object[]) =>
    summaryOf(JSON.stringify({ Version: "2012-10-17", Statement }), "identity").map((one) => one.what);

  it("says what, on what and when", () => {
    expect(
      of(
        { Effect: "Allow", Action: "sqs:*", Resource: "arn:aws:sqs:us-east-1:123456789012:orders" },
        { Effect: "Deny", NotAction: ["iam:*", "sts:GetCallerIdentity"], NotResource: "*" },
        { Effect: "Allow", Action: "*", Resource: "*", Condition: { StringEquals: { "aws:RequestedRegion": ["us-east-1", "eu-west-1"] } } },
      ),
    ).toEqual([
      "all of sqs on orders",
      "everything but all of iam and sts:GetCallerIdentity on all but *",
      "everything on every resource if aws:RequestedRegion is us-east-1 and eu-west-1",
    ]);
  });

  it("counts what is too much to name, and keeps a pattern that names nothing whole", () => {
    expect(of({ Effect: "Allow", Action: ["a:B", "a:C", "a:D", "a:E", "a:F"], Resource: "arn:aws:iam::*:role/*" })).toEqual([
      "a:B, a:C, a:D and 2 more on arn:aws:iam::*:role/*",
    ]);
  });

  it("says by whom in policies of resources, and nothing of what is no policy", () => {
    const trust = { Statement: { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" } };
    expect(summaryOf(JSON.stringify(trust), "trust")[0]?.what).toBe("sts:AssumeRole by ec2.amazonaws.com");
    expect(summaryOf("{", "identity")).toEqual([]);
  });
});

describe("the simulator's fields", () => {
  it("read context keys with one or several values, and say which line is neither", () => {
    expect(contextEntries("aws:SourceIp = 203.0.113.7\n\naws:TagKeys=a, b\nnonsense\n= x")).toEqual({
      entries: [
        { ContextKeyName: "aws:SourceIp", ContextKeyType: "string", ContextKeyValues: ["203.0.113.7"] },
        { ContextKeyName: "aws:TagKeys", ContextKeyType: "stringList", ContextKeyValues: ["a", "b"] },
      ],
      wrong: [4, 5],
    });
    expect(linesOf(" a:B \n\n c:D")).toEqual(["a:B", "c:D"]);
  });
});

describe("addresses of IAM's pages", () => {
  it("mean a view or one of it, also with slashes in the name", () => {
    expect(placeOf("/iam")).toEqual({ view: "principals" });
    expect(placeOf("/iam/simulator")).toEqual({ view: "simulator" });
    expect(placeOf(`/iam/policies/${encodeURIComponent("arn:aws:iam::1:policy/a/b")}`)).toEqual({
      view: "policy",
      name: "arn:aws:iam::1:policy/a/b",
    });
    expect(placeOf("/iam/groups").view).toBe("unknown");
    expect(placeOf("/iam/users/a/b").view).toBe("unknown");
  });
});
