/**
 * What a service is made of, and what the account hands to its functions. Service folders import this, the vocabulary,
 * the languages, the kernels and the store; never each other and never the account: they emit, the account delivers.
 */
import type { Kernels } from "../kernels/contract.ts";
import type { RequestContext } from "../language/policy/glob.ts";
import type { BlobStore } from "../store/blobs/blob-store.ts";
import type { MaybePromise } from "../store/contract.ts";
import type { LogStore } from "../store/logs/log-store.ts";
import type { MetricStore } from "../store/metrics/metric-store.ts";
import type { RecordStore } from "../store/records/record-store.ts";
import type { TraceStore } from "../store/traces/trace-store.ts";
import type { Passed } from "./passes.ts";

/** Where state lives: every document belongs to one account and one Region (`global` for global services). */
export interface Scope {
  readonly account: string;
  readonly region: string;
}

/** Who is calling, resolved. Feeds CloudTrail's userIdentity and, later, IAM. */
export interface Identity {
  /** Our name for it: `developer`, `root`, or a service principal `logs.amazonaws.com`. */
  readonly id: string;
  readonly type: "Root" | "IAMUser" | "AssumedRole" | "AWSService";
  readonly accountId: string;
  readonly arn?: string;
  readonly principalId?: string;
  readonly accessKeyId?: string;
  readonly userName?: string;
}

/** `screen` = panel refresh, completion, hover: validated and authorised, but pure. */
export type CallerKind = "person" | "program" | "simulated" | "service" | "screen";

/** Documents of one kind in one scope: frozen plain JSON, replaced and never mutated. Iteration is in ascending order of id (code units). */
export interface Documents<D extends object> {
  get(id: string): D | undefined;
  has(id: string): boolean;
  put(id: string, doc: D): void;
  delete(id: string): boolean;
  readonly size: number;
  /** Id and document of the lowest id; costs nothing however many there are. */
  first(): readonly [string, D] | undefined;
  ids(): readonly string[];
  values(): readonly D[];
  entries(): readonly (readonly [string, D])[];
}

/** A request that one service makes of another, as itself. Runs after the handler that emitted it has written. */
export interface Emission {
  readonly service: string;
  readonly operation: string;
  readonly input?: Readonly<Record<string, unknown>>;
  /** Columnar form of the input, where the operation has one (`Operation.columns`). */
  readonly columns?: object;
  readonly region?: string;
  /** Another account than the emitter's. */
  readonly account?: string;
  /** What in this service asks for it, for policies of resources (`aws:SourceArn`): a rule, a topic, a trail. */
  readonly sourceArn?: string;
  /** Told how it went, in a fresh context of the emitting service. */
  readonly settled?: (ctx: Context, result: { readonly output: unknown } | { readonly error: Error }) => void;
}

/** One thing to do at a moment. Same kind and key in one scope: the later one replaces the earlier. Payload is plain JSON. */
export interface AgendaRequest {
  readonly at: number;
  readonly kind: string;
  readonly key: string;
  readonly payload?: object;
}

export interface Context {
  readonly account: string;
  readonly region: string;
  /** The account's clock, epoch milliseconds. */
  readonly now: number;
  /** AWS request id of this call (UUID). */
  readonly requestId: string;
  readonly identity: Identity;
  readonly callerKind: CallerKind;
  /** What set this call off: `journal/<record>` or `agenda/<account>/<region>/<service>/<kind>/<key>@...`; absent in a pure call. */
  readonly cause?: string | undefined;
  readonly kernels: Kernels;
  readonly metrics: MetricStore;
  readonly logs: LogStore;
  readonly traces: TraceStore;
  /** Audit records: the event history, and what trails have not delivered yet. */
  readonly records: RecordStore;
  /** Bytes that documents refer to. */
  readonly blobs: BlobStore;
  /** The service's own documents of one kind; `scope` only for global services. */
  docs<D extends object>(kind: string, scope?: Partial<Scope>): Documents<D>;
  /**
   * Another service's documents, to read: what AWS checks across services before it takes a configuration, such as a
   * trail's bucket and its policy. What is done to another service is emitted.
   */
  peek<D extends object>(service: string, kind: string, scope?: Partial<Scope>): Pick<Documents<D>, "get" | "has" | "entries">;
  /** 128 random-looking bits in hex, from (seed, kind, owner, the owner's own counter). Throws in a screen call. */
  id(kind: string): string;
  /** The same as a version 4 UUID. */
  uuid(kind: string): string;
  /** Hands a request to another service. Throws in a screen call. */
  emit(emission: Emission): void;
  schedule(item: AgendaRequest): void;
  unschedule(kind: string, key: string): void;
  /** The recorder: present only when the caller asked why. */
  readonly explain?: ((because: unknown) => void) | undefined;
}

/** What CloudTrail does with a call: a management event, a data event (never in event history), or no record at all. */
export type TrailKind = "management-read" | "management-write" | "data" | "never";

