/** What a span's document says, as facts to list. All of it was sent by somebody: text and nothing else. */
import type { KeyValueItem } from "../../ui/KeyValue.tsx";
import type { TraceSpan, TraceView } from "./answers.ts";
import { TRACES as T } from "./strings.ts";
import { type Json, member, microText, STATES, spanDetail, stateOf, typeText } from "./texts.ts";

const textOf = (value: unknown): string | undefined =>
  typeof value === "string" ? value : typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;

function fact(label: string, value: unknown, more: Partial<KeyValueItem> = {}): readonly KeyValueItem[] {
  const text = textOf(value);
  return text === undefined || text === "" ? [] : [{ label, value: text, ...more }];
}

const KINDS = { segment: T.segment, call: T.call, code: T.subsegment } as const;

export function overviewOf(span: TraceSpan, stamp: (micros: number) => string, trace: Pick<TraceView, "start">): readonly KeyValueItem[] {
  const http = member(span.document, "http");
  const [request, response] = [member(http, "request"), member(http, "response")];
  const aws = member(span.document, "aws");
  const sql = member(span.document, "sql");
  const from = microText(span.offset);
  const state = stateOf(span);
  const answer = [span.status, state === "ok" ? undefined : STATES[state].word].filter((part) => part !== undefined).join(" ");
  const where = [textOf(aws["operation"]), textOf(aws["table_name"]), textOf(aws["queue_url"]), textOf(aws["region"])]
    .filter(Boolean)
    .join(", ");
  return [
    { label: T.kind, value: [KINDS[span.kind], typeText(span.service?.type)].filter(Boolean).join(", ") },
    ...fact(T.operation, where === "" ? (span.kind === "call" ? spanDetail(span) : "") : where),
    { label: T.took, value: span.duration === undefined ? T.since(from) : T.tookFrom(microText(span.duration), from) },
    { label: T.begins, value: stamp(trace.start + span.offset), mono: true },
    ...fact(T.answer, answer),
    ...fact(T.request, request["method"]),
    ...fact(T.url, request["url"], { mono: true }),
    ...fact(T.client_ip, request["client_ip"], { mono: true }),
    ...fact(T.agent, request["user_agent"]),
    ...(aws["retries"] === 0 ? [] : fact(T.retriesLabel, aws["retries"])),
    ...fact(T.requestId, aws["request_id"], { mono: true, copy: textOf(aws["request_id"]) ?? "" }),
    ...fact(T.query, sql["sanitized_query"], { mono: true }),
    ...fact(T.user, span.document["user"]),
    ...fact(T.spanId, span.id, { mono: true, copy: span.id }),
    ...fact(T.parent, span.document["parent_id"], { mono: true }),
    ...(response["content_length"] === undefined ? [] : fact("content_length", response["content_length"])),
  ];
}

/** Members of `aws` and the ARN, one line each; inner objects by their path. */
export function resourcesOf(span: TraceSpan): readonly KeyValueItem[] {
  const found: KeyValueItem[] = [...fact("resource_arn", span.document["resource_arn"], { mono: true })];
  const walk = (json: Json, path: string, depth: number): void => {
    for (const [name, value] of Object.entries(json)) {
      const label = path === "" ? name : `${path}.${name}`;
      const text = textOf(value);
      if (text !== undefined) found.push({ label, value: text, mono: true });
      else if (typeof value === "object" && value !== null && depth < 4) walk(value as Json, label, depth + 1);
    }
  };
  walk(member(span.document, "aws"), "", 0);
  const service = member(span.document, "service");
  walk(service, "service", 0);
  return found;
}

export interface Annotation {
  readonly key: string;
  readonly value: string;
  /** Only traces that have it. */
  readonly expression: string;
}

export function annotationsOf(span: TraceSpan): readonly Annotation[] {
  return Object.entries(member(span.document, "annotations")).flatMap(([key, value]) => {
    const text = textOf(value);
    if (text === undefined) return [];
    const name = /^[A-Za-z0-9_]+$/.test(key) ? `annotation.${key}` : `annotation[${key}]`;
    const asked = typeof value === "string" ? `"${value.replace(/[\\"]/g, "\\$&")}"` : text;
    return [{ key, value: text, expression: `${name} = ${asked}` }];
  });
}

export interface ShownException {
  readonly id: string;
  readonly type: string;
  readonly message: string;
  readonly stack: readonly string[];
}

/** What it reports itself; a cause that is only an id is found elsewhere in the trace. */
export function exceptionsOf(span: TraceSpan): { readonly list: readonly ShownException[]; readonly elsewhere?: string } {
  const cause = span.document["cause"];
  if (typeof cause === "string") return { list: [], elsewhere: cause };
  const all = member(span.document, "cause")["exceptions"];
  if (!Array.isArray(all)) return { list: [] };
  return {
    list: (all as readonly Json[]).map((one, at) => ({
      id: textOf(one["id"]) ?? String(at),
      type: textOf(one["type"]) ?? "",
      message: textOf(one["message"]) ?? "",
      stack: (Array.isArray(one["stack"]) ? (one["stack"] as readonly Json[]) : []).map((frame) => {
        const place = [textOf(frame["path"]), textOf(frame["line"])].filter(Boolean).join(":");
        return [textOf(frame["label"]), place].filter(Boolean).join(" at ");
      }),
    })),
  };
}

export interface LogLink {
  readonly group: string;
  /** What to look for in it: the request's id. */
  readonly pattern: string;
}

/** Log groups that the span names, or that a Lambda function writes to. */
export function logsOf(span: TraceSpan): readonly LogLink[] {
  const aws = member(span.document, "aws");
  const id = textOf(aws["request_id"]) ?? "";
  const pattern = id === "" ? "" : `"${id}"`;
  const named = Array.isArray(aws["cloudwatch_logs"]) ? (aws["cloudwatch_logs"] as readonly Json[]) : [];
  const groups = named.flatMap((one) => textOf(one["log_group"]) ?? []);
  const origin = textOf(span.document["origin"]) ?? "";
  if (groups.length === 0 && origin.startsWith("AWS::Lambda")) groups.push(`/aws/lambda/${span.name}`);
  return [...new Set(groups)].map((group) => ({ group, pattern }));
}
