/** The LZ4 codec in plain TypeScript: makes the choices of `assembly/lz4.ts`, whose header says them, and so the same bytes. */
import { checkBlockLength, checkRoom, tornBlock } from "./checks.ts";

const TABLE_BITS = 14;
const LEAST_MATCH = 4;
const NO_MATCH = 12;
const LAST_LITERALS = 5;
const FARTHEST = 65_535;
const PATIENCE = 8;

/** The LZ4 block of the bytes behind `lead` zeros, or undefined where it would be longer than `limit`; see the contract. */
export function compress(bytes: Uint8Array, limit: number, lead = 0, room?: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> | undefined {
  checkRoom(room, lead + limit);
  const n = bytes.length;
  const table = new Int32Array(1 << TABLE_BITS);
  // One byte stands for at most 255: more room than this is never needed.
  const out = room ?? new Uint8Array(lead + Math.max(0, Math.min(limit, n + Math.ceil(n / 255) + 16)));
  const most = lead + limit;
  const four = (at: number): number =>
    (bytes[at] as number) | ((bytes[at + 1] as number) << 8) | ((bytes[at + 2] as number) << 16) | ((bytes[at + 3] as number) << 24);
  const slot = (word: number, at: number): number =>
    (Math.imul(word, 2_654_435_761) + Math.imul(bytes[at + 4] as number, 2_246_822_519)) >>> (32 - TABLE_BITS);
  let op = lead;
  let anchor = 0;
  let ip = 1;
  const matchEnd = n - LAST_LITERALS;
  while (ip <= n - NO_MATCH) {
    const word = four(ip);
    const at = slot(word, ip);
    let from = table[at] as number;
    table[at] = ip;
    if (four(from) !== word || ip - from > FARTHEST) {
      ip += 1 + ((ip - anchor) >> PATIENCE);
      continue;
    }
    let reach = ip + LEAST_MATCH;
    const ahead = from - ip;
    while (reach < matchEnd && bytes[reach] === bytes[reach + ahead]) reach++;
    while (ip > anchor && from > 0 && bytes[ip - 1] === bytes[from - 1]) {
      ip--;
      from--;
    }
    const literals = ip - anchor;
    const length = reach - ip - LEAST_MATCH;
    if (op + 3 + lengthBytes(literals) + literals + lengthBytes(length) > most) return undefined;
    out[op++] = (Math.min(literals, 15) << 4) | Math.min(length, 15);
    op = writeLiterals(out, op, bytes, anchor, literals);
    out[op++] = (ip - from) & 255;
    out[op++] = (ip - from) >> 8;
    if (length >= 15) op = writeLength(out, op, length);
    anchor = reach;
    ip = reach;
    table[slot(four(reach - 2), reach - 2)] = reach - 2;
  }
  const literals = n - anchor;
  if (op + 1 + lengthBytes(literals) + literals > most) return undefined;
  out[op++] = Math.min(literals, 15) << 4;
  const end = writeLiterals(out, op, bytes, anchor, literals);
  return room === undefined ? out.slice(0, end) : room.subarray(0, end);
}

const lengthBytes = (length: number): number => (length < 15 ? 0 : Math.floor((length - 15) / 255) + 1);

function writeLength(out: Uint8Array, at: number, length: number): number {
  let op = at;
  let rest = length - 15;
  for (; rest >= 255; rest -= 255) out[op++] = 255;
  out[op++] = rest;
  return op;
}

function writeLiterals(out: Uint8Array, at: number, bytes: Uint8Array, from: number, count: number): number {
  const op = count >= 15 ? writeLength(out, at, count) : at;
  if (count < 32) for (let i = 0; i < count; i++) out[op + i] = bytes[from + i] as number;
  else out.set(bytes.subarray(from, from + count), op);
  return op + count;
}

/** The `length` bytes that the block holds; see the contract. */
export function decompress(block: Uint8Array, length: number, room?: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  checkBlockLength(block, length, room);
  const out = room?.subarray(0, length) ?? new Uint8Array(length);
  const status = decompressInto(block, out);
  if (status < 0) throw tornBlock(status, length);
  return out;
}

/** Fills `out`, or answers the status of the kernel. */
function decompressInto(block: Uint8Array, out: Uint8Array): number {
  const end = block.length;
  const full = out.length;
  let ip = 0;
  let op = 0;
  for (;;) {
    if (ip >= end) return -1;
    const token = block[ip++] as number;
    let literals = token >> 4;
    for (let more = literals === 15 ? 255 : 0; more === 255; ) {
      if (ip >= end) return -1;
      more = block[ip++] as number;
      literals += more;
      if (literals > full) return -3;
    }
    if (end - ip < literals) return -1;
    if (full - op < literals) return -3;
    if (literals < 32) for (let i = 0; i < literals; i++) out[op + i] = block[ip + i] as number;
    else out.set(block.subarray(ip, ip + literals), op);
    op += literals;
    ip += literals;
    if (ip === end) return op === full ? full : -4;
    if (end - ip < 2) return -1;
    const offset = (block[ip] as number) | ((block[ip + 1] as number) << 8);
    ip += 2;
    if (offset === 0 || offset > op) return -2;
    let match = token & 15;
    for (let more = match === 15 ? 255 : 0; more === 255; ) {
      if (ip >= end) return -1;
      more = block[ip++] as number;
      match += more;
      if (match > full) return -3;
    }
    match += LEAST_MATCH;
    if (full - op < match) return -3;
    if (match >= 32 && offset >= match) out.copyWithin(op, op - offset, op - offset + match);
    else for (let i = 0; i < match; i++) out[op + i] = out[op + i - offset] as number;
    op += match;
  }
}
