import { beforeAll, describe, expect, it } from "vitest";
import { ServiceError } from "../../../workers/model/errors.ts";
import { loadModels, type Models } from "../../../workers/model/models.ts";
import { validateInput } from "../../../workers/model/validate.ts";

let models: Models;
beforeAll(async () => {
  models = await loadModels();
});

const check = (service: string, operation: string, input: unknown) => validateInput(models.get(service)!, operation, input);
function failure(service: string, operation: string, input: unknown): ServiceError {
  try {
    check(service, operation, input);
  } catch (error) {
    if (error instanceof ServiceError) return error;
    throw error;
  }
  throw new Error(`${service} ${operation} took ${JSON.stringify(input).slice(0, 200)}`);
}
const said = (service: string, operation: string, input: unknown): [string, string] => {
  const { code, message } = failure(service, operation, input);
  return [code, message];
};

describe("the validator's constraint wording", () => {
  it("names value, member and bound for a number that is too large", () => {
    expect(said("logs", "GetLogEvents", { logGroupName: "g", logStreamName: "s", limit: 10001 })).toEqual([
      "InvalidParameterException",
      "1 validation error detected: Value '10001' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 10000",
    ]);
  });

  it("prints a structure as AWS was recorded to print it", () => {
    const one = (n: number) => ({ metricName: `metric${n}`, metricNamespace: `namespace${n}`, metricValue: "1" });
    const text = (n: number) =>
      `MetricTransformation(metricName=metric${n}, metricNamespace=namespace${n}, metricValue=1, defaultValue=null, unit=null, dimensions=null)`;
    expect(
      said("logs", "PutMetricFilter", { logGroupName: "g", filterName: "f", filterPattern: "x", metricTransformations: [one(1), one(2)] }),
    ).toEqual([
      "InvalidParameterException",
      `1 validation error detected: Value '[${text(1)}, ${text(2)}]' at 'metricTransformations' failed to satisfy constraint: Member must have length less than or equal to 1`,
    ]);
  });

  it("prints members that only AWS's own model has", () => {
    const entry = { Source: "s", DetailType: "d", Detail: "{}" };
    const text =
      "PutEventsRequestEntry(time=null, source=s, resources=null, detailType=d, detail={}, eventBusName=null, traceHeader=null, kmsKeyIdentifier=null, internalMetadata=null)";
    expect(said("events", "PutEvents", { Entries: new Array(11).fill(entry) })).toEqual([
      "ValidationException",
      `1 validation error detected: Value '[${new Array(11).fill(text).join(", ")}]' at 'entries' failed to satisfy constraint: Member must have length less than or equal to 10`,
    ]);
  });

  it("prints an enum in AWS's order where that is known", () => {
    expect(said("cloudwatch", "SetAlarmState", { AlarmName: "a", StateValue: "INVALID", StateReason: "r" })).toEqual([
      "ValidationError",
      "1 validation error detected: Value 'INVALID' at 'stateValue' failed to satisfy constraint: Member must satisfy enum value set: [INSUFFICIENT_DATA, ALARM, OK]",
    ]);
    expect(
      said("logs", "PutDeliveryDestination", {
        name: "d",
        outputFormat: "foobar",
        deliveryDestinationConfiguration: { destinationResourceArn: "arn:aws:s3:::b" },
      }),
    ).toEqual([
      "ValidationException",
      "1 validation error detected: Value 'foobar' at 'outputFormat' failed to satisfy constraint: Member must satisfy enum value set: [w3c, raw, json, plain, parquet]",
    ]);
  });

  it("counts several failures and parts them by semicolons", () => {
    expect(said("logs", "CreateLogGroup", { logGroupName: "" })).toEqual([
      "InvalidParameterException",
      "2 validation errors detected: Value '' at 'logGroupName' failed to satisfy constraint: Member must have length greater than or equal to 1; Value '' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+",
    ]);
  });

  it("says null without quotes for a required member that is missing, nested ones by their place", () => {
    expect(said("events", "PutRule", {})).toEqual([
      "ValidationException",
      "1 validation error detected: Value null at 'name' failed to satisfy constraint: Member must not be null",
    ]);
    expect(
      said("logs", "PutLogEvents", {
        logGroupName: "g",
        logStreamName: "s",
        logEvents: [{ timestamp: 1, message: "m" }, { timestamp: 2 }],
      })[1],
    ).toBe("1 validation error detected: Value null at 'logEvents.2.member.message' failed to satisfy constraint: Member must not be null");
  });

  it("names the member of a list of structures by number", () => {
    expect(said("events", "PutTargets", { Rule: "r", Targets: [{ Id: "a b", Arn: "arn:aws:sqs:us-east-1:123456789012:q" }] })).toEqual([
      "ValidationException",
      "1 validation error detected: Value 'a b' at 'targets.1.member.id' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+",
    ]);
  });

  it("prints a whole batch of structures as AWS does when it is too long", () => {
    const entry = { Source: "s", DetailType: "t", Detail: "{}" };
    const [code, message] = said("events", "PutEvents", { Entries: Array.from({ length: 11 }, () => entry) });
    expect(code).toBe("ValidationException");
    expect(message.startsWith("1 validation error detected: Value '[PutEventsRequestEntry(")).toBe(true);
    expect(message.endsWith("at 'entries' failed to satisfy constraint: Member must have length less than or equal to 10")).toBe(true);
  });

  it("gives all rules of the members when an item of a list of texts breaks one", () => {
    expect(said("logs", "FilterLogEvents", { logGroupName: "g", logStreamNames: ["a:b"] })).toEqual([
      "InvalidParameterException",
      "1 validation error detected: Value '[a:b]' at 'logStreamNames' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 512, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: [^:*]*]",
    ]);
  });

  it("says which side of a map is wrong", () => {
    expect(said("logs", "TagLogGroup", { logGroupName: "g", tags: { "a*": "v" } })[1]).toContain(
      "at 'tags' failed to satisfy constraint: Map keys must satisfy constraint: [",
    );
    expect(said("logs", "TagLogGroup", { logGroupName: "g", tags: { a: "v*" } })[1]).toContain("Map value must satisfy constraint: [");
  });

  it("words an over-long log group or stream name as CloudWatch Logs does", () => {
    for (const input of [{ logGroupName: "x".repeat(513) }, { logGroupName: "g", logStreamName: "x".repeat(513) }]) {
      const operation = "logStreamName" in input ? "CreateLogStream" : "CreateLogGroup";
      expect(said("logs", operation, input)).toEqual([
        "InvalidParameterException",
        "Invalid LogGroup or LogStream, both must have length less than or equal to 512.",
      ]);
    }
  });

  it("counts characters, not UTF-16 units", () => {
    expect(check("events", "PutRule", { Name: "r", ScheduleExpression: "rate(1 minute)", Description: "𝄞".repeat(512) })).toHaveProperty(
      "Description",
    );
    expect(said("events", "PutRule", { Name: "r", Description: "𝄞".repeat(513) })[1]).toContain(
      "Member must have length less than or equal to 512",
    );
  });
});

