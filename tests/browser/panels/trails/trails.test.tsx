import { afterEach, describe, expect, it } from "vitest";
import { TrailsPanel } from "../../../../src/panels/trails/TrailsPanel.tsx";
import { NOON } from "../../app/fake-client.ts";
import { expectAccessible, press, until } from "../../ui/mount.tsx";
import { jsonOf, typeJson } from "../events/fake-events.ts";
import { button, choose, field, isWhole, openPanel, type PanelPage, rows, text, type } from "../panel-page.tsx";

const TRAIL = {
  Name: "main",
  TrailARN: "arn:aws:cloudtrail:us-east-1:123456789012:trail/main",
  HomeRegion: "us-east-1",
  S3BucketName: "trail-logs",
  IsMultiRegionTrail: true,
  isLogging: true,
  startLoggingTime: NOON - 3_600_000,
  status: { deliveryTime: NOON - 240_000 },
};
const BROKEN = { ...TRAIL, Name: "old", TrailARN: `${TRAIL.TrailARN}-old`, isLogging: false, status: { deliveryError: "NoSuchBucket" } };
const KEY = "AWSLogs/1/a.json.gz";
const gzip = async (content: string): Promise<Uint8Array> => {
  const stream = new Blob([content]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
};
const FILE = await gzip(
  JSON.stringify({ Records: [{ eventName: "CreateQueue", eventTime: "2026-03-12T09:00:00Z", userIdentity: { userName: "<b>ada</b>" } }] }),
);
const POLICY =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"s3:PutObject","Resource":"*"}]}';
const READS = {
  "s3 ListBuckets": () => ({ Buckets: [{ Name: "trail-logs", CreationDate: NOON }] }),
  "s3 GetBucketPolicy": () => ({ Policy: POLICY }),
  "s3 ListObjectsV2": ({ Prefix }: Readonly<Record<string, unknown>>) =>
    Prefix === "" || Prefix === undefined
      ? { CommonPrefixes: [{ Prefix: "AWSLogs/" }] }
      : Prefix === "AWSLogs/"
        ? { CommonPrefixes: [{ Prefix: "AWSLogs/1/" }] }
        : { Contents: [{ Key: KEY, Size: FILE.length }] },
  "s3 GetObject": () => ({ Body: FILE, ETag: '"e"', LastModified: NOON, ContentType: "application/json" }),
  "s3 CreateBucket": () => ({}),
  "s3 PutBucketPolicy": () => ({}),
  "sts GetCallerIdentity": () => ({ Account: "123456789012" }),
  "cloudtrail CreateTrail": () => ({}),
  "cloudtrail StartLogging": () => ({}),
  "cloudtrail StopLogging": () => ({}),
  "cloudtrail DeleteTrail": () => ({}),
  "cloudtrail PutEventSelectors": () => ({}),
};
const record = (eventName: string, readOnly: boolean) => ({
  eventId: eventName,
  eventName,
  eventSource: "iam.amazonaws.com",
  eventTime: NOON,
  record: { eventCategory: "Management", eventName, eventSource: "iam.amazonaws.com", readOnly },
});
const open = (hash: string, options: { readonly width?: number; readonly none?: boolean } = {}): Promise<PanelPage> =>
  openPanel("/trails/*", TrailsPanel, {
    hash: `#${hash}`,
    reads: READS,
    looks: {
      "cloudtrail/trails": () => (options.none ? [] : [TRAIL, BROKEN]),
      "cloudtrail/history": () => ({ days: 90, total: 2, rows: [record("CreateUser", false), record("ListUsers", true)] }),
      "iam/principals": () => [],
    },
    ...(options.width === undefined ? {} : { width: options.width }),
  });
const tab = (host: HTMLElement, name: string): void =>
  [...host.querySelectorAll<HTMLElement>("[role=tab]")].find((one) => one.textContent?.startsWith(name))?.click();

afterEach(() => {
  location.hash = "";
});

describe("trails", () => {
  it("stand with status, last delivery and errors, and open", async () => {
    const { host } = await open("/trails");
    await until(() => rows(host).length === 2, "both");
    expect(text(rows(host)[0] as HTMLElement)).toContain("Logging");
    expect(text(rows(host)[0] as HTMLElement)).toContain("2026-03-12 09:15:24");
    expect(text(rows(host)[1] as HTMLElement)).toContain("NoSuchBucket");
    await expectAccessible(host);
    press(rows(host)[0] as HTMLElement, "Enter");
    await until(() => location.hash === "#/trails/trail/main", "its page");
  });

  it("say why there are none, with a way on; are whole on a phone", async () => {
    const { host } = await open("/trails", { none: true });
    await until(() => text(host).includes("There is no trail"), "the empty list");
    button(host, "Create trail").click();
    await until(() => location.hash === "#/trails/new", "the form");
    const phone = await open("/trails", { width: 390 });
    await until(() => phone.host.querySelectorAll(".tbl.cards .card").length === 2, "cards");
    expect(isWhole(phone.host)).toBe(true);
    await expectAccessible(phone.host);
  });
});

