/** The real engine behind the real HTTP server, as clients without an SDK would use it. */
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { type Endpoint, startEndpoint } from "../../../workers/node/endpoint.ts";
import { signed } from "./fake.ts";

const START = 1_704_067_200_000;
const endpoints: Endpoint[] = [];
afterEach(async () => {
  await Promise.all(endpoints.splice(0).map((endpoint) => endpoint.close()));
});

async function started(): Promise<string> {
  const endpoint = await startEndpoint({ port: 0, at: START });
  endpoints.push(endpoint);
  return endpoint.url;
}

async function json(
  url: string,
  service: string,
  target: string,
  input: unknown,
  gzip = false,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const text = JSON.stringify(input);
  const headers = {
    ...signed(service),
    "x-amz-target": target,
    "content-type": "application/x-amz-json-1.1",
    ...(gzip ? { "content-encoding": "gzip" } : {}),
  };
  const reply = await fetch(url, { method: "POST", headers, body: gzip ? gzipSync(text) : text });
  return { status: reply.status, body: (await reply.json()) as Record<string, unknown> };
}

async function form(url: string, service: string, fields: Record<string, string>): Promise<{ status: number; text: string }> {
  const reply = await fetch(url, { method: "POST", headers: signed(service), body: new URLSearchParams(fields) });
  return { status: reply.status, text: await reply.text() };
}

const state = async (url: string): Promise<{ clock: string; stateHash: string; engine: number }> =>
  (await (await fetch(`${url}/_nephoscope/state`)).json()) as { clock: string; stateHash: string; engine: number };
const control = (url: string, path: string, body: unknown) =>
  fetch(`${url}/_nephoscope/${path}`, { method: "POST", body: JSON.stringify(body) });

/** The same story over all three kinds of body. */
async function story(url: string): Promise<void> {
  const cloudwatch = "GraniteServiceVersion20100801";
  const put = await json(
    url,
    "monitoring",
    `${cloudwatch}.PutMetricData`,
    { Namespace: "n", MetricData: [{ MetricName: "m", Value: 2, Timestamp: START / 1000 }] },
    true,
  );
  expect(put).toEqual({ status: 200, body: {} });
  expect((await form(url, "sns", { Action: "CreateTopic", Version: "2010-03-31", Name: "t" })).text).toContain(
    "<TopicArn>arn:aws:sns:us-east-1:123456789012:t</TopicArn>",
  );
  expect((await json(url, "logs", "Logs_20140328.CreateLogGroup", { logGroupName: "g" })).status).toBe(200);
  await control(url, "clock", { advanceSeconds: 120 });
}

describe("the endpoint over the engine", () => {
  it("answers who is asking", async () => {
    const reply = await form(await started(), "sts", { Action: "GetCallerIdentity", Version: "2011-06-15" });
    expect([reply.status, reply.text]).toEqual([200, expect.stringContaining("<Account>123456789012</Account>")]);
  });

  it("gives back what was put, over JSON and over Query alike", async () => {
    const url = await started();
    await story(url);
    const query = { Namespace: "n", MetricName: "m", Period: 60, Statistics: ["Sum"], StartTime: START / 1000, EndTime: START / 1000 + 60 };
    const read = await json(url, "monitoring", "GraniteServiceVersion20100801.GetMetricStatistics", query);
    expect(read.body).toEqual({ Label: "m", Datapoints: [{ Timestamp: START / 1000, Sum: 2, Unit: "None" }] });
    const xml = await form(url, "monitoring", {
      Action: "GetMetricStatistics",
      Namespace: "n",
      MetricName: "m",
      Period: "60",
      "Statistics.member.1": "Sum",
      StartTime: "2024-01-01T00:00:00Z",
      EndTime: "2024-01-01T00:01:00Z",
    });
    expect(xml.text).toContain(
      "<Datapoints><member><Timestamp>2024-01-01T00:00:00Z</Timestamp><Sum>2.0</Sum><Unit>None</Unit></member></Datapoints>",
    );
    expect((await json(url, "logs", "Logs_20140328.DescribeLogGroups", {})).body["logGroups"]).toMatchObject([
      { logGroupName: "g", creationTime: START },
    ]);
  });

  it("comes to the same state hash by the same requests, and is empty after a reset", async () => {
    const [one, two] = [await started(), await started()];
    const empty = await state(one);
    await story(one);
    await story(two);
    const after = await state(one);
    expect(after).toEqual(await state(two));
    expect(after.clock).toBe("2024-01-01T00:02:00.000Z");
    expect(after.stateHash).not.toBe(empty.stateHash);
    await control(one, "reset", {});
    expect(await state(one)).toEqual(empty);
  });

  it("refuses in AWS's words, and says what is not built", async () => {
    const url = await started();
    expect(await json(url, "logs", "Logs_20140328.CreateLogGroup", { logGroupName: "bad name" })).toEqual({
      status: 400,
      body: { __type: "InvalidParameterException", message: expect.stringContaining("at 'logGroupName' failed to satisfy constraint") },
    });
    expect((await json(url, "logs", "Logs_20140328.Nothing", {})).body["__type"]).toBe(
      "com.amazon.coral.service#UnknownOperationException",
    );
    expect((await json(url, "dynamodb", "DynamoDB_20120810.ListTables", {})).status).toBe(501);
  });
});
