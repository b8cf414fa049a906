import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Account } from "../../../workers/account/account.ts";
import { loadServices } from "../../../workers/engine.ts";
import { loadModels } from "../../../workers/model/models.ts";
import type { ServiceModel } from "../../../workers/model/shapes.ts";
import type { HttpReply, HttpRequest } from "../../../workers/wire/http.ts";
import { createWire } from "../../../workers/wire/wire.ts";
import { openTestAccount } from "../account/engine-harness.ts";
import { STORY, tell } from "../account/story.ts";
import { formRequest, jsonRequest, signed, textOf } from "../wire/fake.ts";
import { sample, violations } from "./violations.ts";

const services = await loadServices();

const models = await loadModels();

async function endpoint(
  journal = true,
): Promise<{ account: Account; bugs: unknown[]; send: (request: HttpRequest) => Promise<HttpReply> }> {
  const account = await openTestAccount({ scenario: STORY, journal });
  await tell(account);
  const bugs: unknown[] = [];
  const send = createWire({ call: (request) => account.call(request) }, models, { onBug: (error) => void bugs.push(error) });
  return { account, bugs, send };
}
function withoutAudit(account: Account): Readonly<Record<string, string>> {
  const { cloudtrail: _, "audit records": _records, access: _denials, ...parts } = account.stateHash({ parts: true }).parts ?? {};
  return parts;
}
const SIGNING: Readonly<Record<string, string>> = { cloudwatch: "monitoring" };
const target = (model: ServiceModel, operation: string): string => `${model.metadata.targetPrefix}.${operation}`;
const headers = (service: string) => signed(SIGNING[service] ?? service);

describe.each(services.filter((s) => models.get(s.name)?.metadata.targetPrefix !== undefined).map((s) => [s.name, s] as const))(
  "JSON to %s",
  (name, service) => {
    const model = models.get(name) as ServiceModel;

    it("that breaks its shape is answered in AWS's form with a client error, and changes nothing", async () => {
      const { account, bugs, send } = await endpoint();
      for (const operation of Object.keys(service.operations)) {
        const shape = model.operations[operation]?.input as string;
        let nth = 0;
        for (const { where, value } of violations(model, shape, sample(model, shape))) {
          // JSON has neither bytes nor NaN; a third of the rest is enough, the door has seen all of them.
          if (/bytes for|NaN|1e300|for timestamp|timestamp: /.test(where) || nth++ % 3 !== 0) continue;
          const before = withoutAudit(account);
          const reply = await send(jsonRequest(target(model, operation), value, headers(name)));
          const text = textOf(reply);
          if (/boolean for blob|number for blob|string for blob/.test(where) && reply.status === 200) continue; // base64 after all
          expect(
            [reply.status >= 400 && reply.status < 500, typeof JSON.parse(text).__type],
            `${operation} ${where}: ${reply.status} ${text}`,
          ).toEqual([true, "string"]);
          expect(withoutAudit(account), `${operation} ${where}`).toEqual(before);
          expect(Object.keys(reply.headers)).toContain("x-amzn-RequestId");
        }
      }
      expect(bugs).toEqual([]);
    });
  },
);