describe("a new trail", () => {
  it("is made with its bucket and policy in one step", async () => {
    const { host, fake, called } = await open("/trails/new");
    await until(() => text(host).includes("aws cloudtrail CreateTrail"), "the lines");
    type(field(host, "Name"), "audit");
    type(field(host, "S3 bucket"), "audit-files");
    await until(() => text(host).includes("A new bucket, made with the policy CloudTrail needs."), "the hint");
    await expectAccessible(host);
    button(host, "Create trail").click();
    await until(() => called("StartLogging").length === 1, "all calls");
    const order = fake.asked.filter(([method]) => method === "call").map(([, request]) => (request as { operation: string }).operation);
    expect(order).toEqual(["CreateBucket", "PutBucketPolicy", "CreateTrail", "StartLogging"]);
    expect(called("CreateTrail")[0]).toEqual({ Name: "audit", S3BucketName: "audit-files", IsMultiRegionTrail: true });
    await until(() => location.hash === "#/trails/trail/audit", "its page");
  });

  it("chooses or makes a log group and a role", async () => {
    const { host } = await open("/trails/new", { width: 390 });
    await until(() => text(host).includes("aws cloudtrail CreateTrail"), "the lines");
    button(host, "Send records to a log group too").click();
    await until(() => text(host).includes("aws iam CreateRole"), "the role's line");
    expect(text(host)).toContain("aws logs CreateLogGroup");
    expect(isWhole(host)).toBe(true);
    await expectAccessible(host);
  });
});

