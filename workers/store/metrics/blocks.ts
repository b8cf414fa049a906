/**
 * Where the roll-up blocks of a column lie: references into books, ascending by start, those of one start in the order
 * they were written.
 *
 *     | day | day | day | hour hour hour ...        whole days are one block each (compaction.ts), the newest hours one each
 *
 * Readers add up what blocks hold in this order, so it is part of the answer's last bit: it may only change at moments of
 * the account's clock.
 */
import { HOUR, TIERS, type Tier } from "./rollup.ts";

export const DAY = 24 * HOUR;

export interface BlockRef {
  /** Start of the block. */
  readonly start: number;
  /** Length in milliseconds: an hour or a day. */
  readonly span: number;
  readonly chunk: string;
  /** Rows of the book: cells of an hour, of 5 minutes, of a minute lie between them. A tier that is no longer kept has none. */
  readonly rows: readonly [number, number, number, number];
}

export const endOf = (ref: BlockRef): number => ref.start + ref.span;

/** Rows of the tier within a block; of the next coarser one where the tier is no longer kept. */
export function tierRows(ref: BlockRef, tier: Tier): readonly [number, number] {
  for (let i = TIERS.indexOf(tier); i > 0; i--)
    if (ref.rows[i] !== ref.rows[i + 1]) return [ref.rows[i] as number, ref.rows[i + 1] as number];
  return [ref.rows[0], ref.rows[1]];
}

/** Puts a block in its place; looks from the new end. */
export function insertBlock(blocks: BlockRef[], ref: BlockRef): void {
  let at = blocks.length;
  while (at > 0 && (blocks[at - 1] as BlockRef).start > ref.start) at--;
  blocks.splice(at, 0, ref);
}

/** Blocks that overlap [from, end). No block is longer than a day, so those before that are not looked at. */
export function blocksBetween(blocks: readonly BlockRef[], from: number, end: number): BlockRef[] {
  let [a, b] = [0, blocks.length];
  while (a < b) {
    const middle = (a + b) >>> 1;
    if ((blocks[middle] as BlockRef).start + DAY <= from) a = middle + 1;
    else b = middle;
  }
  const found: BlockRef[] = [];
  for (; a < blocks.length && (blocks[a] as BlockRef).start < end; a++) {
    if (endOf(blocks[a] as BlockRef) > from) found.push(blocks[a] as BlockRef);
  }
  return found;
}

/** References as numbers, for checkpoints: `books` names the chunks that `book` counts. Five words and a start instead of an object. */
export interface PackedBlocks {
  readonly starts: Float64Array;
  /** Per block: book, whether it is a day (1) or an hour (0), and the four rows. */
  readonly words: Uint32Array;
}

const WORDS = 6;

export function packBlocks(blocks: readonly BlockRef[], bookNumber: (chunk: string) => number): PackedBlocks {
  const words = new Uint32Array(blocks.length * WORDS);
  blocks.forEach((ref, i) => {
    words.set([bookNumber(ref.chunk), ref.span === DAY ? 1 : 0, ...ref.rows], i * WORDS);
  });
  return { starts: Float64Array.from(blocks, (ref) => ref.start), words };
}

export function unpackBlocks({ starts, words }: PackedBlocks, books: readonly string[]): BlockRef[] {
  return Array.from(starts, (start, i) => {
    const [book, isDay, ...rows] = words.subarray(i * WORDS, (i + 1) * WORDS) as unknown as [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    return { start, span: isDay === 1 ? DAY : HOUR, chunk: books[book] as string, rows };
  });
}
