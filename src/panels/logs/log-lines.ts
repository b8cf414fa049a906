/** Rows of the log table. A message is decoded when it is first looked at, so scrolling decodes only what is shown. */
import type { PageAnswer } from "./answers.ts";

export interface LogLine {
  /** Epoch ms. */
  readonly timestamp: number;
  readonly ingestion: number;
  readonly stream: string;
  readonly bytes: Uint8Array;
  readonly text: () => string;
}

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

/** The rows of an answer; a row that equals the one known under its number stays the same object, so that it is not drawn again. */
export function linesOf(answer: PageAnswer, known?: (row: number) => LogLine | undefined): readonly LogLine[] {
  const { timestamps, ingestion, streams, offsets, bytes } = answer.rows;
  return streams.map((stream, at) => {
    const slice = bytes.subarray(offsets[at], offsets[at + 1]);
    const timestamp = timestamps[at] as number;
    const before = known?.(answer.firstRow + at);
    if (before !== undefined && before.timestamp === timestamp && before.stream === stream && sameBytes(before.bytes, slice)) return before;
    let text: string | undefined;
    return {
      timestamp,
      ingestion: ingestion[at] as number,
      stream,
      bytes: slice,
      text: () => {
        text ??= utf8.decode(slice);
        return text;
      },
    };
  });
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
}

const KEPT = 4000;

/** Remembers the rows last seen, by number. */
export function createKnownLines(): {
  readonly get: (row: number) => LogLine | undefined;
  readonly put: (first: number, lines: readonly LogLine[]) => void;
} {
  const known = new Map<number, LogLine>();
  return {
    get: (row) => known.get(row),
    put(first, lines) {
      lines.forEach((line, at) => {
        known.delete(first + at);
        known.set(first + at, line);
      });
      for (const row of known.keys()) {
        if (known.size <= KEPT) break;
        known.delete(row);
      }
    },
  };
}
