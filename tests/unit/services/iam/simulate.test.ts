import { describe, expect, it } from "vitest";
import type { ServiceError } from "../../../../workers/model/errors.ts";
import { iam } from "../../../../workers/services/iam/definition.ts";
import { harness } from "../harness.ts";

const statement = (more: object = {}) => ({ Effect: "Allow", Action: "dynamodb:*", Resource: "*", ...more });
const policy = (...statements: object[]): string => JSON.stringify({ Version: "2012-10-17", Statement: statements });
const AFTER = { Condition: { DateGreaterThan: { "aws:CurrentTime": "2018-08-16T12:00:00Z" } } };

const simulate = (operation: string, input: object) =>
  (harness(iam).call(operation, input) as unknown as { EvaluationResults: Record<string, unknown>[] }).EvaluationResults;

describe("SimulateCustomPolicy", () => {
  it("answers with the statement that decided, by line and column", () => {
    const text = policy(statement(AFTER));
    const at = { ContextKeyName: "aws:CurrentTime", ContextKeyType: "date" };
    const ask = (time: string) =>
      simulate("SimulateCustomPolicy", {
        PolicyInputList: [text],
        ActionNames: ["dynamodb:CreateBackup"],
        ContextEntries: [{ ...at, ContextKeyValues: [time] }],
      });
    expect(ask("2019-04-25T11:00:00Z")).toEqual([
      {
        EvalActionName: "dynamodb:CreateBackup",
        EvalResourceName: "*",
        EvalDecision: "allowed",
        MatchedStatements: [
          {
            SourcePolicyId: "PolicyInputList.1",
            SourcePolicyType: "IAM Policy",
            StartPosition: { Line: 1, Column: 38 },
            EndPosition: { Line: 1, Column: text.length - 1 },
          },
        ],
        MissingContextValues: [],
      },
    ]);
    expect(ask("2014-04-25T11:00:00Z")).toMatchObject([{ EvalDecision: "implicitDeny", MatchedStatements: [] }]);
  });

  it("finds statements in a text of several lines, behind brackets in strings", () => {
    const text = JSON.stringify(
      { Id: 'a "Statement": [', Version: "2012-10-17", Statement: [statement({ Action: "s3:GetObject", Sid: "one" }), statement()] },
      undefined,
      2,
    );
    const [result] = simulate("SimulateCustomPolicy", { PolicyInputList: [text], ActionNames: ["dynamodb:Scan"] });
    const matched = (result as Record<string, unknown>)["MatchedStatements"];
    const [{ StartPosition, EndPosition }] = matched as [Record<string, { Line: number; Column: number }>];
    const lines = text.split("\n");
    expect(lines[(StartPosition?.Line ?? 0) - 1]?.slice((StartPosition?.Column ?? 0) - 1)).toBe("{");
    expect(lines[(EndPosition?.Line ?? 0) - 1]?.slice(0, (EndPosition?.Column ?? 0) - 1)).toBe("    }");
    expect(StartPosition?.Line).toBeGreaterThan(5);
  });

  it("names the keys that nobody gave, of statements about the action only", () => {
    const text = policy(
      statement({ ...AFTER, Resource: `arn:aws:dynamodb:*:*:table/\${aws:username}` }),
      statement({ Action: "s3:*", Condition: { StringEquals: { "s3:prefix": "x" } } }),
    );
    expect(
      simulate("SimulateCustomPolicy", {
        PolicyInputList: [text],
        ActionNames: ["dynamodb:Scan"],
        ResourceArns: ["arn:aws:dynamodb:us-east-1:123456789012:table/jane"],
        ContextEntries: [{ ContextKeyName: "aws:username", ContextKeyType: "string", ContextKeyValues: ["jane"] }],
      }),
    ).toMatchObject([{ EvalDecision: "implicitDeny", MissingContextValues: ["aws:CurrentTime"], EvalDecisionDetails: {} }]);
  });

  it("names only the denying statements where one denies", () => {
    const [result] = simulate("SimulateCustomPolicy", {
      PolicyInputList: [policy(statement()), policy(statement({ Effect: "Deny", Action: "dynamodb:Scan" }))],
      ActionNames: ["dynamodb:Scan"],
    });
    expect(result).toMatchObject({ EvalDecision: "explicitDeny", MatchedStatements: [{ SourcePolicyId: "PolicyInputList.2" }] });
    expect(result?.["MatchedStatements"]).toHaveLength(1);
  });

  it("judges each resource, and the worst of them for the action", () => {
    const [good, bad] = ["arn:aws:s3:::good/x", "arn:aws:s3:::bad/x"];
    const input = { PolicyInputList: [policy(statement({ Action: "s3:GetObject", Resource: good }))], ActionNames: ["s3:GetObject"] };
    expect(simulate("SimulateCustomPolicy", { ...input, ResourceArns: [good, bad] })).toMatchObject([
      {
        EvalDecision: "implicitDeny",
        ResourceSpecificResults: [
          { EvalResourceName: good, EvalResourceDecision: "allowed" },
          { EvalResourceName: bad, EvalResourceDecision: "implicitDeny" },
        ],
      },
    ]);
  });

  it("says whether the boundary allows", () => {
    const input = { PolicyInputList: [policy(statement())], ActionNames: ["dynamodb:Scan"] };
    const cut = { ...input, PermissionsBoundaryPolicyInputList: [policy(statement({ Action: "s3:*" }))] };
    expect(simulate("SimulateCustomPolicy", cut)).toMatchObject([
      { EvalDecision: "implicitDeny", PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: false } },
    ]);
  });

  it("tells both sides of a call into another account", () => {
    const input = {
      PolicyInputList: [policy(statement({ Action: "sqs:*" }))],
      ActionNames: ["sqs:SendMessage"],
      ResourceArns: ["arn:aws:sqs:us-east-1:210987654321:orders"],
      CallerArn: "arn:aws:iam::123456789012:user/jane",
    };
    expect(simulate("SimulateCustomPolicy", input)).toMatchObject([
      { EvalDecision: "implicitDeny", EvalDecisionDetails: { "IAM Policy": "allowed", "Resource Policy": "implicitDeny" } },
    ]);
    const ResourcePolicy = policy({ ...statement({ Action: "sqs:SendMessage" }), Principal: { AWS: "123456789012" } });
    expect(simulate("SimulateCustomPolicy", { ...input, ResourcePolicy })).toMatchObject([
      { EvalDecision: "allowed", EvalDecisionDetails: { "Resource Policy": "allowed" } },
    ]);
  });

  it("refuses what it cannot read as InvalidInput", () => {
    const refuse = (input: object) => {
      try {
        simulate("SimulateCustomPolicy", { PolicyInputList: [policy(statement())], ActionNames: ["s3:GetObject"], ...input });
      } catch (thrown) {
        return (thrown as ServiceError).code;
      }
      return "allowed";
    };
    expect(refuse({ PolicyInputList: ["{"] })).toBe("InvalidInput");
    expect(refuse({ ActionNames: ["everything"] })).toBe("InvalidInput");
    expect(refuse({ CallerArn: "arn:aws:iam::123456789012:role/x" })).toBe("InvalidInput");
    expect(refuse({ ResourcePolicy: policy({ ...statement(), Principal: "*" }) })).toBe("InvalidInput");
    expect(refuse({})).toBe("allowed");
  });
});

