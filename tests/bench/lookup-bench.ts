/** CloudTrail: LookupEvents over an event history of a million records, by each kind of attribute. */
import type { Operations } from "../../workers/model/generated/cloudtrail.ts";
import { lookupEvents } from "../../workers/services/cloudtrail/lookup-events.ts";
import { termsOf } from "../../workers/services/cloudtrail/view.ts";
import type { Context } from "../../workers/services/contract.ts";
import type { ChunkSink } from "../../workers/store/contract.ts";
import { createRecordStore } from "../../workers/store/records/record-store.ts";
import { type Log, type Row, race } from "./rows.ts";

const START = 1_767_225_600_000;
const GOAL_MS = 100;
/** Records lie five seconds apart: a million fit into the 90 days. */
const SPACING = 5_000;

type Input = Operations["LookupEvents"]["input"];
type Key = NonNullable<Input["LookupAttributes"]>[number]["AttributeKey"];

/** A record as people would keep it for a filter of their own. */
interface PlainRecord {
  readonly at: number;
  readonly id: string;
  readonly values: Readonly<Record<string, string>>;
}

const valuesOf = (i: number): Readonly<Record<string, string>> => ({
  EventId: `00000000-0000-4000-8000-${String(i).padStart(12, "0")}`,
  EventName: `Operation${i % 400}`,
  EventSource: `service${i % 30}.amazonaws.com`,
  Username: `user${i % 50}`,
  ReadOnly: String(i % 3 === 0),
  ResourceName: `bucket${i % 1000}`,
});

function recordOf(i: number): Readonly<Record<string, unknown>> {
  const { EventId, EventName, EventSource, Username, ResourceName } = valuesOf(i);
  return {
    eventVersion: "1.11",
    userIdentity: { type: "IAMUser", accountId: "123456789012", accessKeyId: `AKIA${i % 70}`, userName: Username },
    eventTime: `${new Date(START + i * SPACING).toISOString().slice(0, 19)}Z`,
    eventSource: EventSource,
    eventName: EventName,
    awsRegion: "us-east-1",
    requestParameters: { bucketName: ResourceName },
    responseElements: null,
    eventID: EventId,
    readOnly: i % 3 === 0,
    resources: [{ accountId: "123456789012", type: "AWS::S3::Bucket", ARN: `arn:aws:s3:::${ResourceName}` }],
    eventType: "AwsApiCall",
    managementEvent: true,
    eventCategory: "Management",
  };
}

/** Chunks in a map, as the storage of the endpoint keeps them. */
function heldChunks(): ChunkSink {
  const held = new Map<string, ArrayBuffer>();
  const get = (id: string): ArrayBuffer => {
    const bytes = held.get(id);
    if (bytes === undefined) throw new Error(`bench: no chunk ${id}`);
    return bytes;
  };
  return {
    put: (id, bytes) => void held.set(id, bytes instanceof ArrayBuffer ? bytes : bytes.slice().buffer),
    get,
    has: (id) => held.has(id),
  };
}

export function lookupBench(count: number, only: string, log: Log): Row[] {
  const records = createRecordStore({ chunks: heldChunks() });
  const plain: PlainRecord[] = [];
  for (let i = 0; i < count; i++) {
    const at = START + i * SPACING;
    records.append("123456789012:us-east-1:history", at, recordOf(i), termsOf);
    plain.push({ at, id: valuesOf(i)["EventId"] ?? "", values: valuesOf(i) });
  }
  // As much of a context as LookupEvents asks for.
  const ctx = { account: "123456789012", region: "us-east-1", now: START + count * SPACING, records } as unknown as Context;
  const asked: readonly (readonly [Key, string])[] = [
    ["EventId", valuesOf(7)["EventId"] ?? ""],
    ["EventName", "Operation77"],
    ["ResourceName", "bucket77"],
    ["ReadOnly", "true"],
    ["Username", "nobody"],
  ];
  const rows: Row[] = [];
  for (const [AttributeKey, AttributeValue] of asked) {
    const name = `LookupEvents over ${count} records by ${AttributeKey} ${AttributeKey === "EventId" ? "of one of the oldest" : AttributeValue}`;
    if (!name.includes(only)) continue;
    const ours = (): readonly string[] => {
      const answer = lookupEvents(ctx, { LookupAttributes: [{ AttributeKey, AttributeValue }] });
      if (answer instanceof Promise) throw new Error("bench: answered later");
      return (answer.Events ?? []).map(({ EventId }) => EventId ?? "");
    };
    const rival = (): readonly string[] =>
      plain
        .filter(({ values }) => values[AttributeKey] === AttributeValue)
        .sort((a, b) => b.at - a.at)
        .slice(0, 50)
        .map(({ id }) => id);
    if (ours().join() !== rival().join()) throw new Error(`bench: ${name}: the answers differ`);
    const { oursMs, rivalMs, ratio } = race(5, ours, rival);
    rows.push({ group: "trail", name, rival: "filter over objects in memory", kind: "times", oursMs, rivalMs, ratio });
    rows.push({
      group: "trail",
      name,
      rival: "100 ms",
      kind: "times",
      oursMs,
      rivalMs: GOAL_MS,
      ratio: GOAL_MS / oursMs,
      floor: 1,
      goal: 1,
    });
    log(`${name}: ${oursMs.toFixed(1)} ms, objects ${rivalMs.toFixed(1)} ms`);
  }
  return rows;
}
