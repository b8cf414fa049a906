/** Who a client of the endpoint is, by its access key. */
import { afterEach, describe, expect, it } from "vitest";
import { type Endpoint, startEndpoint } from "../../../workers/node/endpoint.ts";
import { signed } from "./fake.ts";

const endpoints: Endpoint[] = [];
afterEach(async () => {
  await Promise.all(endpoints.splice(0).map((endpoint) => endpoint.close()));
});

async function client() {
  const endpoint = await startEndpoint({ port: 0, at: Date.UTC(2026, 2, 12) });
  endpoints.push(endpoint);
  return async (key: string, service: string, Action: string, fields: Record<string, string> = {}) => {
    const Version = service === "iam" ? "2010-05-08" : "2011-06-15";
    const body = new URLSearchParams({ Action, Version, ...fields });
    const reply = await fetch(endpoint.url, { method: "POST", headers: signed(service, "us-east-1", key), body });
    return { status: reply.status, text: await reply.text() };
  };
}

const tag = (text: string, name: string): string => new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1] ?? "";

describe("an access key at the endpoint", () => {
  it("of anybody is the account's usual identity; the name of a person is that person", async () => {
    const call = await client();
    const who = async (key: string) => tag((await call(key, "sts", "GetCallerIdentity")).text, "Arn");
    expect(await who("AKIAIOSFODNN7EXAMPLE")).toBe("arn:aws:iam::123456789012:user/developer");
    expect(await who("test")).toBe("arn:aws:iam::123456789012:user/developer");
    expect(await who("auditor")).toBe("arn:aws:iam::123456789012:user/auditor");
    expect(await who("root")).toBe("arn:aws:iam::123456789012:root");
  });

  it("that IAM made is its user, also one of those that are there from the start; deleted it is nobody's", async () => {
    const call = await client();
    const listed = await call("admin", "iam", "ListAccessKeys", { UserName: "auditor" });
    const who = async (key: string) => tag((await call(key, "sts", "GetCallerIdentity")).text, "Arn");
    expect(await who(tag(listed.text, "AccessKeyId"))).toBe("arn:aws:iam::123456789012:user/auditor");
    await call("admin", "iam", "CreateUser", { UserName: "bot" });
    const AccessKeyId = tag((await call("admin", "iam", "CreateAccessKey", { UserName: "bot" })).text, "AccessKeyId");
    expect(await who(AccessKeyId)).toBe("arn:aws:iam::123456789012:user/bot");
    const denied = await call(AccessKeyId, "iam", "ListUsers");
    expect([denied.status, tag(denied.text, "Code"), tag(denied.text, "Message")]).toEqual([
      403,
      "AccessDenied",
      "User: arn:aws:iam::123456789012:user/bot is not authorized to perform: iam:ListUsers on resource: arn:aws:iam::123456789012:user/ because no identity-based policy allows the iam:ListUsers action",
    ]);
    await call("admin", "iam", "DeleteAccessKey", { UserName: "bot", AccessKeyId });
    const gone = await call(AccessKeyId, "sts", "GetCallerIdentity");
    expect([gone.status, tag(gone.text, "Code")]).toEqual([403, "InvalidClientTokenId"]);
  });

  it("of a session is the session", async () => {
    const call = await client();
    const trust = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { AWS: "123456789012" }, Action: "sts:AssumeRole" }] };
    await call("admin", "iam", "CreateRole", { RoleName: "ops", AssumeRolePolicyDocument: JSON.stringify(trust) });
    const session = await call("AKIAIOSFODNN7EXAMPLE", "sts", "AssumeRole", {
      RoleArn: "arn:aws:iam::123456789012:role/ops",
      RoleSessionName: "deploy",
    });
    expect(tag((await call(tag(session.text, "AccessKeyId"), "sts", "GetCallerIdentity")).text, "Arn")).toBe(
      "arn:aws:sts::123456789012:assumed-role/ops/deploy",
    );
  });
});