describe("SimulatePrincipalPolicy", () => {
  it("judges by the policies of the user, named as IAM names them", () => {
    const ask = (...ActionNames: string[]) =>
      simulate("SimulatePrincipalPolicy", { PolicySourceArn: "arn:aws:iam::123456789012:user/developer", ActionNames });
    expect(ask("logs:CreateLogGroup", "cloudtrail:DeleteTrail", "iam:CreateUser")).toMatchObject([
      { EvalDecision: "allowed", MatchedStatements: [{ SourcePolicyId: "PowerUserAccess" }] },
      { EvalDecision: "explicitDeny", MatchedStatements: [{ SourcePolicyId: "ProtectAuditTrail" }] },
      { EvalDecision: "implicitDeny", MatchedStatements: [] },
    ]);
  });

  it("knows the user's own keys", () => {
    const house = harness(iam);
    house.call("PutUserPolicy", {
      UserName: "intruder",
      PolicyName: "own",
      PolicyDocument: policy(statement({ Resource: `arn:aws:dynamodb:us-east-1:123456789012:table/\${aws:username}` })),
    });
    const found = house.call("SimulatePrincipalPolicy", {
      PolicySourceArn: "arn:aws:iam::123456789012:user/intruder",
      ActionNames: ["dynamodb:Scan"],
      ResourceArns: ["arn:aws:dynamodb:us-east-1:123456789012:table/intruder"],
    });
    expect(found).toMatchObject({ EvaluationResults: [{ EvalDecision: "allowed", MissingContextValues: [] }] });
  });

  it("refuses who is not there", () => {
    expect(() =>
      simulate("SimulatePrincipalPolicy", { PolicySourceArn: "arn:aws:iam::123456789012:user/nobody", ActionNames: ["s3:x"] }),
    ).toThrow("The user with name nobody cannot be found.");
  });
});
