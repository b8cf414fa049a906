/** Requests that are nearly right, over each protocol, with the clock going on between them: nothing may break for good. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadModels } from "../../../workers/model/models.ts";
import { encodeCbor } from "../../../workers/wire/cbor.ts";
import type { HttpRequest } from "../../../workers/wire/http.ts";
import { createWire } from "../../../workers/wire/wire.ts";
import { openTestAccount, START } from "../account/engine-harness.ts";
import { jsonRequest, signed, textOf } from "../wire/fake.ts";

const models = await loadModels();
const metric = { Namespace: "n", MetricName: "m" };
const range = { StartTime: START / 1000 - 600, EndTime: START / 1000 + 600 };
const at = { timestamp: START, message: '{"lat":1e999,"p":"/x"}' };
const rule = { EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: "GreaterThanThreshold" };
const transformation = { metricName: "m", metricNamespace: "n", metricValue: "$.lat" };

/** Signing name, operation, an input that is right. */
const GOOD: readonly (readonly [string, string, object])[] = [
  ["monitoring", "PutMetricData", { Namespace: "n", MetricData: [{ MetricName: "m", Values: [1, 2], Counts: [1, 2], Unit: "Count" }] }],
  ["monitoring", "PutMetricAlarm", { AlarmName: "a", ...metric, ...rule, Statistic: "Sum", Period: 60, Dimensions: [] }],
  ["monitoring", "GetMetricStatistics", { ...metric, ...range, Period: 60, Statistics: ["Sum"] }],
  ["monitoring", "GetMetricData", { MetricDataQueries: [{ Id: "q", MetricStat: { Metric: metric, Period: 1, Stat: "p99" } }], ...range }],
  ["monitoring", "SetAlarmState", { AlarmName: "a", StateValue: "OK", StateReason: "r", StateReasonData: "{}" }],
  ["monitoring", "DescribeAlarmHistory", { AlarmName: "a", MaxRecords: 1 }],
  ["logs", "CreateLogGroup", { logGroupName: "h", tags: { k: "v" } }],
  ["logs", "PutLogEvents", { logGroupName: "g", logStreamName: "s", logEvents: [at, at] }],
  ["logs", "GetLogEvents", { logGroupName: "g", logStreamName: "s", limit: 1 }],
  ["logs", "FilterLogEvents", { logGroupName: "g", filterPattern: "{ $.lat > 1 }", limit: 1 }],
  ["logs", "PutMetricFilter", { logGroupName: "g", filterName: "f", filterPattern: "", metricTransformations: [transformation] }],
  ["logs", "TestMetricFilter", { filterPattern: "[a, ..., b]", logEventMessages: ["x y z"] }],
  ["logs", "PutRetentionPolicy", { logGroupName: "g", retentionInDays: 7 }],
  ["events", "PutEvents", { Entries: [{ Source: "s", DetailType: "d", Detail: '{"a":1}', Time: START / 1000 }] }],
  ["sqs", "SendMessage", { QueueUrl: "http://localhost/123456789012/q", MessageBody: "b", DelaySeconds: 1 }],
  ["sqs", "ReceiveMessage", { QueueUrl: "http://localhost/123456789012/q", AttributeNames: ["All"] }],
  ["cloudtrail", "LookupEvents", { LookupAttributes: [{ AttributeKey: "ReadOnly", AttributeValue: "true" }], MaxResults: 5 }],
];
const SERVICE: Readonly<Record<string, string>> = { monitoring: "cloudwatch" };

/** `@` stands for a number that JSON text can write and a double cannot hold. */
const odd = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    [],
    {},
    "",
    "@",
    "NaN",
    "a",
    "\u0000",
    "\ud800",
    0,
    -1,
    0.5,
    1e308,
    5e-324,
    2 ** 63,
    "2024-01-01T00:00:00Z",
  ),
  fc.constantFrom<unknown>(
    '{"a":[1,-1e999]}',
    `{"a":${"[".repeat(5000)}${"]".repeat(5000)}}`,
    "[a,b]",
    "{ $.a = 1 }",
    "%x%",
    "x".repeat(3000),
  ),
  fc.constantFrom<unknown>(START / 1000, START, -START, "f/0", [[[]]], { constructor: { prototype: 1 } }),
  fc.jsonValue({ maxDepth: 2 }),
);

/** The input with the value at the nth place (counting every member and item) replaced. */
function replaced(input: unknown, nth: number, value: unknown): unknown {
  let left = nth;
  const walk = (each: unknown): unknown => {
    if (left-- === 0) return value;
    if (Array.isArray(each)) return each.map(walk);
    if (typeof each === "object" && each !== null) return Object.fromEntries(Object.entries(each).map(([k, inner]) => [k, walk(inner)]));
    return each;
  };
  return walk(input);
}

const one = fc.record({
  good: fc.constantFrom(...GOOD),
  places: fc.array(fc.tuple(fc.nat({ max: 14 }), odd), { maxLength: 2 }),
  cbor: fc.boolean(),
  cut: fc.option(fc.nat({ max: 200 }), { freq: 6 }),
  seconds: fc.constantFrom(0, 0, 0, 1, 59, 60, 3_600, 86_400),
});

describe("requests that are nearly right", () => {
  it("are answered or refused, never with a defect, and the account can go on and be hashed after each", { timeout: 60_000 }, async () => {
    const account = await openTestAccount({ journal: false });
    const bugs: unknown[] = [];
    const send = createWire({ call: (request) => account.call(request) }, models, { onBug: (error) => void bugs.push(error) });
    const request = (signing: string, operation: string, input: unknown, cbor = false, cut?: number | null): HttpRequest => {
      const prefix = models.get(SERVICE[signing] ?? signing)?.metadata.targetPrefix;
      const json = jsonRequest(`${prefix}.${operation}`, JSON.stringify(input).replaceAll('"@"', "1e999"), signed(signing));
      const headers = { ...signed(signing), "smithy-protocol": "rpc-v2-cbor", "content-type": "application/cbor" };
      const path = `/service/${prefix}/operation/${operation}`;
      const whole = cbor && signing === "monitoring" ? { ...json, path, headers, body: encodeCbor(input) } : json;
      return cut === undefined || cut === null ? whole : { ...whole, body: whole.body.slice(0, cut) };
    };
    for (const [signing, operation, input] of [
      ["logs", "CreateLogGroup", { logGroupName: "g" }],
      ["logs", "CreateLogStream", { logGroupName: "g", logStreamName: "s" }],
      ["sqs", "CreateQueue", { QueueName: "q" }],
      ...GOOD,
    ] as const) {
      const reply = await send(request(signing, operation, input));
      expect(reply.status, `${operation}: ${textOf(reply)}`).toBe(200);
    }
    await fc.assert(
      fc.asyncProperty(one, async ({ good: [signing, operation, input], places, cbor, cut, seconds }) => {
        const wrong = places.reduce<unknown>((each, [nth, value]) => replaced(each, nth, value), input);
        const reply = await send(request(signing, operation, wrong, cbor, cut));
        expect([200, 400, 404, 413], `${operation}: ${textOf(reply)}`).toContain(reply.status);
        await account.advanceTo(account.now + seconds * 1000);
        expect(account.stateHash().hash).toMatch(/^[0-9a-f]{32}$/);
      }),
      { numRuns: 700 },
    );
    expect(bugs).toEqual([]);
    await account.dispose();
  });
});
