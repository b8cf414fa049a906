import { request as httpRequest } from "node:http";
import { connect } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import type { ApiRequest } from "../../../workers/account/contract.ts";
import { type Endpoint, type EndpointAccount, endpointArguments, startEndpoint } from "../../../workers/node/endpoint.ts";
import { REQUEST_ID, signed } from "./fake.ts";

const START = 1_704_067_200_000;

interface Opened {
  readonly asked: ApiRequest[];
  readonly advances: number[];
  disposed: boolean;
  running: number;
  most: number;
}

const endpoints: Endpoint[] = [];
afterEach(async () => {
  await Promise.all(endpoints.splice(0).map((endpoint) => endpoint.close()));
});

async function started(options: { at?: number; wallClock?: () => number } = { at: START }): Promise<{ url: string; opened: Opened[] }> {
  const opened: Opened[] = [];
  const open = async (scenario: { start: number }): Promise<EndpointAccount> => {
    const seen: Opened = { asked: [], advances: [], disposed: false, running: 0, most: 0 };
    opened.push(seen);
    let now = scenario.start;
    return {
      id: "123456789012",
      engine: 7,
      get now() {
        return now;
      },
      async call(request) {
        seen.asked.push(request);
        seen.most = Math.max(seen.most, ++seen.running);
        await new Promise((resolve) => setTimeout(resolve, 5));
        seen.running--;
        return { requestId: REQUEST_ID, output: {} };
      },
      async advanceTo(moment) {
        seen.advances.push(moment);
        now = moment;
        return true;
      },
      stateHash: () => ({ hash: "ab".repeat(16) }),
      async dispose() {
        seen.disposed = true;
      },
    };
  };
  const endpoint = await startEndpoint({ port: 0, open, ...options });
  endpoints.push(endpoint);
  return { url: endpoint.url, opened };
}

/** A raw request: fetch would not let a test set Host or Origin. */
function raw(
  url: string,
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: Uint8Array | string } = {},
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(`${url}${path}`, { method: options.method ?? "GET", headers: options.headers ?? {} }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString("utf8") }));
      response.on("error", reject);
    });
    request.on("error", reject);
    request.end(options.body);
  });
}

const control = async (url: string, path: string, body?: unknown): Promise<Record<string, unknown>> =>
  (await (
    await fetch(`${url}/_nephoscope/${path}`, body === undefined ? {} : { method: "POST", body: JSON.stringify(body) })
  ).json()) as Record<string, unknown>;

const aws = { ...signed("logs"), "x-amz-target": "Logs_20140328.DescribeLogGroups", "content-type": "application/x-amz-json-1.1" };

describe("the endpoint's doors", () => {
  it.each([
    ["a foreign Host", { host: "example.com" }],
    ["a foreign Host that begins like ours", { host: "localhost.example.com:4566" }],
    ["an Origin", { origin: "http://localhost:4566" }],
    ["a page's request without an Origin", { "sec-fetch-site": "cross-site" }],
  ])("refuse %s with a sentence and do not reach the account", async (_, headers) => {
    const { url, opened } = await started();
    const reply = await raw(url, "/", { method: "POST", headers: { ...aws, ...headers }, body: "{}" });
    expect(reply.status).toBe(403);
    expect((JSON.parse(reply.text) as { message: string }).message).toMatch(/^This endpoint .*\.$/);
    expect(opened[0]!.asked).toEqual([]);
  });

  it.each(["localhost:1", "127.0.0.1", "[::1]:4566", "logs.localhost"])("answer to the Host %s", async (host) => {
    const { url } = await started();
    expect((await raw(url, "/", { method: "POST", headers: { ...aws, host }, body: "{}" })).status).toBe(200);
  });

  it("refuse a body beyond 5 MB with 413, plain or when it inflates beyond 64 MB", async () => {
    const { url, opened } = await started();
    expect((await raw(url, "/", { method: "POST", headers: aws, body: " ".repeat(5 * 1024 * 1024 + 1) })).status).toBe(413);
    const bomb = gzipSync(Buffer.alloc(65 * 1024 * 1024, 32));
    expect((await raw(url, "/", { method: "POST", headers: { ...aws, "content-encoding": "gzip" }, body: bomb })).status).toBe(413);
    expect(opened[0]!.asked).toEqual([]);
  });

  it.each([
    ["what is no HTTP", "garbage\r\n\r\n", 400, "SerializationException"],
    ["a header with a forbidden character", "POST / HTTP/1.1\r\nHost: localhost\r\nX-A: \u0007\r\n\r\n", 400, "SerializationException"],
    [
      "headers of 64 KB",
      `POST / HTTP/1.1\r\nHost: localhost\r\nX-A: ${"a".repeat(65_536)}\r\n\r\n`,
      431,
      "RequestHeaderSectionTooLargeException",
    ],
    [
      "a body that ends too early",
      "POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: Logs_20140328.DescribeLogGroups\r\nContent-Length: 9\r\n\r\n{}",
      400,
      "SerializationException",
    ],
  ])("answer %s in AWS's form, and do not reach the account", async (_, request, status, type) => {
    const { url, opened } = await started();
    const text = await new Promise<string>((resolve, reject) => {
      const socket = connect({ host: "127.0.0.1", port: Number(new URL(url).port) }, () => socket.end(request));
      let answer = "";
      socket.on("data", (part: Buffer) => {
        answer += part.toString("utf8");
      });
      socket.on("close", () => resolve(answer));
      socket.on("error", reject);
    });
    const [head = "", body = ""] = text.split("\r\n\r\n");
    expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(JSON.parse(body)).toEqual({ __type: type, message: expect.stringMatching(/^The .+/) });
    expect(opened[0]!.asked).toEqual([]);
  });

  it("take a gzip body", async () => {
    const { url, opened } = await started();
    const body = gzipSync(JSON.stringify({ logGroupNamePrefix: "g" }));
    expect((await raw(url, "/", { method: "POST", headers: { ...aws, "content-encoding": "gzip" }, body })).status).toBe(200);
    expect(opened[0]!.asked[0]).toMatchObject({ service: "logs", input: { logGroupNamePrefix: "g" }, sourceIp: "127.0.0.1" });
  });

  it("answer requests one after another", async () => {
    const { url, opened } = await started();
    await Promise.all(Array.from({ length: 5 }, () => raw(url, "/", { method: "POST", headers: aws, body: "{}" })));
    expect([opened[0]!.asked.length, opened[0]!.most]).toEqual([5, 1]);
  });
});

