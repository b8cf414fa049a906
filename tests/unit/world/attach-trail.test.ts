import { describe, expect, it } from "vitest";
import type { Account } from "../../../workers/account/account.ts";
import { attachFile, inspectBlob } from "../../../workers/browser/files.ts";
import type { Pace } from "../../../workers/browser/pace.ts";
import type { Session } from "../../../workers/browser/session.ts";
import { InputError } from "../../../workers/model/errors.ts";
import { createMemoryStorage } from "../../../workers/store/memory-storage.ts";
import { openTestAccount, START, scenario, screen } from "../account/engine-harness.ts";

const pace = { cancelled: false, breathe: () => undefined, onWork: () => undefined } as unknown as Pace;

/** As much of a session as attaching needs. */
async function session() {
  const made = {
    account: await openTestAccount(),
    fresh: async (wanted: object) => {
      made.account = await openTestAccount({ storage: createMemoryStorage({ id: "fresh" }), scenario: { ...scenario(), ...wanted } });
    },
  };
  return made as unknown as Session & { readonly account: Account };
}

const record = (eventName: string, more: object = {}): object => ({
  eventVersion: "1.08",
  userIdentity: { type: "IAMUser", userName: "eve", accountId: "218007301253" },
  eventTime: "2023-07-10T12:00:00Z",
  eventSource: "iam.amazonaws.com",
  eventName,
  awsRegion: "eu-west-1",
  eventID: `id-${eventName}`,
  readOnly: false,
  managementEvent: true,
  eventCategory: "Management",
  recipientAccountId: "218007301253",
  ...more,
});
const file = (...records: unknown[]): Blob => new Blob([JSON.stringify({ Records: records })]);
const mapping = { logGroupName: "/imported/x", logStreamName: "x", timeFormat: "none", multiline: "off" } as const;
const request = (blob: Blob) => ({ file: blob, name: "trail.json", mapping, mode: "history", trail: true }) as const;

describe("a CloudTrail log file that is dropped", () => {
  it("is recognised, with what is in it", async () => {
    const found = await inspectBlob(
      START,
      pace,
      file(record("CreateUser"), record("AttachUserPolicy", { awsRegion: "us-east-1" }), 17),
      "trail.json",
    );
    const at = Date.UTC(2023, 6, 10, 12);
    expect(found.trail).toMatchObject({
      records: 2,
      skipped: 1,
      first: at,
      last: at,
      regions: [
        { name: "eu-west-1", records: 1 },
        { name: "us-east-1", records: 1 },
      ],
      accounts: [{ name: "218007301253", records: 2 }],
    });
    expect((await inspectBlob(START, pace, new Blob(["2024-01-01T00:00:00Z INFO up"]), "a.log")).trail).toBeUndefined();
  });

  it("opens an account just after its last record, with the records in its event history as they are", async () => {
    const open = await session();
    const old = record("Old", { eventTime: "2023-01-01T00:00:00Z" });
    const data = record("GetObject", { eventCategory: "Data", managementEvent: false });
    const strange = record("Strange", { awsRegion: "apiso-south-3r" });
    await attachFile(open, pace, request(file(record("CreateUser"), old, data, strange, { eventName: "Broken" })), "us-east-1");
    const { account } = open;
    expect(account.now).toBe(Date.UTC(2023, 6, 10, 12, 0, 1));
    const { output } = await screen(account, "cloudtrail", "LookupEvents", {}, { region: "eu-west-1" });
    const events = output["Events"] as { EventName: string; Username: string; CloudTrailEvent: string }[];
    expect(events.map(({ EventName, Username }) => [EventName, Username])).toEqual([
      ["Strange", "eve"],
      ["CreateUser", "eve"],
    ]);
    expect(JSON.parse(events[0]?.CloudTrailEvent ?? "")).toEqual(strange);
    const [doc] = (await account.look({ service: "cloudtrail", view: "imported", region: "eu-west-1" })) as { warnings: string[] }[];
    expect(doc).toMatchObject({ taken: 2, otherEvents: 1, tooOld: 1, skipped: 1 });
    expect(doc?.warnings).toEqual([
      expect.stringContaining("it has no eventTime"),
      "1 of its records names the Region apiso-south-3r, which AWS does not have: they stand in the event history of eu-west-1.",
    ]);
  });

  it("is refused by a sentence where it holds no records, and nothing is opened", async () => {
    const open = await session();
    const before = open.account;
    await expect(attachFile(open, pace, request(file()), "us-east-1")).rejects.toThrow("holds no CloudTrail records");
    await expect(attachFile(open, pace, request(new Blob(["a line"])), "us-east-1")).rejects.toBeInstanceOf(InputError);
    expect(open.account).toBe(before);
  });

  it("must be named as a command has it", async () => {
    const { account } = await session();
    for (const wrong of [{ sha256: "x" }, { name: "" }, { bytes: 0 }]) {
      const command = { kind: "attach-trail", sha256: "a".repeat(64), name: "n", bytes: 1, ...wrong };
      await expect(account.stage(command, "us-east-1")).rejects.toBeInstanceOf(InputError);
    }
    const missing = { kind: "attach-trail", sha256: "a".repeat(64), name: "n", bytes: 1 };
    expect(await account.stage(missing, "us-east-1")).toEqual({ missing: true });
    expect(account.missingFiles).toMatchObject([{ name: "n" }]);
  });
});
