import { afterEach, describe, expect, it } from "vitest";
import { deniedMore } from "../../../../src/client/denied.ts";
import { IamPanel } from "../../../../src/panels/iam/IamPanel.tsx";
import { setFailureTeller } from "../../../../src/ui/failure-more.ts";
import type { PrincipalRow } from "../../../../workers/api.ts";
import { expectAccessible, press, until } from "../../ui/mount.tsx";
import { button, choose, field, isWhole, link, openPanel, type PanelPage, rows, text, type } from "../panel-page.tsx";

const policy = (...Statement: readonly object[]): string => JSON.stringify({ Version: "2012-10-17", Statement }, undefined, 2);
const GUARD = policy({ Sid: "KeepTheTrail", Effect: "Deny", Action: "cloudtrail:StopLogging", Resource: "*" });
const GUARD_ARN = "arn:aws:iam::123456789012:policy/ProtectAuditTrail";
const ROWS: readonly PrincipalRow[] = [
  {
    kind: "user",
    name: "developer",
    arn: "arn:aws:iam::123456789012:user/developer",
    id: "AIDA1",
    created: 0,
    policies: [
      { name: "All", type: "inline", document: policy({ Effect: "Allow", Action: "*", Resource: "*" }) },
      { name: "ProtectAuditTrail", type: "user-managed", arn: GUARD_ARN, document: GUARD },
    ],
    keys: [{ AccessKeyId: "AKIA1", Status: "Active", CreateDate: 0 }],
    tags: [],
  },
  {
    kind: "role",
    name: "deploy<i>",
    arn: "arn:aws:iam::123456789012:role/deploy<i>",
    id: "AROA1",
    created: 0,
    policies: [],
    trust: policy({ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }),
    keys: [],
    tags: [],
  },
];
const simulated = (input: Readonly<Record<string, unknown>>) => {
  const actions = input["ActionNames"] as readonly string[];
  return {
    EvaluationResults: actions.map((EvalActionName) => ({
      EvalActionName,
      EvalResourceName: "*",
      EvalDecision: EvalActionName === "cloudtrail:StopLogging" ? "explicitDeny" : "allowed",
      MatchedStatements:
        EvalActionName === "cloudtrail:StopLogging"
          ? [{ SourcePolicyId: "ProtectAuditTrail", StartPosition: { Line: 4, Column: 5 }, EndPosition: { Line: 9, Column: 6 } }]
          : [],
      MissingContextValues: EvalActionName === "s3:GetObject" ? ["aws:SourceVpc"] : [],
    })),
  };
};
const FIDELITY = async () => [
  { service: "cloudtrail", operation: "StopLogging", built: true, action: "cloudtrail:StopLogging" },
  { service: "s3", operation: "ListObjectsV2", built: true, action: "s3:ListBucket" },
];
const READS = {
  "iam SimulatePrincipalPolicy": simulated,
  "iam ListPolicies": () => ({
    Policies: [
      { PolicyName: "AdministratorAccess", Arn: "arn:aws:iam::aws:policy/AdministratorAccess", DefaultVersionId: "v1", AttachmentCount: 1 },
      { PolicyName: "ProtectAuditTrail", Arn: GUARD_ARN, DefaultVersionId: "v1", AttachmentCount: 1 },
    ],
  }),
  "iam GetPolicy": () => ({ Policy: { PolicyName: "ProtectAuditTrail", Arn: GUARD_ARN, DefaultVersionId: "v1", AttachmentCount: 1 } }),
  "iam ListPolicyVersions": () => ({ Versions: [{ VersionId: "v1", IsDefaultVersion: true }] }),
  "iam GetPolicyVersion": () => ({ PolicyVersion: { Document: encodeURIComponent(GUARD), VersionId: "v1" } }),
  "iam ListEntitiesForPolicy": () => ({ PolicyUsers: [{ UserName: "developer" }], PolicyRoles: [] }),
  "iam PutUserPolicy": () => ({}),
  "iam DetachUserPolicy": () => ({}),
  "iam AttachRolePolicy": () => ({}),
  "iam UpdateAccessKey": () => ({}),
  "iam CreateAccessKey": () => ({ AccessKey: { AccessKeyId: "AKIA2", SecretAccessKey: "s3cr3t" } }),
  "iam CreateRole": () => ({}),
};
const open = (hash: string, options: { readonly width?: number; readonly none?: boolean } = {}): Promise<PanelPage> =>
  openPanel("/iam/*", IamPanel, {
    hash: `#${hash}`,
    reads: READS,
    looks: { "iam/principals": () => (options.none ? [] : ROWS) },
    answers: { fidelity: FIDELITY },
    ...options,
  });

afterEach(() => {
  location.hash = "";
  setFailureTeller(() => undefined);
});

