import { afterEach, describe, expect, it } from "vitest";
import { AccessExplained } from "../../../src/access/AccessExplained.tsx";
import { WhyDialog } from "../../../src/access/WhyDialog.tsx";
import { IdentityMenu } from "../../../src/app/IdentityMenu.tsx";
import { createCommand } from "../../../src/client/command.ts";
import { deniedMore } from "../../../src/client/denied.ts";
import { setFailureTeller } from "../../../src/ui/failure-more.ts";
import { toasts } from "../../../src/ui/toasts.ts";
import type { AccessTree, PrincipalRow } from "../../../workers/api.ts";
import { button, link, openPanel, text } from "../panels/panel-page.tsx";
import { expectAccessible, press, until } from "../ui/mount.tsx";

const STOP = '{ "Sid": "KeepTheTrail", "Effect": "Deny", "Action": ["cloudtrail:StopLogging"], "Resource": "*" }';
const GUARD = `{\n  "Version": "2012-10-17",\n  "Statement": [\n    ${STOP}\n  ]\n}`;
const ARN = "arn:aws:iam::123456789012:policy/ProtectAuditTrail";
const DEVELOPER = "arn:aws:iam::123456789012:user/developer";
const EXPLICIT: AccessTree = {
  principal: DEVELOPER,
  action: "cloudtrail:StopLogging",
  resource: "arn:aws:cloudtrail:us-east-1:123456789012:trail/main",
  decision: "explicitDeny",
  by: "identity",
  message: `User: ${DEVELOPER} is not authorized to perform: cloudtrail:StopLogging with an explicit deny in an identity-based policy`,
  sentence: "The identity-based policy ProtectAuditTrail, statement KeepTheTrail, denies cloudtrail:StopLogging.",
  policies: [
    {
      kind: "identity",
      name: "ProtectAuditTrail",
      type: "user-managed",
      arn: ARN,
      statements: [{ index: 0, sid: "KeepTheTrail", effect: "Deny", applies: true, decided: true, text: STOP }],
    },
  ],
  context: {},
};
const NEAR = '{"Effect": "Allow", "Action": "sqs:*", "Resource": "arn:aws:sqs:us-east-1:123456789012:order<b>x</b>"}';
const IMPLICIT: AccessTree = {
  principal: "arn:aws:iam::123456789012:user/intruder",
  action: "sqs:SendMessage",
  resource: "arn:aws:sqs:us-east-1:123456789012:orders",
  decision: "implicitDeny",
  by: "identity",
  message: "User: intruder is not authorized",
  sentence: "Statement 1 of Send would allow sqs:SendMessage, but its Resource does not fit.",
  policies: [
    {
      kind: "identity",
      name: "Send",
      type: "inline",
      statements: [
        { index: 0, effect: "Allow", applies: false, missed: "Resource", text: NEAR },
        { index: 1, effect: "Allow", applies: false, missed: "Action" },
      ],
    },
  ],
  context: { "aws:username": "intruder" },
};
const row = (name: string, policies: PrincipalRow["policies"]): PrincipalRow => ({
  kind: "user",
  name,
  arn: `arn:aws:iam::123456789012:user/${name}`,
  id: `AIDA${name}`,
  created: 0,
  policies,
  keys: [],
  tags: [],
});
const ROWS = [
  row("developer", [{ name: "ProtectAuditTrail", type: "user-managed", arn: ARN, document: GUARD }]),
  row("intruder", [{ name: "Send", type: "inline", document: `{"Version":"2012-10-17","Statement":[${NEAR}]}` }]),
];
const LOOKS = { "iam/principals": () => ROWS };
const denied = (tree: AccessTree) => ({ kind: "service", code: "AccessDenied", message: tree.message ?? "", because: tree });

afterEach(() => {
  location.hash = "";
});