/**
 * One operation of a service's table. `handle` gets validated input (internal form: timestamps are epoch
 * milliseconds, blobs Uint8Array) and answers output in the same form. Only reads of telemetry may answer a promise.
 */
// biome-ignore lint/suspicious/noExplicitAny: the table is heterogeneous; `operation()` keeps each entry typed
export interface Operation<I = any, O = any> {
  readonly effect: "none" | "state";
  /** IAM action, e.g. `cloudwatch:PutMetricAlarm`. */
  readonly action: string;
  /** ARNs the call touches, for IAM and for CloudTrail's `resources`. Default: `*`. `ctx` only reads. */
  readonly resources?: (input: I, scope: Scope, ctx: Context) => readonly string[];
  /** Keys of the request that policies may ask for, besides those of every request: `cloudwatch:namespace`. Of columns too. */
  readonly keys?: (input: I, scope: Scope) => RequestContext;
  /** Roles the call hands to a service, by ARN: the caller must be allowed `iam:PassRole` on each (`handedTo` makes them). */
  readonly passes?: (input: I) => readonly Passed[];
  readonly trail: TrailKind;
  readonly handle: (ctx: Context, input: I) => MaybePromise<O>;
  /** Columnar form: same checks, same effects, typed arrays instead of objects. */
  readonly columns?: (ctx: Context, columns: object) => O;
}

/** Keeps an entry typed by the generated `Operations` of its service: `operation<Ops["PutMetricAlarm"]>({...})`. */
export function operation<T extends { input: unknown; output: unknown }>(entry: Operation<T["input"], T["output"]>): Operation {
  return entry as Operation;
}

export interface ReadAs {
  readonly action: string;
  /** ARNs; default: `*`. */
  // biome-ignore lint/suspicious/noExplicitAny: each view has its own question
  readonly resources?: (question: any, scope: Scope) => readonly string[];
}

export interface ServiceDefinition {
  /** AWS CLI name. */
  readonly name: string;
  /** Principal when the service acts for itself: `cloudwatch.amazonaws.com`. */
  readonly principal: string;
  /** How it calls when it acts for itself. Default `service`; the simulated agents on hosts are `simulated`. */
  readonly callerKind?: "service" | "simulated";
  /** CloudTrail's eventSource: `monitoring.amazonaws.com`. */
  readonly eventSource: string;
  /** One for all Regions (IAM): its calls are recorded in us-east-1. */
  readonly isGlobal?: boolean;
  readonly operations: Readonly<Record<string, Operation>>;
  /**
   * JSON text of the policy that a resource of this service has itself (a queue's, a bucket's). Undefined: it has none, and
   * other services may do with it as they are set up to; `'{"Statement":[]}'` would let none in. `ctx` only reads.
   */
  readonly resourcePolicy?: (ctx: Context, arn: string) => string | undefined;
  /** Services that act for themselves pass, whatever the policies of its resources say. */
  readonly isOpenToServices?: boolean;
  /** Handlers of agenda items, by kind. */
  readonly agenda?: Readonly<
    Record<string, (ctx: Context, item: { readonly key: string; readonly at: number; readonly payload: object }) => MaybePromise<void>>
  >;
  /** What reading a view takes, as the operation that shows the same would; views that are not named show nothing of AWS's. */
  readonly readsAs?: Readonly<Record<string, ReadAs>>;
  /** Pure views that AWS has no operation for (`account.look`), by name. */
  // biome-ignore lint/suspicious/noExplicitAny: each view has its own question
  readonly looks?: Readonly<Record<string, (ctx: Context, question: any) => MaybePromise<unknown>>>;
  /** Only CloudTrail: takes the audit record of every recorded call. */
  readonly record?: (ctx: Context, record: Readonly<Record<string, unknown>>) => void;
  /** Only CloudTrail: whether somebody takes records of data events here. */
  readonly wantsData?: (ctx: Context) => boolean;
}

/**
 * A service whose code (and, in the browser, API shapes) is loaded when it is first used. Its agenda kinds are known before,
 * so that items of one moment run in the same order whether it is loaded or not.
 */
export interface LazyService {
  readonly name: string;
  readonly agenda?: readonly string[];
  /** Loads once; a failed load is tried again by the next call. */
  readonly load: () => Promise<ServiceDefinition>;
  /** The definition, once loaded. */
  readonly loaded: () => ServiceDefinition | undefined;
}

export type ServiceEntry = ServiceDefinition | LazyService;

export const isLazy = (entry: ServiceEntry): entry is LazyService => "load" in entry;

export function lazyService(name: string, agenda: readonly string[], source: () => Promise<ServiceDefinition>): LazyService {
  let loaded: ServiceDefinition | undefined;
  return {
    name,
    agenda,
    load: async () => {
      loaded ??= await source();
      return loaded;
    },
    loaded: () => loaded,
  };
}
