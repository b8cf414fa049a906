import { execFile, spawnSync } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Endpoint, startEndpoint } from "../../workers/node/endpoint.ts";

const run = promisify(execFile);
const isThere = (command: string, ...args: string[]): boolean => spawnSync(command, args, { stdio: "ignore" }).status === 0;
const hasCli = isThere("aws", "--version");
const hasBoto = isThere("python3", "-c", "import boto3");
if (!hasCli) console.log("aws-cli: NOT RUN, there is no aws command on this machine");
if (!hasBoto) console.log("boto3: NOT RUN, there is no python3 with boto3 on this machine");

const START = Date.UTC(2026, 2, 12, 9, 0, 0);
let endpoint: Endpoint;
const env = {
  ...process.env,
  AWS_ACCESS_KEY_ID: "a",
  AWS_SECRET_ACCESS_KEY: "b",
  AWS_DEFAULT_REGION: "us-east-1",
  AWS_EC2_METADATA_DISABLED: "true",
  AWS_PAGER: "",
};

beforeAll(async () => {
  endpoint = await startEndpoint({ port: 0, at: START });
});
afterAll(() => endpoint.close());

async function aws(...args: string[]): Promise<unknown> {
  const { stdout } = await run("aws", ["--endpoint-url", endpoint.url, "--output", "json", ...args], { env });
  return stdout.trim() === "" ? undefined : JSON.parse(stdout);
}

async function refused(...args: string[]): Promise<string> {
  try {
    await aws(...args);
  } catch (thrown) {
    return (thrown as { stderr: string }).stderr;
  }
  throw new Error("the call was expected to fail");
}

describe.runIf(hasCli)("the real AWS CLI", () => {
  it("runs the course's lines: put-metric-data, list-metrics, get-metric-statistics", async () => {
    await aws(
      "cloudwatch",
      "put-metric-data",
      "--metric-name",
      "CPUUtilization",
      "--namespace",
      "EC2",
      "--dimensions",
      "InstanceType=t2.micro,AvailabilityZone=us-east-1a",
      "--value",
      "70",
      "--unit",
      "Percent",
    );
    expect(await aws("cloudwatch", "list-metrics", "--namespace", "EC2")).toMatchObject({ Metrics: [{ MetricName: "CPUUtilization" }] });
    const from = new Date(START - 3_600_000).toISOString();
    const to = new Date(START + 600_000).toISOString();
    const answer = await aws(
      "cloudwatch",
      "get-metric-statistics",
      "--namespace",
      "EC2",
      "--metric-name",
      "CPUUtilization",
      "--dimensions",
      "Name=InstanceType,Value=t2.micro",
      "Name=AvailabilityZone,Value=us-east-1a",
      "--start-time",
      from,
      "--end-time",
      to,
      "--period",
      "300",
      "--statistics",
      "Average",
    );
    expect(answer).toMatchObject({ Label: "CPUUtilization", Datapoints: [{ Average: 70, Unit: "Percent" }] });
  });

  it("reads AWS's errors with their codes, on JSON and on Query services", async () => {
    await aws("logs", "create-log-group", "--log-group-name", "shop");
    expect(await refused("logs", "create-log-group", "--log-group-name", "shop")).toContain("ResourceAlreadyExistsException");
    expect(await refused("sns", "publish", "--topic-arn", "arn:aws:sns:us-east-1:123456789012:nowhere", "--message", "x")).toContain(
      "NotFound",
    );
    expect(await refused("logs", "start-query", "--start-time", "0", "--end-time", "1", "--query-string", "fields @message")).toContain(
      "NotImplemented",
    );
  });

  it("names the caller over Query/XML", async () => {
    expect(await aws("sts", "get-caller-identity")).toMatchObject({
      Account: "123456789012",
      Arn: "arn:aws:iam::123456789012:user/developer",
    });
  });
});

const BOTO = `
import boto3, json, sys
from botocore.exceptions import ClientError
c = lambda s: boto3.client(s, endpoint_url=sys.argv[1], region_name="us-east-1", aws_access_key_id="a", aws_secret_access_key="b")
q = c("sqs").create_queue(QueueName="boto")["QueueUrl"]
c("sqs").send_message(QueueUrl=q, MessageBody="hello")
out = {"body": c("sqs").receive_message(QueueUrl=q)["Messages"][0]["Body"]}
c("cloudwatch").put_metric_data(Namespace="Big", MetricData=[{"MetricName": "m%d" % (i % 50), "Value": float(i)} for i in range(900)])
out["metrics"] = len(c("cloudwatch").list_metrics(Namespace="Big")["Metrics"])
try:
    c("cloudwatch").get_metric_statistics(Namespace="Big", MetricName="m1", StartTime=2, EndTime=1, Period=60, Statistics=["Sum"])
except ClientError as e:
    out["code"] = e.response["Error"]["Code"]
print(json.dumps(out))
`;

describe.runIf(hasBoto)("boto3", () => {
  it("speaks JSON with query-compatible errors and gzips a large PutMetricData", async () => {
    const { stdout } = await run("python3", ["-c", BOTO, endpoint.url], { env });
    expect(JSON.parse(stdout)).toEqual({ body: "hello", metrics: 50, code: "InvalidParameterValue" });
  });
});
