/**
 * All state of one account, and nothing else: documents, telemetry, agenda and clock. A house can be snapshot, restored
 * and hashed; what happens in it is the door's and the clock's business.
 */
import type { Kernels } from "../kernels/contract.ts";
import type { Models } from "../model/models.ts";
import { isLazy, type LazyService, type ServiceDefinition, type ServiceEntry } from "../services/contract.ts";
import { type BlobStore, createBlobStore } from "../store/blobs/blob-store.ts";
import type { ChunkSink } from "../store/contract.ts";
import { createLogStore, type LogStore } from "../store/logs/log-store.ts";
import { createMetricStore, type MetricStore } from "../store/metrics/metric-store.ts";
import { createRecordStore, type RecordStore } from "../store/records/record-store.ts";
import { createTraceStore, type TraceStore } from "../store/traces/trace-store.ts";
import { type Agenda, type AgendaSnapshot, createAgenda } from "./agenda.ts";
import { canonicalJson } from "./canonical.ts";
import type { Scenario, StateHash } from "./contract.ts";
import { createDocumentTable, type DocumentsSnapshot, type DocumentTable } from "./documents.ts";
import { ENGINE } from "./engine-version.ts";
import { LaneSum } from "./lane-sum.ts";

export interface House {
  readonly scenario: Scenario;
  readonly account: string;
  readonly kernels: Kernels;
  readonly models: Models;
  /** Those that are loaded; `ready.ts` loads. */
  readonly services: Map<string, ServiceDefinition>;
  readonly lazy: ReadonlyMap<string, LazyService>;
  readonly documents: DocumentTable;
  readonly agenda: Agenda;
  readonly metrics: MetricStore;
  readonly logs: LogStore;
  readonly traces: TraceStore;
  readonly records: RecordStore;
  readonly blobs: BlobStore;
  /** Epoch milliseconds. Only the clock sets it. */
  now: number;
  /** How often each agenda item has run at the present moment, so that a second run makes ids of its own. */
  runs: RunsOfMoment;
  /** Grows whenever a service's state may have changed; tells panels when to ask again. Not part of the state. */
  readonly versions: Record<string, number>;
}

export interface RunsOfMoment {
  readonly at: number;
  readonly counts: Record<string, number>;
}

export interface HouseSnapshot {
  readonly now: number;
  readonly runs: RunsOfMoment;
  readonly documents: DocumentsSnapshot;
  readonly agenda: AgendaSnapshot;
  readonly metrics: unknown;
  readonly logs: unknown;
  /** Absent in checkpoints of before there were traces. */
  readonly traces?: unknown;
  readonly records: unknown;
  readonly blobs: unknown;
}

export interface HouseParts {
  readonly scenario: Scenario;
  readonly kernels: Kernels;
  readonly models: Models;
  readonly services: readonly ServiceEntry[];
  readonly chunks: ChunkSink;
  /** Asked in reads that take long; see `AccountHooks`. */
  readonly breatheInReads?: (() => Promise<void> | undefined) | undefined;
}

export const DEFAULT_ACCOUNT = "123456789012";

export function createHouse(parts: HouseParts): House {
  // Rank: the order of the service list, then of the kinds within a service.
  const ranks = new Map<string, number>();
  const services = new Map<string, ServiceDefinition>();
  const lazy = new Map<string, LazyService>();
  for (const entry of parts.services) {
    const kinds = isLazy(entry) ? (entry.agenda ?? []) : Object.keys(entry.agenda ?? {});
    for (const kind of kinds) ranks.set(`${entry.name}/${kind}`, ranks.size);
    const service = isLazy(entry) ? entry.loaded() : entry;
    if (service !== undefined) services.set(entry.name, service);
    if (isLazy(entry)) lazy.set(entry.name, entry);
  }
  return {
    scenario: parts.scenario,
    account: parts.scenario.account ?? DEFAULT_ACCOUNT,
    kernels: parts.kernels,
    models: parts.models,
    services,
    lazy,
    documents: createDocumentTable(parts.chunks),
    agenda: createAgenda((service, kind) => ranks.get(`${service}/${kind}`) ?? ranks.size),
    metrics: createMetricStore({ kernels: parts.kernels, chunks: parts.chunks }),
    logs: createLogStore({ kernels: parts.kernels, chunks: parts.chunks, breathe: parts.breatheInReads }),
    traces: createTraceStore({ chunks: parts.chunks }),
    records: createRecordStore({ chunks: parts.chunks, breathe: parts.breatheInReads }),
    blobs: createBlobStore({ chunks: parts.chunks }),
    now: parts.scenario.start,
    runs: { at: parts.scenario.start, counts: {} },
    versions: {},
  };
}

