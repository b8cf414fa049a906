/** IAM's client is no package of this repository: its requests, which are forms, are written here as it sends them. */
import { describe, expect, it } from "vitest";
import { openBook } from "./book.ts";
import { formClient, tag } from "./form-client.ts";

const book = await openBook();
const { ok, no } = formClient(book, "iam", "2010-05-08");

const statement = (more: object): string => JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...more }] });
const PolicyDocument = statement({ Action: "logs:*", Resource: "*" });
const AssumeRolePolicyDocument = statement({ Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" });
const [user, role] = [{ UserName: "jane" }, { RoleName: "worker" }];
const [nobody, nothing] = [{ UserName: "nobody" }, { RoleName: "nothing" }];
const READS = "arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess";

describe("IAM at the wire", () => {
  it("keeps users and their keys", async () => {
    expect(tag(await ok("CreateUser", { ...user, "Tags.member.1.Key": "team", "Tags.member.1.Value": "blue" }), "Arn")).toBe(
      "arn:aws:iam::123456789012:user/jane",
    );
    await no("EntityAlreadyExists", "CreateUser", user);
    expect(tag(await ok("GetUser", user), "CreateDate")).toMatch(/^\d{4}-\d\d-\d\dT/);
    await no("NoSuchEntity", "GetUser", nobody);
    expect(await ok("ListUsers", { PathPrefix: "/" })).toContain("<UserName>jane</UserName>");
    await no("ValidationError", "ListUsers", { MaxItems: "0" });
    const { AccessKeyId } = { AccessKeyId: tag(await ok("CreateAccessKey", user), "AccessKeyId") };
    await no("NoSuchEntity", "CreateAccessKey", nobody);
    expect(await ok("ListAccessKeys", user)).toContain(AccessKeyId);
    await no("NoSuchEntity", "ListAccessKeys", nobody);
    await ok("UpdateAccessKey", { ...user, AccessKeyId, Status: "Inactive" });
    await no("NoSuchEntity", "UpdateAccessKey", { ...user, AccessKeyId: "AKIAAAAAAAAAAAAAAAAA", Status: "Inactive" });
    await ok("DeleteAccessKey", { ...user, AccessKeyId });
    await no("NoSuchEntity", "DeleteAccessKey", { ...user, AccessKeyId });
    await ok("TagUser", { ...user, "Tags.member.1.Key": "shift", "Tags.member.1.Value": "late" });
    await no("NoSuchEntity", "TagUser", { ...nobody, "Tags.member.1.Key": "a", "Tags.member.1.Value": "b" });
    await ok("UntagUser", { ...user, "TagKeys.member.1": "team" });
    await no("NoSuchEntity", "UntagUser", { ...nobody, "TagKeys.member.1": "team" });
    const tags = await ok("ListUserTags", user);
    expect([tags.includes("shift"), tags.includes("team")]).toEqual([true, false]);
    await no("NoSuchEntity", "ListUserTags", nobody);
  });

  it("keeps roles and whom they trust", async () => {
    const made = await ok("CreateRole", { ...role, AssumeRolePolicyDocument });
    expect(JSON.parse(decodeURIComponent(tag(made, "AssumeRolePolicyDocument")))).toEqual(JSON.parse(AssumeRolePolicyDocument));
    await no("MalformedPolicyDocument", "CreateRole", { RoleName: "x", AssumeRolePolicyDocument: PolicyDocument });
    expect(tag(await ok("GetRole", role), "Arn")).toBe("arn:aws:iam::123456789012:role/worker");
    await no("NoSuchEntity", "GetRole", nothing);
    expect(await ok("ListRoles")).toContain("CloudWatchAgentServerRole");
    await no("InvalidInput", "ListRoles", { Marker: "no marker" });
    await ok("UpdateRole", { ...role, MaxSessionDuration: "7200" });
    await no("ValidationError", "UpdateRole", { ...role, MaxSessionDuration: "60" });
    await ok("UpdateAssumeRolePolicy", { ...role, PolicyDocument: AssumeRolePolicyDocument });
    await no("MalformedPolicyDocument", "UpdateAssumeRolePolicy", { ...role, PolicyDocument: "{}" });
    await ok("TagRole", { ...role, "Tags.member.1.Key": "team", "Tags.member.1.Value": "blue" });
    await no("NoSuchEntity", "TagRole", { ...nothing, "Tags.member.1.Key": "a", "Tags.member.1.Value": "b" });
    expect(await ok("ListRoleTags", role)).toContain("<Value>blue</Value>");
    await no("NoSuchEntity", "ListRoleTags", nothing);
    await ok("UntagRole", { ...role, "TagKeys.member.1": "team" });
    await no("NoSuchEntity", "UntagRole", { ...nothing, "TagKeys.member.1": "team" });
  });

  it("keeps managed policies and their versions", async () => {
    const PolicyArn = tag(await ok("CreatePolicy", { PolicyName: "logs", PolicyDocument }), "Arn");
    const policy = { PolicyArn };
    const other = { PolicyArn: `${PolicyArn}-not` };
    await no("MalformedPolicyDocument", "CreatePolicy", { PolicyName: "x", PolicyDocument: "not JSON" });
    await ok("GetPolicy", policy);
    await no("NoSuchEntity", "GetPolicy", other);
    expect(await ok("ListPolicies", { Scope: "Local" })).toContain("ProtectAuditTrail");
    await no("ValidationError", "ListPolicies", { Scope: "Mine" });
    await ok("CreatePolicyVersion", { ...policy, PolicyDocument, SetAsDefault: "true" });
    await no("NoSuchEntity", "CreatePolicyVersion", { ...other, PolicyDocument });
    expect(decodeURIComponent(tag(await ok("GetPolicyVersion", { ...policy, VersionId: "v2" }), "Document"))).toBe(PolicyDocument);
    await no("NoSuchEntity", "GetPolicyVersion", { ...policy, VersionId: "v9" });
    expect(await ok("ListPolicyVersions", policy)).toContain("<VersionId>v1</VersionId>");
    await no("NoSuchEntity", "ListPolicyVersions", other);
    await ok("SetDefaultPolicyVersion", { ...policy, VersionId: "v1" });
    await no("NoSuchEntity", "SetDefaultPolicyVersion", { ...policy, VersionId: "v9" });
    await no("DeleteConflict", "DeletePolicyVersion", { ...policy, VersionId: "v1" });
    await ok("DeletePolicyVersion", { ...policy, VersionId: "v2" });
    await ok("AttachUserPolicy", { ...user, PolicyArn });
    expect(await ok("ListEntitiesForPolicy", policy)).toContain("<UserName>jane</UserName>");
    await no("NoSuchEntity", "ListEntitiesForPolicy", other);
    await no("DeleteConflict", "DeletePolicy", policy);
    await ok("DetachUserPolicy", { ...user, PolicyArn });
    await ok("DeletePolicy", policy);
  });

  it.each([
    ["User", user, nobody],
    ["Role", role, nothing],
  ])("puts policies on a %s", async (kind, owner, missing) => {
    await ok(`Attach${kind}Policy`, { ...owner, PolicyArn: READS });
    await no("NoSuchEntity", `Attach${kind}Policy`, { ...owner, PolicyArn: `${READS}Not` });
    expect(await ok(`ListAttached${kind}Policies`, owner)).toContain(READS);
    await no("NoSuchEntity", `ListAttached${kind}Policies`, missing);
    await ok(`Detach${kind}Policy`, { ...owner, PolicyArn: READS });
    await no("NoSuchEntity", `Detach${kind}Policy`, { ...owner, PolicyArn: READS });
    const inline = { ...owner, PolicyName: "own" };
    await ok(`Put${kind}Policy`, { ...inline, PolicyDocument });
    await no("MalformedPolicyDocument", `Put${kind}Policy`, { ...inline, PolicyDocument: AssumeRolePolicyDocument });
    expect(decodeURIComponent(tag(await ok(`Get${kind}Policy`, inline), "PolicyDocument"))).toBe(PolicyDocument);
    await no("NoSuchEntity", `Get${kind}Policy`, { ...owner, PolicyName: "other" });
    expect(await ok(`List${kind}Policies`, owner)).toContain("<member>own</member>");
    await no("NoSuchEntity", `List${kind}Policies`, missing);
    await ok(`Delete${kind}Policy`, inline);
    await no("NoSuchEntity", `Delete${kind}Policy`, inline);
    await ok(`Put${kind}PermissionsBoundary`, { ...owner, PermissionsBoundary: READS });
    await no("NoSuchEntity", `Put${kind}PermissionsBoundary`, { ...owner, PermissionsBoundary: `${READS}Not` });
    expect(tag(await ok(`Get${kind}`, owner), "PermissionsBoundaryArn")).toBe(READS);
    await ok(`Delete${kind}PermissionsBoundary`, owner);
    await no("NoSuchEntity", `Delete${kind}PermissionsBoundary`, owner);
  });

  it("simulates", async () => {
    const actions = { "ActionNames.member.1": "logs:PutLogEvents", "ActionNames.member.2": "s3:GetObject" };
    const text = await ok("SimulateCustomPolicy", { "PolicyInputList.member.1": PolicyDocument, ...actions });
    expect([...text.matchAll(/<EvalDecision>(\w+)</g)].map(([, decision]) => decision)).toEqual(["allowed", "implicitDeny"]);
    await no("InvalidInput", "SimulateCustomPolicy", { "PolicyInputList.member.1": "{", ...actions });
    const PolicySourceArn = "arn:aws:iam::123456789012:user/developer";
    expect(tag(await ok("SimulatePrincipalPolicy", { PolicySourceArn, ...actions }), "SourcePolicyId")).toBe("PowerUserAccess");
    await no("NoSuchEntity", "SimulatePrincipalPolicy", { PolicySourceArn: `${PolicySourceArn}s`, ...actions });
  });

  it("deletes what nothing hangs on", async () => {
    await ok("DeleteUser", user);
    await no("DeleteConflict", "DeleteUser", { UserName: "intruder" });
    await ok("DeleteRole", role);
    await no("NoSuchEntity", "DeleteRole", role);
  });

  it("has every operation of its table here", () => book.complete("iam"));
});
