import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { describe, expect, it } from "vitest";
import { person } from "../../unit/account/engine-harness.ts";
import { openBook } from "./book.ts";

const book = await openBook();
const client = new STSClient(book.settings);
const send = (command: object) => client.send(command as never) as Promise<unknown>;

describe("the SDK reaches every operation of sts", () => {
  it("who am I, and a role's session", async () => {
    expect((await book.ok(send, new GetCallerIdentityCommand({})))["Account"]).toBe("123456789012");
    const trust = { Effect: "Allow", Principal: { AWS: "arn:aws:iam::123456789012:user/developer" }, Action: "sts:AssumeRole" };
    const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [trust] });
    await person(
      book.account,
      "iam",
      "CreateRole",
      { RoleName: "ops", AssumeRolePolicyDocument },
      { caller: { kind: "person", principal: "admin" } },
    );
    const session = { RoleArn: "arn:aws:iam::123456789012:role/ops", RoleSessionName: "deploy" };
    const { Credentials, AssumedRoleUser } = await book.ok(send, new AssumeRoleCommand(session));
    expect(AssumedRoleUser).toMatchObject({ Arn: "arn:aws:sts::123456789012:assumed-role/ops/deploy" });
    expect((Credentials as { Expiration: Date }).Expiration.getTime()).toBe(book.account.now + 3_600_000);
    await book.no(send, new AssumeRoleCommand({ ...session, RoleArn: `${session.RoleArn}-not` }), "AccessDenied");
  });

  // GetCallerIdentity takes no input and needs no permission: there is nothing to refuse.
  it("and none is left out", () => book.complete("sts", ["GetCallerIdentity"]));
});
