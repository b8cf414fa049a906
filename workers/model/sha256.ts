/**
 * SHA-256 (FIPS 180-4), synchronous: content hashes of attachments and the digests that AWS shows. The platform's own
 * digest is asynchronous and takes the whole input at once; this one takes a file in slices.
 */

export interface Sha256 {
  /** Takes the next bytes; any number, any alignment. */
  update(bytes: Uint8Array): Sha256;
  /** The digest of everything so far, 64 hex digits; more may follow. */
  hex(): string;
}

/** The first 32 bits of the fractional parts of the cube roots of the first 64 primes. */
const K = new Int32Array([
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be,
  0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa,
  0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85,
  0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3,
  0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f,
  0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
]);
const START = [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];
const BLOCK = 64;

/** Hex digest of `bytes` in one go. */
export function sha256(bytes: Uint8Array): string {
  return createSha256().update(bytes).hex();
}

/** A running digest, so that a large file can be hashed in slices. */
export function createSha256(): Sha256 {
  const state = new Int32Array(START);
  const words = new Int32Array(64);
  /** The bytes after the last whole block. */
  const rest = new Uint8Array(BLOCK);
  let held = 0;
  let total = 0;

  const self: Sha256 = {
    update(bytes) {
      total += bytes.length;
      let at = 0;
      if (held > 0) {
        at = bytes.length < BLOCK - held ? bytes.length : BLOCK - held;
        rest.set(bytes.subarray(0, at), held);
        held += at;
        if (held < BLOCK) return self;
        compress(state, words, rest, 0);
        held = 0;
      }
      for (; at + BLOCK <= bytes.length; at += BLOCK) compress(state, words, bytes, at);
      rest.set(bytes.subarray(at));
      held = bytes.length - at;
      return self;
    },
    hex() {
      const last = new Int32Array(state);
      const tail = new Uint8Array(held < 56 ? BLOCK : 2 * BLOCK);
      tail.set(rest.subarray(0, held));
      tail[held] = 0x80;
      const view = new DataView(tail.buffer);
      view.setUint32(tail.length - 8, Math.floor(total / 0x20000000));
      view.setUint32(tail.length - 4, (total << 3) >>> 0);
      for (let at = 0; at < tail.length; at += BLOCK) compress(last, words, tail, at);
      let text = "";
      for (const word of last) text += (word >>> 0).toString(16).padStart(8, "0");
      return text;
    },
  };
  return self;
}

/** One block of 64 bytes into the state. */
function compress(state: Int32Array, w: Int32Array, bytes: Uint8Array, start: number): void {
  for (let t = 0, i = start; t < 16; t++, i += 4) {
    w[t] = (bytes[i]! << 24) | (bytes[i + 1]! << 16) | (bytes[i + 2]! << 8) | bytes[i + 3]!;
  }
  for (let t = 16; t < 64; t++) {
    const x = w[t - 15]!;
    const y = w[t - 2]!;
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    w[t] = (w[t - 16]! + s0 + w[t - 7]! + s1) | 0;
  }
  let a = state[0]!;
  let b = state[1]!;
  let c = state[2]!;
  let d = state[3]!;
  let e = state[4]!;
  let f = state[5]!;
  let g = state[6]!;
  let h = state[7]!;
  for (let t = 0; t < 64; t++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[t]! + w[t]!) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  state[0] = (state[0]! + a) | 0;
  state[1] = (state[1]! + b) | 0;
  state[2] = (state[2]! + c) | 0;
  state[3] = (state[3]! + d) | 0;
  state[4] = (state[4]! + e) | 0;
  state[5] = (state[5]! + f) | 0;
  state[6] = (state[6]! + g) | 0;
  state[7] = (state[7]! + h) | 0;
}
