import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ec2 } from "../../../../workers/services/ec2/definition.ts";
import { globOf } from "../../../../workers/services/ec2/filters.ts";
import { failure } from "../../account/engine-harness.ts";
import { atOnce, type Harness, harness } from "../harness.ts";

const NOW = Date.UTC(2026, 2, 12, 9);
const IMAGE = "ami-0123456789abcdef0";

interface Shown {
  readonly InstanceId: string;
  readonly InstanceType: string;
}

function launch(h: Harness, InstanceType: string, tags: Readonly<Record<string, string>> = {}): string {
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  const TagSpecifications = Tags.length === 0 ? [] : [{ ResourceType: "instance", Tags }];
  const input = { ImageId: IMAGE, InstanceType, MinCount: 1, MaxCount: 1, TagSpecifications };
  return atOnce(h.call<{ Instances: readonly Shown[] }>("RunInstances", input)).Instances[0]?.InstanceId ?? "";
}

type Page = { readonly Reservations: readonly { readonly Instances: readonly Shown[] }[]; readonly NextToken?: string };
const page = (h: Harness, input: object): Page => atOnce(h.call<Page>("DescribeInstances", input));
const ids = ({ Reservations }: Page): readonly string[] =>
  Reservations.flatMap(({ Instances }) => Instances.map(({ InstanceId }) => InstanceId));
const refusal = async (h: Harness, operation: string, input: object): Promise<string> => {
  const { code, message } = await failure(Promise.resolve().then(() => h.call(operation, input)));
  return `${code}: ${message}`;
};

async function three(): Promise<{ readonly h: Harness; readonly web: string; readonly api: string; readonly db: string }> {
  const h = harness(ec2, { now: NOW });
  const web = launch(h, "t3.micro", { Name: "web-1", team: "blue" });
  const api = launch(h, "t3.small", { Name: "api-1", team: "red" });
  await h.advanceTo(NOW + 15_000);
  const db = launch(h, "m5.large");
  return { h, web, api, db };
}

describe("filters of instances", () => {
  it.each([
    [[{ Name: "instance-state-name", Values: ["running"] }], ["web", "api"]],
    [[{ Name: "instance-state-name", Values: ["pending", "stopped"] }], ["db"]],
    [[{ Name: "instance-state-code", Values: ["16"] }], ["web", "api"]],
    [[{ Name: "tag:team", Values: ["blue"] }], ["web"]],
    [[{ Name: "tag:team", Values: ["BLUE"] }], []],
    [[{ Name: "tag:Name", Values: ["*-1"] }], ["web", "api"]],
    [[{ Name: "tag-key", Values: ["team"] }], ["web", "api"]],
    [[{ Name: "instance-type", Values: ["t3.?????"] }], ["web", "api"]],
    [
      [
        { Name: "tag-key", Values: ["team"] },
        { Name: "instance-type", Values: ["t3.small", "m5.large"] },
      ],
      ["api"],
    ],
    [[{ Name: "image-id", Values: [IMAGE] }], ["web", "api", "db"]],
    [[{ Name: "monitoring-state", Values: ["disabled"] }], ["web", "api", "db"]],
    [[{ Name: "availability-zone", Values: [] }], []],
  ])("%j", async (Filters, expected) => {
    const { h, ...byName } = await three();
    expect(ids(page(h, { Filters }))).toEqual(expected.map((name) => byName[name as "web" | "api" | "db"]));
  });

  it("by id, as a filter or as such", async () => {
    const { h, web, db } = await three();
    expect(ids(page(h, { Filters: [{ Name: "instance-id", Values: [db, web] }] }))).toEqual([web, db]);
    expect(ids(page(h, { InstanceIds: [db, web] }))).toEqual([web, db]);
  });

  it("refuses names that AWS does not have, and names those that are not built", async () => {
    const { h } = await three();
    expect(await refusal(h, "DescribeInstances", { Filters: [{ Name: "colour", Values: ["red"] }] })).toBe(
      "InvalidParameterValue: The filter 'colour' is invalid",
    );
    expect(await refusal(h, "DescribeInstances", { Filters: [{ Name: "vpc-id", Values: ["vpc-1"] }] })).toBe(
      "NotImplemented: The filter vpc-id is not built in Nephoscope.",
    );
  });

  it("matches as a slow matcher does, whatever the pattern", () => {
    const units = fc.constantFrom("a", "b", "*", "?", "\\", ".");
    const slow = (pattern: string, text: string): boolean => {
      if (pattern === "") return text === "";
      const [first, rest] = [pattern[0] as string, pattern.slice(1)];
      if (first === "\\" && rest !== "") return text[0] === rest[0] && slow(rest.slice(1), text.slice(1));
      if (first === "*") return slow(rest, text) || (text !== "" && slow(pattern, text.slice(1)));
      return text !== "" && (first === "?" || first === text[0]) && slow(rest, text.slice(1));
    };
    fc.assert(
      fc.property(
        fc.string({ unit: units, maxLength: 7 }),
        fc.string({ unit: fc.constantFrom("a", "b", "*", "\\", "."), maxLength: 7 }),
        (pattern, text) => globOf(pattern)(text) === slow(pattern, text),
      ),
    );
  });
});

