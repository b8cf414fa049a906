import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shapeOf } from "../../../../workers/model/models.ts";
import type { ServiceModel, Shape } from "../../../../workers/model/shapes.ts";
import { lineOf } from "../../../../workers/wire/cli/line-of.ts";
import { called, models } from "./models.ts";

/** Any value of a shape in internal form, limits ignored: the line must carry what the door would refuse, too. */
function arbitrary(model: ServiceModel, shape: Shape, depth: number): fc.Arbitrary<unknown> {
  switch (shape.type) {
    case "structure": {
      const entries = Object.entries(shape.members).map(
        ([name, ref]) => [name, fc.option(inner(model, ref.shape, depth), { nil: undefined, freq: 2 })] as const,
      );
      return fc
        .record(Object.fromEntries(entries))
        .map((value) => Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)));
    }
    case "list":
      return fc.array(inner(model, shape.member.shape, depth), { maxLength: 3 });
    case "map":
      return fc.dictionary(
        word.filter((key) => key !== "__proto__"),
        inner(model, shape.value.shape, depth),
        { maxKeys: 3 },
      );
    case "string":
      return shape.enum === undefined ? word : fc.constantFrom(...shape.enum);
    case "integer":
    case "long":
      return fc.integer();
    case "double":
    case "float":
      return fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
    case "boolean":
      return fc.boolean();
    case "timestamp":
      return fc.integer({ min: 0, max: 4_000_000_000_000 });
    default:
      return fc.uint8Array({ maxLength: 6 });
  }
}

function inner(model: ServiceModel, name: string, depth: number): fc.Arbitrary<unknown> {
  const shape = shapeOf(model, name);
  if (depth > 4 && (shape.type === "structure" || shape.type === "list" || shape.type === "map"))
    return fc.constant(shape.type === "list" ? [] : {});
  return arbitrary(model, shape, depth + 1);
}

const word = fc.oneof(
  { arbitrary: fc.stringMatching(/^[A-Za-z0-9_./:-]{1,10}$/), weight: 4 },
  fc.constantFrom(
    "",
    "-x",
    "--help",
    "--max-items",
    "file://x",
    "it's",
    '{ $.status = "500" }',
    "[a, b]",
    "a,b",
    "a=b",
    " lead",
    "x\ny",
    "\u0000",
    "help",
    "$HOME",
    "#1",
    "\\",
    "é \u2028",
    "-1",
    "-5 x",
  ),
  fc.string({ maxLength: 8 }),
);

describe("a request as a line", () => {
  it("comes back as the same request, for any operation and any input", () => {
    const operations = models.services.flatMap((service) => {
      const model = models.get(service)!;
      return Object.values(model.operations).map((operation) => ({ model, operation }));
    });
    const request = fc.constantFrom(...operations).chain(({ model, operation }) =>
      fc.record({
        service: fc.constant(model.service),
        operation: fc.constant(operation.name),
        input:
          operation.input === undefined
            ? fc.constant({})
            : (arbitrary(model, shapeOf(model, operation.input), 0) as fc.Arbitrary<Record<string, unknown>>),
      }),
    );
    fc.assert(
      fc.property(request, ({ service, operation, input }) => {
        const line = lineOf(models, service, operation, input);
        const call = called(line);
        expect([call.service, call.operation]).toEqual([service, operation]);
        expect(plain(call.input)).toEqual(plain(input));
        // biome-ignore lint/suspicious/noControlCharactersInRegex: the point of the test
        expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
      }),
      { numRuns: 600 },
    );
  });

  it.each([
    ["sts", "GetCallerIdentity", {}, "aws sts get-caller-identity"],
    [
      "logs",
      "PutRetentionPolicy",
      { logGroupName: "/app", retentionInDays: 7 },
      "aws logs put-retention-policy --log-group-name /app --retention-in-days 7",
    ],
    [
      "cloudwatch",
      "PutMetricData",
      {
        Namespace: "Shop",
        MetricData: [{ MetricName: "Orders", Dimensions: [{ Name: "Stage", Value: "prod" }], Value: 3, Unit: "Count" }],
      },
      "aws cloudwatch put-metric-data --namespace Shop --metric-name Orders --dimensions Stage=prod --value 3 --unit Count",
    ],
    [
      "cloudwatch",
      "GetMetricStatistics",
      {
        Namespace: "AWS/EC2",
        MetricName: "CPU",
        StartTime: 1_704_067_200_000,
        EndTime: 1_704_070_800_500,
        Period: 300,
        Statistics: ["Average", "Sum"],
      },
      "aws cloudwatch get-metric-statistics --namespace AWS/EC2 --metric-name CPU --start-time 2024-01-01T00:00:00Z --end-time 2024-01-01T01:00:00.500Z --period 300 --statistics Average Sum",
    ],
    [
      "logs",
      "PutMetricFilter",
      {
        logGroupName: "/app",
        filterName: "errors",
        filterPattern: '{ $.level = "ERROR" }',
        metricTransformations: [{ metricName: "Errors", metricNamespace: "Shop", metricValue: "1", defaultValue: 0 }],
      },
      `aws logs put-metric-filter --log-group-name /app --filter-name errors --filter-pattern '{ $.level = "ERROR" }' --metric-transformations metricName=Errors,metricNamespace=Shop,metricValue=1,defaultValue=0`,
    ],
    [
      "cloudwatch",
      "PutMetricAlarm",
      {
        AlarmName: "it's high",
        ActionsEnabled: false,
        AlarmActions: ["arn:aws:sns:us-east-1:123456789012:ops"],
        Dimensions: [{ Name: "Id", Value: "i 1" }],
        Threshold: -5,
      },
      "aws cloudwatch put-metric-alarm --alarm-name 'it'\\''s high' --no-actions-enabled --alarm-actions arn:aws:sns:us-east-1:123456789012:ops --dimensions 'Name=Id,Value=i 1' --threshold -5",
    ],
    [
      "sqs",
      "SendMessage",
      { QueueUrl: "q", MessageBody: "file://x" },
      `aws sqs send-message --cli-input-json '{"QueueUrl":"q","MessageBody":"file://x"}'`,
    ],
    ["logs", "DescribeLogGroups", { logGroupNamePrefix: "-x" }, "aws logs describe-log-groups --log-group-name-prefix=-x"],
    [
      "events",
      "PutEvents",
      { Entries: [{ Source: "a", Detail: '{"n":1}' }] },
      `aws events put-events --entries '[{"Source":"a","Detail":"{\\"n\\":1}"}]'`,
    ],
  ])("writes %s %s in its short form", (service, operation, input, line) => {
    expect(lineOf(models, service, operation, input)).toBe(line);
  });

  it("names the Region when asked", () => {
    expect(lineOf(models, "sts", "GetCallerIdentity", {}, "eu-west-1")).toBe("aws sts get-caller-identity --region eu-west-1");
  });
});

/** -0 is 0 on a line. */
function plain(value: unknown): unknown {
  if (typeof value === "number") return value + 0;
  if (value instanceof Uint8Array) return [...value];
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]));
}
