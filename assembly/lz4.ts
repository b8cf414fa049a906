/**
 * Compression of stored chunks: the LZ4 block format (Yann Collet's description of it), fast level.
 *
 * A block is a run of sequences:
 *
 *     | token: literals << 4 | match - 4 | more literals 255 255 .. x | literals | offset u16 | more match 255 .. x |
 *
 * A nibble of 15 goes on in bytes that are added up until one is below 255. The last sequence ends after its literals. The
 * last 5 bytes are literals, and no match begins within the last 12.
 *
 * `compress` looks each position up in a table of the last place (u32, counted from the start) where its five bytes hashed
 * to the same slot (five, since a match of four saves one byte and ends the search for a longer one), takes what stands there
 * if four of them are equal and it is near, extends it both ways, and goes on behind it; where
 * nothing is found for long it steps wider. Its choices are part of the contract: the reference makes the same ones, so the
 * bytes are equal. Cost: one probe a position outside matches, the table's 64 KiB cleared first.
 *
 * `decompress` trusts nothing: each length and offset is checked before it is used, so input of any kind leads to a status
 * and to nothing written outside. Copies go eight bytes at a time and may read and write up to 16 bytes beyond an end:
 * the caller leaves room behind both (SLACK).
 */

/** log2 of the slots; the table has 4 << TABLE_BITS bytes. */
const TABLE_BITS = 14;
const LEAST_MATCH = 4;
/** No match begins within so many bytes of the end ... */
const NO_MATCH = 12;
/** ... and none reaches into these. */
const LAST_LITERALS = 5;
const FARTHEST: usize = 65_535;
/** After 256 misses the step grows by one, and so on. */
const PATIENCE = 8;

/** The input ends inside a sequence, or after a match. */
const CUT_OFF = -1;
/** An offset of zero, or one that points before the first byte. */
const ASTRAY = -2;
/** It holds more than was announced. */
const TOO_LONG = -3;
/** It holds less. */
const TOO_SHORT = -4;

// @ts-ignore: decorator
@inline
function slot(table: usize, four: u32, fifth: u32): usize {
  return table + (<usize>((four * 2_654_435_761 + fifth * 2_246_822_519) >> (32 - TABLE_BITS)) << 2);
}

/** Bytes that go on a nibble of 15. */
// @ts-ignore: decorator
@inline
function lengthBytes(length: u32): u32 {
  return length < 15 ? 0 : (length - 15) / 255 + 1;
}

// @ts-ignore: decorator
@inline
function writeLength(op: usize, length: u32): usize {
  for (length -= 15; length >= 255; length -= 255) store<u8>(op++, 255);
  store<u8>(op++, <u8>length);
  return op;
}

/** At least one byte, eight at a time. */
// @ts-ignore: decorator
@inline
function copyForward(to: usize, from: usize, end: usize): void {
  do {
    store<u64>(to, load<u64>(from));
    to += 8;
    from += 8;
  } while (to < end);
}

/** How far the bytes at `ip` equal those at `from`, up to `end`. */
// @ts-ignore: decorator
@inline
function equalUntil(ip: usize, from: usize, end: usize): usize {
  while (ip + 8 <= end) {
    const difference = load<u64>(ip) ^ load<u64>(from);
    if (difference != 0) return ip + <usize>(ctz<u64>(difference) >> 3);
    ip += 8;
    from += 8;
  }
  while (ip < end && load<u8>(ip) == load<u8>(from)) {
    ip++;
    from++;
  }
  return ip;
}

