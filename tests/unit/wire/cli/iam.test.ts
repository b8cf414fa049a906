import { describe, expect, it } from "vitest";
import type { ApiRequest } from "../../../../workers/account/contract.ts";
import { runLine } from "../../../../workers/wire/cli/run.ts";
import { openTestAccount } from "../../account/engine-harness.ts";
import { models } from "./models.ts";

async function terminal(identity: string) {
  const account = await openTestAccount();
  const options = { identity, identities: ["admin", "developer"], region: "us-east-1", now: account.now };
  return (line: string) => runLine({ call: (request: ApiRequest) => account.call(request) }, models, line, options);
}

describe("aws iam in the terminal", () => {
  it("prints policies as JSON, not as the percent-encoded text of the wire", async () => {
    const run = await terminal("admin");
    const trust =
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}';
    const made = await run(`aws iam create-role --role-name worker --assume-role-policy-document '${trust}'`);
    expect(JSON.parse(made.stdout)).toMatchObject({ Role: { AssumeRolePolicyDocument: JSON.parse(trust) } });
    await run(
      `aws iam put-role-policy --role-name worker --policy-name logs --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"logs:*","Resource":"*"}]}'`,
    );
    const got = await run(
      "aws iam get-role-policy --role-name worker --policy-name logs --query PolicyDocument.Statement[0].Action --output text",
    );
    expect(got).toEqual({ stdout: "logs:*\n", stderr: "", exitCode: 0 });
  });

  it("joins the pages of a list", async () => {
    const run = await terminal("developer");
    const { stdout } = await run("aws iam list-users --page-size 2 --query Users[].UserName --output text");
    expect(stdout).toBe("admin\tauditor\tdeveloper\tintruder\n");
  });

  it("says a denial as the real command line does, and calls as another with --profile", async () => {
    const run = await terminal("developer");
    const denied = await run("aws iam create-user --user-name jane");
    expect(denied.exitCode).toBe(254);
    expect(denied.stderr).toContain(
      "An error occurred (AccessDenied) when calling the CreateUser operation: User: arn:aws:iam::123456789012:user/developer is not authorized to perform: iam:CreateUser",
    );
    expect((await run("aws iam create-user --user-name jane --profile admin")).exitCode).toBe(0);
  });

  it("simulates", async () => {
    const run = await terminal("developer");
    const { stdout } = await run(
      "aws iam simulate-principal-policy --policy-source-arn arn:aws:iam::123456789012:user/auditor --action-names logs:DeleteLogGroup logs:DescribeLogGroups --query EvaluationResults[].EvalDecision --output text",
    );
    expect(stdout).toBe("implicitDeny\tallowed\n");
  });
});