describe("a request body", () => {
  it.each([true, false])(
    "that is no JSON, cut off, of another kind, nested without end or not even text is refused and changes nothing (journal: %s)",
    async (journal) => {
      const { account, bugs, send } = await endpoint(journal);
      const logs = models.get("logs") as ServiceModel;
      const before = withoutAudit(account);
      const good = JSON.stringify({ logGroupName: "new" });
      const bodies: readonly (string | Uint8Array)[] = [
        ...Array.from({ length: good.length - 1 }, (_, i) => good.slice(0, i + 1)),
        "[]",
        "5",
        '"text"',
        "[[{}]]",
        "\u0000",
        '{"logGroupName":"a","logGroupName":',
        `${'{"tags":'.repeat(100_000)}1${"}".repeat(100_000)}`,
        `{"logGroupName":${"[".repeat(100_000)}${"]".repeat(100_000)}}`,
        new Uint8Array([0xff, 0xfe, 0xfd]),
        Uint8Array.from([...new TextEncoder().encode('{"logGroupName":"'), 0xff, 0x22, 0x7d]),
      ];
      for (const body of bodies) {
        const request = jsonRequest(target(logs, "CreateLogGroup"), "", headers("logs"));
        const reply = await send({ ...request, body: typeof body === "string" ? new TextEncoder().encode(body) : body });
        expect(
          [reply.status >= 400 && reply.status < 500, JSON.parse(textOf(reply)).__type?.length > 0],
          String(body).slice(0, 40),
        ).toEqual([true, true]);
      }
      expect(withoutAudit(account)).toEqual(before);
      expect(bugs).toEqual([]);
    },
  );

  it("in gzip that is cut off, no gzip at all or a bomb is refused and changes nothing", async () => {
    const { account, bugs, send } = await endpoint();
    const logs = models.get("logs") as ServiceModel;
    const before = withoutAudit(account);
    const whole = gzipSync(JSON.stringify({ logGroupName: "new" }));
    for (const body of [
      whole.subarray(0, 10),
      whole.subarray(0, whole.length - 4),
      new TextEncoder().encode("{}"),
      gzipSync(Buffer.alloc(300_000_000, 32)),
    ]) {
      const request = jsonRequest(target(logs, "CreateLogGroup"), "", { ...headers("logs"), "content-encoding": "gzip" });
      const reply = await send({ ...request, body: new Uint8Array(body) });
      expect(reply.status >= 400 && reply.status < 500, textOf(reply)).toBe(true);
    }
    expect(withoutAudit(account)).toEqual(before);
    expect(bugs).toEqual([]);
  });

  it("of any form fields is answered in XML, and a refusal changes nothing", async () => {
    const { account, bugs, send } = await endpoint();
    const action = fc.constantFrom(
      "CreateTopic",
      "Subscribe",
      "Publish",
      "ListTopics",
      "DeleteTopic",
      "toString",
      "",
      "GetCallerIdentity",
      "PutMetricData",
      "SendMessage",
    );
    const field = fc.oneof(
      fc.constantFrom(
        "Name",
        "TopicArn",
        "Message",
        "Tags.member.1.Key",
        "Tags.member.x",
        "Attributes.entry.1.key",
        "MetricData.member.1.Value",
        "MetricData.member.999999999.Value",
        "Tags.member.0.Key",
      ),
      fc.string(),
    );
    await fc.assert(
      fc.asyncProperty(
        action,
        fc.dictionary(field, fc.string(), { maxKeys: 5 }),
        fc.constantFrom("sns", "sts", "monitoring", "sqs"),
        async (Action, fields, service) => {
          const before = withoutAudit(account);
          const reply = await send(formRequest({ ...fields, Action, Version: "2010-03-31" }, signed(service)));
          expect(reply.status, textOf(reply)).toBeLessThan(502);
          if (reply.status !== 200) {
            expect([400, 403, 404, 501], textOf(reply)).toContain(reply.status);
            expect(withoutAudit(account)).toEqual(before);
          }
        },
      ),
      { numRuns: 400 },
    );
    expect(bugs).toEqual([]);
  });

  it("and target, path, query and headers of any kind are answered, never with a defect", async () => {
    const { bugs, send } = await endpoint();
    const text = fc.string({ unit: "binary" });
    const request = fc.record({
      method: fc.constantFrom("POST", "GET", "PUT", "DELETE"),
      path: fc.oneof(fc.constantFrom("/", "/TraceSegments", "/service/GraniteServiceVersion20100801/operation/PutMetricData"), text),
      query: text,
      headers: fc.dictionary(
        fc.constantFrom("x-amz-target", "authorization", "content-type", "content-encoding", "smithy-protocol", "host"),
        fc.oneof(
          text,
          fc.constantFrom(
            "Logs_20140328.",
            "Logs_20140328.constructor",
            ".CreateLogGroup",
            "a.b.c",
            "application/x-amz-json-1.1",
            "application/cbor",
            "rpc-v2-cbor",
            "gzip",
            "br",
            "AWS4-HMAC-SHA256 Credential=///",
          ),
        ),
      ),
      body: fc.uint8Array({ maxLength: 60 }),
    });
    await fc.assert(
      fc.asyncProperty(request, async (one) => {
        const reply = await send(one as HttpRequest);
        expect(reply.status, textOf(reply)).not.toBe(500);
      }),
      { numRuns: 800 },
    );
    expect(bugs).toEqual([]);
  });
});
