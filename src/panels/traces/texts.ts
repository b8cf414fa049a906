/** Durations, states and kinds of services as words. */
import type { GlyphName } from "../../ui/Glyph.tsx";
import type { NodeState, TraceSpan, TraceSummary } from "./answers.ts";
import { TRACES as T } from "./strings.ts";

/** 850 µs, 9 ms, 1.74 s, 2 min 4 s. @param micros microseconds */
export function microText(micros: number): string {
  if (micros < 1000) return `${Math.round(micros)} µs`;
  if (micros < 999_500) return `${Number((micros / 1000).toPrecision(3))} ms`;
  const seconds = micros / 1e6;
  if (seconds < 120) return `${Number(seconds.toPrecision(3))} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

export const secondsText = (seconds: number): string => microText(seconds * 1e6);

/** The worst that is said of it. */
export function stateOf(one: { readonly fault: boolean; readonly throttle: boolean; readonly error: boolean }): NodeState {
  return one.fault ? "fault" : one.throttle ? "throttle" : one.error ? "error" : "ok";
}

export const summaryState = ({ HasFault, HasThrottle, HasError }: TraceSummary): NodeState =>
  stateOf({ fault: HasFault === true, throttle: HasThrottle === true, error: HasError === true });

interface StateLook {
  readonly word: string;
  readonly glyph: GlyphName;
  readonly css: string;
  readonly tone: "alarm" | "insuf" | "warn" | "ok" | "info";
}

export const STATES: Readonly<Record<NodeState, StateLook>> = {
  fault: { word: T.fault, glyph: "cross", css: "c-alarm", tone: "alarm" },
  throttle: { word: T.throttle, glyph: "ring", css: "c-insuf", tone: "insuf" },
  error: { word: T.error, glyph: "warnt", css: "c-warn", tone: "warn" },
  ok: { word: T.ok, glyph: "check", css: "c-ok", tone: "ok" },
  none: { word: T.noAnswer, glyph: "minus", css: "muted", tone: "info" },
};

/** Nothing is flagged; a status that says otherwise is not called ok: X-Ray takes the flags as they were sent. */
export const lookOf = (state: NodeState, status: number | undefined): StateLook =>
  state === "ok" && status !== undefined && status >= 400 ? { word: T.notFlagged, glyph: "minus", css: "t2", tone: "info" } : STATES[state];

/** AWS::Lambda::Function as `Lambda Function`. */
export const typeText = (type: string | undefined): string => (type ?? "").replace(/^AWS::/, "").replaceAll("::", " ");

export function typeGlyph(type: string | undefined, isClient = false): GlyphName {
  if (isClient) return "people";
  const known: readonly (readonly [RegExp, GlyphName])[] = [
    [/Lambda/, "fn"],
    [/ApiGateway|ELB|ElasticLoad/, "gateway"],
    [/DynamoDB|RDS|Database/, "table"],
    [/SQS/, "queue"],
    [/SNS/, "topic"],
    [/S3/, "store"],
    [/Events/, "bus"],
    [/^remote$/, "globe"],
  ];
  return known.find(([pattern]) => pattern.test(type ?? ""))?.[1] ?? "deploy";
}

/** POST /checkout, or the name of where the trace begins. */
export function requestText({ Http, EntryPoint }: TraceSummary): string {
  const path = pathOf(Http?.HttpURL);
  const said = [Http?.HttpMethod, path].filter((part) => part !== undefined && part !== "").join(" ");
  return said === "" ? (EntryPoint?.Name ?? T.noRoot) : said;
}

/** The path of a URL; what is no URL stays as it is. */
export function pathOf(url: string | undefined): string | undefined {
  if (url === undefined) return undefined;
  try {
    return new URL(url).pathname;
  } catch {
    return url; // a segment may say anything here
  }
}

export function hostOf(url: string | undefined): string | undefined {
  try {
    return url === undefined ? undefined : new URL(url).host;
  } catch {
    return undefined; // no host is known then
  }
}

/** What a span does, beside its name. */
export function spanDetail(span: TraceSpan): string {
  const aws = member(span.document, "aws");
  const operation = aws["operation"];
  if (typeof operation === "string") return operation;
  if (span.kind === "segment") return typeText(span.service?.type) || T.segment;
  const request = member(member(span.document, "http"), "request");
  const path = typeof request["url"] === "string" ? (pathOf(request["url"]) ?? "") : "";
  const method = typeof request["method"] === "string" ? request["method"] : "";
  if (span.kind === "call") return [typeText(span.service?.type) || T.call, method, path].filter((part) => part !== "").join(" ");
  return T.subsegment;
}

export type Json = Readonly<Record<string, unknown>>;

/** A member that is an object; an empty one where it is none. */
export function member(json: Json, name: string): Json {
  const value = json[name];
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {};
}
