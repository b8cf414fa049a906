import { describe, expect, it } from "vitest";
import type { ApiReply, ApiRequest } from "../../../../workers/account/contract.ts";
import { ServiceError, toPlainFailure } from "../../../../workers/model/errors.ts";
import { runLine } from "../../../../workers/wire/cli/run.ts";
import { models } from "./models.ts";

const NOW = 1_704_067_200_000;
const options = { identity: "developer", region: "us-east-1", now: NOW };

function doorOf(...answers: (Record<string, unknown> | ServiceError)[]): {
  requests: ApiRequest[];
  call(request: ApiRequest): Promise<ApiReply>;
} {
  const requests: ApiRequest[] = [];
  return {
    requests,
    async call(request) {
      requests.push(request);
      const answer = answers[Math.min(requests.length, answers.length) - 1] ?? {};
      if (answer instanceof ServiceError) throw answer;
      return { requestId: "r", output: answer };
    },
  };
}

const alarms = {
  MetricAlarms: [
    {
      AlarmName: "high-cpu",
      Threshold: 70,
      EvaluationPeriods: 2,
      ActionsEnabled: true,
      AlarmActions: ["arn:a", "arn:b"],
      Dimensions: [{ Name: "InstanceId", Value: "i-1" }],
      StateValue: "OK",
    },
    { AlarmName: "b", Threshold: 1e-7, EvaluationPeriods: 1, ActionsEnabled: false, AlarmActions: [], Dimensions: [] },
  ],
  CompositeAlarms: [],
};

async function out(line: string, answer: Record<string, unknown>): Promise<string> {
  const result = await runLine(doorOf(answer), models, line, options);
  expect(result.stderr).toBe("");
  return result.stdout;
}

