import { describe, expect, it } from "vitest";
import { ServiceError } from "../../../../workers/model/errors.ts";
import { iam } from "../../../../workers/services/iam/definition.ts";
import { harness } from "../harness.ts";

const ALLOW = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "logs:*", Resource: "*" }] });
const TRUST = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
});
const ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess";

function fresh() {
  const house = harness(iam);
  const call = (operation: string, input: object = {}) => house.call(operation, input) as Record<string, never>;
  const refused = (operation: string, input: object): ServiceError => {
    try {
      call(operation, input);
    } catch (thrown) {
      if (thrown instanceof ServiceError) return thrown;
      throw thrown;
    }
    throw new Error(`${operation} succeeded`);
  };
  return { ...house, call, refused };
}

describe("users of IAM", () => {
  it("are there from the start: four people, each with a key and policies that can be read", () => {
    const { call } = fresh();
    expect(call("ListUsers")).toMatchObject({
      Users: [{ UserName: "admin" }, { UserName: "auditor" }, { UserName: "developer" }, { UserName: "intruder" }],
      IsTruncated: false,
    });
    expect(call("ListAttachedUserPolicies", { UserName: "admin" })).toMatchObject({ AttachedPolicies: [{ PolicyArn: ADMIN }] });
    expect(call("ListAccessKeys", { UserName: "admin" })).toMatchObject({ AccessKeyMetadata: [{ Status: "Active" }] });
    const { PolicyVersion } = call("GetPolicyVersion", { PolicyArn: ADMIN, VersionId: "v1" }) as unknown as {
      PolicyVersion: { Document: string };
    };
    expect(JSON.parse(decodeURIComponent(PolicyVersion.Document))).toEqual({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
    });
  });

  it("leave no documents as long as nobody changes them", () => {
    const { call, context } = fresh();
    call("ListUsers");
    call("GetUser", { UserName: "developer" });
    expect(context().docs("user").size).toBe(0);
  });

  it("are made, tagged, found without regard to case and deleted", () => {
    const { call, refused } = fresh();
    expect(call("CreateUser", { UserName: "Jane", Path: "/team/", Tags: [{ Key: "team", Value: "blue" }] })).toMatchObject({
      User: { Arn: "arn:aws:iam::123456789012:user/team/Jane", UserName: "Jane", Tags: [{ Key: "team", Value: "blue" }] },
    });
    expect(call("GetUser", { UserName: "jane" })).toMatchObject({ User: { UserName: "Jane" } });
    expect(refused("CreateUser", { UserName: "JANE" })).toMatchObject({
      code: "EntityAlreadyExists",
      status: 409,
      message: "User with name JANE already exists.",
    });
    call("DeleteUser", { UserName: "Jane" });
    expect(refused("GetUser", { UserName: "Jane" })).toMatchObject({
      code: "NoSuchEntity",
      status: 404,
      message: "The user with name Jane cannot be found.",
    });
  });

  it("are deleted only when nothing hangs on them, also those of the start", () => {
    const { call, refused } = fresh();
    const user = { UserName: "intruder" };
    expect(refused("DeleteUser", user).message).toBe("Cannot delete entity, must delete policies first.");
    call("DeleteUserPolicy", { ...user, PolicyName: "ReportBuilds" });
    expect(refused("DeleteUser", user).message).toBe("Cannot delete entity, must delete access keys first.");
    const { AccessKeyMetadata } = call("ListAccessKeys", user) as unknown as { AccessKeyMetadata: { AccessKeyId: string }[] };
    call("DeleteAccessKey", { ...user, AccessKeyId: AccessKeyMetadata[0]?.AccessKeyId });
    call("AttachUserPolicy", { ...user, PolicyArn: ADMIN });
    expect(refused("DeleteUser", user)).toMatchObject({
      code: "DeleteConflict",
      message: "Cannot delete entity, must detach all policies first.",
    });
    call("DetachUserPolicy", { ...user, PolicyArn: ADMIN });
    call("DeleteUser", user);
    expect(refused("GetUser", user).code).toBe("NoSuchEntity");
    expect(call("ListUsers")).toMatchObject({ Users: [{ UserName: "admin" }, { UserName: "auditor" }, { UserName: "developer" }] });
  });

  it("have two access keys at most; the secret is answered once", () => {
    const { call, refused } = fresh();
    call("CreateUser", { UserName: "bot" });
    const made = call("CreateAccessKey", { UserName: "bot" }) as unknown as { AccessKey: { AccessKeyId: string; SecretAccessKey: string } };
    expect(made.AccessKey.AccessKeyId).toMatch(/^AKIA[A-Z2-7]{16}$/);
    expect(made.AccessKey.SecretAccessKey).toMatch(/^[A-Za-z0-9+/]{40}$/);
    call("CreateAccessKey", { UserName: "bot" });
    expect(refused("CreateAccessKey", { UserName: "bot" })).toMatchObject({
      code: "LimitExceeded",
      message: "Cannot exceed quota for AccessKeysPerUser: 2",
    });
    call("UpdateAccessKey", { UserName: "bot", AccessKeyId: made.AccessKey.AccessKeyId, Status: "Inactive" });
    const { AccessKeyMetadata } = call("ListAccessKeys", { UserName: "bot" }) as unknown as { AccessKeyMetadata: { Status: string }[] };
    expect(AccessKeyMetadata.map(({ Status }) => Status).sort()).toEqual(["Active", "Inactive"]);
    expect(JSON.stringify(AccessKeyMetadata)).not.toContain("Secret");
    expect(refused("DeleteAccessKey", { UserName: "admin", AccessKeyId: made.AccessKey.AccessKeyId }).message).toBe(
      `The Access Key with id ${made.AccessKey.AccessKeyId} cannot be found.`,
    );
  });

  it("come in pages", () => {
    const { call } = fresh();
    const first = call("ListUsers", { MaxItems: 3 }) as unknown as { Users: unknown[]; IsTruncated: boolean; Marker: string };
    expect(first).toMatchObject({ IsTruncated: true, Users: [{}, {}, {}] });
    expect(call("ListUsers", { MaxItems: 3, Marker: first.Marker })).toMatchObject({
      Users: [{ UserName: "intruder" }],
      IsTruncated: false,
    });
  });
});

