import { describe, expect, it } from "vitest";
import { failure, openTestAccount, person, screen } from "./engine-harness.ts";

describe("the door", () => {
  it("answers NotImplemented with the operation's name for what AWS has and we do not", async () => {
    const account = await openTestAccount();
    const error = await failure(person(account, "logs", "StartQuery", { queryString: "fields @message", startTime: 0, endTime: 1 }));
    expect(error.code).toBe("NotImplemented");
    expect(error.message).toContain("logs StartQuery");
  });

  it("refuses an operation that AWS does not have", async () => {
    const account = await openTestAccount();
    expect((await failure(person(account, "logs", "MakeLogs"))).code).toBe("UnknownOperationException");
    expect((await failure(person(account, "sns", "MakeTopic"))).code).toBe("InvalidAction");
  });

  it("records a call and its failure in CloudTrail with who, what, when, parameters and response", async () => {
    const account = await openTestAccount();
    await person(account, "logs", "CreateLogGroup", { logGroupName: "shop" });
    await failure(person(account, "logs", "CreateLogGroup", { logGroupName: "shop" }));
    const { output } = await screen(account, "cloudtrail", "LookupEvents", {});
    const records = (output.Events as { CloudTrailEvent: string }[]).map((e) => JSON.parse(e.CloudTrailEvent));
    expect(records).toHaveLength(2);
    expect(records[1]).toMatchObject({
      eventName: "CreateLogGroup",
      eventSource: "logs.amazonaws.com",
      eventTime: "2026-03-12T09:00:00Z",
      awsRegion: "us-east-1",
      requestParameters: { logGroupName: "shop" },
      userIdentity: { type: "IAMUser", userName: "developer" },
      readOnly: false,
    });
    expect(records[0]).toMatchObject({ errorCode: "ResourceAlreadyExistsException" });
  });

  it("records a refusal by validation too, and never a data event", async () => {
    const account = await openTestAccount();
    await failure(person(account, "logs", "CreateLogGroup", { logGroupName: "not valid!" }));
    await person(account, "cloudwatch", "PutMetricData", { Namespace: "Shop", MetricData: [{ MetricName: "Orders", Value: 1 }] });
    const { output } = await screen(account, "cloudtrail", "LookupEvents", {});
    expect((output.Events as { EventName: string }[]).map((e) => e.EventName)).toEqual(["CreateLogGroup"]);
  });

  it("lets a screen read and nothing else", async () => {
    const account = await openTestAccount();
    await person(account, "logs", "CreateLogGroup", { logGroupName: "shop" });
    const before = account.stateHash().hash;
    expect((await screen(account, "logs", "DescribeLogGroups")).output.logGroups).toHaveLength(1);
    const error = await failure(screen(account, "logs", "DeleteLogGroup", { logGroupName: "shop" }));
    expect(error.kind).toBe("bug");
    expect(account.stateHash().hash).toBe(before);
  });

  it("keeps accounts' Regions apart", async () => {
    const account = await openTestAccount();
    await person(account, "logs", "CreateLogGroup", { logGroupName: "shop" }, { region: "eu-central-1" });
    expect((await screen(account, "logs", "DescribeLogGroups")).output.logGroups).toEqual([]);
    expect((await screen(account, "logs", "DescribeLogGroups", {}, { region: "eu-central-1" })).output.logGroups).toHaveLength(1);
  });

  it("gives every call a request id of its own, the same in every run", async () => {
    const ids = async () => {
      const account = await openTestAccount();
      return [(await person(account, "sts", "GetCallerIdentity")).requestId, (await person(account, "sts", "GetCallerIdentity")).requestId];
    };
    const [a, b] = await ids();
    expect(a).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(a).not.toBe(b);
    expect(await ids()).toEqual([a, b]);
  });
});
