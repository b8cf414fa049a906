/** X-Ray PutTraceSegments: each document is judged alone, the refused ones are listed. */
import type { Operations } from "../../model/generated/xray.ts";
import { traceWords } from "../../store/traces/trace-ids.ts";
import type { Context } from "../contract.ts";
import { invalidRequest } from "./failures.ts";
import { DOCUMENT_BYTES, type RawSpan, type Refusal, refusalOf } from "./segment-rules.ts";
import { addSpans } from "./segment-spans.ts";
import { RETENTION_MS, tracesKey } from "./traces.ts";

type Output = Operations["PutTraceSegments"]["output"];

export function putTraceSegments(ctx: Context, input: Operations["PutTraceSegments"]["input"]): Output {
  const texts = input.TraceSegmentDocuments;
  if (texts.length === 0) throw invalidRequest("TraceSegmentDocuments must not be empty.");
  const key = tracesKey(ctx);
  const writer = ctx.traces.writer(key);
  const refused: Refusal[] = [];
  for (const text of texts) {
    const document = judged(text, ctx.now);
    if ("code" in document) {
      refused.push(document);
      continue;
    }
    const { raw } = document;
    const words = traceWords(raw.trace_id as string);
    if (words === undefined) throw new TypeError("a document without a trace id was let through");
    const trace = writer.begin(words, text, ctx.now);
    addSpans(writer.table, raw, trace, writer.document);
  }
  ctx.traces.expire(key, ctx.now - RETENTION_MS);
  if (refused.length > 0) ctx.explain?.(refused);
  return { UnprocessedTraceSegments: refused.map(unprocessed) };
}

/** The document, or what is wrong with it: size, JSON, then its members. */
export function judged(text: string, now: number): Refusal | { readonly raw: RawSpan } {
  if (utf8Length(text) > DOCUMENT_BYTES) return { code: "TooLarge", id: undefined, inSubsegment: false, path: "" };
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return { code: "ParseError", id: undefined, inSubsegment: false, path: "" }; // the answer says so
  }
  return refusalOf(raw, now / 1000) ?? { raw: raw as RawSpan };
}

function unprocessed({ code, id, inSubsegment }: Refusal): NonNullable<Output["UnprocessedTraceSegments"]>[number] {
  const Message = inSubsegment ? `Invalid subsegment. ErrorCode: ${code}, Cause: null` : `Invalid segment. ErrorCode: ${code}`;
  return { ...(id === undefined ? {} : { Id: id }), ErrorCode: code, Message };
}

/** Bytes as UTF-8; counted only where they could be too many. */
function utf8Length(text: string): number {
  if (text.length * 3 <= DOCUMENT_BYTES || text.length > DOCUMENT_BYTES) return text.length;
  let bytes = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x80) bytes++;
    else if (code < 0x800) bytes += 2;
    else if (code >= 0xd800 && code < 0xdc00 && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00) {
      bytes += 4;
      at++;
    } else bytes += 3;
  }
  return bytes;
}
