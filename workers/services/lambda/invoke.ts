/**
 * Invoke: a synchronous request is answered at once with what the function would answer (a call stands at one moment of the
 * account's clock); its lines, metrics and segments come when it would have ended. An asynchronous one is queued, and an
 * error tried twice more, after one and two minutes (developer guide, "Error handling for asynchronous invocation").
 */
import type { Operations } from "../../model/generated/lambda.ts";
import type { Context } from "../contract.ts";
import { behaviourOf, drawn } from "./behaviour.ts";
import { environmentsOf, existing, type FunctionDoc, failed, functions } from "./documents.ts";
import { logGroupOf } from "./functions.ts";
import { count } from "./metrics.ts";
import { type Run, report } from "./report.ts";
import { traceOf } from "./trace.ts";

type Shapes = Operations["Invoke"];

/** Quota: what a synchronous and an asynchronous payload may hold, bytes. */
const MOST_SYNC = 6 * 1024 * 1024;
const MOST_ASYNC = 1024 * 1024;
/** Quota of an account and Region. */
const MOST_CONCURRENT = 1000;
/** How long an idle environment is kept. AWS does not say; a quarter of an hour is what is seen. */
const KEPT_WARM = 15 * 60_000;
const RETRY_AFTER = [60_000, 120_000];
const MINUTE = 60_000;
/** How long an asynchronous request waits for a free environment (MaximumEventAgeInSeconds). */
const OLDEST = 6 * 60 * MINUTE;

/** What waits on the agenda: plain data. */
interface Queued {
  readonly name: string;
  readonly payload: string;
  readonly requestId: string;
  readonly trace?: string;
  /** When it was taken, epoch milliseconds. */
  readonly taken: number;
  /** Errors so far. */
  readonly errors: number;
  /** Times it found no free environment. */
  readonly waits: number;
}

/** The columnar form carries what is an HTTP header on the wire. */
export interface InvokeColumns {
  readonly FunctionName: string;
  readonly InvocationType: "Event";
  readonly Payload: Uint8Array;
  /** `X-Amzn-Trace-Id` */
  readonly trace?: string | undefined;
}

export function invoke(ctx: Context, input: Shapes["input"] & { readonly trace?: string | undefined }): Shapes["output"] {
  const doc = existing(ctx, input.FunctionName, input.Qualifier);
  const type = input.InvocationType ?? "RequestResponse";
  const bytes = input.Payload ?? new Uint8Array(0);
  const most = type === "Event" ? MOST_ASYNC : MOST_SYNC;
  if (bytes.length > most)
    throw failed(
      "RequestTooLargeException",
      `${bytes.length} byte payload is too large for the ${type} invocation type (limit ${most} bytes)`,
      413,
    );
  const payload = payloadOf(bytes);
  if (type === "DryRun") return { StatusCode: 204 };
  if (type === "Event") {
    const queued: Queued = {
      name: doc.name,
      payload,
      requestId: ctx.uuid("invocation"),
      ...(input.trace === undefined ? {} : { trace: input.trace }),
      taken: ctx.now,
      errors: 0,
      waits: 0,
    };
    ctx.schedule({ kind: "run", key: queued.requestId, at: ctx.now, payload: queued });
    return { StatusCode: 202 };
  }
  const environment = freeEnvironment(ctx, doc);
  if (environment === undefined) {
    count(ctx, doc.name, "Throttles", "Count", 1);
    throw failed("TooManyRequestsException", "Rate Exceeded.", 429);
  }
  const run = start(ctx, doc, environment, payload, ctx.uuid("invocation"), input.trace);
  const body = run.error === undefined ? behaviourOf(doc.environment).response : JSON.stringify(errorBody(run));
  return {
    StatusCode: 200,
    ...(run.error === undefined ? {} : { FunctionError: "Unhandled" }),
    ExecutedVersion: "$LATEST",
    Payload: new TextEncoder().encode(body),
  };
}

const errorBody = ({ error, isTimeout, requestId, timeoutSeconds }: Run): object =>
  isTimeout
    ? {
        errorType: "Sandbox.Timedout",
        errorMessage: `RequestId: ${requestId} Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds`,
      }
    : { errorType: "Error", errorMessage: error, trace: [`Error: ${error}`] };

