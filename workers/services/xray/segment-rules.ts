/**
 * Which segment documents PutTraceSegments refuses (facts xray §4): from the outside in, the first thing that is wrong.
 * Unknown members, keys of annotations and whatever stands in metadata are nobody's business here.
 */
import { hexWordAt, traceWords } from "../../store/traces/trace-ids.ts";

export const NAME_LENGTH = 200;
export const TRACE_AGE_SECONDS = 30 * 86_400;

export type RefusalCode =
  | "ParseError"
  | "MissingId"
  | "InvalidId"
  | "InvalidName"
  | "MissingTraceId"
  | "InvalidTraceId"
  | "MissingStartTime"
  | "MissingEndTime"
  | "MissingParentId"
  | "InvalidCause"
  | "InvalidType"
  | "TooLarge";

export interface Refusal {
  readonly code: RefusalCode;
  /** Id of the document, where it could be read. */
  readonly id: string | undefined;
  /** It is a subsegment that is wrong. */
  readonly inSubsegment: boolean;
  /** What is wrong, for a person: `subsegments[2].name`. */
  readonly path: string;
}

type Json = Readonly<Record<string, unknown>>;

/** @param now epoch seconds */
export function refusalOf(document: unknown, now: number): Refusal | undefined {
  const raw = isObject(document) ? document : {};
  const isSubsegment = raw.type === "subsegment";
  const fault = documentFault(raw, isSubsegment, now);
  if (fault === undefined) return undefined;
  const id = typeof raw.id === "string" ? raw.id : undefined;
  return { code: fault.code, id, path: fault.path, inSubsegment: isSubsegment || fault.path.startsWith("subsegments[") };
}

interface Fault {
  readonly code: RefusalCode;
  readonly path: string;
}

const at = (code: RefusalCode, path: string): Fault => ({ code, path });

function documentFault(raw: Json, isSubsegment: boolean, now: number): Fault | undefined {
  const early = idFault(raw) ?? nameFault(raw);
  if (early !== undefined) return early;
  if (isAbsent(raw.trace_id)) return at("MissingTraceId", "trace_id");
  const words = typeof raw.trace_id === "string" ? traceWords(raw.trace_id) : undefined;
  if (words === undefined || words.word0 < now - TRACE_AGE_SECONDS) return at("InvalidTraceId", "trace_id");
  if (isSubsegment && isAbsent(raw.parent_id)) return at("MissingParentId", "parent_id");
  return spanFault(raw);
}

function idFault({ id }: Json): Fault | undefined {
  if (isAbsent(id)) return at("MissingId", "id");
  return isId(id) ? undefined : at("InvalidId", "id");
}

function nameFault({ name }: Json): Fault | undefined {
  return typeof name === "string" && isName(name) ? undefined : at("InvalidName", "name");
}

/** Everything of a segment or subsegment but its own id, name and trace. */
function spanFault(raw: Json): Fault | undefined {
  if (isAbsent(raw.start_time)) return at("MissingStartTime", "start_time");
  if (!Number.isFinite(raw.start_time)) return at("InvalidType", "start_time");
  if (isAbsent(raw.end_time) && raw.in_progress !== true) return at("MissingEndTime", "end_time");
  if (!isAbsent(raw.parent_id) && !isId(raw.parent_id)) return at("InvalidId", "parent_id");
  for (const member of Object.keys(raw)) {
    const fits = TYPES[member];
    if (fits !== undefined && !isAbsent(raw[member]) && !fits(raw[member])) return at("InvalidType", member);
  }
  return (
    httpFault(raw.http as Json | undefined | null) ??
    causeFault(raw.cause) ??
    subsegmentsFault(raw.subsegments as readonly unknown[] | undefined | null)
  );
}

const isAbsent = (value: unknown): value is undefined | null => value === undefined || value === null;
const isObject = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value);
const isText = (value: unknown): boolean => typeof value === "string";
const isFlag = (value: unknown): boolean => typeof value === "boolean";

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  __proto__: null as never,
  end_time: Number.isFinite,
  in_progress: isFlag,
  user: isText,
  origin: isText,
  resource_arn: isText,
  namespace: isText,
  type: isText,
  error: isFlag,
  fault: isFlag,
  throttle: isFlag,
  traced: isFlag,
  inferred: isFlag,
  service: isObject,
  http: isObject,
  aws: isObject,
  sql: isObject,
  annotations: isObject,
  metadata: isObject,
  subsegments: Array.isArray,
  precursor_ids: Array.isArray,
  links: Array.isArray,
};

