/**
 * A service on its own: documents, agenda and clock in memory, the reference kernels, chunks in a map. Emissions are
 * collected, not delivered, unless `deliver` is given.
 */

import type { Kernels } from "../../../workers/kernels/contract.ts";
import { referenceKernels } from "../../../workers/kernels/reference.ts";
import type { AgendaRequest, Context, Documents, Emission, ServiceDefinition } from "../../../workers/services/contract.ts";
import { createBlobStore } from "../../../workers/store/blobs/blob-store.ts";
import type { ChunkSink, MaybePromise } from "../../../workers/store/contract.ts";
import type { LogStore } from "../../../workers/store/logs/log-store.ts";
import { createMetricStore } from "../../../workers/store/metrics/metric-store.ts";
import { createRecordStore } from "../../../workers/store/records/record-store.ts";
import { bufferOf } from "../../../workers/store/room.ts";
import { createTraceStore } from "../../../workers/store/traces/trace-store.ts";

/** Chunks in a map; `slow` makes every read a promise. */
export function memoryChunks(options: { slow?: boolean } = {}): ChunkSink & { readonly stored: Map<string, ArrayBuffer>; slow: boolean } {
  const stored = new Map<string, ArrayBuffer>();
  const sink = {
    stored,
    slow: options.slow ?? false,
    put: (id: string, bytes: ArrayBuffer | Uint8Array<ArrayBuffer>): void => {
      stored.set(id, bufferOf(bytes));
    },
    get: (id: string): MaybePromise<ArrayBuffer> => {
      const bytes = stored.get(id);
      if (bytes === undefined) throw new Error(`no chunk ${id}`);
      return sink.slow ? Promise.resolve(bytes) : bytes;
    },
    has: (id: string): boolean => stored.has(id),
  };
  return sink;
}

/** An answer that must be there at once. */
export function atOnce<T>(value: MaybePromise<T>): T {
  if (value instanceof Promise) throw new Error("answered later");
  return value;
}

function memoryDocuments<D extends object>(docs: Map<string, D>): Documents<D> {
  const ids = (): string[] => [...docs.keys()].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return {
    get: (id) => docs.get(id),
    has: (id) => docs.has(id),
    // Through JSON, so that a document that is not plain is noticed.
    put: (id, doc) => void docs.set(id, JSON.parse(JSON.stringify(doc)) as D),
    delete: (id) => docs.delete(id),
    get size() {
      return docs.size;
    },
    first: () => {
      const id = ids()[0];
      return id === undefined ? undefined : [id, docs.get(id) as D];
    },
    ids,
    values: () => ids().map((id) => docs.get(id) as D),
    entries: () => ids().map((id) => [id, docs.get(id) as D] as const),
  };
}

export interface Harness {
  now: number;
  readonly chunks: ReturnType<typeof memoryChunks>;
  readonly emissions: Emission[];
  readonly agenda: Map<string, AgendaRequest>;
  /** Agenda items that ran. */
  ran: number;
  context(overrides?: Partial<Context>): Context;
  /** Calls an operation's handler; throws what it throws. */
  call<T = Record<string, unknown>>(operation: string, input: object, overrides?: Partial<Context>): MaybePromise<T>;
  columns(operation: string, columns: object, overrides?: Partial<Context>): unknown;
  look<T>(view: string, question: object): MaybePromise<T>;
  /** Runs the agenda up to a moment, then stands there. */
  advanceTo(moment: number): Promise<void>;
}

export interface HarnessOptions {
  readonly now?: number;
  readonly account?: string;
  readonly region?: string;
  /** `createLogStore`, where the service under test has logs. */
  readonly logStore?: (parts: { readonly kernels: Kernels; readonly chunks: ChunkSink }) => LogStore;
  /** Documents of other services by `service/kind`, then by id: what `peek` sees. */
  readonly others?: Record<string, Record<string, object>>;
  readonly deliver?: (emission: Emission) => { readonly output: unknown } | { readonly error: Error };
}

export function harness(service: ServiceDefinition, options: HarnessOptions = {}): Harness {
  const { account = "123456789012", region = "us-east-1" } = options;
  const collections = new Map<string, Map<string, object>>();
  const chunks = memoryChunks();
  const metrics = createMetricStore({ kernels: referenceKernels, chunks });
  const records = createRecordStore({ chunks });
  const blobs = createBlobStore({ chunks });
  const traces = createTraceStore({ chunks });
  const logs = options.logStore?.({ kernels: referenceKernels, chunks });
  const agenda = new Map<string, AgendaRequest & { readonly sequence: number }>();
  let sequence = 0;
  let counter = 0;
  const hex = (): string => (++counter).toString(16).padStart(32, "0");
  const uuid = (): string => {
    const h = hex();
    return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-8${h.slice(17, 20)}-${h.slice(20)}`;
  };
  const self: Harness = {
    now: options.now ?? 1_700_000_000_000,
    chunks,
    emissions: [],
    agenda,
    ran: 0,
    context: (overrides = {}) => ({
      account,
      region,
      now: self.now,
      requestId: uuid(),
      identity: { id: "developer", type: "IAMUser", accountId: account, userName: "developer" },
      callerKind: "person",
      kernels: referenceKernels,
      metrics,
      traces,
      get logs(): LogStore {
        if (logs === undefined) throw new Error("this harness has no log store: give `logStore`");
        return logs;
      },
      records,
      blobs,
      peek: <D extends object>(other: string, kind: string) =>
        memoryDocuments(new Map(Object.entries(options.others?.[`${other}/${kind}`] ?? {})) as Map<string, D>),
      docs: <D extends object>(kind: string): Documents<D> => {
        const docs = collections.get(kind) ?? new Map<string, object>();
        collections.set(kind, docs);
        return memoryDocuments(docs as Map<string, D>);
      },
      id: hex,
      uuid,
      emit: (emission) => {
        self.emissions.push(emission);
        if (options.deliver !== undefined) emission.settled?.(self.context({ callerKind: "service" }), options.deliver(emission));
      },
      schedule: (item) => void agenda.set(`${item.kind}|${item.key}`, { ...item, sequence: sequence++ }),
      unschedule: (kind, key) => void agenda.delete(`${kind}|${key}`),
      ...overrides,
    }),
    call: (operation, input, overrides) => {
      const entry = service.operations[operation];
      if (entry === undefined) throw new Error(`no operation ${operation}`);
      return entry.handle(self.context(overrides), input);
    },
    columns: (operation, columns, overrides) => service.operations[operation]?.columns?.(self.context(overrides), columns),
    look: (view, question) => service.looks?.[view]?.(self.context({ callerKind: "screen" }), question) as never,
    advanceTo: async (moment) => {
      for (;;) {
        let next: (AgendaRequest & { readonly sequence: number }) | undefined;
        for (const item of agenda.values()) {
          if (item.at > moment) continue;
          if (next === undefined || item.at < next.at || (item.at === next.at && item.sequence < next.sequence)) next = item;
        }
        if (next === undefined) break;
        agenda.delete(`${next.kind}|${next.key}`);
        self.now = Math.max(self.now, next.at);
        self.ran++;
        const item = { key: next.key, at: next.at, payload: next.payload ?? {} };
        await service.agenda?.[next.kind]?.(self.context({ callerKind: "service" }), item);
      }
      self.now = Math.max(self.now, moment);
    },
  };
  return self;
}