describe("the endpoint's clock", () => {
  it("stands under --at and moves only when told", async () => {
    const { url, opened } = await started();
    await raw(url, "/", { method: "POST", headers: aws, body: "{}" });
    expect(await control(url, "state")).toEqual({ clock: "2024-01-01T00:00:00.000Z", stateHash: "ab".repeat(16), engine: 7 });
    expect(await control(url, "clock", { advanceSeconds: 90.5 })).toEqual({ clock: "2024-01-01T00:01:30.500Z" });
    expect(opened[0]!.advances).toEqual([START + 90_500]);
  });

  it("follows the wall clock otherwise, and keeps what it was moved ahead", async () => {
    let wall = START;
    const { url, opened } = await started({ wallClock: () => wall });
    wall += 1000;
    await raw(url, "/", { method: "POST", headers: aws, body: "{}" });
    await control(url, "clock", { advanceSeconds: 60 });
    wall += 500;
    expect((await control(url, "state"))["clock"]).toBe("2024-01-01T00:01:01.500Z");
    expect(opened[0]!.advances).toEqual([START + 1000, START + 61_000, START + 61_500]);
  });

  it.each([{}, { advanceSeconds: -1 }, { advanceSeconds: "5" }, [], 3])("refuses to move by %j and says what is allowed", async (body) => {
    const { url, opened } = await started();
    const reply = await fetch(`${url}/_nephoscope/clock`, { method: "POST", body: JSON.stringify(body) });
    expect([reply.status, await reply.json()]).toEqual([400, expect.objectContaining({ path: "advanceSeconds" })]);
    expect(opened[0]!.advances).toEqual([]);
  });

  it("starts over at reset", async () => {
    const { url, opened } = await started();
    await control(url, "clock", { advanceSeconds: 60 });
    await control(url, "reset", {});
    expect([opened.length, opened[0]!.disposed, (await control(url, "state"))["clock"]]).toEqual([2, true, "2024-01-01T00:00:00.000Z"]);
  });

  it("names its control routes when another is asked for", async () => {
    const { url } = await started();
    expect((await fetch(`${url}/_nephoscope/restart`, { method: "POST" })).status).toBe(404);
  });
});

describe("the endpoint's arguments", () => {
  it("default to port 4566 and the wall clock", () => {
    expect(endpointArguments([])).toEqual({ port: 4566 });
    expect(endpointArguments(["--port", "0", "--at", "2024-01-01T00:00:00Z"])).toEqual({ port: 0, at: START });
  });

  it.each([[["--port", "70000"]], [["--port", "x"]], [["--at", "today"]], [["--what"]]])("refuse %j", (args) => {
    expect(() => endpointArguments(args)).toThrow(/port|ISO 8601|what/);
  });
});
