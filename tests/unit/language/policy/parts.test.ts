import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluateAccess } from "../../../../workers/language/policy/evaluate.ts";
import { parsePolicy } from "../../../../workers/language/policy/parse.ts";
import { principalOf, statementParts } from "../../../../workers/language/policy/parts.ts";
import { memberSpan } from "../../../../workers/language/policy/places.ts";

const USER = principalOf("arn:aws:iam::123456789012:user/ada", "123456789012");
const statement = (json: object, kind: "identity" | "resource" = "identity") =>
  parsePolicy({ Version: "2012-10-17", Statement: [json] }, kind).statements[0] as NonNullable<
    ReturnType<typeof parsePolicy>["statements"][number]
  >;
const request = { principal: USER, action: "sqs:SendMessage", resource: "arn:aws:sqs:us-east-1:123456789012:orders", context: {} };

describe("a statement beside a request", () => {
  it("says of every pattern whether it fits, and what was asked", () => {
    const parts = statementParts(
      statement({ Effect: "Allow", Action: ["sqs:Get*", "SQS:send*"], Resource: "arn:aws:sqs:us-east-1:123456789012:order" }),
      request,
    );
    expect(parts).toEqual([
      {
        name: "Action",
        fits: true,
        written: [
          { text: "sqs:Get*", fits: false },
          { text: "SQS:send*", fits: true },
        ],
        asked: ["sqs:SendMessage"],
      },
      {
        name: "Resource",
        fits: false,
        written: [{ text: "arn:aws:sqs:us-east-1:123456789012:order", fits: false }],
        asked: ["arn:aws:sqs:us-east-1:123456789012:orders"],
      },
    ]);
  });

  it("turns NotAction round, and fills variables from the request", () => {
    const parts = statementParts(
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable
      statement({ Effect: "Deny", NotAction: "sqs:SendMessage", Resource: "arn:aws:sqs:us-east-1:123456789012:${aws:username}" }),
      { ...request, resource: "arn:aws:sqs:us-east-1:123456789012:ada", context: { "aws:username": "ada" } },
    );
    expect(parts.map(({ name, fits }) => [name, fits])).toEqual([
      ["NotAction", false],
      ["Resource", true],
    ]);
  });

  it("names a condition by operator and key, and says when the request has no such key", () => {
    const condition = { Effect: "Allow", Action: "*", Resource: "*", Condition: { StringEquals: { "aws:SourceVpc": "vpc-1" } } };
    expect(statementParts(statement(condition), request).at(-1)).toEqual({
      name: "Condition",
      about: "StringEquals aws:SourceVpc",
      fits: false,
      written: [{ text: "vpc-1", fits: false }],
      asked: [],
    });
  });

  it("knows users, roles by their sessions, root and services as principals", () => {
    const session = principalOf("arn:aws:sts::123456789012:assumed-role/deploy/run-1", "123456789012");
    expect(session.roleArn).toBe("arn:aws:iam::123456789012:role/deploy");
    expect(principalOf("sns.amazonaws.com", "1").type).toBe("Service");
    expect(principalOf("arn:aws:iam::123456789012:root", "1").type).toBe("Root");
    const open = statement({ Effect: "Allow", Principal: { AWS: session.roleArn }, Action: "*", Resource: "*" }, "resource");
    expect(statementParts(open, { ...request, principal: session }).find(({ name }) => name === "Principal")?.fits).toBe(true);
    expect(statementParts(open, request).find(({ name }) => name === "Principal")?.fits).toBe(false);
  });

  it("agrees with the judgement: all parts fit exactly where the statement applies", () => {
    const action = fc.constantFrom("sqs:*", "sqs:SendMessage", "s3:Get*", "*");
    const resource = fc.constantFrom("*", "arn:aws:sqs:us-east-1:123456789012:orders", "arn:aws:sqs:*:*:x*");
    const conditions = fc.option(fc.constantFrom({ StringLike: { "aws:username": "a*" } }, { Bool: { "aws:SecureTransport": "false" } }), {
      nil: undefined,
    });
    fc.assert(
      fc.property(action, resource, fc.boolean(), conditions, (Action, Resource, isNot, Condition) => {
        const written = {
          Effect: "Allow",
          [isNot ? "NotAction" : "Action"]: Action,
          Resource,
          ...(Condition === undefined ? {} : { Condition }),
        };
        const context = { "aws:username": "ada", "aws:SecureTransport": true };
        const policy = parsePolicy({ Version: "2012-10-17", Statement: [written] }, "identity");
        const verdict = evaluateAccess({ identity: [policy] }, { ...request, resourceAccount: "123456789012", context });
        const parts = statementParts(policy.statements[0] as never, { ...request, context });
        expect(parts.every(({ fits }) => fits)).toBe(verdict.statements[0]?.applies);
      }),
    );
  });
});

describe("the place that a parser's path means", () => {
  const text = '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {"Effect": "Allow", "Action": "*"},\n    {"Effect": "Maybe"}\n  ]\n}';
  const at = (path: string, of = text): string => {
    const { from, to } = memberSpan(of, path);
    return of.slice(from, to);
  };

  it("is the member's value", () => {
    expect(at("Statement[1].Effect")).toBe('"Maybe"');
    expect(at("Version")).toBe('"2012-10-17"');
    expect(at("Statement[0]")).toBe('{"Effect": "Allow", "Action": "*"}');
  });

  it("is the nearest parent where the member is not there", () => {
    expect(at("Statement[1].Resource")).toBe('{"Effect": "Maybe"}');
    expect(at("")).toBe(text);
  });

  it("knows one statement that is no list, and keys with dots and colons", () => {
    const single = '{"Statement": {"Effect": "x", "Condition": {"StringEquals": {"aws:a.b": [1]}}}}';
    expect(at("Statement[0].Effect", single)).toBe('"x"');
    expect(at("Statement[0].Condition.StringEquals.aws:a.b", single)).toBe("[1]");
  });
});