describe("what a line prints", () => {
  // Texts observed from the real CLI for the same answers.
  it("prints JSON with four spaces, members in the model's order, floats with their point", async () => {
    expect(await out("aws cloudwatch describe-alarms", { ...alarms, MetricAlarms: alarms.MetricAlarms.slice(1) })).toBe(
      `{
    "MetricAlarms": [
        {
            "AlarmName": "b",
            "ActionsEnabled": false,
            "AlarmActions": [],
            "Dimensions": [],
            "EvaluationPeriods": 1,
            "Threshold": 1e-07
        }
    ],
    "CompositeAlarms": []
}
`,
    );
  });

  it("prints text, structures by name of their members", async () => {
    expect(await out("aws cloudwatch describe-alarms --output text", alarms)).toBe(
      [
        "METRICALARMS\tTrue\thigh-cpu\t2\tOK\t70.0",
        "ALARMACTIONS\tarn:a",
        "ALARMACTIONS\tarn:b",
        "DIMENSIONS\tInstanceId\ti-1",
        "METRICALARMS\tFalse\tb\t1\t\t1e-07",
        "",
      ].join("\n"),
    );
  });

  it("prints nested tables, upright when they are too wide", async () => {
    expect(await out("aws cloudwatch describe-alarms --output table", alarms)).toBe(
      `-------------------------------------
|          DescribeAlarms           |
+-----------------------------------+
||          MetricAlarms           ||
|+--------------------+------------+|
||  ActionsEnabled    |  True      ||
||  AlarmName         |  high-cpu  ||
||  EvaluationPeriods |  2         ||
||  StateValue        |  OK        ||
||  Threshold         |  70.0      ||
|+--------------------+------------+|
|||         AlarmActions          |||
||+-------------------------------+||
|||  arn:a                        |||
|||  arn:b                        |||
||+-------------------------------+||
|||          Dimensions           |||
||+-----------+-------------------+||
|||  Name     |  InstanceId       |||
|||  Value    |  i-1              |||
||+-----------+-------------------+||
||          MetricAlarms           ||
|+----------------------+----------+|
||  ActionsEnabled      |  False   ||
||  AlarmName           |  b       ||
||  EvaluationPeriods   |  1       ||
||  StateValue          |          ||
||  Threshold           |  1e-07   ||
|+----------------------+----------+|
`,
    );
  });

  it.each([
    [
      "--output table --query 'MetricAlarms[].[AlarmName,Threshold]'",
      "-----------------------\n|   DescribeAlarms    |\n+-----------+---------+\n|  high-cpu |  70.0   |\n|  b        |  1e-07  |\n+-----------+---------+\n",
    ],
    [
      "--output table --query 'MetricAlarms[].{Name:AlarmName,T:Threshold,x:Nope}'",
      "-------------------------------\n|       DescribeAlarms        |\n+----------+---------+--------+\n|   Name   |    T    |   x    |\n+----------+---------+--------+\n|  high-cpu|  70.0   |  None  |\n|  b       |  1e-07  |  None  |\n+----------+---------+--------+\n",
    ],
    [
      "--output text --query 'MetricAlarms[].[AlarmName,Threshold,Nope,ActionsEnabled]'",
      "high-cpu\t70.0\tNone\tTrue\nb\t1e-07\tNone\tFalse\n",
    ],
    ["--output text --query 'MetricAlarms[].AlarmName'", "high-cpu\tb\n"],
    [
      "--output table --query 'MetricAlarms[].AlarmName'",
      "----------------\n|DescribeAlarms|\n+--------------+\n|  high-cpu    |\n|  b           |\n+--------------+\n",
    ],
    ["--output text --query Nope", "None\n"],
    ["--output table --query Nope", ""],
    ["--output table --query 'length(MetricAlarms)'", "----------------\n|DescribeAlarms|\n+--------------+\n"],
    ["--query Nope", "null\n"],
    ["--query 'MetricAlarms[].EvaluationPeriods'", "[\n    2,\n    1\n]\n"],
    ["--query 'MetricAlarms[0].Threshold'", "70.0\n"],
    ["--max-items 1 --query NextToken", '"eyJOZXh0VG9rZW4iOiBudWxsLCAiYm90b190cnVuY2F0ZV9hbW91bnQiOiAxfQ=="\n'],
  ])("prints describe-alarms %s", async (asked, expected) => {
    expect(await out(`aws cloudwatch describe-alarms ${asked}`, alarms)).toBe(expected);
  });

  const statistics = {
    Label: "CPU",
    Datapoints: [
      { Timestamp: NOW, Sum: 48, Unit: "None" },
      { Timestamp: NOW + 60_500, Sum: 131, Unit: "None" },
    ],
  };
  const ask =
    "aws cloudwatch get-metric-statistics --namespace N --metric-name M --start-time 2024-01-01 --end-time 1704070800 --period 300";

  it("prints timestamps as ISO 8601 with an offset", async () => {
    expect(await out(ask, statistics)).toContain('"Timestamp": "2024-01-01T00:01:00.500000+00:00",\n            "Sum": 131.0,');
    expect(await out(`${ask} --output text`, statistics)).toBe(
      "CPU\nDATAPOINTS\t48.0\t2024-01-01T00:00:00+00:00\tNone\nDATAPOINTS\t131.0\t2024-01-01T00:01:00.500000+00:00\tNone\n",
    );
    expect(await out(`${ask} --output table`, statistics)).toBe(`---------------------------------------------------------
|                  GetMetricStatistics                  |
+------------------------------+------------------------+
|  Label                       |  CPU                   |
+------------------------------+------------------------+
||                     Datapoints                      ||
|+-------+------------------------------------+--------+|
||  Sum  |             Timestamp              | Unit   ||
|+-------+------------------------------------+--------+|
||  48.0 |  2024-01-01T00:00:00+00:00         |  None  ||
||  131.0|  2024-01-01T00:01:00.500000+00:00  |  None  ||
|+-------+------------------------------------+--------+|
`);
  });

  it("prints milliseconds of logs as numbers", async () => {
    expect(
      await out("aws logs get-log-events --log-stream-name s --query 'events[0].timestamp'", {
        events: [{ timestamp: NOW, message: "m" }],
      }),
    ).toBe(`${NOW}\n`);
  });

  it("prints nothing for an empty answer", async () => {
    expect(await out("aws logs create-log-group --log-group-name g", {})).toBe("");
  });

  it("prints the tail of a group", async () => {
    const door = doorOf({ events: [{ timestamp: NOW - 1500, message: "hello", logStreamName: "s1" }] });
    const result = await runLine(door, models, "aws logs tail /app --since 5m --filter-pattern ERROR", options);
    expect(result.stdout).toBe("2023-12-31T23:59:58.500000+00:00 s1 hello\n");
    expect(door.requests[0]).toMatchObject({
      operation: "FilterLogEvents",
      input: { logGroupName: "/app", startTime: NOW - 300_000, filterPattern: "ERROR" },
    });
    expect((await runLine(door, models, "aws logs tail /app --follow", options)).stderr).toContain("hint: run it again");
  });

  it("prints a skeleton as the CLI does", async () => {
    expect(await out("aws logs put-metric-filter --generate-cli-skeleton --query x", {})).toContain(
      '"metricValue": "",\n            "defaultValue": 0.0,\n            "dimensions": {\n                "KeyName": ""\n            },\n            "unit": "Seconds"'.replace(
        '"Seconds"',
        '"',
      ),
    );
  });

  it("says in its help what AWS has and this has not", async () => {
    const isBuilt = (service: string, operation: string): boolean => service === "logs" && operation === "CreateLogGroup";
    const help = async (line: string) => (await runLine(doorOf({}), models, line, { ...options, isBuilt })).stdout;
    const [runs, others] = (await help("aws logs help")).split("NOT BUILT HERE") as [string, string];
    expect(runs).toContain("    create-log-group\n    tail\n");
    expect(others).toContain("    put-log-events\n");
    expect((await help("aws help")).split("NOT BUILT HERE")[1]).toContain("    cloudwatch\n");
    expect(await help("aws logs put-log-events help")).toContain("NOT BUILT HERE");
    expect(await help("aws logs create-log-group help")).not.toContain("NOT BUILT HERE");
  });

  it("helps from the model", async () => {
    const text = await out("aws logs put-metric-filter help", {});
    expect(text).toContain("--filter-pattern (string) required");
    expect(text).toContain("shorthand: metricName=string,metricNamespace=string,metricValue=string,");
    expect(await out("aws help", {})).toContain("cloudtrail");
    expect(await out("aws logs help", {})).toContain("    tail\n");
  });
});

