/** Policies of resources at the door: buckets, queues, functions. */
import { describe, expect, it } from "vitest";
import type { Account } from "../../../workers/account/account.ts";
import { failure, openTestAccount, person } from "./engine-harness.ts";

const as = (principal: string) => ({ caller: { kind: "person", principal } as const });
const policy = (...statements: object[]): string => JSON.stringify({ Version: "2012-10-17", Statement: statements });
const TOPIC = "arn:aws:sns:us-east-1:123456789012:news";
const QUEUE = "arn:aws:sqs:us-east-1:123456789012:inbox";
const QueueUrl = "https://sqs.us-east-1.amazonaws.com/123456789012/inbox";

async function received(account: Account): Promise<number> {
  const contents = await account.look({ service: "sqs", view: "contents", region: "us-east-1", question: { queue: QueueUrl } });
  return (contents as { total: number }).total;
}

async function subscribed(Policy?: string): Promise<Account> {
  const account = await openTestAccount();
  await person(account, "sns", "CreateTopic", { Name: "news" });
  await person(account, "sqs", "CreateQueue", { QueueName: "inbox", ...(Policy === undefined ? {} : { Attributes: { Policy } }) });
  await person(account, "sns", "Subscribe", { TopicArn: TOPIC, Protocol: "sqs", Endpoint: QUEUE });
  await person(account, "sns", "Publish", { TopicArn: TOPIC, Message: "hello" });
  return account;
}
const fromTopic = (arn: string) =>
  policy({
    Effect: "Allow",
    Principal: { Service: "sns.amazonaws.com" },
    Action: "sqs:SendMessage",
    Resource: QUEUE,
    Condition: { ArnEquals: { "aws:SourceArn": arn } },
  });

describe("the policy of a queue", () => {
  it("lets a topic in that it names, and no other", async () => {
    expect(await received(await subscribed(fromTopic(TOPIC)))).toBe(1);
    expect(await received(await subscribed(fromTopic(`${TOPIC}-other`)))).toBe(0);
    expect(await received(await subscribed())).toBe(1);
  });

  it("lets a user in by name whom IAM does not, and keeps one out whom IAM lets in", async () => {
    const account = await openTestAccount();
    const user = (name: string) => ({ AWS: `arn:aws:iam::123456789012:user/${name}` });
    const Policy = policy(
      { Effect: "Allow", Principal: user("intruder"), Action: "sqs:SendMessage", Resource: QUEUE },
      { Effect: "Deny", Principal: user("developer"), Action: "sqs:SendMessage", Resource: QUEUE },
    );
    await person(account, "sqs", "CreateQueue", { QueueName: "inbox", Attributes: { Policy } });
    const say = (who: string) => person(account, "sqs", "SendMessage", { QueueUrl, MessageBody: who }, as(who));
    await say("intruder");
    await say("admin");
    expect((await failure(say("developer"))).message).toBe(
      `User: arn:aws:iam::123456789012:user/developer is not authorized to perform: sqs:SendMessage on resource: ${QUEUE} with an explicit deny in a resource-based policy`,
    );
    expect((await failure(say("auditor"))).message).toMatch(/because no identity-based policy allows/);
  });

  it("must be one", async () => {
    const account = await openTestAccount();
    const make = (Policy: string) => person(account, "sqs", "CreateQueue", { QueueName: "inbox", Attributes: { Policy } });
    expect((await failure(make("{"))).code).toBe("InvalidAttributeValue");
    expect((await failure(make(policy({ Effect: "Allow", Action: "sqs:*", Resource: QUEUE })))).code).toBe("InvalidAttributeValue");
  });
});

