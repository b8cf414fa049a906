import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Account } from "../../../workers/account/account.ts";
import { loadServices } from "../../../workers/engine.ts";
import { ServiceError } from "../../../workers/model/errors.ts";
import { loadModels } from "../../../workers/model/models.ts";
import type { ServiceModel } from "../../../workers/model/shapes.ts";
import { MINUTE, openTestAccount, person } from "../account/engine-harness.ts";
import { STORY, tell } from "../account/story.ts";
import { sample, violations } from "./violations.ts";

const services = await loadServices();

const models = await loadModels();
const DAY = 86_400_000;

async function lived(): Promise<Account> {
  const account = await openTestAccount({ scenario: STORY });
  await tell(account);
  return account;
}

/** The state but for CloudTrail, which records refusals too. */
function withoutAudit(account: Account): Readonly<Record<string, string>> {
  const { cloudtrail: _, "audit records": _records, access: _denials, ...parts } = account.stateHash({ parts: true }).parts ?? {};
  return parts;
}

/** The refusal; an answer, or a failure that is not AWS's, fails the test. */
async function refused(account: Account, service: string, operation: string, input: object, what: string): Promise<ServiceError> {
  const before = withoutAudit(account);
  const outcome = await person(account, service, operation, input).then(
    ({ output }) => `answered ${JSON.stringify(output)}`,
    (thrown: unknown) => thrown,
  );
  expect(outcome, what).toBeInstanceOf(ServiceError);
  expect(withoutAudit(account), `${what}: nothing may have changed`).toEqual(before);
  const error = outcome as ServiceError;
  expect([error.code, error.message.length > 0, error.status >= 400], what).toEqual([expect.stringMatching(/^[A-Za-z0-9.]+$/), true, true]);
  return error;
}

describe.each(services.map((service) => [service.name, service] as const))("%s", (name, service) => {
  const model = models.get(name) as ServiceModel;

  it.each(Object.keys(service.operations))(
    "%s refuses every violation of its shape, changes nothing and records what AWS records",
    async (operation) => {
      const account = await lived();
      const shape = model.operations[operation]?.input;
      const members = shape === undefined ? {} : (model.shapes[shape] as { members: object }).members;
      // Nothing can be wrong with an input that has no members.
      if (shape === undefined || Object.keys(members).length === 0)
        return expect(["GetCallerIdentity", "GetEncryptionConfig"]).toContain(operation);
      let count = 0;
      for (const { where, value } of violations(model, shape, sample(model, shape))) {
        await refused(account, name, operation, value as object, `${operation} ${where}`);
        count++;
      }
      expect(count).toBeGreaterThan(4);
      const { output } = await person(account, "cloudtrail", "LookupEvents", {
        // S3's notifications are recorded under a shorter name.
        LookupAttributes: [{ AttributeKey: "EventName", AttributeValue: operation.replace("NotificationConfiguration", "Notification") }],
        StartTime: account.now - 1000,
      });
      const trail = service.operations[operation]?.trail;
      expect((output.Events as unknown[]).length > 0).toBe(trail === "management-read" || trail === "management-write");
    },
  );

  it.each(Object.keys(service.operations))("%s takes no notice of members that AWS does not have", async (operation) => {
    const shape = model.operations[operation]?.input;
    const valid = (shape === undefined ? {} : sample(model, shape)) as object;
    const outcome = async (extra: object): Promise<unknown> => {
      const account = await lived();
      const answer = await person(account, name, operation, { ...valid, ...extra }).then(
        ({ output }) => JSON.stringify(output),
        (thrown: Error) => {
          expect(thrown).toBeInstanceOf(ServiceError);
          return thrown.message;
        },
      );
      return [answer, withoutAudit(account)];
    };
    const unknown = JSON.parse(
      '{"__proto__": {"a": 1}, "constructor": 1, "toString": "x", "NoSuchMember": {"a": [1]}, "": null}',
    ) as object;
    expect(await outcome(unknown)).toEqual(await outcome({}));
  });
});