describe("a denial explained", () => {
  it("says which statement denied, and marks it in the policy's text", async () => {
    const { host } = await openPanel("/x", () => <AccessExplained tree={EXPLICIT} />, { looks: LOOKS });
    await until(() => host.querySelector(".ln.hb") !== null, "the marked statement");
    expect(host.querySelector(".ln.hb")?.textContent).toContain("KeepTheTrail");
    expect(host.querySelectorAll(".ln.hb").length).toBe(1);
    expect(text(host)).toContain("Explicit deny");
    expect(text(host)).toContain("KeepTheTrailDenydecided");
    expect(link(host, "Open ProtectAuditTrail").getAttribute("href")).toBe(`#/iam/policies/${encodeURIComponent(ARN)}`);
    await expectAccessible(host);
  });

  it("shows of a near statement what fits and what differs, what is missing, and one way on; a policy's text is never markup", async () => {
    const { host } = await openPanel("/x", () => <AccessExplained tree={IMPLICIT} />, { looks: LOOKS, width: 390 });
    await until(() => text(host).includes("Give it to intruder"), "the way on");
    const parts = [...host.querySelectorAll(".stmt-part")].map((part) => text(part));
    expect(parts[0]).toContain("fitsActionsqs:*");
    expect(parts[1]).toContain("does not fitResource");
    expect(parts[1]).toContain("order<b>x</b>");
    expect(host.querySelector(".stmt-part b")).toBeNull();
    expect(text(host)).toContain("1 statement about other actions");
    expect(text(host)).toContain("no boundary");
    const href = decodeURIComponent(link(host, "Give it to intruder").getAttribute("href") ?? "");
    expect(href).toContain("/iam/users/intruder?allow=");
    expect(href).toContain('"Action":"sqs:SendMessage"');
    expect(host.querySelector(".access")?.scrollWidth).toBeLessThanOrEqual((host.querySelector(".access")?.clientWidth ?? 0) + 1);
    await expectAccessible(host);
  });

  it("shows the statement alone to who may not list IAM, and says so", async () => {
    const { host } = await openPanel("/x", () => <AccessExplained tree={EXPLICIT} />);
    await until(() => text(host).includes("The whole policy is read by those who may list IAM"), "the note");
    expect(text(host)).toContain("KeepTheTrail");
  });
});

describe("a denied call", () => {
  it("says whose identity was denied, and Why opens the judgement", async () => {
    setFailureTeller(deniedMore);
    const Page = () => {
      const command = createCommand();
      const send = (): void => void command.run({ service: "cloudtrail", operation: "StopLogging", input: { Name: "main" } });
      return (
        <>
          <button type="button" onClick={send}>
            Stop
          </button>
          <WhyDialog />
        </>
      );
    };
    const { host } = await openPanel("/x", Page, { looks: LOOKS, answers: { call: () => Promise.reject(denied(EXPLICIT)) } });
    button(host, "Stop").click();
    await until(() => toasts().length > 0, "the toast");
    expect(toasts()[0]?.title).toBe("AccessDenied: denied to developer");
    toasts()[0]?.action?.run();
    await until(() => text(host).includes("Why cloudtrail:StopLogging was denied"), "the dialog");
    await until(() => host.querySelector(".ln.hb") !== null, "the statement");
    await expectAccessible(host);
    setFailureTeller(() => undefined);
  });
});

describe("the identity switcher", () => {
  it("opens by keyboard, says of each in a sentence what it may do, and acts as who is chosen", async () => {
    const { host, fake } = await openPanel("/x", IdentityMenu);
    const opener = button(host, "Identity: developer");
    expect(text(opener)).toContain("developer");
    opener.focus();
    press(opener, "ArrowDown");
    await until(() => text(host).includes("Owns the account"), "the sentences");
    const items = [...host.querySelectorAll<HTMLElement>("[role=menuitemradio]")];
    expect(items.map((item) => item.querySelector(".menu-words")?.firstChild?.textContent?.trim())).toEqual([
      "root",
      "admin",
      "developer",
      "auditor",
      "intruder",
    ]);
    expect(document.activeElement?.textContent).toContain("developer");
    await expectAccessible(host);
    press(document.activeElement as HTMLElement, "ArrowDown");
    expect(document.activeElement?.textContent).toContain("auditor");
    (document.activeElement as HTMLElement).click();
    await until(() => fake.asked.some(([method]) => method === "stage"), "the command");
    expect(fake.asked.find(([method]) => method === "stage")?.[1]).toEqual({ kind: "identity", principal: "auditor" });
  });

  it("shows also someone whom the account got later", async () => {
    const { host, fake } = await openPanel("/x", IdentityMenu);
    fake.setPulse((now) => (now === undefined ? now : { ...now, identity: "mira" }));
    await until(() => button(host, "Identity: mira") !== undefined, "mira");
    button(host, "Identity: mira").click();
    await until(() => host.querySelector("[role=menuitemradio][aria-checked=true]") !== null, "the menu");
    const items = [...host.querySelectorAll<HTMLElement>("[role=menuitemradio]")];
    expect(items.filter((item) => item.getAttribute("aria-checked") === "true").map((item) => text(item))[0]).toContain("mira");
  });
});