describe("the policy of a bucket", () => {
  it("speaks with those of IAM", async () => {
    const account = await openTestAccount();
    await person(account, "s3", "CreateBucket", { Bucket: "photos" });
    const put = (who: string) => person(account, "s3", "PutObject", { Bucket: "photos", Key: "a", Body: new Uint8Array([1]) }, as(who));
    await put("developer");
    await person(account, "s3", "PutBucketPolicy", {
      Bucket: "photos",
      Policy: policy({
        Effect: "Deny",
        Principal: "*",
        Action: "s3:PutObject",
        Resource: "arn:aws:s3:::photos/*",
        Condition: { StringNotEquals: { "s3:x-amz-acl": "bucket-owner-full-control" } },
      }),
    });
    expect((await failure(put("developer"))).message).toMatch(/with an explicit deny in a resource-based policy$/);
    const owned = { Bucket: "photos", Key: "a", Body: new Uint8Array([1]), ACL: "bucket-owner-full-control" };
    await person(account, "s3", "PutObject", owned);
  });
});

describe("the policy of a function", () => {
  it("must let a rule's events in", async () => {
    const account = await openTestAccount();
    const role = {
      RoleName: "run",
      AssumeRolePolicyDocument: policy({ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }),
    };
    await person(account, "iam", "CreateRole", role, as("admin"));
    await person(account, "lambda", "CreateFunction", {
      FunctionName: "f",
      Role: "arn:aws:iam::123456789012:role/run",
      Runtime: "nodejs20.x",
      Handler: "index.handler",
      Code: { ZipFile: new Uint8Array([1]) },
    });
    const Arn = "arn:aws:lambda:us-east-1:123456789012:function:f";
    await person(account, "events", "PutRule", { Name: "all", EventPattern: '{"source":["shop"]}' });
    await person(account, "events", "PutTargets", { Rule: "all", Targets: [{ Id: "1", Arn }] });
    const send = () => person(account, "events", "PutEvents", { Entries: [{ Source: "shop", DetailType: "d", Detail: "{}" }] });
    const parts = () => account.stateHash({ parts: true }).parts?.["access"];
    expect(parts()).toBeUndefined();
    await send();
    const before = parts();
    expect(before).toBeDefined(); // a denial was kept
    await person(account, "lambda", "AddPermission", {
      FunctionName: "f",
      StatementId: "rule",
      Action: "lambda:InvokeFunction",
      Principal: "events.amazonaws.com",
      SourceArn: "arn:aws:events:us-east-1:123456789012:rule/all",
    });
    await send();
    expect(parts()).toBe(before); // and no other
  });
});

describe("a role that is handed to a service", () => {
  it("takes iam:PassRole on it, for that service", async () => {
    const account = await openTestAccount();
    const trust = { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" };
    await person(account, "iam", "CreateRole", { RoleName: "run", AssumeRolePolicyDocument: policy(trust) }, as("admin"));
    await person(
      account,
      "iam",
      "AttachUserPolicy",
      { UserName: "auditor", PolicyArn: "arn:aws:iam::aws:policy/PowerUserAccess" },
      as("admin"),
    );
    const make = (who: string, FunctionName: string) => {
      const code = { Runtime: "nodejs20.x", Handler: "index.handler", Code: { ZipFile: new Uint8Array([1]) } };
      return person(account, "lambda", "CreateFunction", { FunctionName, Role: "arn:aws:iam::123456789012:role/run", ...code }, as(who));
    };
    expect((await failure(make("auditor", "f"))).message).toBe(
      "User: arn:aws:iam::123456789012:user/auditor is not authorized to perform: iam:PassRole on resource: arn:aws:iam::123456789012:role/run because no identity-based policy allows the iam:PassRole action",
    );
    await make("developer", "f");
    const pass = (to: string) =>
      policy({ Effect: "Allow", Action: "iam:PassRole", Resource: "*", Condition: { StringEquals: { "iam:PassedToService": to } } });
    const give = (to: string) =>
      person(account, "iam", "PutUserPolicy", { UserName: "auditor", PolicyName: "pass", PolicyDocument: pass(to) }, as("admin"));
    await give("events.amazonaws.com");
    await failure(make("auditor", "g"));
    await give("lambda.amazonaws.com");
    await make("auditor", "g");
  });
});
