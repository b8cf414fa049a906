/**
 * PutLogEvents and PutMetricData through the account's door (validation, audit, metric filters, a strictly durable journal
 * record a call, a checkpoint at the end) into IndexedDB, beside a record an event or datum, put in transactions of 10,000
 * and not waited for by the disk, with nothing checked. Both end with everything committed.
 */
import { type DBSchema, deleteDB, openDB } from "idb";
import type { Account } from "../../workers/account/account.ts";
import { createEngine } from "../../workers/engine.ts";
import { loadKernels } from "../../workers/kernels/load.ts";
import { deleteAccount } from "../../workers/store/indexeddb/index-database.ts";
import { openIndexedDbStorage } from "../../workers/store/indexeddb/storage.ts";
import { benchEvents, type EventRow } from "./events.ts";
import { agree, type Log, type Row } from "./rows.ts";

const ACCOUNT = "bench-ingest";
const RECORDS = "nephoscope-bench-ingest";
const START = Date.UTC(2026, 0, 5);
const REGION = "us-east-1";
const SERIES = 20;
const EVENTS_PER_CALL = 5000;
const DATA_PER_CALL = 1000;
const PER_TRANSACTION = 10_000;

interface Schema extends DBSchema {
  rows: { key: number; value: object };
}

type Call = (service: string, operation: string, input: Readonly<Record<string, unknown>>) => Promise<Readonly<Record<string, unknown>>>;

async function door(): Promise<{ readonly account: Account; readonly call: Call; readonly dispose: () => Promise<void> }> {
  await deleteAccount(ACCOUNT);
  const kernels = await loadKernels();
  const storage = await openIndexedDbStorage(ACCOUNT, { codec: kernels });
  const account = await createEngine({ scenario: { format: 1, title: ACCOUNT, seed: ACCOUNT, start: START }, storage, kernels });
  const caller = { kind: "program", principal: "developer" } as const;
  return {
    account,
    call: async (service, operation, input) =>
      (await account.call({ service, operation, input, region: REGION, caller, via: "sdk" })).output,
    dispose: async () => {
      await account.dispose();
      await deleteAccount(ACCOUNT);
    },
  };
}

/** Milliseconds for log events of 140 bytes, 5,000 a call. */
export async function putLogEvents(rows: readonly EventRow[]): Promise<number> {
  const events = rows.length;
  const { account, call, dispose } = await door();
  const names = { logGroupName: "/bench/ingest", logStreamName: "one" };
  await call("logs", "CreateLogGroup", { logGroupName: names.logGroupName });
  await call("logs", "CreateLogStream", names);
  const began = performance.now();
  for (let first = 0; first < events; first += EVENTS_PER_CALL) {
    const logEvents = Array.from({ length: Math.min(EVENTS_PER_CALL, events - first) }, (_, i) => ({
      timestamp: START + first + i - events,
      message: rows[first + i]!.message,
    }));
    await call("logs", "PutLogEvents", { ...names, logEvents });
  }
  await account.checkpoint();
  const milliseconds = performance.now() - began;
  const stored = (await account.look({
    service: "logs",
    view: "groupSummary",
    region: REGION,
    question: { logGroupName: names.logGroupName },
  })) as { events: number };
  agree("PutLogEvents: events stored", stored.events, events);
  await dispose();
  return milliseconds;
}

/** Milliseconds for `data` values of twenty series, 1,000 a call. */
export async function putMetricData(data: number): Promise<number> {
  const { account, call, dispose } = await door();
  const began = performance.now();
  for (let first = 0; first < data; first += DATA_PER_CALL) {
    const MetricData = Array.from({ length: Math.min(DATA_PER_CALL, data - first) }, (_, i) => datum(first + i));
    await call("cloudwatch", "PutMetricData", { Namespace: "Bench", MetricData });
  }
  await account.checkpoint();
  const milliseconds = performance.now() - began;
  let stored = 0;
  for (let series = 0; series < SERIES; series++) {
    const { Datapoints } = await call("cloudwatch", "GetMetricStatistics", {
      Namespace: "Bench",
      MetricName: "Latency",
      Dimensions: [{ Name: "Shop", Value: `shop-${series}` }],
      StartTime: START - 86_400_000,
      EndTime: START + 3_600_000,
      Period: 3600,
      Statistics: ["SampleCount"],
    });
    for (const { SampleCount } of Datapoints as readonly { SampleCount: number }[]) stored += SampleCount;
  }
  agree("PutMetricData: values stored", stored, data);
  await dispose();
  return milliseconds;
}

function datum(i: number) {
  return {
    MetricName: "Latency",
    Dimensions: [{ Name: "Shop", Value: `shop-${i % SERIES}` }],
    Timestamp: START - 3_600_000 + Math.floor(i / SERIES) * 100,
    Value: (i * 7919) % 1000,
    Unit: "Milliseconds",
  };
}

/** Milliseconds for `count` records of what `make` makes. */
async function putRecords(count: number, make: (i: number) => object): Promise<number> {
  await deleteDB(RECORDS);
  const db = await openDB<Schema>(RECORDS, 1, { upgrade: (fresh) => void fresh.createObjectStore("rows") });
  const began = performance.now();
  for (let first = 0; first < count; first += PER_TRANSACTION) {
    const tx = db.transaction("rows", "readwrite", { durability: "relaxed" });
    const puts: Promise<unknown>[] = [tx.done];
    for (let i = first; i < Math.min(count, first + PER_TRANSACTION); i++) puts.push(tx.store.put(make(i), i));
    await Promise.all(puts);
  }
  const milliseconds = performance.now() - began;
  agree("records stored", await db.count("rows"), count);
  db.close();
  await deleteDB(RECORDS);
  return milliseconds;
}

/** @param events log events; as many metric values are taken */
export async function ingestBench(events: number, log: Log): Promise<Row[]> {
  const rows: Row[] = [];
  const add = async (name: string, ours: () => Promise<number>, rival: () => Promise<number>): Promise<void> => {
    const [oursMs, rivalMs] = [await ours(), await rival()];
    const rate = (ms: number): string => `${Math.round((events / ms) * 1000).toLocaleString("en")} a second`;
    log(`${name}: ${rate(oursMs)}, as records ${rate(rivalMs)}`);
    rows.push({ group: "ingest", name, rival: "a record each, unchecked", kind: "times", oursMs, rivalMs, ratio: rivalMs / oursMs });
  };
  const count = events.toLocaleString("en");
  const lines = benchEvents(0, events);
  await add(
    `PutLogEvents of ${count} events, 5,000 a call`,
    () => putLogEvents(lines),
    () => putRecords(events, (i) => lines[i]!),
  );
  await add(
    `PutMetricData of ${count} values, 1,000 a call`,
    () => putMetricData(events),
    () => putRecords(events, datum),
  );
  return rows;
}
