/**
 * EventBridge PutEvents: the rules of each entry, the envelope. Rules and messages:
 * recordings of the service in localstack's tests; sizes: user guide, "Calculating PutEvents event entry size".
 */
import { ServiceError } from "../../model/errors.ts";
import type { Operations } from "../../model/generated/events.ts";
import type { Context } from "../contract.ts";
import { arrive } from "./arrive.ts";
import { type PassedOn, passOn } from "./bus-target.ts";
import { knownBus, scopeOfForeignBus } from "./documents.ts";
import type { Envelope } from "./passed.ts";

type Entry = NonNullable<Operations["PutEvents"]["input"]["Entries"]>[number];

/** The sum over the entries of a call must stay under this. */
export const ENTRIES_LIMIT = 262_144;

const encoder = new TextEncoder();
const bytes = (text: string | undefined): number => (text === undefined ? 0 : encoder.encode(text).length);

/** Size of an entry in bytes. */
export function entrySize(entry: Entry): number {
  const resources = (entry.Resources ?? []).reduce((sum, resource) => sum + bytes(resource), 0);
  return (entry.Time === undefined ? 0 : 14) + bytes(entry.Source) + bytes(entry.DetailType) + bytes(entry.Detail) + resources;
}

export function putEvents(ctx: Context, input: Operations["PutEvents"]["input"]): Operations["PutEvents"]["output"] {
  const entries = input.Entries ?? [];
  if (input.EndpointId !== undefined) {
    throw new ServiceError("NotImplemented", "Global endpoints (EndpointId) are not built in Nephoscope.", { status: 501 });
  }
  if (entries.length === 0 || entries.length > 10) {
    const bound = entries.length === 0 ? "greater than or equal to 1" : "less than or equal to 10";
    const found = entries.map((entry) => `PutEventsRequestEntry(${Object.keys(entry).join(", ")})`).join(", ");
    throw new ServiceError(
      "ValidationException",
      `1 validation error detected: Value '[${found}]' at 'entries' failed to satisfy constraint: Member must have length ${bound}`,
    );
  }
  if (entries.reduce((sum, entry) => sum + entrySize(entry), 0) >= ENTRIES_LIMIT) {
    throw new ServiceError("ValidationException", "Total size of the entries in the request is over the limit.");
  }
  const results = entries.map((entry) => take(ctx, entry));
  return { FailedEntryCount: results.filter((result) => "ErrorCode" in result).length, Entries: results };
}

/** Events that come from another account or Region keep what they are. */
export function takePassedOn(ctx: Context, { bus, ...arriving }: PassedOn): Operations["PutEvents"]["output"] {
  const here = knownBus(ctx, bus);
  if (here !== undefined) arrive(ctx, here, arriving);
  return { FailedEntryCount: 0, Entries: [{ EventId: arriving.envelope.id }] };
}

type Result = { readonly EventId: string } | { readonly ErrorCode: string; readonly ErrorMessage: string };

function take(ctx: Context, entry: Entry): Result {
  for (const name of ["Source", "DetailType", "Detail"] as const) {
    if (entry[name] === undefined || entry[name] === "") {
      return { ErrorCode: "InvalidArgument", ErrorMessage: `Parameter ${name} is not valid. Reason: ${name} is a required argument.` };
    }
  }
  const { Source = "", DetailType = "", Detail = "" } = entry;
  if (Source.startsWith("aws.") && ctx.callerKind !== "service") {
    return { ErrorCode: "NotAuthorizedForSourceException", ErrorMessage: "Not authorized for the source." };
  }
  const detail = jsonObject(Detail);
  if (detail === undefined) return { ErrorCode: "MalformedDetail", ErrorMessage: "Detail is malformed." };
  const id = ctx.uuid("event");
  const bus = knownBus(ctx, entry.EventBusName);
  const other = scopeOfForeignBus(ctx, entry.EventBusName);
  let matched: readonly string[] = [];
  if (bus !== undefined || other !== undefined) {
    const envelope: Envelope = {
      version: "0",
      id,
      "detail-type": DetailType,
      source: Source,
      account: ctx.account,
      time: `${new Date(entry.Time ?? ctx.now).toISOString().slice(0, 19)}Z`,
      region: ctx.region,
      resources: [...(entry.Resources ?? [])],
      detail,
    };
    if (bus !== undefined) matched = arrive(ctx, bus, { envelope, detail: Detail, trace: entry.TraceHeader });
    if (other !== undefined) ctx.emit(passOn(other, { bus: entry.EventBusName ?? "", envelope, trace: entry.TraceHeader, hops: 0 }));
  }
  const isTaken = bus !== undefined || other !== undefined;
  ctx.explain?.({
    id,
    bus: bus ?? (isTaken ? entry.EventBusName : null),
    why: isTaken ? "passed" : "no such bus: accepted, and it goes nowhere",
    rules: matched,
  });
  return { EventId: id };
}

function jsonObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject && isOrdinary(value) ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined; // the answer of the entry says so
  }
}

/** Levels that EventBridge still reads (it gives up between 1,000 and 1,100). */
const DEEPEST = 1_000;

/** Whether a value is nested no deeper than EventBridge reads, and its numbers fit a double (`1e999` does not). */
function isOrdinary(value: unknown): boolean {
  let level: readonly unknown[] = [value];
  for (let depth = 1; level.length > 0; depth++) {
    const below: unknown[] = [];
    for (const each of level) {
      if (typeof each === "number" && !Number.isFinite(each)) return false;
      if (typeof each !== "object" || each === null) continue;
      if (depth > DEEPEST) return false;
      for (const inner of Object.values(each)) below.push(inner);
    }
    level = below;
  }
  return true;
}
