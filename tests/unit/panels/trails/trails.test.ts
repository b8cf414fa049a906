import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { openFile } from "../../../../src/panels/trails/log-file.ts";
import { placeOf } from "../../../../src/panels/trails/place.ts";
import { readSelectors, whyTaken } from "../../../../src/panels/trails/selector-text.ts";
import { bucketPolicyFor, type Surroundings, type TrailDraft, trailRequests } from "../../../../src/panels/trails/trail-requests.ts";
import { openTestAccount, person } from "../../account/engine-harness.ts";

const DRAFT: TrailDraft = {
  name: "main",
  bucket: "trail-logs",
  prefix: "",
  multiRegion: true,
  withLogs: true,
  logGroup: "/trail",
  role: "TrailToLogs",
  start: true,
};
const AROUND: Surroundings = {
  account: "123456789012",
  region: "us-east-1",
  buckets: [],
  bucketPolicy: undefined,
  logGroups: [],
  roles: [],
};

describe("the steps that make a trail", () => {
  it("make what is not there, in an order in which each finds what it needs", () => {
    expect(trailRequests(DRAFT, AROUND).map(({ service, operation }) => `${service} ${operation}`)).toEqual([
      "s3 CreateBucket",
      "s3 PutBucketPolicy",
      "logs CreateLogGroup",
      "iam CreateRole",
      "iam PutRolePolicy",
      "cloudtrail CreateTrail",
      "cloudtrail StartLogging",
    ]);
  });

  it("leave alone what is there", () => {
    const around = { ...AROUND, buckets: ["trail-logs"], logGroups: ["/trail"], roles: ["TrailToLogs"] };
    expect(trailRequests({ ...DRAFT, start: false }, around).map(({ operation }) => operation)).toEqual(["PutBucketPolicy", "CreateTrail"]);
  });

  it("add to a bucket's policy, and change nothing where the statements stand already", () => {
    const own = JSON.stringify({
      Version: "2012-10-17",
      Statement: { Sid: "Mine", Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" },
    });
    const arn = "arn:aws:cloudtrail:us-east-1:123456789012:trail/main";
    const first = bucketPolicyFor(DRAFT, "123456789012", arn, own);
    const sids = (text: string | undefined) => (JSON.parse(text ?? "") as { Statement: { Sid: string }[] }).Statement.map(({ Sid }) => Sid);
    expect(sids(first)).toEqual(["Mine", "AWSCloudTrailAclCheckmain", "AWSCloudTrailWritemain"]);
    expect(bucketPolicyFor(DRAFT, "123456789012", arn, first)).toBeUndefined();
    expect(sids(bucketPolicyFor({ ...DRAFT, name: "other" }, "123456789012", `${arn}2`, first))).toHaveLength(5);
  });

  it("are taken by the engine, one after the other", async () => {
    const account = await openTestAccount();
    const admin = { caller: { kind: "person", principal: "admin" } } as const;
    for (const step of trailRequests(DRAFT, AROUND)) await person(account, step.service, step.operation, step.input, admin);
    const { output } = await person(account, "cloudtrail", "GetTrailStatus", { Name: "main" }, admin);
    expect(output["IsLogging"]).toBe(true);
  });
});

describe("selectors as text", () => {
  it("are refused in CloudTrail's words, at the value they are about", () => {
    const text = '[{ "ReadWriteType": "Sometimes" }]';
    const read = readSelectors(text, "basic");
    expect(read).toMatchObject({ error: { message: "Value Sometimes for ReadWriteType is invalid." } });
    const error = "error" in read ? read.error : undefined;
    expect(text.slice(error?.from, error?.to)).toBe('"Sometimes"');
    expect(readSelectors("[", "basic")).toMatchObject({ error: { from: 1 } });
    expect(readSelectors("{}", "basic")).toMatchObject({ error: { message: "Selectors are a list of objects." } });
    expect(readSelectors("[{}]", "advanced")).toMatchObject({ error: { message: expect.stringContaining("FieldSelectors") } });
  });

  it("say of an event whether it would be taken, and why", () => {
    const read = readSelectors('[{ "ReadWriteType": "WriteOnly" }]', "basic");
    if (!("selectors" in read)) throw new Error("They are good.");
    const event = { eventCategory: "Management", eventName: "ListRoles", readOnly: true };
    expect(whyTaken(read.selectors, event)).toMatchObject({
      verdict: false,
      selectors: [{ reason: "It logs write events only, and this one reads." }],
    });
    expect(whyTaken(read.selectors, { ...event, readOnly: false }).verdict).toBe(true);
  });
});

describe("an object opened", () => {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

  it("is unpacked and read as records", async () => {
    const file = await openFile(new Uint8Array(gzipSync('{"Records":[{"eventName":"A"},{"eventName":"B"},3]}')));
    expect(file.wasGzip).toBe(true);
    expect(file.records).toEqual([{ eventName: "A" }, { eventName: "B" }]);
  });

  it("is text where it is text, and neither where it is not", async () => {
    expect(await openFile(bytes("hello"))).toEqual({ bytes: 5, wasGzip: false, text: "hello" });
    expect(await openFile(bytes("{broken"))).toMatchObject({ text: "{broken" });
    expect(await openFile(new Uint8Array([0xff, 0xfe, 0x00]))).toEqual({ bytes: 3, wasGzip: false });
  });

  it("says when its gzip is cut off", async () => {
    const whole = new Uint8Array(gzipSync("x".repeat(5000)));
    const file = await openFile(whole.slice(0, whole.length - 12));
    expect(file.trouble).toBeDefined();
    expect(file.text).toBeUndefined();
  });
});

describe("addresses of the pages of trails", () => {
  it("mean a view, a trail or a bucket", () => {
    expect(placeOf("/trails")).toEqual({ view: "trails" });
    expect(placeOf("/trails/new")).toEqual({ view: "new" });
    expect(placeOf("/trails/trail/main")).toEqual({ view: "trail", name: "main" });
    expect(placeOf("/trails/buckets/b")).toEqual({ view: "bucket", name: "b" });
    expect(placeOf("/trails/x").view).toBe("unknown");
  });
});
