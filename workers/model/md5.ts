/** MD5 (RFC 1321), synchronous: only because AWS shows it (SQS `MD5OfMessageBody`, ETags). Never used to protect anything. */

/** floor(2^32 · |sin(i + 1)|), as the RFC tabulates it: written out, since `Math.sin` differs between engines. */
const T = new Int32Array([
  0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501, 0x698098d8, 0x8b44f7af, 0xffff5bb1,
  0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821, 0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453,
  0xd8a1e681, 0xe7d3fbc8, 0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a, 0xfffa3942,
  0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70, 0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05,
  0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665, 0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d,
  0x85845dd1, 0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391,
]);
/** Rotations, four to a round. */
const SHIFT = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];

/** Hex digest of `bytes`, 32 digits. */
export function md5(bytes: Uint8Array): string {
  const length = bytes.length;
  const whole = length & ~63;
  const tail = new Uint8Array(length - whole < 56 ? 64 : 128);
  tail.set(bytes.subarray(whole));
  tail[length - whole] = 0x80;
  const view = new DataView(tail.buffer);
  view.setUint32(tail.length - 8, (length << 3) >>> 0, true);
  view.setUint32(tail.length - 4, Math.floor(length / 0x20000000), true);

  const state = new Int32Array([0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476]);
  const words = new Int32Array(16);
  for (let at = 0; at < whole; at += 64) compress(state, words, bytes, at);
  for (let at = 0; at < tail.length; at += 64) compress(state, words, tail, at);
  const digest = new DataView(new ArrayBuffer(16));
  for (let i = 0; i < 4; i++) digest.setInt32(i * 4, state[i]!, true);
  let text = "";
  for (let i = 0; i < 16; i++) text += digest.getUint8(i).toString(16).padStart(2, "0");
  return text;
}

/** One block of 64 bytes into the state. */
function compress(state: Int32Array, x: Int32Array, bytes: Uint8Array, start: number): void {
  for (let t = 0, i = start; t < 16; t++, i += 4) x[t] = bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24);
  let a = state[0]!;
  let b = state[1]!;
  let c = state[2]!;
  let d = state[3]!;
  for (let t = 0; t < 64; t++) {
    const round = t >> 4;
    let mixed: number;
    let word: number;
    if (round === 0) {
      mixed = (b & c) | (~b & d);
      word = t;
    } else if (round === 1) {
      mixed = (b & d) | (c & ~d);
      word = (5 * t + 1) & 15;
    } else if (round === 2) {
      mixed = b ^ c ^ d;
      word = (3 * t + 5) & 15;
    } else {
      mixed = c ^ (b | ~d);
      word = (7 * t) & 15;
    }
    const sum = (a + mixed + T[t]! + x[word]!) | 0;
    const shift = SHIFT[round * 4 + (t & 3)]!;
    a = d;
    d = c;
    c = b;
    b = (b + ((sum << shift) | (sum >>> (32 - shift)))) | 0;
  }
  state[0] = (state[0]! + a) | 0;
  state[1] = (state[1]! + b) | 0;
  state[2] = (state[2]! + c) | 0;
  state[3] = (state[3]! + d) | 0;
}
