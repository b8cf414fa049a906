/** Takes the spans out of a segment document that was found right, into the columns of a table. */
import { NOTE, SPAN } from "../../store/traces/columns.ts";
import type { SpanDraft, TraceTable } from "../../store/traces/table.ts";
import { hexWord } from "../../store/traces/trace-ids.ts";
import type { RawSpan } from "./segment-rules.ts";

const KEY = /^[A-Za-z0-9_.]{1,500}$/;
const LONGEST_VALUE = 1000;

type Json = Readonly<Record<string, unknown>>;

const draft: SpanDraft = {
  idHigh: 0,
  idLow: 0,
  parentHigh: 0,
  parentLow: 0,
  start: 0,
  end: 0,
  name: 0,
  node: 0,
  flags: 0,
  status: 0,
  detail: 0,
};

const objectOf = (value: unknown): Json | undefined =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : undefined;

/** Adds the document's span and those in it. @param trace row of its trace */
export function addSpans(table: TraceTable, raw: RawSpan, trace: number, document: number): void {
  const isSegment = raw.type !== "subsegment";
  const parent = typeof raw.parent_id === "string" ? raw.parent_id : undefined;
  addSpan(table, raw, trace, document, SPAN.document | (isSegment ? SPAN.segment : 0), parent);
}

function addSpan(table: TraceTable, raw: RawSpan, trace: number, document: number, kind: number, parent: string | undefined): void {
  const name = table.strings.of(raw.name);
  const http = objectOf(raw.http);
  const aws = objectOf(raw.aws);
  const status = (http === undefined ? undefined : objectOf(http.response)?.status) as number | undefined | null;
  let flags = kind;
  if (parent !== undefined) flags |= SPAN.hasParent;
  if (raw.in_progress === true) flags |= SPAN.inProgress;
  if (raw.fault === true) flags |= SPAN.fault;
  if (raw.error === true) flags |= SPAN.error;
  if (raw.throttle === true || status === 429) flags |= SPAN.throttle;
  if (raw.traced === true || (http !== undefined && objectOf(http.request)?.traced === true)) flags |= SPAN.traced;
  const isSegment = (kind & SPAN.segment) !== 0;
  if (!isSegment && (raw.namespace === "aws" || raw.namespace === "remote")) flags |= SPAN.call;
  draft.idHigh = hexWord(raw.id, 0);
  draft.idLow = hexWord(raw.id, 8);
  draft.parentHigh = parent === undefined ? 0 : hexWord(parent, 0);
  draft.parentLow = parent === undefined ? 0 : hexWord(parent, 8);
  draft.start = Math.round(raw.start_time * 1e6);
  draft.end = typeof raw.end_time === "number" && raw.in_progress !== true ? Math.round(raw.end_time * 1e6) : Number.NaN;
  draft.name = name;
  draft.node = 0;
  if (isSegment) draft.node = segmentNode(table, name, raw.origin);
  else if ((flags & SPAN.call) !== 0) draft.node = inferredNode(table, name, raw.namespace === "aws", tableOf(table, aws));
  draft.flags = flags;
  draft.status = typeof status === "number" && status > 0 && status < 65_536 ? status : 0;
  draft.detail = addDetail(table, raw, http, aws);
  if (raw.annotations !== undefined && raw.annotations !== null) addNotes(table, raw.annotations as Json);
  if (raw.cause !== undefined) addExceptions(table, objectOf(raw.cause)?.exceptions);
  table.addSpan(draft, trace, document);
  if (raw.subsegments === undefined || raw.subsegments === null) return;
  for (const inner of raw.subsegments) addSpan(table, inner, trace, document, 0, raw.id);
}

const tableOf = ({ strings }: TraceTable, aws: Json | undefined): number =>
  typeof aws?.table_name === "string" && aws.table_name !== "" ? strings.of(aws.table_name) : 0;

const segmentNode = (table: TraceTable, name: number, origin: unknown): number =>
  table.nodes.of(name, typeof origin === "string" && origin !== "" ? table.strings.of(origin) : 0);

/** Nodes of AWS services by the name of the call, so that the type is not put together each time. */
const awsNodes = new WeakMap<TraceTable, Map<number, number>>();

/**
 * What stands in the graph for a service that sends no segments (facts xray §7). Texts by number.
 * @param dynamoTable table that a call of DynamoDB names, 0 = none
 */
export function inferredNode(table: TraceTable, name: number, isAws: boolean, dynamoTable: number): number {
  const { strings, nodes } = table;
  if (!isAws) return nodes.of(name, strings.of("remote"));
  if (dynamoTable !== 0 && strings.texts[name] === "DynamoDB") return nodes.of(dynamoTable, strings.of("AWS::DynamoDB::Table"));
  let known = awsNodes.get(table);
  if (known === undefined) {
    known = new Map();
    awsNodes.set(table, known);
  }
  let node = known.get(name);
  if (node === undefined) {
    node = nodes.of(name, strings.of(`AWS::${strings.texts[name]}`));
    known.set(name, node);
  }
  return node;
}

function addDetail(table: TraceTable, raw: RawSpan, http: Json | undefined, aws: Json | undefined): number {
  if (http === undefined && aws === undefined && raw.user === undefined && raw.resource_arn === undefined) return 0;
  const { strings } = table;
  const text = (value: unknown): number => (typeof value === "string" && value !== "" ? strings.of(value) : 0);
  const request = http === undefined ? undefined : objectOf(http.request);
  const ec2 = aws === undefined ? undefined : objectOf(aws.ec2);
  const url = text(request?.url);
  const method = text(request?.method);
  const agent = text(request?.user_agent);
  const client = text(request?.client_ip);
  const user = text(raw.user);
  const zone = text(ec2?.availability_zone ?? (aws === undefined ? undefined : objectOf(aws.ecs)?.availability_zone));
  const instance = text(ec2?.instance_id);
  const arn = text(raw.resource_arn ?? aws?.function_arn);
  const account = text(aws?.account_id);
  if ((url | method | agent | client | user | zone | instance | arn | account) === 0) return 0;
  const row = table.addDetail();
  const { details } = table;
  details.url[row] = url;
  details.method[row] = method;
  details.agent[row] = agent;
  details.client[row] = client;
  details.user[row] = user;
  details.zone[row] = zone;
  details.instance[row] = instance;
  details.arn[row] = arn;
  details.account[row] = account;
  return row;
}

/** Values and keys that no index takes are left out; the document keeps them. */
function addNotes(table: TraceTable, annotations: Json): void {
  for (const key of Object.keys(annotations)) {
    const value = annotations[key];
    if (!KEY.test(key)) continue;
    if (typeof value === "number" && Number.isFinite(value)) table.addNote(table.strings.of(key), NOTE.number, value);
    else if (typeof value === "boolean") table.addNote(table.strings.of(key), NOTE.flag, value ? 1 : 0);
    else if (typeof value === "string" && value.length <= LONGEST_VALUE)
      table.addNote(table.strings.of(key), NOTE.text, table.strings.of(value));
  }
}

function addExceptions(table: TraceTable, exceptions: unknown): void {
  if (!Array.isArray(exceptions)) return;
  const text = (value: unknown): number => (typeof value === "string" ? table.strings.of(value) : 0);
  for (const exception of exceptions as readonly Json[]) table.addException(text(exception.type), text(exception.message));
}
