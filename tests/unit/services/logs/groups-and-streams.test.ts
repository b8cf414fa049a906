import { describe, expect, it } from "vitest";
import { account, DAY, HOUR, messages, NOW, put, refusal, withStream } from "./support.ts";

describe("log groups", () => {
  it("are described as AWS describes a fresh one, sorted by name", async () => {
    const self = account();
    for (const logGroupName of ["b", "/aws/lambda/x", "a"]) self.call("CreateLogGroup", { logGroupName });
    const { logGroups } = await self.call<{ logGroups: Record<string, unknown>[] }>("DescribeLogGroups", {});
    expect(logGroups.map(({ logGroupName }) => logGroupName)).toEqual(["/aws/lambda/x", "a", "b"]);
    expect(logGroups[1]).toEqual({
      logGroupName: "a",
      creationTime: NOW,
      metricFilterCount: 0,
      arn: "arn:aws:logs:us-east-1:123456789012:log-group:a:*",
      logGroupArn: "arn:aws:logs:us-east-1:123456789012:log-group:a",
      storedBytes: 0,
      logGroupClass: "STANDARD",
      deletionProtectionEnabled: false,
    });
  });

  it("are refused twice under one name, under AWS's own prefix, and when protected from deletion", async () => {
    const self = account();
    self.call("CreateLogGroup", { logGroupName: "p", deletionProtectionEnabled: true });
    expect(await refusal(() => self.call("CreateLogGroup", { logGroupName: "p" }))).toEqual({
      code: "ResourceAlreadyExistsException",
      message: "The specified log group already exists",
    });
    expect((await refusal(() => self.call("CreateLogGroup", { logGroupName: "aws/x" }))).code).toBe("InvalidParameterException");
    expect((await refusal(() => self.call("DeleteLogGroup", { logGroupName: "p" }))).code).toBe("ValidationException");
    expect((await refusal(() => self.call("DeleteLogGroup", { logGroupName: "x" }))).message).toBe(
      "The specified log group does not exist.",
    );
  });

  it("are found by prefix, by a part of the name, by class and by ARN, but not by prefix and part together", async () => {
    const self = account();
    for (const logGroupName of ["api", "app", "web-api"]) self.call("CreateLogGroup", { logGroupName });
    self.call("CreateLogGroup", { logGroupName: "rare", logGroupClass: "INFREQUENT_ACCESS" });
    const names = async (input: object): Promise<unknown[]> =>
      (await self.call<{ logGroups: { logGroupName: string }[] }>("DescribeLogGroups", input)).logGroups.map(
        ({ logGroupName }) => logGroupName,
      );
    expect(await names({ logGroupNamePrefix: "ap" })).toEqual(["api", "app"]);
    expect(await names({ logGroupNamePattern: "api" })).toEqual(["api", "web-api"]);
    expect(await names({ logGroupNamePattern: "API" })).toEqual([]);
    expect(await names({ logGroupClass: "INFREQUENT_ACCESS" })).toEqual(["rare"]);
    expect(await names({ logGroupIdentifiers: ["arn:aws:logs:us-east-1:123456789012:log-group:app", "web-api"] })).toEqual([
      "app",
      "web-api",
    ]);
    expect((await refusal(() => self.call("DescribeLogGroups", { logGroupNamePrefix: "a", logGroupNamePattern: "b" }))).code).toBe(
      "InvalidParameterException",
    );
  });

  it("come in pages of at most fifty, with a token that holds the place and is good for a day", async () => {
    const self = account();
    for (let i = 0; i < 60; i++) self.call("CreateLogGroup", { logGroupName: `g${String(i).padStart(2, "0")}` });
    type Page = { logGroups: { logGroupName: string }[]; nextToken?: string };
    const first = await self.call<Page>("DescribeLogGroups", {});
    expect(first.logGroups).toHaveLength(50);
    self.call("DeleteLogGroup", { logGroupName: "g49" });
    const second = await self.call<Page>("DescribeLogGroups", { nextToken: first.nextToken });
    expect([second.logGroups.length, second.logGroups[0]!.logGroupName, second.nextToken]).toEqual([10, "g50", undefined]);
    const bad = { code: "InvalidParameterException", message: "The specified nextToken is invalid." };
    expect(await refusal(() => self.call("DescribeLogGroups", { nextToken: first.nextToken, logGroupNamePrefix: "g" }))).toEqual(bad);
    for (const nextToken of ["nonsense", "%", "W10", btoa("[")])
      expect(await refusal(() => self.call("DescribeLogGroups", { nextToken }))).toEqual(bad);
    self.now += DAY + 2 * 60_000;
    expect(await refusal(() => self.call("DescribeLogGroups", { nextToken: first.nextToken }))).toEqual(bad);
  });

  it("take their streams, events and filters with them", async () => {
    const self = await withStream();
    put(self, [[NOW, "old life"]]);
    self.call("PutMetricFilter", {
      logGroupName: "g",
      filterName: "f",
      filterPattern: "x",
      metricTransformations: [{ metricName: "m", metricNamespace: "n", metricValue: "1", defaultValue: 0 }],
    });
    put(self, [[NOW, "y"]]);
    self.call("DeleteLogGroup", { logGroupName: "g" });
    self.call("CreateLogGroup", { logGroupName: "g" });
    expect(await self.call("DescribeLogStreams", { logGroupName: "g" })).toEqual({ logStreams: [] });
    expect(await self.call("DescribeMetricFilters", { logGroupName: "g" })).toEqual({ metricFilters: [] });
    expect(await messages(self)).toEqual([]);
    expect(self.agenda.size).toBe(0);
  });
});