describe("roles of IAM", () => {
  it("keep their trust policy, which is checked", () => {
    const { call, refused } = fresh();
    const made = call("CreateRole", { RoleName: "worker", AssumeRolePolicyDocument: TRUST }) as unknown as {
      Role: { AssumeRolePolicyDocument: string };
    };
    expect(JSON.parse(decodeURIComponent(made.Role.AssumeRolePolicyDocument))).toEqual(JSON.parse(TRUST));
    const trusting = (statement: object) =>
      refused("UpdateAssumeRolePolicy", {
        RoleName: "worker",
        PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }),
      });
    const assume = { Effect: "Allow", Action: "sts:AssumeRole" };
    expect(trusting(assume).message).toBe("Missing required field Principal");
    expect(trusting({ ...assume, Principal: { AWS: "123456789012" }, Resource: "*" }).message).toBe("Has prohibited field Resource");
    expect(trusting({ ...assume, Principal: { AWS: "arn:aws:iam::123456789012:user/nobody" } }).message).toBe(
      'Invalid principal in policy: "AWS":"arn:aws:iam::123456789012:user/nobody"',
    );
    expect(trusting({ ...assume, Action: "s3:*", Principal: { AWS: "123456789012" } }).message).toBe(
      "AssumeRole policy may only specify STS AssumeRole actions.",
    );
    call("UpdateAssumeRolePolicy", {
      RoleName: "worker",
      PolicyDocument: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ ...assume, Principal: { AWS: "arn:aws:iam::123456789012:user/developer" } }],
      }),
    });
  });

  it("take inline policies up to their quota, and give them back percent-encoded", () => {
    const { call, refused } = fresh();
    call("CreateRole", { RoleName: "worker", AssumeRolePolicyDocument: TRUST });
    call("PutRolePolicy", { RoleName: "worker", PolicyName: "logs", PolicyDocument: ALLOW });
    const got = call("GetRolePolicy", { RoleName: "worker", PolicyName: "logs" }) as unknown as { PolicyDocument: string };
    expect(got.PolicyDocument).toMatch(/^%7B%22Version%22/);
    expect(decodeURIComponent(got.PolicyDocument)).toBe(ALLOW);
    expect(call("ListRolePolicies", { RoleName: "worker" })).toMatchObject({ PolicyNames: ["logs"] });
    const large = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: Array.from({ length: 700 }, (_, i) => `logs:Action${i}`), Resource: "*" }],
    });
    expect(refused("PutRolePolicy", { RoleName: "worker", PolicyName: "large", PolicyDocument: large })).toMatchObject({
      code: "LimitExceeded",
      message: "Maximum policy size of 10240 bytes exceeded for role worker",
    });
    expect(refused("GetRolePolicy", { RoleName: "worker", PolicyName: "other" }).message).toBe(
      "The role policy with name other cannot be found.",
    );
    call("DeleteRolePolicy", { RoleName: "worker", PolicyName: "logs" });
    call("DeleteRole", { RoleName: "worker" });
  });

  it("have a permissions boundary that must be there", () => {
    const { call, refused } = fresh();
    call("CreateRole", { RoleName: "worker", AssumeRolePolicyDocument: TRUST });
    expect(refused("DeleteRolePermissionsBoundary", { RoleName: "worker" }).code).toBe("NoSuchEntity");
    expect(refused("PutRolePermissionsBoundary", { RoleName: "worker", PermissionsBoundary: `${ADMIN}Not` }).code).toBe("NoSuchEntity");
    call("PutRolePermissionsBoundary", { RoleName: "worker", PermissionsBoundary: ADMIN });
    expect(call("GetRole", { RoleName: "worker" })).toMatchObject({
      Role: { PermissionsBoundary: { PermissionsBoundaryType: "PermissionsBoundaryPolicy", PermissionsBoundaryArn: ADMIN } },
    });
    call("DeleteRolePermissionsBoundary", { RoleName: "worker" });
    expect(call("GetRole", { RoleName: "worker" })["Role"]).not.toHaveProperty("PermissionsBoundary");
  });
});