describe("pages of instances", () => {
  it("hold as many as asked for, oldest first, and lose none between them", () => {
    const h = harness(ec2, { now: NOW });
    const all = Array.from({ length: 12 }, () => launch(h, "t3.micro"));
    const got: string[] = [];
    let token: string | undefined;
    let pages = 0;
    do {
      const { NextToken, ...rest } = page(h, { MaxResults: 5, ...(token === undefined ? {} : { NextToken: token }) });
      got.push(...ids(rest));
      token = NextToken;
      pages++;
    } while (token !== undefined);
    expect(pages).toBe(3);
    expect([...got].sort()).toEqual([...all].sort());
  });

  it.each([
    [
      { MaxResults: 4 },
      "InvalidParameterValue: Value ( 4 ) for parameter maxResults is invalid. Expecting a value greater than or equal to 5.",
    ],
    [{ MaxResults: 1001 }, /^InvalidParameterValue: Value \( 1001 \)/],
    [{ NextToken: "made up" }, "InvalidNextToken: The token 'made up' is invalid"],
  ])("refuse %j", async (input, expected) => {
    const h = harness(ec2, { now: NOW });
    expect(await refusal(h, "DescribeInstances", input)).toMatch(expected);
  });

  it("are not for instances that are named", async () => {
    const h = harness(ec2, { now: NOW });
    expect(await refusal(h, "DescribeInstances", { InstanceIds: [launch(h, "t3.micro")], MaxResults: 5 })).toBe(
      "InvalidParameterCombination: The parameter instancesSet cannot be used with the parameter maxResults",
    );
  });
});

describe("tags", () => {
  const rows = (h: Harness, Filters: readonly object[] = []): readonly string[] =>
    atOnce(
      h.call<{ Tags: readonly { Key: string; Value: string; ResourceId: string; ResourceType: string }[] }>("DescribeTags", { Filters }),
    ).Tags.map(({ Key, Value, ResourceType }) => `${ResourceType} ${Key}=${Value}`);

  it("are added, replaced, listed by filter, and taken away by key, by value, or all", async () => {
    const h = harness(ec2, { now: NOW });
    const Resources = [launch(h, "t3.micro", { a: "1" })];
    await h.call("CreateTags", { Resources, Tags: [{ Key: "a", Value: "2" }, { Key: "b" }, { Key: "c", Value: "3" }] });
    expect(rows(h)).toEqual(["instance a=2", "instance b=", "instance c=3"]);
    expect(
      rows(h, [
        { Name: "key", Values: ["a", "c"] },
        { Name: "value", Values: ["3"] },
      ]),
    ).toEqual(["instance c=3"]);
    expect(
      rows(h, [
        { Name: "resource-id", Values: Resources },
        { Name: "tag:a", Values: ["*"] },
      ]),
    ).toEqual(["instance a=2"]);
    await h.call("DeleteTags", { Resources, Tags: [{ Key: "a", Value: "1" }, { Key: "b" }] });
    expect(rows(h)).toEqual(["instance a=2", "instance c=3"]);
    await h.call("DeleteTags", { Resources });
    expect(rows(h)).toEqual([]);
  });

  it.each([
    [{ Tags: [{ Key: "aws:x", Value: "" }] }, "InvalidParameterValue: Tag keys starting with 'aws:' are reserved for internal use"],
    [{ Tags: [{ Key: "a" }, { Key: "a" }] }, "InvalidParameterValue: Duplicate tag key 'a' specified."],
    [{ Tags: [{ Key: "k".repeat(129) }] }, "InvalidParameterValue: Tag key exceeds the maximum length of 128 characters."],
    [{ Tags: [{ Key: "k", Value: "v".repeat(257) }] }, "InvalidParameterValue: Tag value exceeds the maximum length of 256 characters."],
    [
      { Tags: Array.from({ length: 51 }, (_, n) => ({ Key: `k${n}` })) },
      "TagLimitExceeded: The maximum number of Tags for a resource has been reached.",
    ],
    [{ Resources: ["vol-12345678"], Tags: [] }, "InvalidID: The ID 'vol-12345678' is not valid"],
  ])("refuse %j", async (input, expected) => {
    const h = harness(ec2, { now: NOW });
    expect(await refusal(h, "CreateTags", { Resources: [launch(h, "t3.micro")], ...input })).toBe(expected);
  });
});