describe("how a line is called", () => {
  it("calls as the chosen identity, in the chosen Region, or as the line says", async () => {
    const door = doorOf({});
    await runLine(door, models, "aws sts get-caller-identity; aws sts get-caller-identity --region eu-west-1 --profile root", options);
    expect(door.requests.map((request) => [request.region, request.caller.principal, request.caller.kind, request.via])).toEqual([
      ["us-east-1", "developer", "person", "terminal"],
      ["eu-west-1", "root", "person", "terminal"],
    ]);
    expect(
      await runLine(door, models, "aws sts get-caller-identity --profile nobody", { ...options, identities: ["developer"] }),
    ).toMatchObject({
      exitCode: 255,
      stderr: expect.stringContaining("The config profile (nobody) could not be found"),
    });
  });

  it("follows the pages, and goes on where --max-items stopped", async () => {
    const pages = [{ logGroups: [{ logGroupName: "a" }, { logGroupName: "b" }], nextToken: "t1" }, { logGroups: [{ logGroupName: "c" }] }];
    const door = doorOf(...pages);
    const all = await runLine(door, models, "aws logs describe-log-groups --query 'logGroups[].logGroupName' --output text", options);
    expect(all.stdout).toBe("a\tb\tc\n");
    expect(door.requests[1]?.input).toEqual({ nextToken: "t1" });
    const first = await runLine(doorOf(...pages), models, "aws logs describe-log-groups --max-items 1", options);
    const token = (JSON.parse(first.stdout) as { NextToken: string }).NextToken;
    const rest = await runLine(
      doorOf(...pages),
      models,
      `aws logs describe-log-groups --starting-token ${token} --query 'logGroups[].logGroupName' --output text`,
      options,
    );
    expect(rest.stdout).toBe("b\tc\n");
  });

  it("stops after && when a line fails and goes on after ;", async () => {
    const no = new ServiceError("ResourceNotFoundException", "The specified log group does not exist.", { hint: "create it first" });
    const failing = await runLine(
      doorOf(no, {}),
      models,
      "aws logs describe-log-streams --log-group-name x && aws sts get-caller-identity",
      options,
    );
    expect(failing).toEqual({
      stdout: "",
      stderr:
        "\nAn error occurred (ResourceNotFoundException) when calling the DescribeLogStreams operation: The specified log group does not exist.\nhint: create it first\n",
      exitCode: 254,
    });
    const door = doorOf(no, {});
    expect(
      (await runLine(door, models, "aws logs describe-log-streams --log-group-name x; aws sts get-caller-identity", options)).exitCode,
    ).toBe(0);
    expect(door.requests).toHaveLength(2);
  });

  it("shows the Query code for CloudWatch and the shape's name for JSON services", async () => {
    const error = new ServiceError("ValidationError", "bad", { shape: "SomethingException" });
    expect((await runLine(doorOf(error), models, "aws cloudwatch list-metrics", options)).stderr).toContain(
      "An error occurred (ValidationError) when calling the ListMetrics operation: bad",
    );
    expect((await runLine(doorOf(error), models, "aws logs describe-log-groups", options)).stderr).toContain(
      "An error occurred (SomethingException)",
    );
  });

  it.each([
    ["ls", 127, "ls: command not found"],
    ["aws logs describe-log-groups | wc", 2, "Pipes are not there"],
    ["aws cloudwatch put-metric-alarm", 252, "aws: error: the following arguments are required: --alarm-name"],
    ["aws cloudwatch list-metrics --query 'Metrics['", 252, "Bad value for --query Metrics[:"],
    ["aws cloudwatch list-metrics --region x", 255, "Provided region_name 'x' doesn't match a supported format."],
  ])("answers %s with exit code %i and calls nothing", async (line, exitCode, message) => {
    const door = doorOf({});
    const result = await runLine(door, models, line, options);
    expect(result.exitCode).toBe(exitCode);
    expect(result.stderr).toContain(message);
    expect(door.requests).toEqual([]);
  });

  it("does nothing for an empty line or a comment", async () => {
    expect(await runLine(doorOf({}), models, "  # nothing\n", options)).toEqual({ stdout: "", stderr: "", exitCode: 0 });
  });

  it("gives along why a policy denied a call, of every command of the text", async () => {
    const because = { decision: "implicitDeny", action: "sqs:CreateQueue" };
    const denial = new ServiceError("AccessDenied", "You may not.", { because });
    const other = new ServiceError("QueueDoesNotExist", "There is none.");
    const line = "aws sqs list-queues; aws sqs list-queues; aws sqs list-queues";
    const result = await runLine(doorOf(denial, other, denial), models, line, options);
    expect(result.exitCode).toBe(254);
    expect(result.denied).toEqual([
      { ...toPlainFailure(denial), because },
      { ...toPlainFailure(denial), because },
    ]);
    expect(await runLine(doorOf(other), models, "aws sqs list-queues", options)).not.toHaveProperty("denied");
  });
});