function payloadOf(bytes: Uint8Array): string {
  if (bytes.length === 0) return "{}";
  const text = new TextDecoder().decode(bytes);
  try {
    JSON.parse(text);
  } catch (thrown) {
    throw failed(
      "InvalidRequestContentException",
      `Could not parse request body into json: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
    );
  }
  return text;
}

/** The agenda's item `run`: an asynchronous request, or one that is tried again. */
export function runQueued(ctx: Context, payload: object): void {
  const queued = payload as Queued;
  const doc = functions(ctx).get(queued.name);
  if (doc === undefined) return; // deleted since: its queue goes with it
  const again = (wait: number, more: Partial<Queued>): void =>
    ctx.schedule({ kind: "run", key: queued.requestId, at: ctx.now + wait, payload: { ...queued, ...more } });
  const environment = freeEnvironment(ctx, doc);
  if (environment === undefined) {
    count(ctx, doc.name, "Throttles", "Count", 1);
    if (ctx.now - queued.taken < OLDEST) again(Math.min(5 * MINUTE, 1000 * (1 << Math.min(queued.waits, 9))), { waits: queued.waits + 1 });
    return;
  }
  const run = start(ctx, doc, environment, queued.payload, queued.requestId, queued.trace);
  const pause = RETRY_AFTER[queued.errors];
  if (run.error !== undefined && pause !== undefined) again(Math.ceil(run.duration) + pause, { errors: queued.errors + 1 });
}

/** The agenda's item `end`: what a run leaves behind. */
export const endRun = (ctx: Context, payload: object): void => report(ctx, payload as Run);

interface Environment {
  readonly stream: string;
  readonly isCold: boolean;
}

/** A warm environment that is free, a new one, or none where the concurrency is used up. */
function freeEnvironment(ctx: Context, doc: FunctionDoc): Environment | undefined {
  const all = (environmentsOf(ctx).get(doc.name)?.environments ?? []).filter(({ busyUntil }) => busyUntil > ctx.now - KEPT_WARM);
  const busy = all.filter(({ busyUntil }) => busyUntil > ctx.now).length;
  if (busy >= (doc.reserved ?? MOST_CONCURRENT)) return undefined;
  const warm = all.find(({ busyUntil }) => busyUntil <= ctx.now);
  const day = new Date(ctx.now).toISOString().slice(0, 10).replaceAll("-", "/");
  return warm === undefined ? { stream: `${day}/[$LATEST]${ctx.id("environment")}`, isCold: true } : { stream: warm.stream, isCold: false };
}

/** Draws what the request will be, keeps its environment busy, and puts its end on the agenda. */
function start(
  ctx: Context,
  doc: FunctionDoc,
  environment: Environment,
  payload: string,
  requestId: string,
  trace: string | undefined,
): Run {
  const behaviour = behaviourOf(doc.environment);
  const bits = ctx.id("run");
  const wanted = behaviour.shortest + drawn(bits, 0) * (behaviour.longest - behaviour.shortest);
  const isTimeout = wanted > doc.timeoutSeconds * 1000;
  const duration = Math.round((isTimeout ? doc.timeoutSeconds * 1000 : wanted) * 100) / 100;
  const error = isTimeout ? "timeout" : drawn(bits, 1) < behaviour.errorRate ? behaviour.error : undefined;
  const init = environment.isCold ? Math.round((120 + 160 * drawn(bits, 2)) * 100) / 100 : undefined;
  const end = ctx.now + Math.ceil(duration + (init ?? 0));
  const run: Run = {
    name: doc.name,
    requestId,
    at: ctx.now,
    duration,
    ...(init === undefined ? {} : { init }),
    ...(error === undefined ? {} : { error }),
    isTimeout,
    timeoutSeconds: doc.timeoutSeconds,
    memoryMegabytes: doc.memoryMegabytes,
    usedMegabytes: Math.min(doc.memoryMegabytes, 60 + Math.floor(drawn(bits, 3) * 30)),
    group: logGroupOf(doc),
    stream: environment.stream,
    line: behaviour.line.replaceAll("{event}", () => payload),
    ...traceOf(ctx, doc, trace, bits),
  };
  const others = (environmentsOf(ctx).get(doc.name)?.environments ?? []).filter(
    ({ stream, busyUntil }) => stream !== environment.stream && busyUntil > ctx.now - KEPT_WARM,
  );
  const environments = [...others, { busyUntil: end, stream: environment.stream }];
  environmentsOf(ctx).put(doc.name, { environments });
  count(ctx, doc.name, "ConcurrentExecutions", "Count", environments.filter(({ busyUntil }) => busyUntil > ctx.now).length);
  ctx.schedule({ kind: "end", key: `${requestId}/${ctx.id("attempt")}`, at: end, payload: run });
  return run;
}