export function snapshotHouse(house: House): HouseSnapshot {
  return {
    now: house.now,
    runs: { at: house.runs.at, counts: { ...house.runs.counts } },
    documents: house.documents.snapshot(),
    agenda: house.agenda.snapshot(),
    metrics: house.metrics.snapshot(),
    logs: house.logs.snapshot(),
    traces: house.traces.snapshot(),
    records: house.records.snapshot(),
    blobs: house.blobs.snapshot(),
  };
}

/** Rejects with `TornChunk` where a page of documents is not whole. */
export async function restoreHouse(house: House, snapshot: HouseSnapshot): Promise<void> {
  house.now = snapshot.now;
  house.runs = { at: snapshot.runs.at, counts: { ...snapshot.runs.counts } };
  await house.documents.restore(snapshot.documents);
  house.agenda.restore(snapshot.agenda);
  house.metrics.restore(snapshot.metrics);
  house.logs.restore(snapshot.logs);
  await house.traces.restore(snapshot.traces ?? { shelves: [] });
  house.records.restore(snapshot.records);
  house.blobs.restore(snapshot.blobs);
}

/** Counts a run of an agenda item at the present moment: 0 for the first, 1 for the second ... */
export function countRun(house: House, key: string): number {
  if (house.runs.at !== house.now) house.runs = { at: house.now, counts: {} };
  const count = house.runs.counts[key] ?? 0;
  house.runs.counts[key] = count + 1;
  return count;
}

/** Chunks that the present state refers to; of documents, those of the last snapshot. */
export function chunksOf(house: House): string[] {
  return [
    ...house.metrics.chunkIds(),
    ...house.logs.chunkIds(),
    ...house.traces.chunkIds(),
    ...house.records.chunkIds(),
    ...house.blobs.chunkIds(),
    ...house.documents.chunkIds(),
  ];
}

/**
 * 128 bits over documents, agenda (what each item carries included), clock and the running digest of every series and
 * stream. Not in it: screens, caches, chunk borders, speed. With `parts` one hash per service, `metrics`, `log events`, `traces`, `audit records`, `objects`, `agenda` and `clock`, to find a difference.
 */
export function hashHouse(house: House, options: { parts?: boolean } = {}): StateHash {
  const sums = new Map<string, LaneSum>(house.documents.digests());
  const part = (name: string): LaneSum => {
    const sum = new LaneSum();
    sums.set(name, sum);
    return sum;
  };
  for (const [name, store] of [
    ["metrics", house.metrics],
    ["log events", house.logs],
    ["traces", house.traces],
    ["audit records", house.records],
    ["objects", house.blobs],
  ] as const) {
    const sum = part(name);
    for (const [key, digest] of store.digests()) sum.addText(key, digest);
  }
  const agenda = part("agenda");
  for (const { at, account, region, service, kind, key, payload } of house.agenda.items())
    agenda.addText(String(at), account, region, service, kind, key, canonicalJson(payload));
  part("clock").addText(String(house.now));
  const total = new LaneSum();
  total.addText("engine", String(ENGINE));
  const parts: Record<string, string> = {};
  for (const name of [...sums.keys()].sort((a, b) => (a < b ? -1 : 1))) {
    parts[name] = (sums.get(name) as LaneSum).hex();
    total.addText(name, parts[name]);
  }
  return options.parts ? { hash: total.hex(), parts } : { hash: total.hex() };
}