describe("numbers and times", () => {
  const datum = (more: object) => ({ Namespace: "Shop", MetricData: [{ MetricName: "m", Value: 1, ...more }] });

  it("that no metric can hold are refused", async () => {
    const account = await lived();
    for (const Value of [Number.NaN, Number.POSITIVE_INFINITY, -Infinity, "NaN", 1e300, -1e300])
      await refused(account, "cloudwatch", "PutMetricData", datum({ Value }), String(Value));
    for (const more of [
      { Value: undefined, Values: [1, Number.NaN] },
      { Value: undefined, Values: [1], Counts: [1, 2] },
      { Value: undefined, Values: [1], Counts: [-1] },
      { Value: undefined, StatisticValues: { SampleCount: 1, Sum: Number.NaN, Minimum: 1, Maximum: 1 } },
      { Values: [1] },
      { Unit: "Furlongs" },
      { StorageResolution: 7 },
      { Dimensions: Array.from({ length: 31 }, (_, i) => ({ Name: `n${i}`, Value: "v" })) },
    ])
      await refused(account, "cloudwatch", "PutMetricData", datum(more), JSON.stringify(more));
  });

  it("that no alarm can compare with are refused", async () => {
    const account = await lived();
    const alarm = {
      AlarmName: "x",
      Namespace: "Shop",
      MetricName: "m",
      Statistic: "Sum",
      Period: 60,
      EvaluationPeriods: 1,
      ComparisonOperator: "GreaterThanThreshold",
    };
    for (const Threshold of [Number.NaN, "NaN", Number.POSITIVE_INFINITY, "5"])
      await refused(account, "cloudwatch", "PutMetricAlarm", { ...alarm, Threshold }, String(Threshold));
  });

  it("outside the two weeks behind and two hours ahead are refused for metrics, together with all else in the call", async () => {
    const account = await lived();
    for (const Timestamp of [account.now - 15 * DAY, account.now + 3 * 60 * MINUTE, 0]) {
      const MetricData = [
        { MetricName: "good", Value: 1 },
        { MetricName: "m", Value: 1, Timestamp },
      ];
      await refused(account, "cloudwatch", "PutMetricData", { Namespace: "Shop", MetricData }, String(Timestamp));
    }
  });

  it("outside the windows are rejected for logs event by event, and the answer says from which to which", async () => {
    const account = await lived();
    const at = (timestamp: number) => ({ timestamp, message: "m" });
    const logEvents = [
      at(account.now - 15 * DAY),
      at(account.now - 14 * DAY - 1),
      at(account.now - 8 * DAY),
      at(account.now),
      at(account.now + 3 * 3_600_000),
    ];
    const { output } = await person(account, "logs", "PutLogEvents", { logGroupName: "/shop/web", logStreamName: "web", logEvents });
    expect(output.rejectedLogEventsInfo).toEqual({ tooNewLogEventStartIndex: 4, tooOldLogEventEndIndex: 2, expiredLogEventEndIndex: 3 });
  });

  it("in batches that are too long, too large, out of order or over a day are refused", async () => {
    const account = await lived();
    const put = (logEvents: readonly object[]) => ({ logGroupName: "/shop/web", logStreamName: "web", logEvents });
    const event = (offset: number, message = "m") => ({ timestamp: account.now + offset, message });
    const many = Array.from({ length: 10_001 }, () => event(0));
    for (const [what, logEvents] of [
      ["10001 events", many],
      ["over 1 MiB in all", Array.from({ length: 5 }, () => event(0, "x".repeat(250_000)))],
      ["one over 1 MiB", [event(0, "x".repeat(1_048_576))]],
      ["out of order", [event(0), event(-1)]],
      ["over a day", [event(-2 * DAY), event(0)]],
      ["an empty message", [event(0, "")]],
    ] as const)
      await refused(account, "logs", "PutLogEvents", put(logEvents), what);
    await refused(
      account,
      "cloudwatch",
      "PutMetricData",
      { Namespace: "Shop", MetricData: Array.from({ length: 1001 }, () => ({ MetricName: "m", Value: 1 })) },
      "1001 data",
    );
    await refused(account, "cloudwatch", "PutMetricData", { Namespace: "Shop", MetricData: [] }, "no data");
    await refused(
      account,
      "cloudwatch",
      "PutMetricData",
      datum({ Value: undefined, Values: Array.from({ length: 151 }, () => 1) }),
      "151 values",
    );
    await refused(
      account,
      "events",
      "PutEvents",
      { Entries: Array.from({ length: 11 }, () => ({ Source: "s", DetailType: "d", Detail: "{}" })) },
      "11 entries",
    );
    await refused(
      account,
      "sqs",
      "ReceiveMessage",
      { QueueUrl: "https://sqs.us-east-1.amazonaws.com/123456789012/alarms", MaxNumberOfMessages: 11 },
      "11 messages",
    );
    await refused(account, "logs", "PutLogEvents", { ...put([event(0)]), logGroupName: "never there" }, "no such group");
  });
});

describe("whatever is sent", () => {
  it("is answered or refused as AWS would, never with a defect, and a refusal changes nothing", async () => {
    const account = await lived();
    const names = services.flatMap((service) => Object.keys(service.operations).map((operation) => [service.name, operation] as const));
    const request = fc.oneof(
      fc.constantFrom(...names),
      fc.tuple(
        fc.constantFrom("logs", "sns", "xray", "constructor", "iam"),
        fc.constantFrom("toString", "__proto__", "GetTraceSummaries", "X", ""),
      ),
    );
    const members = fc.constantFrom(
      ...new Set(
        names.flatMap(([service, operation]) => {
          const model = models.get(service) as ServiceModel;
          const shape = model.operations[operation]?.input;
          return shape === undefined ? [] : Object.keys((model.shapes[shape] as { members: object }).members);
        }),
      ),
    );
    await fc.assert(
      fc.asyncProperty(
        request,
        fc.dictionary(
          fc.oneof(members, members, fc.string()),
          fc.anything({
            withTypedArray: false,
            withDate: false,
            withBigInt: false,
            withSparseArray: false,
            withMap: false,
            withSet: false,
          }),
          { maxKeys: 5 },
        ),
        async ([service, operation], input) => {
          const before = withoutAudit(account);
          const refusal = await person(account, service, operation, input).then(
            () => undefined,
            (thrown: Error) => thrown,
          );
          if (refusal === undefined) return;
          expect(["ServiceError", "InputError"], `${service} ${operation}: ${refusal.stack}`).toContain(refusal.name);
          expect(withoutAudit(account)).toEqual(before);
        },
      ),
      { numRuns: 1_500 },
    );
  });
});
