/**
 * The X-Ray SDK for Node as programs use it: it sends segments to the daemon's UDP port, where a bridge of this test takes
 * the daemon's part and hands them to PutTraceSegments.
 */
import { createSocket, type Socket } from "node:dgram";
import type { AddressInfo } from "node:net";
import AWSXRay from "aws-xray-sdk-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Account } from "../../workers/account/account.ts";
import { openTestAccount, person } from "../unit/account/engine-harness.ts";

/** What the SDK writes before each document. */
const HEADER = '{"format":"json","version":1}\n';

let account: Account;
let daemon: Socket;
const documents: string[] = [];

beforeAll(async () => {
  account = await openTestAccount();
  daemon = createSocket("udp4");
  daemon.on("message", (packet) => {
    const text = packet.toString();
    if (!text.startsWith(HEADER)) throw new Error(`not what an SDK sends: ${text.slice(0, 60)}`);
    documents.push(text.slice(HEADER.length));
  });
  await new Promise<void>((resolve) => daemon.bind(0, "127.0.0.1", resolve));
  AWSXRay.setDaemonAddress(`127.0.0.1:${(daemon.address() as AddressInfo).port}`);
  AWSXRay.enableManualMode();
});
afterAll(async () => {
  daemon.close();
  await account.dispose();
});

/** Sends one request's trace: a segment with two subsegments, one of which fails. */
function work(): string {
  const segment = new AWSXRay.Segment("checkout");
  segment.addAnnotation("customer", "c-1");
  segment.addMetadata("cart", { items: 3 });
  const call = segment.addNewSubsegment("payments");
  call.addAttribute("namespace", "remote");
  call.addAttribute("http", { request: { method: "POST", url: "https://payments.example/charge" }, response: { status: 503 } });
  call.addFaultFlag();
  call.addError(new Error("no answer"));
  call.close();
  segment.addNewSubsegment("render").close();
  segment.close();
  return segment.trace_id;
}

describe("the X-Ray SDK for Node", () => {
  it("sends segments that become a trace, its summary and a graph", async () => {
    // The SDK stamps with the wall clock; the account stands a moment later.
    documents.length = 0;
    const traceId = work();
    await expect.poll(() => documents.length).toBe(1);
    await account.advanceTo(Date.now() + 1000);
    const put = await person(account, "xray", "PutTraceSegments", { TraceSegmentDocuments: documents });
    expect(put.output.UnprocessedTraceSegments).toEqual([]);
    const { output: whole } = await person(account, "xray", "BatchGetTraces", { TraceIds: [traceId] });
    const [trace] = whole.Traces as { Id: string; Segments: { Document: string }[] }[];
    const segments = (trace?.Segments ?? []).map(({ Document }) => JSON.parse(Document) as { name: string });
    expect(segments.find(({ name }) => name === "checkout")).toMatchObject({ annotations: { customer: "c-1" } });
    const range = { StartTime: account.now - 60_000, EndTime: account.now + 60_000 };
    const wanted = { ...range, FilterExpression: 'annotation.customer = "c-1" AND service("payments") { fault }' };
    const { output: found } = await person(account, "xray", "GetTraceSummaries", wanted);
    expect((found.TraceSummaries as { Id: string }[]).map(({ Id }) => Id)).toContain(traceId);
    const { output: graph } = await person(account, "xray", "GetServiceGraph", range);
    // The caller's own node, the service and what it called.
    expect((graph.Services as { Name: string }[]).map(({ Name }) => Name).sort()).toEqual(["checkout", "checkout", "payments"]);
  });
});
