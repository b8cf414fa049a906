/**
 * Takes the spans out of a segment document into the columns of a table, while it checks it: one walk over the tape of its
 * JSON. A document that has anything to object to is not taken; `refusalOf` says what it is, or that there is nothing after
 * all (a member twice, a name in escapes): such a one is written anew, plainly, and read again.
 */
import { ENTRY, JSON_KIND, JsonNames, numberAt, textAt } from "../../language/json/tape.ts";
import { NOTE, SPAN } from "../../store/traces/columns.ts";
import type { SpanDraft, TraceTable } from "../../store/traces/table.ts";
import { hexWordAt } from "../../store/traces/trace-ids.ts";
import {
  awsMembers,
  causeMembers,
  exceptionMembers,
  hostMembers,
  httpMembers,
  requestMembers,
  responseMembers,
  spanMembers,
} from "./segment-members.ts";
import { isIdAt, isName, isPlainName, NAME_LENGTH, TRACE_AGE_SECONDS } from "./segment-rules.ts";

const LONGEST_KEY = 500;
const LONGEST_VALUE = 1000;
/** Annotations of a span that are compared with each other; those of a span with more are sorted out by JSON.parse. */
const MOST_COMPARED = 64;

const WORDS = new JsonNames(["subsegment", "aws", "remote"]);
const WORD = { other: 0, subsegment: 1, aws: 2, remote: 3 } as const;

/** Bytes of a key that is indexed: letters, digits, `_` and `.`. */
const KEY = Uint8Array.from({ length: 256 }, (_, byte) => (/[A-Za-z0-9_.]/.test(String.fromCharCode(byte)) ? 1 : 0));
const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 48 && byte <= 57;

const members = spanMembers();
const httpParts = httpMembers();
const request = requestMembers();
const response = responseMembers();
const awsParts = awsMembers();
const host = hostMembers();
const causeParts = causeMembers();
const exception = exceptionMembers();

const M = {
  id: members.number("id"),
  name: members.number("name"),
  trace: members.number("trace_id"),
  parent: members.number("parent_id"),
  start: members.number("start_time"),
  end: members.number("end_time"),
  inProgress: members.number("in_progress"),
  type: members.number("type"),
  namespace: members.number("namespace"),
  user: members.number("user"),
  origin: members.number("origin"),
  arn: members.number("resource_arn"),
  error: members.number("error"),
  fault: members.number("fault"),
  throttle: members.number("throttle"),
  traced: members.number("traced"),
  http: members.number("http"),
  aws: members.number("aws"),
  annotations: members.number("annotations"),
  subsegments: members.number("subsegments"),
  cause: members.number("cause"),
};
const HTTP = { request: httpParts.number("request"), response: httpParts.number("response") };
const REQUEST = {
  method: request.number("method"),
  url: request.number("url"),
  agent: request.number("user_agent"),
  client: request.number("client_ip"),
  traced: request.number("traced"),
};
const STATUS = response.number("status");
const AWS = {
  ec2: awsParts.number("ec2"),
  ecs: awsParts.number("ecs"),
  table: awsParts.number("table_name"),
  arn: awsParts.number("function_arn"),
  account: awsParts.number("account_id"),
};
const HOST = { zone: host.number("availability_zone"), instance: host.number("instance_id") };
const EXCEPTIONS = causeParts.number("exceptions");
const EXCEPTION = { id: exception.number("id"), type: exception.number("type"), message: exception.number("message") };

export interface MutableWords {
  word0: number;
  word1: number;
  word2: number;
  word3: number;
}

