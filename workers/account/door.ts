/**
 * The one door. Every request, whoever sends it, takes these steps in this order:
 *
 *   1 identify   2 validate   3 authorise   4 throttle   5 handle   6 audit   7 emit
 *
 * A screen's call (panel refresh, completion, hover) takes 1-3 and 5 and is pure: no throttle, audit, ids, emissions.
 */
import { Bug, ServiceError } from "../model/errors.ts";
import { operationOf, speaksQuery } from "../model/models.ts";
import { validateInput } from "../model/validate.ts";
import { type AuditedCall, trailRecord } from "../services/cloudtrail/record.ts";
import type { Context, Identity, Operation, Scope, ServiceDefinition, TrailKind } from "../services/contract.ts";
import { chain } from "../store/chain.ts";
import type { MaybePromise } from "../store/contract.ts";
import { admissionReady, authorise, callReady, isDenial, judgeReady } from "./admission.ts";
import type { AgendaItem } from "./agenda.ts";
import { type Cause, createContext, type PendingEmission } from "./call-context.ts";
import type { ApiReply, ApiRequest, LookQuestion } from "./contract.ts";
import { recordDenial } from "./denials.ts";
import { countRun, type House } from "./house.ts";
import { identify, resolveIdentity } from "./identity.ts";
import { createOwner, makeUuid } from "./ids.ts";
import { allReady, ready } from "./ready.ts";

/** Emissions that one cause may set off before it counts as a loop. */
const MOST_EMISSIONS = 100_000;
/** Where calls of services without Regions are recorded. */
const HOME_OF_GLOBAL = "us-east-1";
const SCREEN_REQUEST_ID = "00000000-0000-4000-8000-000000000000";

export function createCause(key: string): Cause {
  return { owner: createOwner(key), queue: [], delivered: 0 };
}

interface FoundOperation {
  readonly service: ServiceDefinition;
  readonly entry: Operation;
}

/** An operation that AWS does not have is refused as AWS refuses it; one that we do not have says so. */
function findOperation(house: House, request: ApiRequest): FoundOperation {
  const model = house.models.get(request.service);
  if (model === undefined) {
    throw new ServiceError("NotImplemented", `Nephoscope does not have the service ${request.service}.`, { status: 501 });
  }
  if (operationOf(model, request.operation) === undefined) {
    throw speaksQuery(model)
      ? new ServiceError("InvalidAction", `The action ${request.operation} is not valid for this web service.`)
      : new ServiceError("UnknownOperationException", `The requested operation ${request.operation} does not exist in ${request.service}.`);
  }
  const service = house.services.get(request.service);
  const entry = service?.operations[request.operation];
  if (service === undefined || entry === undefined) {
    throw new ServiceError("NotImplemented", `Nephoscope does not have ${request.service} ${request.operation} yet.`, {
      status: 501,
      hint: "AWS has this operation; the list of those that are built is under Fidelity.",
    });
  }
  return { service, entry };
}

interface Passed extends FoundOperation {
  readonly scope: Scope;
  readonly identity: Identity;
  readonly requestId: string;
}

interface Handled {
  readonly input: unknown;
  readonly output: MaybePromise<unknown>;
  /** What the call touched, as things stood before it. */
  readonly resources: readonly string[];
}

/** Steps 2, 3 and 5: an emission's columns are checked by the handler itself, which takes the same rules. */
function handle(house: House, passed: Passed, request: ApiRequest, ctx: Context): Handled {
  const { entry, scope } = passed;
  const admit = (input: unknown): readonly string[] => {
    const resources = entry.resources?.(input, scope, ctx) ?? [];
    authorise({ ...passed, house, request, ctx }, input, resources);
    return resources;
  };
  if (request.columns !== undefined) {
    if (entry.columns === undefined) throw new Bug(`${request.service} ${request.operation} has no columnar form`);
    const resources = admit(request.columns);
    return { input: request.input, output: entry.columns(ctx, request.columns), resources };
  }
  const model = house.models.get(request.service);
  if (model === undefined) throw new Bug(`no model of ${request.service}`);
  const input = validateInput(model, request.operation, request.input);
  const resources = admit(input);
  return { input, output: entry.handle(ctx, input), resources };
}