describe("users and roles", () => {
  it("stand in a list with their policies, and open", async () => {
    const { host } = await open("/iam");
    await until(() => rows(host).length === 2, "both");
    expect(text(rows(host)[0] as HTMLElement)).toContain("All, ProtectAuditTrail");
    expect(text(rows(host)[0] as HTMLElement)).toContain("you act as it");
    expect(host.querySelector(".tbl i:not(.g)")).toBeNull();
    await expectAccessible(host);
    press(rows(host)[0] as HTMLElement, "Enter");
    await until(() => location.hash === "#/iam/users/developer", "its page");
  });

  it("say when there are none", async () => {
    const { host } = await open("/iam", { none: true });
    await until(() => text(host).includes("There are no users and roles"), "the empty list");
  });

  it("are whole on a phone", async () => {
    const { host } = await open("/iam", { width: 390 });
    await until(() => host.querySelectorAll(".tbl.cards .card").length === 2, "cards");
    expect(isWhole(host)).toBe(true);
    await expectAccessible(host);
  });
});

describe("a user", () => {
  it("shows its policies as sentences, their text on demand, and detaches", async () => {
    const { host, called } = await open("/iam/users/developer");
    await until(() => text(host).includes("Allow everything on every resource"), "the sentence");
    expect(text(host)).toContain("Deny cloudtrail:StopLogging on every resource (KeepTheTrail)");
    button(host, "Show JSON").click();
    await until(() => host.querySelector(".code.lined") !== null, "the text");
    await expectAccessible(host);
    button(host, "Detach").click();
    await until(() => called("DetachUserPolicy").length === 1, "the call");
    expect(called("DetachUserPolicy")[0]).toEqual({ UserName: "developer", PolicyArn: GUARD_ARN });
  });

  it("is given a statement by its address, in an editor that is sent as an inline policy", async () => {
    const statement = { Effect: "Allow", Action: "logs:CreateLogGroup", Resource: "*" };
    const { host, called } = await open(`/iam/users/developer?allow=${encodeURIComponent(JSON.stringify(statement))}`);
    await until(() => text(host).includes("Allow logs:CreateLogGroup on every resource"), "the summary");
    expect(field(host, "Policy name").value).toBe("AllowCreateLogGroup");
    await expectAccessible(host);
    button(host, "Save").click();
    await until(() => called("PutUserPolicy").length === 1, "the call");
    const { PolicyName, PolicyDocument } = called("PutUserPolicy")[0] as { PolicyName: string; PolicyDocument: string };
    expect(PolicyName).toBe("AllowCreateLogGroup");
    expect(JSON.parse(PolicyDocument)).toEqual({ Version: "2012-10-17", Statement: [statement] });
  });

  it("turns access keys off, and shows a new one's secret once", async () => {
    const { host, called } = await open("/iam/users/developer");
    await until(() => text(host).includes("Permissions"), "the page");
    [...host.querySelectorAll<HTMLElement>("[role=tab]")].find((tab) => tab.textContent?.startsWith("Access keys"))?.click();
    await until(() => rows(host).length === 1, "the key");
    button(host, "Deactivate").click();
    await until(() => called("UpdateAccessKey").length === 1, "the call");
    expect(called("UpdateAccessKey")[0]).toEqual({ UserName: "developer", AccessKeyId: "AKIA1", Status: "Inactive" });
    await until(() => button(host, "Create access key").getAttribute("aria-busy") === null, "the call's end");
    button(host, "Create access key").click();
    await until(() => text(host).includes("s3cr3t"), "the secret");
    await expectAccessible(host);
  });

  it("that is not there says so", async () => {
    const { host } = await open("/iam/users/nobody");
    await until(() => text(host).includes("There is no nobody"), "the note");
  });
});

