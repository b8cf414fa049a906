/**
 * Filter programs over lines of bytes: which lines hold every `all`, at least one `any` (if there are any) and no `none`.
 *
 *     bytes    | line 0 | line 1 | ... | 128 bytes of anything |      lines touch; a separator is part of its line or absent
 *     offsets  | u32 x (lines + 1) |                                  line i = bytes[offsets[i]-offsets[0] .. offsets[i+1]-offsets[0])
 *     program  | header | tables | needle records | needle bytes |    written by workers/kernels/program.ts
 *     out      | u32 x lines |                                        matching line numbers, ascending
 *
 *     header (u32)  0 driver: 0 pairs of bytes, 1 fingerprints, 2 grams   4 complement   8 records
 *                   12 drivers   16 more all   20 any   24 none
 *                   28 fingerprint tables (4 x 16 bytes: low nibble of four neighbouring bytes; bit b = bucket b; 16 x 15)
 *                   32 bucket starts (9 x u32, indexes into the driver records)
 *                   36 grams (see match-grams.ts)   40 their stride   44 length of the shortest driver
 *     record (48)   0 bytes (u32)  4 length  8 offset of rarest byte  12 offset of next rarest  16 that byte  20 the other
 *                   24 first eight bytes (u64)  32 their mask (u64)  40 offset of the fingerprint in the needle
 *     records stand in the order drivers, all, any, none
 *
 * The driver searches the whole slice without looking at lines: one needle or a few short ones by their rarest bytes
 * (match-pairs.ts), long ones by grams (match-grams.ts), all others by fingerprints (match-prints.ts). A hit is verified, its
 * line looked up in the offsets, a needle that reaches over the line's end is refused, the rest of the program is checked
 * inside that line, and the search goes on at the line's end. With nothing but `none`, the hits are what is left out
 * (complement).
 */
import { nextByGrams, placeGrams } from "./match-grams";
import { holds } from "./match-lines";
import { nextByPairs } from "./match-pairs";
import { nextByPrints } from "./match-prints";

const RECORD: usize = 48;
const PRINTS = 1;
const GRAMS = 2;

/** What the driver does not say: the other `all`, one of `any`, no `none`. */
function passes(from: usize, to: usize, needle: usize, all: u32, any: u32, none: u32): bool {
  for (let i: u32 = 0; i < all; i++, needle += RECORD) if (!holds(from, to, needle)) return false;
  if (any != 0) {
    let found = false;
    for (let i: u32 = 0; i < any && !found; i++) found = holds(from, to, needle + <usize>i * RECORD);
    if (!found) return false;
    needle += <usize>any * RECORD;
  }
  for (let i: u32 = 0; i < none; i++, needle += RECORD) if (holds(from, to, needle)) return false;
  return true;
}

/** Matching lines of the slice into `out`; answers how many. */
export function matchTerms(bytes: usize, offsets: usize, lines: i32, program: usize, out: usize): i32 {
  const base = load<u32>(offsets);
  const end = bytes + <usize>(load<u32>(offsets + (<usize>lines << 2)) - base);
  const driver = load<u32>(program);
  const complement = load<u32>(program, 4) != 0;
  const records = <usize>load<u32>(program, 8);
  const all = load<u32>(program, 16), any = load<u32>(program, 20), none = load<u32>(program, 24);
  const drivers = load<u32>(program, 12);
  const shortest = <usize>load<u32>(program, 44);
  const others = records + <usize>drivers * RECORD;
  const isDecided = (all | any | none) == 0;
  let to = out;
  let p = bytes;
  let line = 0;
  if (driver == GRAMS) placeGrams(program);
  while (p < end) {
    const hit =
      driver == GRAMS
        ? nextByGrams(p, line, bytes, end, offsets, lines, program)
        : driver == PRINTS
          ? nextByPrints(p, line, bytes, end, offsets, lines, program)
          : nextByPairs(p, line, bytes, end, offsets, lines, records, drivers, shortest);
    if (hit < 0) break;
    const o = offsets + (<usize>hit << 2);
    p = bytes + <usize>(load<u32>(o, 4) - base);
    if (complement) {
      for (; line < hit; line++, to += 4) store<u32>(to, line);
    } else if (isDecided || passes(bytes + <usize>(load<u32>(o) - base), p, others, all, any, none)) {
      store<u32>(to, hit);
      to += 4;
    }
    line = hit + 1;
  }
  if (complement) for (; line < lines; line++, to += 4) store<u32>(to, line);
  return <i32>((to - out) >> 2);
}