describe("retention", () => {
  it("hides expired events at once, in what is read and in what is stored, and gives them back when it is lifted soon", async () => {
    const self = await withStream();
    put(self, [[NOW - 2 * DAY, "old"]]);
    put(self, [[NOW, "new"]]);
    const storedBytes = async (): Promise<unknown> =>
      (await self.call<{ logGroups: { storedBytes: number }[] }>("DescribeLogGroups", {})).logGroups[0]!.storedBytes;
    expect(await storedBytes()).toBe(2 * (3 + 26));
    self.call("PutRetentionPolicy", { logGroupName: "g", retentionInDays: 1 });
    expect(await messages(self)).toEqual(["new"]);
    expect(await self.call("GetLogEvents", { logGroupName: "g", logStreamName: "s", startFromHead: true })).toMatchObject({
      events: [{ message: "new" }],
    });
    expect(await storedBytes()).toBe(29);
    self.now += DAY + 1;
    expect(await messages(self)).toEqual([]);
    self.call("DeleteRetentionPolicy", { logGroupName: "g" });
    expect(await messages(self)).toEqual(["old", "new"]);
    expect((await self.call<{ logGroups: object[] }>("DescribeLogGroups", {})).logGroups[0]).not.toHaveProperty("retentionInDays");
  });

  it("takes the listed numbers of days only", async () => {
    const self = await withStream();
    for (const retentionInDays of [1, 400, 3653]) self.call("PutRetentionPolicy", { logGroupName: "g", retentionInDays });
    for (const retentionInDays of [0, 2, 3654]) {
      const { code, message } = await refusal(() => self.call("PutRetentionPolicy", { logGroupName: "g", retentionInDays }));
      expect([code, message]).toEqual([
        "InvalidParameterException",
        expect.stringContaining(`Value '${retentionInDays}' at 'retentionInDays'`),
      ]);
    }
  });
});

