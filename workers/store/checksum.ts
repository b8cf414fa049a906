/**
 * XXH32, the 32-bit xxHash by Yann Collet: four lanes of multiply and rotate, about 2 GB/s in V8. Chosen over a CRC because
 * it needs no table and costs less. Every step is a bijection of the word it takes in, so a change confined to one
 * 32-bit word is always found; any other change goes unseen once in 2^32. It guards against torn writes, not against intent.
 */

const PRIME1 = 0x9e3779b1;
const PRIME2 = 0x85ebca77;
const PRIME3 = 0xc2b2ae3d;
const PRIME4 = 0x27d4eb2f;
const PRIME5 = 0x165667b1;

/** XXH32 of `bytes` as an unsigned 32-bit number. Any alignment; aligned input is read a word at a time. */
export function checksum32(bytes: Uint8Array, seed = 0): number {
  const length = bytes.length;
  const whole = length >>> 2;
  // Words are read little-endian, as every engine that runs a browser has them.
  const words =
    bytes.byteOffset % 4 === 0
      ? new Uint32Array(bytes.buffer, bytes.byteOffset, whole)
      : new Uint32Array(bytes.slice(0, whole * 4).buffer, 0, whole);
  let hash: number;
  let at = 0;
  if (length >= 16) {
    let a = (seed + PRIME1 + PRIME2) | 0;
    let b = (seed + PRIME2) | 0;
    let c = seed | 0;
    let d = (seed - PRIME1) | 0;
    const end = whole - 3;
    for (; at < end; at += 4) {
      a = (a + Math.imul(words[at]!, PRIME2)) | 0;
      a = Math.imul((a << 13) | (a >>> 19), PRIME1);
      b = (b + Math.imul(words[at + 1]!, PRIME2)) | 0;
      b = Math.imul((b << 13) | (b >>> 19), PRIME1);
      c = (c + Math.imul(words[at + 2]!, PRIME2)) | 0;
      c = Math.imul((c << 13) | (c >>> 19), PRIME1);
      d = (d + Math.imul(words[at + 3]!, PRIME2)) | 0;
      d = Math.imul((d << 13) | (d >>> 19), PRIME1);
    }
    hash = (((a << 1) | (a >>> 31)) + ((b << 7) | (b >>> 25)) + ((c << 12) | (c >>> 20)) + ((d << 18) | (d >>> 14))) | 0;
  } else {
    hash = (seed + PRIME5) | 0;
  }
  hash = (hash + length) | 0;
  for (; at < whole; at++) {
    hash = (hash + Math.imul(words[at]!, PRIME3)) | 0;
    hash = Math.imul((hash << 17) | (hash >>> 15), PRIME4);
  }
  for (let i = whole * 4; i < length; i++) {
    hash = (hash + Math.imul(bytes[i]!, PRIME5)) | 0;
    hash = Math.imul((hash << 11) | (hash >>> 21), PRIME1);
  }
  hash = Math.imul(hash ^ (hash >>> 15), PRIME2);
  hash = Math.imul(hash ^ (hash >>> 13), PRIME3);
  return (hash ^ (hash >>> 16)) >>> 0;
}