describe("CloudWatch's metric operations", () => {
  it("answer a unit outside the set with one line for each datum", () => {
    const [code, message] = said("cloudwatch", "PutMetricData", {
      Namespace: "n",
      MetricData: [
        { MetricName: "a", Value: 1, Unit: "Furlongs" },
        { MetricName: "b", Value: 1, Unit: "Count" },
        { MetricName: "c", Value: 1, Unit: "null" },
      ],
    });
    expect(code).toBe("InvalidParameterValue");
    const lines = message.split("\n");
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(
      /^The parameter MetricData\.member\.1\.Unit must be a value in the set \[ Seconds, Microseconds, .*, None \]\.$/,
    );
    expect(lines[1]).toMatch(/^The parameter MetricData\.member\.3\.Unit /);
  });

  it("say how long a dimension value may be", () => {
    const MetricData = [{ MetricName: "a", Value: 1, Dimensions: [{ Name: "d", Value: "v".repeat(1025) }] }];
    expect(said("cloudwatch", "PutMetricData", { Namespace: "n", MetricData })).toEqual([
      "InvalidParameterValue",
      "The parameter MetricData.member.1.Dimensions.member.1.Value must be shorter than 1025 characters.",
    ]);
  });

  it("refuse 31 dimensions and name the collection", () => {
    const Dimensions = Array.from({ length: 31 }, (_, index) => ({ Name: `d${index}`, Value: "v" }));
    expect(said("cloudwatch", "PutMetricData", { Namespace: "n", MetricData: [{ MetricName: "a", Value: 1, Dimensions }] })).toEqual([
      "InvalidParameterValue",
      "The collection MetricData.member.1.Dimensions must not have a size greater than 30.",
    ]);
  });

  it("answer MissingParameter for a required member, under its modelled name", () => {
    const error = failure("cloudwatch", "GetMetricStatistics", { Namespace: "n", StartTime: 0, EndTime: 1, Period: 60 });
    expect([error.code, error.shape, error.message]).toEqual([
      "MissingParameter",
      "MissingRequiredParameterException",
      "The parameter MetricName is required.",
    ]);
  });

  it("name the statistic that is none", () => {
    const input = { Namespace: "n", MetricName: "m", StartTime: 0, EndTime: 1, Period: 60, Statistics: ["Sum", "Maximum,Sum"] };
    expect(said("cloudwatch", "GetMetricStatistics", input)).toEqual([
      "InvalidParameterValue",
      "The parameter Statistics.member.2 must be a value in the set [ SampleCount, Average, Sum, Minimum, Maximum ].",
    ]);
  });

  it("leave values that are no finite numbers to the operation", () => {
    const { MetricData } = check("cloudwatch", "PutMetricData", { Namespace: "n", MetricData: [{ MetricName: "m", Value: "NaN" }] }) as {
      MetricData: { Value: number }[];
    };
    expect(MetricData[0]!.Value).toBeNaN();
  });

  it("keep the constraint wording for alarms", () => {
    expect(
      said("cloudwatch", "PutMetricAlarm", {
        AlarmName: "a",
        AlarmActions: Array.from({ length: 6 }, () => "arn:aws:sns:us-east-1:123456789012:t"),
      })[1],
    ).toMatch(
      /^1 validation error detected: Value '\[arn:.*\]' at 'alarmActions' failed to satisfy constraint: Member must have length less than or equal to 5$/,
    );
  });
});

