/**
 * A set of needles of at least seven bytes by grams of four bytes, looked at only every `stride` bytes: whatever is found
 * covers `stride` neighbouring grams of its needle, and one of them stands where we look.
 *
 *     needle      . . d e a d l o c k   d e t . .        stride 4: the grams "lock", "ock ", "ck d", "k de" are in the table
 *     looked at       |       |       |       |
 *
 *     grams   | 16384 x u8: entry of the gram's hash, 0 = none | entries, from number 1 on |
 *     entry   0 gram (u32)   4 needle record   8 where the gram begins in the needle   12 next entry of this hash, 0 = none
 *
 * Five instructions per look and no vector: with stride 8 a third of what fingerprints cost with the vectors of WebAssembly.
 */
import { lineOf, stands } from "./match-lines";

const SLOTS: usize = 16384;
const SLOT_BITS: u32 = 14;
/** Here the loop finds the table at a constant address. */
const TABLE: usize = memory.data(16384, 64);

// @ts-ignore: decorator
@inline
function entryOf(gram: u32): u32 {
  return load<u8>(<usize>((gram * 0x9e3779b1) >>> (32 - SLOT_BITS)), TABLE);
}

/** First step of 64 bytes at or after `p` with an entry, or `stop` or more. */
function nextStep8(p: usize, stop: usize): usize {
  for (; p < stop; p += 64) {
    const some =
      entryOf(load<u32>(p)) | entryOf(load<u32>(p, 8)) | entryOf(load<u32>(p, 16)) | entryOf(load<u32>(p, 24)) |
      entryOf(load<u32>(p, 32)) | entryOf(load<u32>(p, 40)) | entryOf(load<u32>(p, 48)) | entryOf(load<u32>(p, 56));
    if (some != 0) break;
  }
  return p;
}

/** The same for a stride of four and steps of 32 bytes. */
function nextStep4(p: usize, stop: usize): usize {
  for (; p < stop; p += 32) {
    const some =
      entryOf(load<u32>(p)) | entryOf(load<u32>(p, 4)) | entryOf(load<u32>(p, 8)) | entryOf(load<u32>(p, 12)) |
      entryOf(load<u32>(p, 16)) | entryOf(load<u32>(p, 20)) | entryOf(load<u32>(p, 24)) | entryOf(load<u32>(p, 28));
    if (some != 0) break;
  }
  return p;
}

/** Puts the program's table where the loops read it. */
export function placeGrams(program: usize): void {
  memory.copy(TABLE, <usize>load<u32>(program, 36), SLOTS);
}

/** Next line at or after `p` that holds any of the driver needles, or -1. `line` is the line of `p`. */
export function nextByGrams(p: usize, line: i32, bytes: usize, end: usize, offsets: usize, lines: i32, program: usize): i32 {
  const entries = <usize>load<u32>(program, 36) + SLOTS;
  const stride = <usize>load<u32>(program, 40);
  while (true) {
    p = stride == 8 ? nextStep8(p, end) : nextStep4(p, end);
    if (p >= end) break;
    const stop = min(p + stride * 8, end);
    for (; p < stop; p += stride) {
      const gram = load<u32>(p);
      let number = entryOf(gram);
      while (number != 0) {
        const entry = entries + (<usize>number << 4);
        number = load<u32>(entry, 12);
        if (load<u32>(entry) != gram) continue;
        const needle = <usize>load<u32>(entry, 4);
        const at = p - <usize>load<u32>(entry, 8);
        if (at < bytes || !stands(at, end, needle)) continue;
        const found = lineOf(at, load<u32>(needle, 4), p, line, bytes, offsets, lines);
        if (found >= 0) return found;
      }
    }
  }
  return -1;
}