describe("managed policies", () => {
  it("have up to five versions, one of them the default", () => {
    const { call, refused } = fresh();
    const { Policy } = call("CreatePolicy", { PolicyName: "reads", PolicyDocument: ALLOW }) as unknown as { Policy: { Arn: string } };
    const PolicyArn = Policy.Arn;
    expect(PolicyArn).toBe("arn:aws:iam::123456789012:policy/reads");
    expect(refused("CreatePolicy", { PolicyName: "READS", PolicyDocument: ALLOW }).message).toBe(
      "A policy called READS already exists. Duplicate names are not allowed.",
    );
    for (let i = 0; i < 4; i++) call("CreatePolicyVersion", { PolicyArn, PolicyDocument: ALLOW, SetAsDefault: i === 1 });
    expect(refused("CreatePolicyVersion", { PolicyArn, PolicyDocument: ALLOW }).code).toBe("LimitExceeded");
    expect(call("ListPolicyVersions", { PolicyArn })).toMatchObject({
      Versions: [
        { VersionId: "v5" },
        { VersionId: "v4" },
        { VersionId: "v3", IsDefaultVersion: true },
        { VersionId: "v2" },
        { VersionId: "v1" },
      ],
    });
    expect(refused("DeletePolicyVersion", { PolicyArn, VersionId: "v3" }).message).toBe("Cannot delete the default version of a policy.");
    call("DeletePolicyVersion", { PolicyArn, VersionId: "v5" });
    // A number is never used twice.
    expect(call("CreatePolicyVersion", { PolicyArn, PolicyDocument: ALLOW })).toMatchObject({ PolicyVersion: { VersionId: "v6" } });
    call("SetDefaultPolicyVersion", { PolicyArn, VersionId: "v1" });
    expect(call("GetPolicy", { PolicyArn })).toMatchObject({ Policy: { DefaultVersionId: "v1", AttachmentCount: 0 } });
    expect(refused("DeletePolicy", { PolicyArn }).code).toBe("DeleteConflict");
    call("AttachUserPolicy", { UserName: "intruder", PolicyArn });
    expect(call("ListEntitiesForPolicy", { PolicyArn })).toMatchObject({ PolicyUsers: [{ UserName: "intruder" }], PolicyRoles: [] });
    expect(refused("DeletePolicy", { PolicyArn }).message).toBe("Cannot delete a policy attached to entities.");
    call("DetachUserPolicy", { UserName: "intruder", PolicyArn });
    for (const VersionId of ["v2", "v3", "v4", "v6"]) call("DeletePolicyVersion", { PolicyArn, VersionId });
    call("DeletePolicy", { PolicyArn });
    expect(refused("GetPolicy", { PolicyArn }).message).toBe(`Policy ${PolicyArn} was not found.`);
  });

  it("of AWS cannot be changed, those of the account are listed beside them", () => {
    const { call, refused } = fresh();
    expect(refused("CreatePolicyVersion", { PolicyArn: ADMIN, PolicyDocument: ALLOW })).toMatchObject({
      code: "AccessDenied",
      status: 403,
    });
    expect(call("ListPolicies", { Scope: "Local" })).toMatchObject({ Policies: [{ PolicyName: "ProtectAuditTrail", AttachmentCount: 1 }] });
    const aws = call("ListPolicies", { Scope: "AWS", OnlyAttached: true }) as unknown as { Policies: { PolicyName: string }[] };
    expect(aws.Policies.map(({ PolicyName }) => PolicyName)).toContain("PowerUserAccess");
    expect(aws.Policies.map(({ PolicyName }) => PolicyName)).not.toContain("AmazonS3FullAccess");
  });

  it("are refused in IAM's words", () => {
    const { refused } = fresh();
    const message = (statement: object) =>
      refused("CreatePolicy", { PolicyName: "p", PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }) });
    const allow = { Effect: "Allow", Action: "logs:*", Resource: "*" };
    expect(message({ ...allow, Wrong: 1 })).toMatchObject({ code: "MalformedPolicyDocument", message: "Syntax errors in policy." });
    expect(message({ ...allow, Action: "everything" }).message).toBe(
      "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.",
    );
    expect(message({ ...allow, Resource: "my-queue" }).message).toBe('Resource my-queue must be in ARN format or "*".');
    expect(message({ Effect: "Allow", Action: "logs:*" }).message).toBe("Policy statement must contain resources.");
    expect(message({ Effect: "Allow", Resource: "*" }).message).toBe("Policy statement must contain actions.");
    expect(message({ ...allow, Principal: "*" }).message).toBe("Policy document should not specify a principal.");
    expect(
      refused("CreatePolicy", {
        PolicyName: "p",
        PolicyDocument: JSON.stringify({
          Version: "2012-10-17",
          Statement: [
            { ...allow, Sid: "a" },
            { ...allow, Sid: "a" },
          ],
        }),
      }).message,
    ).toBe("Statement IDs (SID) in a single policy must be unique.");
  });
});
