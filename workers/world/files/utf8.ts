/**
 * UTF-8 as browsers read it (WHATWG Encoding): every maximal piece that cannot be part of a character becomes one
 * U+FFFD. Text of only ASCII is passed over four bytes at a time.
 */

const SLICE = 4 * 1_048_576;

export interface Repaired {
  /** The given bytes themselves when nothing was wrong. */
  readonly bytes: Uint8Array;
  readonly replacements: number;
}

/** `between` is awaited after every slice, with the bytes done. Gives up, leaving the bytes as they are, when a tenth is bad. */
export async function repairUtf8(bytes: Uint8Array, between: (done: number) => Promise<void>): Promise<Repaired> {
  const bad: number[] = [];
  let at = 0;
  while (at < bytes.length) {
    at = scan(bytes, at, Math.min(bytes.length, at + SLICE), bad);
    await between(at);
    if (bad.length / 2 > bytes.length / 10 + 10) return { bytes, replacements: bad.length / 2 };
  }
  return bad.length === 0 ? { bytes, replacements: 0 } : { bytes: rewritten(bytes, bad), replacements: bad.length / 2 };
}

/** Scans from `from` to at least `to`; pushes [start, end) of every bad piece; answers where it stopped. */
function scan(bytes: Uint8Array, from: number, to: number, bad: number[]): number {
  const aligned = bytes.byteOffset % 4 === 0 ? new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2) : undefined;
  let at = from;
  while (at < to) {
    if (aligned !== undefined && (at & 3) === 0) {
      let word = at >> 2;
      const last = to >> 2;
      while (word < last && ((aligned[word] ?? 0) & 0x80808080) === 0) word++;
      at = word << 2;
      if (at >= to) break;
    }
    const first = bytes[at] ?? 0;
    if (first < 0x80) {
      at++;
      continue;
    }
    const length = characterLength(bytes, at, first);
    if (length > 0) at += length;
    else {
      bad.push(at, at - length);
      at -= length;
    }
  }
  return at;
}

/** Bytes of the character at `at`, or minus the length of the bad piece there. */
function characterLength(bytes: Uint8Array, at: number, first: number): number {
  let needed: number;
  let low = 0x80;
  let high = 0xbf;
  if (first >= 0xc2 && first <= 0xdf) needed = 1;
  else if (first >= 0xe0 && first <= 0xef) {
    needed = 2;
    if (first === 0xe0) low = 0xa0;
    if (first === 0xed) high = 0x9f;
  } else if (first >= 0xf0 && first <= 0xf4) {
    needed = 3;
    if (first === 0xf0) low = 0x90;
    if (first === 0xf4) high = 0x8f;
  } else return -1;
  for (let i = 1; i <= needed; i++) {
    const byte = bytes[at + i];
    if (byte === undefined || byte < low || byte > high) return -i;
    low = 0x80;
    high = 0xbf;
  }
  return needed + 1;
}

function rewritten(bytes: Uint8Array, bad: readonly number[]): Uint8Array {
  let size = bytes.length;
  for (let i = 0; i < bad.length; i += 2) size += 3 - ((bad[i + 1] ?? 0) - (bad[i] ?? 0));
  const out = new Uint8Array(size);
  let from = 0;
  let to = 0;
  for (let i = 0; i < bad.length; i += 2) {
    const start = bad[i] ?? 0;
    out.set(bytes.subarray(from, start), to);
    to += start - from;
    out[to++] = 0xef;
    out[to++] = 0xbf;
    out[to++] = 0xbd;
    from = bad[i + 1] ?? 0;
  }
  out.set(bytes.subarray(from), to);
  return out;
}