describe("log streams", () => {
  it("show their times only once they hold events", async () => {
    const self = await withStream();
    const bare = {
      logStreamName: "s",
      creationTime: NOW,
      arn: "arn:aws:logs:us-east-1:123456789012:log-group:g:log-stream:s",
      storedBytes: 0,
    };
    expect(await self.call("DescribeLogStreams", { logGroupName: "g" })).toEqual({ logStreams: [bare] });
    put(self, [[NOW - HOUR, "a"]]);
    self.now += 5;
    put(self, [[NOW - 2 * HOUR, "late"]]);
    expect(await self.call("DescribeLogStreams", { logGroupIdentifier: "arn:aws:logs:us-east-1:123456789012:log-group:g:*" })).toEqual({
      logStreams: [
        {
          ...bare,
          firstEventTimestamp: NOW - 2 * HOUR,
          lastEventTimestamp: NOW - HOUR,
          lastIngestionTime: NOW + 5,
          uploadSequenceToken: expect.stringMatching(/^\d{56}$/),
        },
      ],
    });
  });

  it("are ordered by name or by last event, either way, in pages", async () => {
    const self = await withStream();
    for (const logStreamName of ["t", "empty", "s2"]) self.call("CreateLogStream", { logGroupName: "g", logStreamName });
    put(self, [[NOW, "x"]], "s");
    put(self, [[NOW - 1, "x"]], "t");
    put(self, [[NOW + 1, "x"]], "s2");
    const walk = async (input: object): Promise<string[]> => {
      const names: string[] = [];
      let nextToken: string | undefined;
      do {
        const page = await self.call<{ logStreams: { logStreamName: string }[]; nextToken?: string }>("DescribeLogStreams", {
          logGroupName: "g",
          limit: 1,
          ...input,
          ...(nextToken === undefined ? {} : { nextToken }),
        });
        names.push(...page.logStreams.map(({ logStreamName }) => logStreamName));
        nextToken = page.nextToken;
      } while (nextToken !== undefined);
      return names;
    };
    expect(await walk({})).toEqual(["empty", "s", "s2", "t"]);
    expect(await walk({ descending: true })).toEqual(["t", "s2", "s", "empty"]);
    expect(await walk({ orderBy: "LastEventTime" })).toEqual(["empty", "t", "s", "s2"]);
    expect(await walk({ orderBy: "LastEventTime", descending: true })).toEqual(["s2", "s", "t", "empty"]);
    expect(await walk({ logStreamNamePrefix: "s" })).toEqual(["s", "s2"]);
  });

  it("are refused with both name and identifier, with neither, and with a prefix when ordered by time", async () => {
    const self = await withStream();
    expect(await refusal(() => self.call("DescribeLogStreams", { logGroupName: "g", logGroupIdentifier: "g" }))).toEqual({
      code: "ValidationException",
      message: "LogGroup name and LogGroup ARN are mutually exclusive parameters.",
    });
    expect((await refusal(() => self.call("DescribeLogStreams", {}))).code).toBe("InvalidParameterException");
    const input = { logGroupName: "g", orderBy: "LastEventTime", logStreamNamePrefix: "s" };
    expect((await refusal(() => self.call("DescribeLogStreams", input))).message).toBe(
      "Cannot order by LastEventTime with a logStreamNamePrefix.",
    );
  });

  it("are deleted with their events", async () => {
    const self = await withStream();
    put(self, [[NOW, "x"]]);
    self.call("DeleteLogStream", { logGroupName: "g", logStreamName: "s" });
    expect(await messages(self)).toEqual([]);
    self.call("CreateLogStream", { logGroupName: "g", logStreamName: "s" });
    expect(await self.call("GetLogEvents", { logGroupName: "g", logStreamName: "s" })).toMatchObject({ events: [] });
    expect((await refusal(() => self.call("CreateLogStream", { logGroupName: "g", logStreamName: "s" }))).message).toBe(
      "The specified log stream already exists",
    );
  });
});

describe("tags", () => {
  it("are kept by name and by either form of the ARN, and at most fifty", async () => {
    const self = account();
    self.call("CreateLogGroup", { logGroupName: "g", tags: { team: "a" } });
    const resourceArn = "arn:aws:logs:us-east-1:123456789012:log-group:g";
    self.call("TagResource", { resourceArn, tags: { stage: "prod" } });
    self.call("TagLogGroup", { logGroupName: "g", tags: { team: "b" } });
    expect(await self.call("ListTagsForResource", { resourceArn: `${resourceArn}:*` })).toEqual({ tags: { team: "b", stage: "prod" } });
    self.call("UntagResource", { resourceArn, tagKeys: ["team"] });
    self.call("UntagLogGroup", { logGroupName: "g", tags: ["nothing"] });
    expect(await self.call("ListTagsLogGroup", { logGroupName: "g" })).toEqual({ tags: { stage: "prod" } });
    const tags = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`k${i}`, "v"]));
    expect((await refusal(() => self.call("TagResource", { resourceArn, tags }))).code).toBe("TooManyTagsException");
    expect((await refusal(() => self.call("TagResource", { resourceArn: `${resourceArn}x`, tags }))).code).toBe(
      "ResourceNotFoundException",
    );
    expect((await refusal(() => self.call("ListTagsForResource", { resourceArn: "g" }))).code).toBe("InvalidParameterException");
  });
});