/** A refused request may hold numbers that no document can: they stand in its record as JSON protocols write them. */
function recordable(value: unknown): unknown {
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return value;
  if (Array.isArray(value)) return value.map(recordable);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, recordable(inner)]));
}

/** Takes the audit record of every call. */
export const RECORDER = "cloudtrail";

/** Step 6. Failures are recorded like successes; calls that AWS never records are not, and data events where a trail takes them. */
function audit(
  house: House,
  passed: Passed,
  request: ApiRequest,
  cause: Cause,
  outcome: { input: unknown; output?: unknown; error?: ServiceError; resources: readonly string[] },
): string | undefined {
  const { service, entry, scope, identity } = passed;
  const cloudtrail = house.services.get(RECORDER);
  if (cloudtrail === undefined && house.lazy.has(RECORDER)) throw new Bug("a call was made before its recorder was loaded");
  if (entry.trail === "never" || cloudtrail?.record === undefined) return undefined;
  const ctx = createContext({
    house,
    service: cloudtrail,
    scope,
    identity: { id: cloudtrail.principal, type: "AWSService", accountId: scope.account },
    callerKind: "service",
    requestId: passed.requestId,
    cause,
  });
  if (entry.trail === "data" && cloudtrail.wantsData?.(ctx) !== true) return undefined;
  const eventId = makeUuid(house.scenario.seed, "event", cause.owner);
  const model = house.models.get(request.service);
  const call: { -readonly [K in keyof AuditedCall]: AuditedCall[K] } = {
    identity,
    eventSource: service.eventSource,
    operation: request.operation,
    region: scope.region,
    time: house.now,
    requestId: passed.requestId,
    eventId,
    input: recordable(outcome.input) as Readonly<Record<string, unknown>>,
    trail: entry.trail,
    via: request.via,
    resources: outcome.resources,
  };
  if (model !== undefined) {
    call.model = model;
    call.apiVersion = model.metadata.apiVersion;
  }
  if (outcome.output !== undefined) call.output = outcome.output as Readonly<Record<string, unknown>>;
  if (outcome.error !== undefined) call.error = outcome.error;
  if (request.userAgent !== undefined) call.userAgent = request.userAgent;
  if (request.sourceIp !== undefined) call.sourceIp = request.sourceIp;
  cloudtrail.record(ctx, trailRecord(call));
  return eventId;
}

/** Steps 1-6 of one request; its emissions are left in the cause's queue. */
function pass(house: House, request: ApiRequest, cause: Cause | undefined): MaybePromise<ApiReply> {
  const { kind, principal } = request.caller;
  const account = request.account ?? house.account;
  const identity = identify(house, account, kind, principal, request.service);
  const found = findOperation(house, request);
  const scope: Scope = { account, region: found.service.isGlobal === true ? HOME_OF_GLOBAL : request.region };
  if (cause === undefined && found.entry.effect === "state") {
    throw new Bug(`a screen called ${request.service} ${request.operation}, which changes state`);
  }
  const requestId = cause === undefined ? SCREEN_REQUEST_ID : makeUuid(house.scenario.seed, "request", cause.owner);
  const passed: Passed = { ...found, scope, identity, requestId };
  let because: unknown;
  const record = (value: unknown): void => {
    because = value;
  };
  const explain = request.explain ? record : undefined;
  const ctx = createContext({
    house,
    service: found.service,
    scope,
    identity,
    callerKind: request.caller.kind,
    requestId,
    ...(cause ? { cause } : {}),
    explain,
  });

  const failed = (thrown: unknown): never => {
    if (thrown instanceof ServiceError && cause !== undefined) {
      const eventId = audit(house, passed, request, cause, { input: request.input, error: thrown, resources: [] });
      if (isDenial(thrown)) recordDenial(house, passed, cause, thrown.because, eventId);
    }
    throw thrown;
  };
  const succeeded = ({ input, resources }: Handled, output: unknown): ApiReply => {
    if (cause !== undefined) audit(house, passed, request, cause, { input, output, resources });
    return { requestId, output: (output ?? {}) as Record<string, unknown>, ...(because === undefined ? {} : { because }) };
  };
  let handled: Handled;
  try {
    handled = handle(house, passed, request, ctx);
  } catch (thrown) {
    return failed(thrown);
  }
  if (found.entry.effect === "state") house.versions[found.service.name] = (house.versions[found.service.name] ?? 0) + 1;
  const { output } = handled;
  return output instanceof Promise ? output.then((o) => succeeded(handled, o), failed) : succeeded(handled, output);
}

