/** X-Ray PutTraceSegments: each document is judged alone, the refused ones are listed. */
import { JsonTape } from "../../language/json/tape.ts";
import type { Operations } from "../../model/generated/xray.ts";
import type { TraceTable } from "../../store/traces/table.ts";
import type { SegmentWriter } from "../../store/traces/trace-store.ts";
import type { Context } from "../contract.ts";
import { invalidRequest } from "./failures.ts";
import { SegmentReader } from "./segment-reader.ts";
import { type Refusal, refusalOf } from "./segment-rules.ts";
import { RETENTION_MS, tracesKey } from "./traces.ts";

type Output = Operations["PutTraceSegments"]["output"];

export function putTraceSegments(ctx: Context, input: Operations["PutTraceSegments"]["input"]): Output {
  const texts = input.TraceSegmentDocuments;
  if (texts.length === 0) throw invalidRequest("TraceSegmentDocuments must not be empty.");
  const key = tracesKey(ctx);
  const writer = ctx.traces.writer(key);
  const refused: Refusal[] = [];
  for (const text of texts) {
    const refusal = takeDocument(writer, text, ctx.now);
    if (refusal !== undefined) refused.push(refusal);
  }
  ctx.traces.expire(key, ctx.now - RETENTION_MS);
  if (refused.length > 0) ctx.explain?.(refused);
  return { UnprocessedTraceSegments: refused.map(unprocessed) };
}

const tape = new JsonTape();
const readers = new WeakMap<TraceTable, SegmentReader>();
const encoder = new TextEncoder();

function readerOf(table: TraceTable): SegmentReader {
  let reader = readers.get(table);
  if (reader === undefined) {
    reader = new SegmentReader(table);
    readers.set(table, reader);
  }
  return reader;
}

/** Takes a document, or says what is wrong with it: size, JSON, then its members. @param now epoch milliseconds */
export function takeDocument(writer: SegmentWriter, text: string, now: number): Refusal | undefined {
  const written = writer.open(text);
  if (written === undefined) return { code: "TooLarge", id: undefined, inSubsegment: false, path: "" };
  const { bytes, from, to } = written;
  if (tape.read(bytes, from, to)) {
    const words = readerOf(writer.table).read(bytes, tape.entries, false, now / 1000);
    if (words !== undefined) {
      writer.take(words, now);
      return undefined;
    }
    writer.drop();
  }
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return { code: "ParseError", id: undefined, inSubsegment: false, path: "" }; // the answer says so
  }
  const refusal = refusalOf(raw, now / 1000);
  if (refusal === undefined) takePlain(writer, raw, now);
  return refusal;
}

/** A document that is right but not plainly written: what it means is read from it written anew; what is kept is what came. */
function takePlain(writer: SegmentWriter, raw: unknown, now: number): void {
  const plain = encoder.encode(`${JSON.stringify(raw)}\0`);
  const words = tape.read(plain, 0, plain.length - 1) ? readerOf(writer.table).read(plain, tape.entries, true, now / 1000) : undefined;
  if (words === undefined) throw new TypeError("a segment document that nothing is wrong with could not be read");
  writer.take(words, now);
}

function unprocessed({ code, id, inSubsegment }: Refusal): NonNullable<Output["UnprocessedTraceSegments"]>[number] {
  const Message = inSubsegment ? `Invalid subsegment. ErrorCode: ${code}, Cause: null` : `Invalid segment. ErrorCode: ${code}`;
  return { ...(id === undefined ? {} : { Id: id }), ErrorCode: code, Message };
}