describe("a role", () => {
  it("shows who may assume it, and takes a policy by its name", async () => {
    const { host, fake, called } = await open(`/iam/roles/${encodeURIComponent("deploy<i>")}`);
    await until(() => text(host).includes("Nothing speaks for it"), "no policies");
    button(host, "Attach policy").click();
    await until(() => host.querySelector("dialog[open]") !== null, "the dialog");
    const dialog = host.querySelector("dialog[open]") as HTMLElement;
    const asked = (): boolean => fake.asked.some(([, one]) => (one as { operation?: string } | undefined)?.operation === "ListPolicies");
    await until(asked, "the policies there are");
    await new Promise((answered) => setTimeout(answered, 50));
    type(field(dialog, "Policy"), "AdministratorAccess");
    button(dialog, "Attach policy").click();
    await until(() => called("AttachRolePolicy").length === 1, "the call");
    expect(called("AttachRolePolicy")[0]).toEqual({ RoleName: "deploy<i>", PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" });
    [...host.querySelectorAll<HTMLElement>("[role=tab]")].find((tab) => tab.textContent === "Trust policy")?.click();
    await until(() => text(host).includes("Allow sts:AssumeRole by ec2.amazonaws.com"), "the sentence");
    await expectAccessible(host);
  });
});

describe("managed policies", () => {
  it("stand own ones first, are found by name, and open", async () => {
    const { host } = await open("/iam/policies");
    await until(() => rows(host).length === 2, "both");
    expect(text(rows(host)[0] as HTMLElement)).toContain("ProtectAuditTrail");
    type(field(host, "Find a policy"), "admin");
    await until(() => rows(host).length === 1, "the one");
    await expectAccessible(host);
  });

  it("show sentences, text and who has them; AWS's own cannot be changed", async () => {
    const { host } = await open(`/iam/policies/${encodeURIComponent(GUARD_ARN)}`);
    await until(() => text(host).includes("Deny cloudtrail:StopLogging on every resource"), "the sentence");
    await until(() => link(host, "developer").getAttribute("href") === "#/iam/users/developer", "who has it");
    expect(button(host, "Edit as new version").getAttribute("aria-disabled")).toBeNull();
    await expectAccessible(host);
    const own = await open(`/iam/policies/${encodeURIComponent("arn:aws:iam::aws:policy/AdministratorAccess")}`);
    await until(() => text(own.host).includes("AWS managed"), "the page");
    expect(button(own.host, "Edit as new version").getAttribute("aria-disabled")).toBe("true");
  });
});

describe("the simulator", () => {
  const at = "/iam/simulator?principal=arn%3Aaws%3Aiam%3A%3A123456789012%3Auser%2Fdeveloper&action=cloudtrail%3AStopLogging&resource=*";

  it("says which statement decided, and shows it marked", async () => {
    const { host } = await open(at);
    await until(() => rows(host).length === 1, "the result");
    expect(text(rows(host)[0] as HTMLElement)).toContain("Denied");
    expect(text(rows(host)[0] as HTMLElement)).toContain("ProtectAuditTrail, KeepTheTrail");
    await until(() => host.querySelector(".ln.hb") !== null, "the marked text");
    expect(text(host)).toContain("ProtectAuditTrail, KeepTheTrail, denies cloudtrail:StopLogging.");
    await expectAccessible(host);
  });

  it("tries several actions, on resources, with context keys; a wrong line is said and nothing is asked", async () => {
    const { host, fake } = await open(at);
    await until(() => rows(host).length === 1, "the result");
    type(field(host, "Actions, one a line"), "s3:GetObject\ncloudtrail:StopLogging\ns3:ListBucket");
    await until(() => rows(host).length === 3, "three results");
    expect(text(host)).toContain("Keys that were not given aws:SourceVpc");
    await until(() => host.textContent?.includes("No operation known here takes this action") ?? false, "what is no operation");
    expect(
      [...host.querySelectorAll(".callout")].find((one) => text(one).includes("No operation"))?.querySelector("code")?.textContent,
    ).toBe("s3:GetObject");
    type(field(host, "Resources"), "arn:aws:s3:::b/k");
    type(field(host, "Context keys"), "aws:SourceIp = 203.0.113.7");
    const asked = () =>
      fake.asked.filter(([method]) => method === "read").map(([, request]) => request as { operation: string; input: object });
    await until(() => JSON.stringify(asked().at(-1)?.input ?? {}).includes('"ContextKeyValues":["203.0.113.7"]'), "the question");
    expect(asked().at(-1)?.input).toMatchObject({ ResourceArns: ["arn:aws:s3:::b/k"] });
    type(field(host, "Context keys"), "nonsense");
    await until(() => text(host).includes("Line 1 says no key = value."), "the rule");
    expect(rows(host).length).toBe(0);
  });

  it("changes the principal, and is usable on a phone", async () => {
    const { host } = await open(at, { width: 390 });
    await until(() => host.querySelectorAll(".tbl.cards .card").length === 1, "the card");
    choose(field(host, "Principal"), "arn:aws:iam::123456789012:role/deploy<i>");
    button(host, "Why").click();
    await until(() => text(host).includes("No statement of an identity policy allows"), "why");
    expect(isWhole(host)).toBe(true);
    await expectAccessible(host);
  });
});

describe("who may not", () => {
  it("is told whose identity was denied, with a way to why", async () => {
    setFailureTeller(deniedMore);
    const tree = {
      principal: "arn:aws:iam::1:user/intruder",
      action: "iam:ListUsers",
      resource: "*",
      decision: "implicitDeny",
      by: "identity",
      sentence: "",
      policies: [],
      context: {},
    };
    const { host } = await openPanel("/iam/*", IamPanel, {
      hash: "#/iam",
      looks: {
        "iam/principals": () => {
          throw { kind: "service", code: "AccessDenied", message: "No.", because: tree };
        },
      },
    });
    await until(() => text(host).includes("AccessDenied: denied to intruder"), "the error");
    expect(button(host, "Why")).toBeDefined();
    await expectAccessible(host);
  });
});