/** The block of the n bytes at `src`, written to `dst`; answers its length, or 0 where it would not fit into `limit`. */
export function compress(src: usize, n: i32, dst: usize, limit: i32, table: usize): i32 {
  memory.fill(table, 0, 4 << TABLE_BITS);
  const end = src + n;
  const most = dst + limit;
  let op = dst;
  let anchor = src;
  if (n > NO_MATCH) {
    const lastStart = end - NO_MATCH;
    const matchEnd = end - LAST_LITERALS;
    let ip = src + 1;
    while (ip <= lastStart) {
      const four = load<u32>(ip);
      const at = slot(table, four, load<u8>(ip, 4));
      let from = src + load<u32>(at);
      store<u32>(at, <u32>(ip - src));
      if (load<u32>(from) != four || ip - from > FARTHEST) {
        ip += 1 + ((ip - anchor) >> PATIENCE);
        continue;
      }
      const reach = equalUntil(ip + LEAST_MATCH, from + LEAST_MATCH, matchEnd);
      while (ip > anchor && from > src && load<u8>(ip - 1) == load<u8>(from - 1)) {
        ip--;
        from--;
      }
      const literals = <u32>(ip - anchor);
      const length = <u32>(reach - ip) - LEAST_MATCH;
      if (op + 3 + lengthBytes(literals) + literals + lengthBytes(length) > most) return 0;
      store<u8>(op++, <u8>((min<u32>(literals, 15) << 4) | min<u32>(length, 15)));
      if (literals >= 15) op = writeLength(op, literals);
      if (literals > 0) {
        copyForward(op, anchor, op + literals);
        op += literals;
      }
      store<u16>(op, <u16>(ip - from));
      op += 2;
      if (length >= 15) op = writeLength(op, length);
      anchor = reach;
      ip = reach;
      // The last but one place of the match, that a repetition right behind it is found.
      store<u32>(slot(table, load<u32>(reach - 2), load<u8>(reach + 2)), <u32>(reach - 2 - src));
    }
  }
  const literals = <u32>(end - anchor);
  if (op + 1 + lengthBytes(literals) + literals > most) return 0;
  store<u8>(op++, <u8>(min<u32>(literals, 15) << 4));
  if (literals >= 15) op = writeLength(op, literals);
  memory.copy(op, anchor, literals);
  return <i32>(op + literals - dst);
}

/** Writes the `length` bytes that the block of n bytes at `src` holds to `dst`; answers `length` or a negative status. */
export function decompress(src: usize, n: i32, dst: usize, length: i32): i32 {
  let ip = src;
  let op = dst;
  const end = src + n;
  const full = dst + length;
  while (true) {
    if (ip >= end) return CUT_OFF;
    const token = <u32>load<u8>(ip++);
    let literals = token >> 4;
    if (literals == 15) {
      let more: u32;
      do {
        if (ip >= end) return CUT_OFF;
        more = load<u8>(ip++);
        literals += more;
        if (literals > <u32>length) return TOO_LONG;
      } while (more == 255);
    }
    if (literals > 0) {
      if (<u32>(end - ip) < literals) return CUT_OFF;
      if (<u32>(full - op) < literals) return TOO_LONG;
      copyForward(op, ip, op + literals);
      op += literals;
      ip += literals;
    }
    if (ip == end) return op == full ? length : TOO_SHORT;
    if (end - ip < 2) return CUT_OFF;
    const offset = <usize>load<u16>(ip);
    ip += 2;
    if (offset == 0 || offset > op - dst) return ASTRAY;
    let match = token & 15;
    if (match == 15) {
      let more: u32;
      do {
        if (ip >= end) return CUT_OFF;
        more = load<u8>(ip++);
        match += more;
        if (match > <u32>length) return TOO_LONG;
      } while (more == 255);
    }
    match += LEAST_MATCH;
    if (<u32>(full - op) < match) return TOO_LONG;
    const stop = op + match;
    if (offset >= 8) copyForward(op, op - offset, stop);
    else repeat(op, offset, stop);
    op = stop;
  }
}

/** A match that overlaps itself within eight bytes: eight one by one, then from a whole number of periods back. */
function repeat(op: usize, offset: usize, stop: usize): void {
  for (const first = min(op + 8, stop); op < first; op++) store<u8>(op, load<u8>(op - offset));
  if (op < stop) copyForward(op, op - offset * ((7 + offset) / offset), stop);
}
