/**
 * The store of log events. Per group a list of pieces (see piece.ts) in the order they were opened; at most one open piece
 * per stream. What readers see is made from it: merged orders and match lists, kept as caches, never part of a snapshot.
 */

import type { Kernels } from "../../kernels/contract.ts";
import { Digest128 } from "../../model/digest.ts";
import { Bug } from "../../model/errors.ts";
import { chain } from "../chain.ts";
import type { ChunkSink, MaybePromise } from "../contract.ts";
import type { LogBatch, LogStore, StreamStats } from "./contract.ts";
import { emptyOrder, extendOrder, type Order } from "./order.ts";
import { appendRows, createPieceReader, isFull, openPiece, type Piece, type PieceReader, seal, tailColumns } from "./piece.ts";
import type { Breathe, FoundCache } from "./search.ts";
import { createView } from "./view.ts";

export type { LineMatcher, LogBatch, LogRows, LogStore, LogView, Matches, StreamStats, Wanted } from "./contract.ts";

export interface LogStoreParts {
  readonly kernels: Kernels;
  readonly chunks: ChunkSink;
  /** Asked in long searches; absent = they go through in one go. */
  readonly breathe?: Breathe | undefined;
}

interface Stream {
  open: Piece | undefined;
  readonly digest: Digest128;
  stats: StreamStats;
}

interface Group {
  pieces: Piece[];
  readonly streams: Map<string, Stream>;
  nextSequence: number;
  version: number;
  /** Orders by choice of streams; dropped when pieces go. */
  readonly orders: Map<string, { readonly order: Order; readonly found: FoundCache }>;
}

interface PieceSnapshot {
  readonly stream: string;
  readonly id: string | undefined;
  readonly count: number;
  readonly messageBytes: number;
  readonly minTime: number;
  readonly maxTime: number;
  readonly tail: ReturnType<typeof tailColumns> | undefined;
}
interface GroupSnapshot {
  readonly key: string;
  readonly nextSequence: number;
  readonly pieces: readonly PieceSnapshot[];
  readonly streams: readonly { readonly name: string; readonly digest: readonly number[]; readonly stats: StreamStats }[];
}

const EMPTY: StreamStats = { events: 0, messageBytes: 0, firstTimestamp: Infinity, lastTimestamp: -Infinity, lastIngestion: -Infinity };
const REMEMBERED_ORDERS = 6;

/** Opens an empty store of log events over a chunk sink. */
export function createLogStore(parts: LogStoreParts): LogStore {
  const { chunks } = parts;
  const groups = new Map<string, Group>();
  const reader: PieceReader = createPieceReader(chunks);
  /** Counts every change of any group, so that a version never comes back, not even after a restore. */
  let changes = 0;

  const touch = (group: Group): void => {
    group.version = ++changes;
  };
  const dropPieces = (group: Group, isDropped: (piece: Piece) => boolean): void => {
    const left = group.pieces.filter((piece) => !isDropped(piece));
    if (left.length === group.pieces.length) return;
    group.pieces = left;
    group.orders.clear();
    touch(group);
  };

  return {
    append(key, name, batch) {
      const added = batch.timestamps.length;
      if (batch.offsets.length !== added + 1 || batch.ingestion.length !== added) throw new Bug("A batch's columns differ in length.");
      if (added === 0) return;
      const group = groups.get(key) ?? newGroup(groups, key);
      const stream = group.streams.get(name) ?? newStream(group, name);
      feedDigest(stream.digest, batch);
      if (stream.open === undefined) {
        stream.open = openPiece(name);
        group.pieces.push(stream.open);
      }
      const piece = stream.open;
      appendRows(piece, piece.tail!, batch, group.nextSequence);
      group.nextSequence += added;
      stream.stats = withBatch(stream.stats, batch);
      if (isFull(piece)) {
        seal(piece, piece.tail!, `${key}\n${name}`, stream.digest.hex(), chunks);
        stream.open = undefined;
      }
      touch(group);
    },

    deleteStream(key, name) {
      const group = groups.get(key);
      if (!group?.streams.delete(name)) return;
      dropPieces(group, (piece) => piece.stream === name);
    },

    deleteGroup(key) {
      if (groups.delete(key)) changes++;
    },

    expire(key, before) {
      const group = groups.get(key);
      if (group) dropPieces(group, (piece) => piece.tail === undefined && piece.maxTime < before);
    },

    version: (key) => groups.get(key)?.version ?? 0,
    stats: (key, name) => groups.get(key)?.streams.get(name)?.stats,
    streams: (key) => [...(groups.get(key)?.streams.keys() ?? [])].sort(),

    stored(key, from) {
      const pieces = groups.get(key)?.pieces ?? [];
      let events = 0;
      let messageBytes = 0;
      const cut: Piece[] = [];
      for (const piece of pieces) {
        if (piece.maxTime < from) continue;
        if (piece.minTime < from) cut.push(piece);
        else {
          events += piece.count;
          messageBytes += piece.messageBytes;
        }
      }
      return chain(reader.all(cut), (loaded) => {
        for (const columns of loaded) {
          for (let row = 0; row < columns.timestamps.length; row++) {
            if (columns.timestamps[row]! < from) continue;
            events++;
            messageBytes += columns.offsets[row + 1]! - columns.offsets[row]!;
          }
        }
        return { events, messageBytes };
      });
    },

    view(key, names) {
      const group = groups.get(key);
      if (group === undefined) return createView({ order: emptyOrder(), pieces: [], reader, cache: new Map(), breathe: undefined });
      return chain(orderOf(group, names, reader, parts.breathe), ({ order, found, pieces }) =>
        createView({ order, pieces, reader, cache: found, breathe: parts.breathe }),
      );
    },

    snapshot: () => ({ groups: [...groups].map(([key, group]) => groupSnapshot(key, group)) }),

    restore(snapshot) {
      groups.clear();
      const { groups: saved } = snapshot as { readonly groups: readonly GroupSnapshot[] }; // what snapshot() gave
      for (const entry of saved) touch(restoredGroup(groups, entry));
    },

    *chunkIds() {
      for (const group of groups.values()) for (const piece of group.pieces) if (piece.id !== undefined) yield piece.id;
    },

    *digests() {
      for (const [key, group] of groups) {
        for (const [name, stream] of group.streams) yield [`${key}\n${name}`, stream.digest.hex()] as const;
      }
    },
  };
}

