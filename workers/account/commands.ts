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

/** Bytes become `{"$bytes": base64}`; numbers that JSON cannot hold become `{"$number": "NaN"}`. */
export function toPlain(value: unknown): Plain {
  if (value instanceof Uint8Array) {
    let binary = "";
    for (const byte of value) binary += String.fromCharCode(byte);
    return { $bytes: btoa(binary) };
  }
  if (Array.isArray(value)) return value.map(toPlain);
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, inner]) => inner !== undefined)
        .map(([name, inner]) => [name, toPlain(inner)]),
    );
  }
  if (typeof value === "number" && !Number.isFinite(value)) return { $number: String(value) };
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  throw new InputError(`A request may hold only plain data; a ${typeof value} was found.`, {
    path: "input",
    found: typeof value,
    allowed: "text, numbers, booleans, lists, objects, bytes",
  });
}

export function fromPlain(value: Plain): unknown {
  if (Array.isArray(value)) return (value as readonly Plain[]).map(fromPlain);
  if (typeof value === "object" && value !== null) {
    const members = value as { readonly [key: string]: Plain };
    const names = Object.keys(members);
    if (names.length === 1 && typeof members.$bytes === "string") return Uint8Array.from(atob(members.$bytes), (c) => c.charCodeAt(0));
    if (names.length === 1 && typeof members.$number === "string") return Number(members.$number);
    return Object.fromEntries(names.map((name) => [name, fromPlain(members[name] as Plain)]));
  }
  return value;
}

export function commandOf(request: ApiRequest): CallCommand {
  return {
    type: "call",
    service: request.service,
    operation: request.operation,
    input: toPlain(request.input),
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
    region: command.region,
    caller: { kind: command.kind, principal: command.principal },
    via: command.via,
    ...(command.userAgent === undefined ? {} : { userAgent: command.userAgent }),
    ...(command.sourceIp === undefined ? {} : { sourceIp: command.sourceIp }),
  };
}
