/** What a journal record holds, and its way to and from plain data. */
import { InputError } from "../model/errors.ts";
import type { CallerKind } from "../services/contract.ts";
import type { Plain } from "../store/contract.ts";
import type { ApiRequest, StageCommand, Via } from "./contract.ts";

export interface CallCommand {
  readonly type: "call";
  readonly service: string;
  readonly operation: string;
  readonly input: Plain;
  /** Where it is not the account whose journal this is. */
  readonly account?: string;
  readonly region: string;
  readonly kind: CallerKind;
  readonly principal: string;
  readonly via: Via;
  readonly userAgent?: string;
  readonly sourceIp?: string;
}

export interface StageRecord {
  readonly type: "stage";
  readonly command: StageCommand;
  readonly region: string;
}

export type Command = CallCommand | StageRecord;

/** No AWS request comes near it; deeper ones would only exhaust the stack. */
const DEEPEST = 100;
const tooDeep = (): InputError =>
  new InputError("A request is nested too deep.", { path: "input", found: `more than ${DEEPEST} levels`, allowed: `${DEEPEST} levels` });

const ESCAPES = ["$bytes", "$number", "$plain"];

/** An object of one member that is named like an escape: it is wrapped, so that reading gives back what was written. */
const looksEscaped = (names: readonly string[]): boolean => names.length === 1 && ESCAPES.includes(names[0] as string);

/**
 * Bytes become `{"$bytes": base64}`, numbers that JSON cannot hold (NaN, infinities, -0) `{"$number": "NaN"}`, and an
 * object that looks like one of these `{"$plain": {...}}`.
 */
export function toPlain(value: unknown, depth = 0): Plain {
  if (depth > DEEPEST) throw tooDeep();
  if (value instanceof Uint8Array) {
    let binary = "";
    for (const byte of value) binary += String.fromCharCode(byte);
    return { $bytes: btoa(binary) };
  }
  if (Array.isArray(value)) return value.map((inner) => toPlain(inner, depth + 1));
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value).filter(([, inner]) => inner !== undefined);
    const plain = Object.fromEntries(members.map(([name, inner]) => [name, toPlain(inner, depth + 1)]));
    return looksEscaped(Object.keys(plain)) ? { $plain: plain } : plain;
  }
  if (typeof value === "number" && !Number.isFinite(value)) return { $number: String(value) };
  if (Object.is(value, -0)) return { $number: "-0" };
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  throw new InputError(`A request may hold only plain data; a ${typeof value} was found.`, {
    path: "input",
    found: typeof value,
    allowed: "text, numbers, booleans, lists, objects, bytes",
  });
}

export function fromPlain(value: Plain, depth = 0): unknown {
  if (depth > DEEPEST) throw tooDeep();
  if (Array.isArray(value)) return (value as readonly Plain[]).map((inner) => fromPlain(inner, depth + 1));
  if (typeof value !== "object" || value === null) return value;
  const members = value as { readonly [key: string]: Plain };
  const names = Object.keys(members);
  if (!looksEscaped(names)) return mapped(members, depth);
  const [name, inner] = [names[0], members[names[0] as string]];
  if (name === "$bytes" && typeof inner === "string") return bytesOf(inner);
  if (name === "$number" && typeof inner === "string") return Number(inner);
  if (name === "$plain" && typeof inner === "object" && inner !== null && !Array.isArray(inner))
    return mapped(inner as typeof members, depth);
  return mapped(members, depth);
}

const mapped = (members: { readonly [key: string]: Plain }, depth: number): Record<string, unknown> =>
  Object.fromEntries(Object.entries(members).map(([name, inner]) => [name, fromPlain(inner, depth + 1)]));

function bytesOf(base64: string): Uint8Array {
  // What atob takes, said in advance: it throws an error of its own that nobody would understand.
  if (base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(base64))
    throw new InputError("A request holds bytes that are not base64.", {
      path: "$bytes",
      found: base64.slice(0, 40),
      allowed: "base64 with padding",
    });
  return Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
}

export const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;

/** Refuses nesting without end where a request is not made into plain data. */
export function checkDepth(value: unknown, depth = 0): void {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return;
  if (depth > DEEPEST) throw tooDeep();
  for (const inner of Object.values(value)) checkDepth(inner, depth + 1);
}

/** What a journal record may name as Region: anything else could not be read back from a link. */
export function checkRegion(region: string): void {
  if (REGION.test(region)) return;
  throw new InputError(`There is no AWS Region "${region}".`, { path: "region", found: region, allowed: "a Region such as us-east-1" });
}

/** Throws InputError for what a journal cannot hold. */
export function commandOf(request: ApiRequest): CallCommand {
  checkRegion(request.region);
  if (request.account !== undefined && !/^\d{12}$/.test(request.account))
    throw new InputError(`"${request.account}" is no AWS account.`, { path: "account", found: request.account, allowed: "12 digits" });
  return {
    type: "call",
    service: request.service,
    operation: request.operation,
    input: toPlain(request.input),
    ...(request.account === undefined ? {} : { account: request.account }),
    region: request.region,
    kind: request.caller.kind,
    principal: request.caller.principal,
    via: request.via,
    ...(request.userAgent === undefined ? {} : { userAgent: request.userAgent }),
    ...(request.sourceIp === undefined ? {} : { sourceIp: request.sourceIp }),
  };
}

export function requestOf(command: CallCommand): ApiRequest {
  return {
    service: command.service,
    operation: command.operation,
    input: fromPlain(command.input) as Record<string, unknown>,
    ...(command.account === undefined ? {} : { account: command.account }),
    region: command.region,
    caller: { kind: command.kind, principal: command.principal },
    via: command.via,
    ...(command.userAgent === undefined ? {} : { userAgent: command.userAgent }),
    ...(command.sourceIp === undefined ? {} : { sourceIp: command.sourceIp }),
  };
}