function newGroup(groups: Map<string, Group>, key: string): Group {
  const group: Group = { pieces: [], streams: new Map(), nextSequence: 0, version: 0, orders: new Map() };
  groups.set(key, group);
  return group;
}

function newStream(group: Group, name: string): Stream {
  const stream: Stream = { open: undefined, digest: new Digest128(), stats: EMPTY };
  group.streams.set(name, stream);
  return stream;
}

/** Lengths go in beside the bytes, so that ("ab","c") and ("a","bc") differ. */
function feedDigest(digest: Digest128, batch: LogBatch): void {
  const n = batch.timestamps.length;
  const lengths = new Uint32Array(n);
  for (let i = 0; i < n; i++) lengths[i] = batch.offsets[i + 1]! - batch.offsets[i]!;
  digest.f64(batch.timestamps).f64(batch.ingestion).bytes(new Uint8Array(lengths.buffer));
  digest.bytes(batch.bytes.subarray(batch.offsets[0]!, batch.offsets[n]!));
}

function withBatch(stats: StreamStats, batch: LogBatch): StreamStats {
  let { firstTimestamp, lastTimestamp, lastIngestion } = stats;
  for (let i = 0; i < batch.timestamps.length; i++) {
    firstTimestamp = Math.min(firstTimestamp, batch.timestamps[i]!);
    lastTimestamp = Math.max(lastTimestamp, batch.timestamps[i]!);
    lastIngestion = Math.max(lastIngestion, batch.ingestion[i]!);
  }
  return {
    events: stats.events + batch.timestamps.length,
    messageBytes: stats.messageBytes + batch.offsets[batch.timestamps.length]! - batch.offsets[0]!,
    firstTimestamp,
    lastTimestamp,
    lastIngestion,
  };
}

function orderOf(
  group: Group,
  names: readonly string[] | undefined,
  reader: PieceReader,
  breathe: Breathe | undefined,
): MaybePromise<{ order: Order; found: FoundCache; pieces: readonly Piece[] }> {
  const choice = names === undefined ? undefined : new Set(names);
  const key = choice === undefined ? "*" : JSON.stringify([...choice].sort());
  const pieces = group.pieces;
  const counts = Uint32Array.from(pieces, (piece) => (choice === undefined || choice.has(piece.stream) ? piece.count : 0));
  const { orders } = group;
  const held = orders.get(key);
  // A slower read may have put back a shorter order than this view's; never extend from one that knows more than we may see.
  const usable = held?.order.covered.every((rows, index) => rows <= (counts[index] ?? 0)) ? held : undefined;
  const found: FoundCache = usable?.found ?? new Map();
  return chain(extendOrder(usable?.order ?? emptyOrder(), pieces, counts, reader, breathe), (order) => {
    if (group.pieces === pieces) {
      orders.delete(key);
      orders.set(key, { order, found });
      if (orders.size > REMEMBERED_ORDERS) orders.delete(orders.keys().next().value!);
    }
    return { order, found, pieces };
  });
}

function groupSnapshot(key: string, group: Group): GroupSnapshot {
  const pieces = group.pieces.map(({ stream, id, count, messageBytes, minTime, maxTime, tail }, index) => {
    const piece = group.pieces[index]!;
    return { stream, id, count, messageBytes, minTime, maxTime, tail: tail ? copied(tailColumns(piece, tail)) : undefined };
  });
  const streams = [...group.streams].map(([name, { digest, stats }]) => ({ name, digest: digest.snapshot(), stats }));
  return { key, nextSequence: group.nextSequence, pieces, streams };
}

function copied(columns: ReturnType<typeof tailColumns>): ReturnType<typeof tailColumns> {
  return {
    timestamps: columns.timestamps.slice(),
    ingestion: columns.ingestion.slice(),
    sequences: columns.sequences.slice(),
    offsets: columns.offsets.slice(),
    bytes: columns.bytes.slice(),
  };
}

function restoredGroup(groups: Map<string, Group>, saved: GroupSnapshot): Group {
  const group = newGroup(groups, saved.key);
  group.nextSequence = saved.nextSequence;
  for (const { name, digest, stats } of saved.streams) {
    group.streams.set(name, { open: undefined, digest: Digest128.from(digest), stats });
  }
  for (const { id, tail, ...rest } of saved.pieces) {
    const piece: Piece = { ...rest, ...(id === undefined ? {} : { id }), ...(tail === undefined ? {} : { tail: copied(tail) }) };
    group.pieces.push(piece);
    if (piece.tail) group.streams.get(piece.stream)!.open = piece;
  }
  return group;
}