const REQUEST: Readonly<Record<string, (value: unknown) => boolean>> = {
  method: isText,
  url: isText,
  user_agent: isText,
  client_ip: isText,
  x_forwarded_for: isFlag,
  traced: isFlag,
};

function httpFault(http: Json | undefined | null): Fault | undefined {
  if (isAbsent(http)) return undefined;
  const { request, response } = http;
  if (!isAbsent(request)) {
    if (!isObject(request)) return at("InvalidType", "http.request");
    for (const member in REQUEST) {
      if (!isAbsent(request[member]) && !REQUEST[member]?.(request[member])) return at("InvalidType", `http.request.${member}`);
    }
  }
  if (isAbsent(response)) return undefined;
  if (!isObject(response)) return at("InvalidType", "http.response");
  return isAbsent(response.status) || Number.isInteger(response.status) ? undefined : at("InvalidType", "http.response.status");
}

/** An exception's id, or what went wrong. */
function causeFault(cause: unknown): Fault | undefined {
  if (isAbsent(cause)) return undefined;
  if (typeof cause === "string") return cause.length === 16 ? undefined : at("InvalidCause", "cause");
  if (!isObject(cause)) return at("InvalidCause", "cause");
  const { working_directory, paths, exceptions } = cause;
  if (!isAbsent(working_directory) && !isText(working_directory)) return at("InvalidCause", "cause.working_directory");
  if (!isAbsent(paths) && !Array.isArray(paths)) return at("InvalidCause", "cause.paths");
  if (isAbsent(exceptions)) return undefined;
  if (!Array.isArray(exceptions)) return at("InvalidCause", "cause.exceptions");
  for (const [index, exception] of exceptions.entries()) {
    const path = `cause.exceptions[${index}]`;
    if (!isObject(exception) || !isId(exception.id)) return at("InvalidCause", `${path}.id`);
    for (const member of ["type", "message"]) {
      if (!isAbsent(exception[member]) && !isText(exception[member])) return at("InvalidCause", `${path}.${member}`);
    }
    if (!isAbsent(exception.stack) && !Array.isArray(exception.stack)) return at("InvalidCause", `${path}.stack`);
  }
  return undefined;
}

function subsegmentsFault(subsegments: readonly unknown[] | undefined | null): Fault | undefined {
  if (isAbsent(subsegments)) return undefined;
  for (let index = 0; index < subsegments.length; index++) {
    const inner = subsegments[index];
    const fault = isObject(inner) ? (idFault(inner) ?? nameFault(inner) ?? spanFault(inner)) : at("InvalidType", "");
    if (fault !== undefined) return at(fault.code, `subsegments[${index}]${fault.path === "" ? "" : `.${fault.path}`}`);
  }
  return undefined;
}

function isId(id: unknown): id is string {
  if (typeof id !== "string" || id.length !== 16) return false;
  for (let i = 0; i < 16; i++) {
    const code = id.charCodeAt(i);
    if (!((code >= 48 && code <= 57) || (code >= 97 && code <= 102) || (code >= 65 && code <= 70))) return false;
  }
  return true;
}

/** Characters of a name below 128: letters, digits, white space and `_ . : / % & # = + \ - @`. */
const PLAIN = Uint8Array.from({ length: 128 }, (_, code) => (/[A-Za-z0-9\s_.:/%&#=+\\\-@]/.test(String.fromCharCode(code)) ? 1 : 0));
const NAME = /^[\p{L}\p{N}\s_.:/%&#=+\\\-@]+$/u;

/** Of a text in ASCII. */
export function isPlainName(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (PLAIN[bytes[at] as number] === 0) return false;
  return true;
}

/** Whether [from, to) are sixteen hexadecimal digits. */
export const isIdAt = (bytes: Uint8Array, from: number, to: number): boolean =>
  to - from === 16 && hexWordAt(bytes, from) >= 0 && hexWordAt(bytes, from + 8) >= 0;

export function isName(name: string): boolean {
  if (name.length === 0 || name.length > NAME_LENGTH) return false;
  for (let i = 0; i < name.length; i++) {
    const code = name.charCodeAt(i);
    if (code >= 128) return NAME.test(name);
    if (PLAIN[code] === 0) return false;
  }
  return true;
}