describe("a trail", () => {
  it("shows how it goes, is stopped, and is deleted after a question", async () => {
    const { host, called } = await open("/trails/trail/main");
    await until(() => text(host).includes("Logs since"), "the facts");
    await expectAccessible(host);
    button(host, "Stop logging").click();
    await until(() => called("StopLogging").length === 1, "the call");
    button(host, "Delete").click();
    await until(() => host.querySelector("dialog[open]") !== null, "the question");
    button(host.querySelector("dialog[open]") as HTMLElement, "Delete").click();
    await until(() => called("DeleteTrail").length === 1, "the call");
  });

  it("tries its selectors on the last calls while they are written, and says why", async () => {
    const { host } = await open("/trails/trail/main");
    await until(() => text(host).includes("Logs since"), "the facts");
    tab(host, "Event selectors");
    await until(() => rows(host).length === 3, "the calls and an example");
    expect(rows(host).map((row) => text(row).includes("logged"))).toEqual([true, true, false]);
    button(host, "Start from").click();
    [...host.querySelectorAll<HTMLElement>("[role=menuitem]")].find((item) => item.textContent?.trim() === "Write events only")?.click();
    await until(() => text(rows(host)[1] as HTMLElement).includes("left out"), "the read is left out");
    rows(host)[1]?.click();
    await until(() => text(host).includes("It logs write events only, and this one reads."), "why");
    await expectAccessible(host);
    button(host, "Advanced").click();
    await until(() => text(host).includes("readOnly Equals false"), "the fields");
    await expectAccessible(host);
  });

  it("writes its selectors field by field, the same text beside them", async () => {
    const { host, called } = await open("/trails/trail/main");
    await until(() => text(host).includes("Logs since"), "the facts");
    tab(host, "Event selectors");
    const json = (): unknown => JSON.parse(jsonOf(host, "EventSelectors"));
    await until(() => host.querySelector('.cm-content[aria-label="EventSelectors"]') !== null, "the text");
    choose(field(host, "Read or write"), "WriteOnly");
    button(host, "Leave out kms.amazonaws.com").click();
    button(host, "Add data events").click();
    await until(() => jsonOf(host, "EventSelectors").includes("AWS::S3::Object"), "the type");
    expect(json()).toEqual([
      {
        ReadWriteType: "WriteOnly",
        IncludeManagementEvents: true,
        ExcludeManagementEventSources: ["kms.amazonaws.com"],
        DataResources: [{ Type: "AWS::S3::Object", Values: ["arn:aws:s3"] }],
      },
    ]);
    const arns = field(host, "ARNs");
    type(arns, "arn:aws:s3:::reports/\narn:aws:s3:::bills");
    await until(() => text(host).includes("Value arn:aws:s3:::bills for DataResources.Values is invalid."), "what is wrong");
    expect(arns.getAttribute("aria-invalid")).toBe("true");
    type(arns, "arn:aws:s3:::reports/\n");
    await until(() => arns.getAttribute("aria-invalid") === null, "right again");
    expect(arns.value).toBe("arn:aws:s3:::reports/\n");
    await expectAccessible(host);
    // The text is typed over: the fields follow.
    typeJson(host, "EventSelectors", '[{"ReadWriteType":"ReadOnly","DataResources":[{"Type":"AWS::S3::Object","Values":["arn:aws:s3"]}]}]');
    await until(() => field(host, "Read or write").value === "ReadOnly", "the field follows");
    typeJson(host, "EventSelectors", "[1]");
    await until(() => text(host).includes("has no fields to show"), "no fields");
    typeJson(host, "EventSelectors", '[{"ReadWriteType":"ReadOnly"}]');
    await until(() => host.querySelector(".selector") !== null, "fields again");
    button(host, "Save selectors").click();
    await until(() => called("PutEventSelectors").length === 1, "the call");
    expect(called("PutEventSelectors")[0]).toEqual({ TrailName: "main", EventSelectors: [{ ReadWriteType: "ReadOnly" }] });
  });

  it("writes advanced selectors: name, fields, operators, values", async () => {
    const { host, called } = await open("/trails/trail/main", { width: 390 });
    await until(() => text(host).includes("Logs since"), "the facts");
    tab(host, "Event selectors");
    await until(() => host.querySelector(".selector") !== null, "the form");
    button(host, "Advanced").click();
    await until(() => host.querySelectorAll(".selector-row").length === 3, "the fields of the example");
    const row = (at: number): HTMLElement => host.querySelectorAll<HTMLElement>(".selector-row")[at] as HTMLElement;
    type(field(host, "Name"), "Uploads");
    choose(field(row(0), "Value"), "Data");
    await until(() => text(row(2)).includes("eventSource"), "the fields of data events");
    button(row(1), "Remove readOnly").click();
    button(row(1), "Remove eventSource").click();
    await until(() => host.querySelectorAll(".selector-row").length === 1, "one is left");
    button(host, "Add field").click();
    await until(() => host.querySelectorAll(".selector-row").length === 2, "the required one first");
    expect(field(row(1), "Field").value).toBe("resources.type");
    type(field(row(1), "Value"), "AWS::S3::Object");
    button(host, "Add field").click();
    await until(() => host.querySelectorAll(".selector-row").length === 3, "another");
    choose(field(row(2), "Operator"), "StartsWith");
    await until(() => field(row(2), "Operator").value === "StartsWith", "the operator");
    type(field(row(2), "Values"), "Put\nDelete");
    await until(() => !(button(host, "Save selectors") as HTMLButtonElement).disabled, "it may be saved");
    expect(isWhole(host)).toBe(true);
    await expectAccessible(host);
    button(host, "Save selectors").click();
    await until(() => called("PutEventSelectors").length === 1, "the call");
    expect(called("PutEventSelectors")[0]).toEqual({
      TrailName: "main",
      AdvancedEventSelectors: [
        {
          Name: "Uploads",
          FieldSelectors: [
            { Field: "eventCategory", Equals: ["Data"] },
            { Field: "resources.type", Equals: ["AWS::S3::Object"] },
            { Field: "eventName", StartsWith: ["Put", "Delete"] },
          ],
        },
      ],
    });
  });

  it("opens its files: folders, records unpacked, the raw text; what stands in them is never markup", async () => {
    const { host } = await open("/trails/trail/main", { width: 1024 });
    await until(() => text(host).includes("Logs since"), "the facts");
    tab(host, "Files");
    await until(() => text(host).includes("a.json.gz"), "the file, folders that are alone opened");
    expect([...host.querySelectorAll(".trails-key")].map((one) => text(one).split(" ")[0])).toEqual([
      "AWSLogs/",
      "1/",
      expect.stringMatching(/^a\.json\.gz/),
    ]);
    [...host.querySelectorAll<HTMLElement>(".trails-key")].at(-1)?.click();
    await until(() => rows(host).length === 1, "the record");
    expect(text(rows(host)[0] as HTMLElement)).toContain("<b>ada</b>");
    await expectAccessible(host);
    tab(host, "Raw");
    await until(() => text(host.querySelector(".trails-raw") as HTMLElement).startsWith('{"Records"'), "the text");
    tab(host, "Facts");
    await until(() => text(host).includes("gzip, unpacked"), "the facts");
    await expectAccessible(host);
  });

  it("that is not there says so", async () => {
    const { host } = await open("/trails/trail/gone");
    await until(() => text(host).includes("There is no trail gone"), "the note");
  });
});

describe("buckets", () => {
  it("stand in a list; one shows its objects and its policy", async () => {
    const { host } = await open("/trails/buckets");
    await until(() => rows(host).length === 1, "the bucket");
    await expectAccessible(host);
    const one = await open("/trails/buckets/trail-logs", { width: 390 });
    await until(() => text(one.host).includes("a.json.gz"), "the file");
    tab(one.host, "Policy");
    await until(() => text(one.host).includes("Allow s3:PutObject on every resource by cloudtrail.amazonaws.com"), "the sentence");
    expect(isWhole(one.host)).toBe(true);
    await expectAccessible(one.host);
  });
});