/** Step 7: delivers, in order, what the cause emitted, and what those deliveries emit in turn. */
function deliver(house: House, cause: Cause): MaybePromise<void> {
  for (let next = cause.queue.shift(); next !== undefined; next = cause.queue.shift()) {
    if (++cause.delivered > MOST_EMISSIONS) throw new Bug(`${cause.owner.key} set off more than ${MOST_EMISSIONS} requests at one moment`);
    const pending = next;
    const request = requestOf(pending);
    const loading = prepared(house, request);
    if (loading instanceof Promise) {
      return loading.then(() => {
        deliverOne(house, cause, pending, request);
        return deliver(house, cause);
      });
    }
    deliverOne(house, cause, pending, request);
  }
}

/** Has the service, what judges the request and (but for pure reads) who writes it down at hand. */
function prepared(house: House, request: ApiRequest): MaybePromise<unknown> {
  const recorder = request.caller.kind === "screen" ? undefined : ready(house, RECORDER);
  return chain(recorder, () => chain(ready(house, request.service), () => admissionReady(house, request)));
}

function requestOf({ from, scope, emission }: PendingEmission): ApiRequest {
  return {
    service: emission.service,
    operation: emission.operation,
    input: emission.input ?? {},
    ...(emission.columns === undefined ? {} : { columns: emission.columns }),
    account: emission.account ?? scope.account,
    region: emission.region ?? scope.region,
    caller: { kind: from.callerKind ?? "service", principal: from.principal },
    via: from.callerKind === "simulated" ? "agent" : "service",
    ...(emission.sourceArn === undefined ? {} : { sourceArn: emission.sourceArn }),
  };
}

function deliverOne(house: House, cause: Cause, { from, scope, emission }: PendingEmission, request: ApiRequest): void {
  const settle = (result: { output: unknown } | { error: Error }): void => {
    if (emission.settled === undefined) {
      // Nobody waits for the outcome: AWS's own refusals are the receiver's business, anything else is ours.
      if ("error" in result && !(result.error instanceof ServiceError)) throw result.error;
      return;
    }
    const identity = resolveIdentity(scope.account, "service", from.principal);
    emission.settled(
      createContext({ house, service: from, scope, identity, callerKind: "service", requestId: SCREEN_REQUEST_ID, cause }),
      result,
    );
  };
  let reply: MaybePromise<ApiReply>;
  try {
    reply = pass(house, request, cause);
  } catch (thrown) {
    if (!(thrown instanceof ServiceError)) throw thrown;
    settle({ error: thrown });
    return;
  }
  if (reply instanceof Promise) throw new Bug(`${emission.service} ${emission.operation} cannot be emitted: it answers later`);
  settle({ output: reply.output });
}

