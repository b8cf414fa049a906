import { describe, expect, it } from "vitest";
import { markedText, rowOf } from "../../../src/access/policy-texts.ts";
import { simulatedTree } from "../../../src/access/simulated-tree.ts";
import { callerName, deniedTree } from "../../../src/client/denied.ts";
import type { PrincipalRow, WhyDenied } from "../../../workers/api.ts";
import { openTestAccount } from "../account/engine-harness.ts";

const policy = (name: string, ...Statement: readonly object[]) => ({
  name,
  type: "inline" as const,
  document: JSON.stringify({ Version: "2012-10-17", Statement }),
});
const ROW: PrincipalRow = {
  kind: "user",
  name: "ada",
  arn: "arn:aws:iam::123456789012:user/ada",
  id: "AIDA1",
  created: 0,
  policies: [
    policy("Send", { Sid: "Send", Effect: "Allow", Action: "sqs:SendMessage", Resource: "*" }),
    policy("Never", { Sid: "Never", Effect: "Deny", Action: "sqs:*", Resource: "arn:aws:sqs:us-east-1:123456789012:secret" }),
  ],
  keys: [],
  tags: [],
};
const call = { row: ROW, action: "sqs:SendMessage", resource: "arn:aws:sqs:us-east-1:123456789012:orders", context: {} };

describe("a simulated call as a tree", () => {
  it("names the statement that allows, and the one that denies", () => {
    expect(simulatedTree(call)).toMatchObject({ decision: "allowed", sentence: "Send, Send, allows sqs:SendMessage." });
    const secret = simulatedTree({ ...call, resource: "arn:aws:sqs:us-east-1:123456789012:secret" });
    expect(secret).toMatchObject({ decision: "explicitDeny", sentence: "Never, Never, denies sqs:SendMessage." });
    expect(secret.policies[1]?.statements[0]).toMatchObject({ decided: true, applies: true, effect: "Deny" });
  });

  it("says which kind of policy is silent: identity, then a boundary", () => {
    expect(simulatedTree({ ...call, action: "sqs:DeleteQueue" })).toMatchObject({
      decision: "implicitDeny",
      by: "identity",
      sentence: "No statement of an identity policy allows sqs:DeleteQueue.",
    });
    const row = { ...ROW, boundary: policy("Cap", { Effect: "Allow", Action: "s3:*", Resource: "*" }) };
    expect(simulatedTree({ ...call, row })).toMatchObject({ decision: "implicitDeny", by: "boundary" });
  });

  it("takes context keys and a resource's own policy, and judges a role as its session", () => {
    const open = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { AWS: "arn:aws:iam::123456789012:user/ada" }, Action: "sqs:*", Resource: "*" }],
    });
    expect(simulatedTree({ ...call, action: "sqs:DeleteQueue", resourcePolicy: open })).toMatchObject({
      decision: "allowed",
      by: "resource",
    });
    const ip = policy("Here", {
      Effect: "Allow",
      Action: "s3:*",
      Resource: "*",
      Condition: { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } },
    });
    const row: PrincipalRow = { ...ROW, kind: "role", name: "r", arn: "arn:aws:iam::123456789012:role/r", policies: [ip] };
    const near = simulatedTree({ ...call, row, action: "s3:GetObject", context: { "aws:SourceIp": ["203.0.113.7"] } });
    expect(near).toMatchObject({ decision: "allowed", principal: "arn:aws:sts::123456789012:assumed-role/r/simulated" });
    expect(near.context).toEqual({ "aws:SourceIp": "203.0.113.7" });
    expect(simulatedTree({ ...call, row, action: "s3:GetObject" }).decision).toBe("implicitDeny");
  });
});

describe("the simulated tree and the door", () => {
  it("say the same of everyone whom a fresh account knows", async () => {
    const account = await openTestAccount();
    const look = (view: string, question: object) => account.look({ service: "iam", view, region: "us-east-1", question });
    const rows = (await look("principals", {})) as readonly PrincipalRow[];
    const queue = "arn:aws:sqs:us-east-1:123456789012:orders";
    const actions = [
      "sqs:SendMessage",
      "iam:CreateUser",
      "iam:GetUser",
      "cloudtrail:StopLogging",
      "cloudwatch:PutMetricData",
      "logs:GetLogEvents",
    ];
    for (const row of rows.filter(({ kind }) => kind === "user"))
      for (const action of actions) {
        const answer = (await look("whyDenied", { identity: row.name, action, resource: queue })) as WhyDenied;
        if (!answer.found) throw new Error(answer.sentence);
        const { decision, by, policies } = simulatedTree({ row, action, resource: queue, context: {} });
        const decided = policies.flatMap((one) => one.statements.filter((two) => two.decided).map(({ index }) => `${one.name} ${index}`));
        const doors = answer.tree.policies.flatMap((one) =>
          one.statements.filter((two) => two.decided).map(({ index }) => `${one.name} ${index}`),
        );
        expect([row.name, action, decision, by, decided]).toEqual([row.name, action, answer.tree.decision, answer.tree.by, doors]);
      }
  });
});

describe("denials on the screen", () => {
  it("know callers by the names people use", () => {
    expect(callerName("arn:aws:iam::1:root")).toBe("root");
    expect(callerName("arn:aws:iam::1:user/team/ada")).toBe("ada");
    expect(callerName("arn:aws:sts::1:assumed-role/deploy/run-1")).toBe("deploy/run-1");
    expect(rowOf([ROW], ROW.arn)).toBe(ROW);
  });

  it("are known by the judgement they carry, and by nothing else", () => {
    const tree = simulatedTree({ ...call, action: "s3:x" });
    expect(deniedTree({ kind: "service", code: "AccessDenied", message: "", because: tree })).toBe(tree);
    expect(deniedTree({ kind: "service", code: "x", message: "", because: { policies: [] } })).toBeUndefined();
    expect(deniedTree({ kind: "service", code: "x", message: "" })).toBeUndefined();
    expect(deniedTree({ kind: "service", code: "x", message: "", because: simulatedTree(call) })).toBeUndefined();
  });

  it("mark the statement in the text as people read it, and say when the policy has changed", () => {
    const statement = {
      index: 0,
      effect: "Allow" as const,
      applies: true,
      text: '{"Sid":"Send","Effect":"Allow","Action":"sqs:SendMessage","Resource":"*"}',
    };
    const marked = markedText(ROW.policies[0]?.document ?? "", statement);
    expect(marked.isSame).toBe(true);
    expect(marked.text.slice(marked.mark?.from, marked.mark?.to)).toContain('"Sid": "Send"');
    expect(markedText(ROW.policies[1]?.document ?? "", statement)).toMatchObject({ isSame: false });
  });
});
