/**
 * Keeps the roll-ups of old days small: what retention has made unreadable goes, and a day becomes one block.
 *
 *     age of the day     cells kept                       why (User Guide, "Metrics retention")
 *     to 15 days         1 min, 5 min, 1 hour
 *     to 63 days         5 min, 1 hour                    minutes are readable for 15 days
 *     to 455 days        1 hour                           5 minutes for 63 days
 *
 * Cells are copied as they are, in the order readers met them, never added up: answers stay equal to the last bit.
 */
import type { MaybePromise } from "../contract.ts";
import { type BlockRef, DAY, endOf, tierRows } from "./blocks.ts";
import { type Book, type BookShelf, type BookWriter, distributionAt } from "./book.ts";
import type { Column } from "./column.ts";
import { RETENTION } from "./read.ts";
import { type Cell, floorTo, TIERS, type Tier } from "./rollup.ts";

interface Work {
  readonly column: Column;
  readonly day: number;
  readonly refs: readonly BlockRef[];
  readonly tiers: readonly Tier[];
}

/** What there is to do at `now`: days that have ended and are wholly rolled up, in several blocks or with cells that nobody can read. */
export function compactionWork(columns: Iterable<Column>, now: number, rolledUpTo: number): readonly Work[] {
  const work: Work[] = [];
  for (const column of columns) {
    const { blocks } = column;
    for (let at = 0; at < blocks.length; ) {
      const day = floorTo((blocks[at] as BlockRef).start, DAY);
      if (day + DAY > rolledUpTo) break;
      let end = at + 1;
      while (end < blocks.length && (blocks[end] as BlockRef).start < day + DAY) end++;
      const age = now - (day + DAY);
      const tiers = TIERS.filter((tier) => age < RETENTION[tier]);
      const refs = blocks.slice(at, end);
      if (refs.length > 1 || TIERS.some((tier, i) => !tiers.includes(tier) && holds(refs[0] as BlockRef, i)))
        work.push({ column, day, refs, tiers });
      at = end;
    }
  }
  return work;
}

const holds = (ref: BlockRef, tier: number): boolean => ref.rows[tier] !== ref.rows[tier + 1];

/** Columns between two breaths. */
const AT_ONCE = 64;

/**
 * Writes the days anew and, once all are written, puts them in the place of what they were. Rejects with `TornChunk` before
 * anything has changed. A day gets books of its own: what lies in one book grows old, and goes, together.
 */
export async function compactDays(
  days: readonly Work[],
  shelf: BookShelf,
  writer: BookWriter,
  breathe?: () => Promise<void> | undefined,
): Promise<void> {
  const made: BlockRef[] = [];
  const work = [...days].sort((a, b) => a.day - b.day);
  for (const [i, { day, refs, tiers }] of work.entries()) {
    if (work[i - 1]?.day !== day) writer.seal();
    const books = await all(refs.map((ref) => shelf.get(ref.chunk)));
    const cells = (tier: Tier): readonly Cell[] =>
      tiers.includes(tier) ? refs.flatMap((ref, at) => cellsOf(ref, books[at] as Book, tier)) : [];
    made.push(writer.add({ start: day, span: DAY, cells: { 60: cells(60), 300: cells(300), 3600: cells(3600) } }));
    if (i % AT_ONCE === AT_ONCE - 1) await breathe?.();
  }
  writer.seal();
  const replaced = new Map<Column, Map<BlockRef, BlockRef | undefined>>();
  for (const [i, { column, refs }] of work.entries()) {
    let ofColumn = replaced.get(column);
    if (ofColumn === undefined) {
      ofColumn = new Map();
      replaced.set(column, ofColumn);
    }
    for (const [at, ref] of refs.entries()) ofColumn.set(ref, at === 0 ? made[i] : undefined);
  }
  for (const [column, ofColumn] of replaced) {
    column.blocks = column.blocks.flatMap((ref) => (ofColumn.has(ref) ? (ofColumn.get(ref) ?? []) : ref));
  }
}

const all = (books: readonly MaybePromise<Book>[]): MaybePromise<readonly Book[]> =>
  books.some((book) => book instanceof Promise) ? Promise.all(books) : (books as readonly Book[]);

function cellsOf(ref: BlockRef, book: Book, tier: Tier): Cell[] {
  const [first, last] = tierRows(ref, tier);
  return Array.from({ length: last - first }, (_, i) => {
    const row = first + i;
    const [time, count, sum, min, max] = [book.times[row], book.count[row], book.sum[row], book.min[row], book.max[row]] as number[];
    return { time, count, sum, min, max, distribution: distributionAt(book, row) } as Cell;
  });
}

/** Drops blocks whose last cell ended before `oldest`. */
export function dropOld(column: Column, oldest: number): void {
  if (column.blocks.some((ref) => endOf(ref) <= oldest)) column.blocks = column.blocks.filter((ref) => endOf(ref) > oldest);
}