/** A request of a person, a program or the simulation: all steps. */
export function dispatch(house: House, request: ApiRequest, cause: Cause): MaybePromise<ApiReply> {
  return chain(prepared(house, request), () => {
    let reply: MaybePromise<ApiReply>;
    try {
      reply = pass(house, request, cause);
    } catch (thrown) {
      return chain(deliver(house, cause), () => {
        throw thrown;
      });
    }
    if (reply instanceof Promise) return reply.finally(() => deliver(house, cause));
    const answer = reply;
    return chain(deliver(house, cause), () => answer);
  });
}

/** A panel's read: pure. */
export function readOnly(house: House, request: ApiRequest): MaybePromise<ApiReply> {
  // A screen asks as the identity that is chosen, so that what it may not see it does not see.
  return chain(prepared(house, request), () => pass(house, request, undefined));
}

/** Runs one agenda item of a service, acting for itself. */
export function runAgendaItem(house: House, item: AgendaItem): MaybePromise<void> {
  return chain(ready(house, item.service), () => runReady(house, item));
}

function runReady(house: House, item: AgendaItem): MaybePromise<void> {
  const service = house.services.get(item.service);
  const handler = service?.agenda?.[item.kind];
  if (service === undefined || handler === undefined) throw new Bug(`nobody handles the agenda item ${item.service}/${item.kind}`);
  const key = `agenda/${item.account}/${item.region}/${item.service}/${item.kind}/${item.key}`;
  const cause = createCause(`${key}@${house.now}#${countRun(house, key)}`);
  const scope = { account: item.account, region: item.region };
  const ctx = createContext({
    house,
    service,
    scope,
    identity: resolveIdentity(scope.account, service.callerKind ?? "service", service.principal),
    callerKind: service.callerKind ?? "service",
    requestId: SCREEN_REQUEST_ID,
    cause,
  });
  house.versions[item.service] = (house.versions[item.service] ?? 0) + 1;
  return chain(handler(ctx, item), () => deliver(house, cause));
}

/** The trail kind of every operation that is built; only the account knows all tables. */
function trailTable(house: House): Readonly<Record<string, Readonly<Record<string, TrailKind>>>> {
  const kinds = ({ operations }: ServiceDefinition) =>
    Object.fromEntries(Object.entries(operations).map(([name, entry]) => [name, entry.trail]));
  return Object.fromEntries([...house.services].map(([name, service]) => [name, kinds(service)]));
}

/** A pure view that AWS has no operation for. */
export function look(house: House, question: LookQuestion, principal: string): MaybePromise<unknown> {
  const asksForAll = question.view === "whyNotRecorded";
  const asksWhy = question.service === "iam" && question.view === "whyDenied";
  return chain(asksForAll || asksWhy ? allReady(house) : ready(house, question.service), () => {
    const service = house.services.get(question.service);
    const view = service?.looks !== undefined && Object.hasOwn(service.looks, question.view) ? service.looks[question.view] : undefined;
    if (service === undefined || view === undefined) throw new Bug(`there is no view ${question.service}/${question.view}`);
    const scope = { account: house.account, region: question.region };
    const asked = question.question ?? {};
    // The account's own views are open to all, also to someone who was deleted and must choose another identity.
    const isOwn = service.eventSource === "";
    const identity = isOwn
      ? resolveIdentity(scope.account, "service", service.principal)
      : identify(house, scope.account, "screen", principal);
    const ctx = createContext({ house, service, scope, identity, callerKind: "screen", requestId: SCREEN_REQUEST_ID });
    if (asksForAll) return view(ctx, { ...asked, trail: trailTable(house) });
    if (asksWhy) return chain(judgeReady(), ({ explainAccess }) => view(ctx, { ...asked, explain: explainAccess(house, scope) }));
    const needed = service.readsAs?.[question.view];
    if (needed === undefined) return view(ctx, asked);
    const call = { house, service, scope, identity, request: {}, ctx, entry: { effect: "none", action: needed.action } } as const;
    return chain(callReady(call), () => {
      authorise(call, {}, needed.resources?.(asked, scope) ?? []);
      return view(ctx, asked);
    });
  });
}
