/** Reading through a merged order: rows as columns, and the positions of the lines that a matcher finds. */
import { chain } from "../chain.ts";
import type { MaybePromise } from "../contract.ts";
import type { LogRows, LogView } from "./contract.ts";
import { lowerBound, type Order } from "./order.ts";
import type { Piece, PieceReader } from "./piece.ts";
import { type SearchParts, searchOrder } from "./search.ts";

export function createView(parts: SearchParts): LogView {
  const { order, pieces, reader } = parts;
  return {
    count: order.count,
    timestampAt: (position) => order.buffers.timestamps[position] ?? Number.NaN,
    lowerBound: (timestamp) => lowerBound(order.buffers.timestamps, order.count, timestamp),
    range: (from, to) => {
      const start = Math.max(0, Math.min(from, order.count));
      const end = Math.max(start, Math.min(to, order.count));
      return rowsAt(
        Uint32Array.from({ length: end - start }, (_, i) => start + i),
        order,
        pieces,
        reader,
      );
    },
    rows: (positions) => rowsAt(positions, order, pieces, reader),
    search: (key, matcher, wanted) => searchOrder(parts, key, matcher, wanted),
  };
}

function rowsAt(positions: ArrayLike<number>, order: Order, pieces: readonly Piece[], reader: PieceReader): MaybePromise<LogRows> {
  const needed = new Map<number, number>();
  for (let i = 0; i < positions.length; i++) {
    const index = order.buffers.piece[positions[i]!]!;
    if (!needed.has(index)) needed.set(index, needed.size);
  }
  const indexes = [...needed.keys()];
  return chain(reader.all(indexes.map((index) => pieces[index]!)), (loaded) => {
    const streams = [...new Set(indexes.map((index) => pieces[index]!.stream))];
    const n = positions.length;
    const timestamps = new Float64Array(n);
    const ingestion = new Float64Array(n);
    const sequences = new Float64Array(n);
    const streamIndex = new Uint32Array(n);
    const offsets = new Uint32Array(n + 1);
    for (let i = 0; i < n; i++) {
      const position = positions[i]!;
      const index = order.buffers.piece[position]!;
      const row = order.buffers.row[position]!;
      const columns = loaded[needed.get(index)!]!;
      timestamps[i] = columns.timestamps[row]!;
      ingestion[i] = columns.ingestion[row]!;
      sequences[i] = columns.sequences[row]!;
      streamIndex[i] = streams.indexOf(pieces[index]!.stream);
      offsets[i + 1] = offsets[i]! + columns.offsets[row + 1]! - columns.offsets[row]!;
    }
    const bytes = new Uint8Array(offsets[n]!);
    for (let i = 0; i < n; i++) {
      const position = positions[i]!;
      const row = order.buffers.row[position]!;
      const columns = loaded[needed.get(order.buffers.piece[position]!)!]!;
      bytes.set(columns.bytes.subarray(columns.offsets[row]!, columns.offsets[row + 1]!), offsets[i]!);
    }
    return { timestamps, ingestion, sequences, streams, streamIndex, offsets, bytes };
  });
}