describe("codes by service", () => {
  it.each([
    ["xray", "GetTraceSummaries", { StartTime: 0 }, "InvalidRequestException"],
    ["sns", "Subscribe", { Protocol: "sqs" }, "InvalidParameter"],
    ["sqs", "CreateQueue", {}, "MissingParameter"],
    ["sqs", "GetQueueAttributes", { QueueUrl: "q", AttributeNames: ["Nope"] }, "InvalidAttributeName"],
    ["cloudtrail", "LookupEvents", { MaxResults: 0 }, "InvalidMaxResultsException"],
    ["cloudtrail", "LookupEvents", { EventCategory: "management" }, "InvalidEventCategoryException"],
    ["events", "ListRules", { Limit: 0 }, "ValidationException"],
  ])("%s %s answers %j with %s", (service, operation, input, code) => {
    expect(failure(service, operation, input).code).toBe(code);
  });
});

describe("types and the normalised copy", () => {
  it.each([
    [{ logGroupName: 5 }, "NUMBER_VALUE can not be converted to a String"],
    [{ logGroupName: true }, "TRUE_VALUE can not be converted to a String"],
    [{ logGroupName: ["g"] }, "Start of list found where not expected"],
    [{ logGroupName: { a: 1 } }, "Start of structure or map found where not expected."],
    [{ logGroupName: "g", limit: "5" }, "STRING_VALUE can not be converted to an Integer"],
    [{ logGroupName: "g", limit: 1.5 }, "DECIMAL_VALUE can not be converted to an Integer"],
    [{ logGroupName: "g", limit: Number.NaN }, "DECIMAL_VALUE can not be converted to an Integer"],
    [{ logGroupName: "g", startTime: "yesterday" }, "STRING_VALUE can not be converted to a Long"],
    [{ logGroupName: "g", logStreamNames: "s" }, "Expected list or null"],
    ["text", "Unexpected field type"],
    [[], "Unexpected field type"],
  ])("refuses %j as a SerializationException", (input, message) => {
    expect(said("logs", "FilterLogEvents", input)).toEqual(["SerializationException", message]);
  });

  it("turns ISO 8601 texts into epoch milliseconds and leaves numbers", () => {
    const out = check("cloudtrail", "LookupEvents", { StartTime: "2024-01-01T00:00:00.1234Z", EndTime: 1704067200500 });
    expect(out).toEqual({ StartTime: 1704067200123, EndTime: 1704067200500 });
    expect(check("cloudtrail", "LookupEvents", { StartTime: "2024-01-01T02:00:00+02:00" })).toEqual({ StartTime: 1704067200000 });
    expect(said("cloudtrail", "LookupEvents", { StartTime: "2024-02-30" })).toEqual([
      "SerializationException",
      "STRING_VALUE can not be converted to milliseconds since epoch",
    ]);
  });

  it("leaves out members that are null or that the model does not know", () => {
    expect(check("logs", "CreateLogGroup", { logGroupName: "g", kmsKeyId: null, invented: { a: 1 } })).toEqual({ logGroupName: "g" });
  });

  it("does not change what it was given and keeps a key named __proto__", () => {
    const tags = JSON.parse('{"__proto__":"v"}') as Record<string, string>;
    const input = Object.freeze({ logGroupName: "g", tags });
    const out = check("logs", "TagLogGroup", input) as { tags: Record<string, string> };
    expect(Object.keys(out.tags)).toEqual(["__proto__"]);
    expect(out.tags).not.toBe(tags);
  });

  it("answers an empty input for an operation without members", () => {
    expect(check("sts", "GetCallerIdentity", undefined)).toEqual({});
  });
});