/** Reads documents into one table. */
export class SegmentReader {
  private bytes: Uint8Array = new Uint8Array(0);
  private tape: Int32Array = new Int32Array(0);
  private isPlain = false;
  private readonly words: MutableWords = { word0: 0, word1: 0, word2: 0, word3: 0 };
  private readonly draft: SpanDraft = {
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
  /** Nodes of AWS services by the name of the call, so that the type is not put together each time. */
  private readonly awsNodes: number[] = [];
  private readonly remote: number;
  private readonly keys: number[] = [];
  /** Of the span that is read: texts by number, 0 = none. */
  private url = 0;
  private method = 0;
  private agent = 0;
  private client = 0;
  private zone = 0;
  private instance = 0;
  private arn = 0;
  private account = 0;
  private dynamoTable = 0;
  private status = 0;
  private isTraced = false;

  constructor(private readonly table: TraceTable) {
    this.remote = table.strings.of("remote");
  }

  /**
   * Adds the spans of a document to the table, not linked yet; answers the words of its trace id, good until the next
   * document. Undefined where there is something about it; the table then holds a part of it that is to be unlinked.
   * @param isPlain written by JSON.stringify: nothing stands twice, and what can be is without escapes
   * @param now epoch seconds
   */
  read(bytes: Uint8Array, tape: Int32Array, isPlain: boolean, now: number): Readonly<MutableWords> | undefined {
    this.bytes = bytes;
    this.tape = tape;
    this.isPlain = isPlain;
    if (tape[0] !== JSON_KIND.object || !members.find(bytes, tape, 0, isPlain)) return undefined;
    if (!this.traceId(members.at[M.trace] as number) || this.words.word0 < now - TRACE_AGE_SECONDS) return undefined;
    const type = this.word(members.at[M.type] as number);
    const parent = members.at[M.parent] as number;
    if (type < 0 || (type === WORD.subsegment && parent === 0)) return undefined;
    let kind: number = type === WORD.subsegment ? SPAN.document : SPAN.document | SPAN.segment;
    let [high, low] = [0, 0];
    if (parent !== 0) {
      const at = tape[parent + 1] as number;
      if (!isIdAt(bytes, at, tape[parent + 2] as number)) return undefined;
      kind |= SPAN.hasParent;
      high = hexWordAt(bytes, at);
      low = hexWordAt(bytes, at + 8);
    }
    return this.span(kind, high, low) ? this.words : undefined;
  }

  /** `1-58406520-a006649127e371903a2de979` */
  private traceId(entry: number): boolean {
    const { bytes, tape, words } = this;
    if (entry === 0 || tape[entry] !== JSON_KIND.text) return false;
    const at = tape[entry + 1] as number;
    if ((tape[entry + 2] as number) - at !== 35 || bytes[at] !== 49 || bytes[at + 1] !== 45 || bytes[at + 10] !== 45) return false;
    words.word0 = hexWordAt(bytes, at + 2);
    words.word1 = hexWordAt(bytes, at + 11);
    words.word2 = hexWordAt(bytes, at + 19);
    words.word3 = hexWordAt(bytes, at + 27);
    return words.word0 >= 0 && words.word1 >= 0 && words.word2 >= 0 && words.word3 >= 0;
  }

  /** The span whose members were found, and those in it. @param flags kind and whether there is a parent */
  private span(flags: number, parentHigh: number, parentLow: number): boolean {
    const { bytes, tape, table, draft } = this;
    const { at } = members;
    const id = at[M.id] as number;
    const start = at[M.start] as number;
    const end = at[M.end] as number;
    if (id === 0 || start === 0) return false;
    const idAt = tape[id + 1] as number;
    const idHigh = hexWordAt(bytes, idAt);
    const idLow = hexWordAt(bytes, idAt + 8);
    if ((tape[id + 2] as number) - idAt !== 16 || idHigh < 0 || idLow < 0) return false;
    const isInProgress = this.isTrue(at[M.inProgress] as number);
    if (end === 0 && !isInProgress) return false;
    const parent = at[M.parent] as number;
    if (parent !== 0 && !isIdAt(bytes, tape[parent + 1] as number, tape[parent + 2] as number)) return false;
    const name = this.name(at[M.name] as number);
    const startTime = this.number(start);
    const endTime = end === 0 ? 0 : this.number(end);
    if (name === 0 || !Number.isFinite(startTime) || !Number.isFinite(endTime)) return false;
    const namespace = this.word(at[M.namespace] as number);
    // Whatever else it says, what it says of its kind must be readable.
    if (namespace < 0 || this.word(at[M.type] as number) < 0) return false;
    const isSegment = (flags & SPAN.segment) !== 0;
    const isCall = !isSegment && (namespace === WORD.aws || namespace === WORD.remote);
    if (!this.http(at[M.http] as number) || !this.aws(at[M.aws] as number)) return false;
    const { status } = this;
    draft.flags =
      flags |
      (isInProgress ? SPAN.inProgress : 0) |
      (this.isTrue(at[M.fault] as number) ? SPAN.fault : 0) |
      (this.isTrue(at[M.error] as number) ? SPAN.error : 0) |
      (status === 429 || this.isTrue(at[M.throttle] as number) ? SPAN.throttle : 0) |
      (this.isTraced || this.isTrue(at[M.traced] as number) ? SPAN.traced : 0) |
      (isCall ? SPAN.call : 0);
    draft.idHigh = idHigh;
    draft.idLow = idLow;
    draft.parentHigh = parentHigh;
    draft.parentLow = parentLow;
    draft.start = Math.round(startTime * 1e6);
    draft.end = end === 0 || isInProgress ? Number.NaN : Math.round(endTime * 1e6);
    draft.name = name;
    draft.node = isSegment
      ? table.nodes.of(name, this.text(at[M.origin] as number))
      : isCall
        ? this.inferredNode(name, namespace === WORD.aws)
        : 0;
    draft.status = status > 0 && status < 65_536 ? status : 0;
    draft.detail = this.detail(this.text(at[M.user] as number), at[M.arn] as number);
    const subsegments = at[M.subsegments] as number;
    if (!this.notes(at[M.annotations] as number) || !this.exceptions(at[M.cause] as number)) return false;
    table.addSpan(draft);
    if (subsegments === 0) return true;
    const last = tape[subsegments + 3] as number;
    for (let inner = subsegments + ENTRY; inner < last; inner = tape[inner + 3] as number) {
      if (tape[inner] !== JSON_KIND.object || !members.find(bytes, tape, inner, this.isPlain)) return false;
      if (!this.span(SPAN.hasParent, idHigh, idLow)) return false;
    }
    return true;
  }

  /** What stands in the graph for a service that sends no segments (facts xray §7). */
  private inferredNode(name: number, isAws: boolean): number {
    const { strings, nodes } = this.table;
    if (!isAws) return nodes.of(name, this.remote);
    if (this.dynamoTable !== 0 && strings.texts[name] === "DynamoDB") return nodes.of(this.dynamoTable, strings.of("AWS::DynamoDB::Table"));
    let node = this.awsNodes[name];
    if (node === undefined) {
      node = nodes.of(name, strings.of(`AWS::${strings.texts[name]}`));
      this.awsNodes[name] = node;
    }
    return node;
  }

  private http(entry: number): boolean {
    this.url = this.method = this.agent = this.client = this.status = 0;
    this.isTraced = false;
    if (entry === 0) return true;
    const { bytes, tape, isPlain } = this;
    if (!httpParts.find(bytes, tape, entry, isPlain)) return false;
    const [asked, answered] = [httpParts.at[HTTP.request] as number, httpParts.at[HTTP.response] as number];
    if (asked !== 0) {
      if (!request.find(bytes, tape, asked, isPlain)) return false;
      const { at } = request;
      this.url = this.text(at[REQUEST.url] as number);
      this.method = this.text(at[REQUEST.method] as number);
      this.agent = this.text(at[REQUEST.agent] as number);
      this.client = this.text(at[REQUEST.client] as number);
      this.isTraced = this.isTrue(at[REQUEST.traced] as number);
    }
    if (answered === 0) return true;
    if (!response.find(bytes, tape, answered, isPlain)) return false;
    const status = response.at[STATUS] as number;
    if (status !== 0) this.status = this.number(status);
    return Number.isInteger(this.status);
  }

  /** Nothing in it can be wrong. */
  private aws(entry: number): boolean {
    this.zone = this.instance = this.arn = this.account = this.dynamoTable = 0;
    if (entry === 0) return true;
    const { bytes, tape, isPlain } = this;
    if (!awsParts.find(bytes, tape, entry, isPlain)) return false;
    const { at } = awsParts;
    this.arn = this.text(at[AWS.arn] as number);
    this.account = this.text(at[AWS.account] as number);
    this.dynamoTable = this.text(at[AWS.table] as number);
    let zone = 0;
    const ec2 = at[AWS.ec2] as number;
    if (ec2 !== 0 && tape[ec2] === JSON_KIND.object) {
      if (!host.find(bytes, tape, ec2, isPlain)) return false;
      zone = host.at[HOST.zone] as number;
      this.instance = this.text(host.at[HOST.instance] as number);
    }
    const ecs = at[AWS.ecs] as number;
    if (zone === 0 && ecs !== 0 && tape[ecs] === JSON_KIND.object) {
      if (!host.find(bytes, tape, ecs, isPlain)) return false;
      zone = host.at[HOST.zone] as number;
    }
    this.zone = this.text(zone);
    return true;
  }

  private detail(user: number, arn: number): number {
    const { url, method, agent, client, zone, instance, account } = this;
    const resource = arn === 0 ? this.arn : this.text(arn);
    if ((url | method | agent | client | user | zone | instance | resource | account) === 0) return 0;
    const row = this.table.addDetail();
    const { details } = this.table;
    details.url[row] = url;
    details.method[row] = method;
    details.agent[row] = agent;
    details.client[row] = client;
    details.user[row] = user;
    details.zone[row] = zone;
    details.instance[row] = instance;
    details.arn[row] = resource;
    details.account[row] = account;
    return row;
  }

  /** Values and keys that no index takes are left out; the document keeps them. */
  private notes(entry: number): boolean {
    if (entry === 0) return true;
    const { bytes, tape, table, keys, isPlain } = this;
    keys.length = 0;
    const end = tape[entry + 3] as number;
    for (let at = entry + ENTRY; at < end; ) {
      const value = at + ENTRY;
      const kind = tape[value] as number;
      const from = tape[at + 1] as number;
      const to = tape[at + 2] as number;
      // Which of two counts and in which order numbers stand is JSON.parse's business.
      if (!isPlain && (tape[at] !== JSON_KIND.text || isDigit(bytes[from]) || keys.length > MOST_COMPARED)) return false;
      if (tape[at] === JSON_KIND.text && this.isKey(from, to)) {
        const key = table.strings.ofBytes(bytes, from, to, tape[at + 3] as number);
        if (!isPlain && keys.includes(key)) return false;
        keys.push(key);
        this.note(key, value, kind);
      }
      at = kind >= JSON_KIND.object ? (tape[value + 3] as number) : value + ENTRY;
    }
    return true;
  }

  private isKey(from: number, to: number): boolean {
    if (to === from || to - from > LONGEST_KEY) return false;
    for (let at = from; at < to; at++) if (KEY[this.bytes[at] as number] === 0) return false;
    return true;
  }

  private note(key: number, value: number, kind: number): void {
    const { bytes, tape, table } = this;
    if (kind === JSON_KIND.number) {
      const number = this.number(value);
      if (Number.isFinite(number)) table.addNote(key, NOTE.number, number);
    } else if (kind === JSON_KIND.true || kind === JSON_KIND.false) table.addNote(key, NOTE.flag, kind === JSON_KIND.true ? 1 : 0);
    else if (kind === JSON_KIND.text) {
      const [from, to] = [tape[value + 1] as number, tape[value + 2] as number];
      if (to - from <= LONGEST_VALUE) table.addNote(key, NOTE.text, table.strings.ofBytes(bytes, from, to, tape[value + 3] as number));
    } else if (kind === JSON_KIND.escaped) {
      const text = this.decoded(value);
      if (text.length <= LONGEST_VALUE) table.addNote(key, NOTE.text, table.strings.of(text));
    }
  }

  private exceptions(entry: number): boolean {
    if (entry === 0) return true;
    const { bytes, tape, table, isPlain } = this;
    if (tape[entry] !== JSON_KIND.object) return this.decoded(entry).length === 16;
    if (!causeParts.find(bytes, tape, entry, isPlain)) return false;
    const list = causeParts.at[EXCEPTIONS] as number;
    if (list === 0) return true;
    const end = tape[list + 3] as number;
    for (let each = list + ENTRY; each < end; each = tape[each + 3] as number) {
      if (tape[each] !== JSON_KIND.object || !exception.find(bytes, tape, each, isPlain)) return false;
      const { at } = exception;
      const id = at[EXCEPTION.id] as number;
      if (id === 0 || !isIdAt(bytes, tape[id + 1] as number, tape[id + 2] as number)) return false;
      table.addException(this.anyText(at[EXCEPTION.type] as number), this.anyText(at[EXCEPTION.message] as number));
    }
    return true;
  }

  /** Number of a name that may be one, else 0. */
  private name(entry: number): number {
    if (entry === 0) return 0;
    const { bytes, tape, table } = this;
    if (tape[entry] === JSON_KIND.text) {
      const from = tape[entry + 1] as number;
      const to = tape[entry + 2] as number;
      const fits = to > from && to - from <= NAME_LENGTH && isPlainName(bytes, from, to);
      return fits ? table.strings.ofBytes(bytes, from, to, tape[entry + 3] as number) : 0;
    }
    const name = this.decoded(entry);
    return isName(name) ? table.strings.of(name) : 0;
  }

  /** Number of a text; 0 for one that is empty, for anything else and for nothing. */
  private text(entry: number): number {
    return entry === 0 || this.tape[entry + 1] === this.tape[entry + 2] ? 0 : this.anyText(entry);
  }

  /** The same, but an empty text is one. */
  private anyText(entry: number): number {
    const { bytes, tape, table } = this;
    if (entry === 0) return 0;
    if (tape[entry] === JSON_KIND.text)
      return table.strings.ofBytes(bytes, tape[entry + 1] as number, tape[entry + 2] as number, tape[entry + 3] as number);
    return tape[entry] === JSON_KIND.escaped ? table.strings.of(this.decoded(entry)) : 0;
  }

  /** One of WORD; -1 where escapes could stand for one. */
  private word(entry: number): number {
    if (entry === 0) return WORD.other;
    const { bytes, tape, isPlain } = this;
    if (tape[entry] !== JSON_KIND.text) return isPlain ? WORD.other : -1;
    return WORDS.find(bytes, tape[entry + 1] as number, tape[entry + 2] as number, tape[entry + 3] as number);
  }

  private decoded(entry: number): string {
    return textAt(this.bytes, this.tape[entry + 1] as number, this.tape[entry + 2] as number);
  }

  private number(entry: number): number {
    return numberAt(this.bytes, this.tape[entry + 1] as number, this.tape[entry + 2] as number);
  }

  private isTrue(entry: number): boolean {
    return entry !== 0 && this.tape[entry] === JSON_KIND.true;
  }
}
