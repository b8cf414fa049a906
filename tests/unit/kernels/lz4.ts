/** The suite of the LZ4 codec, run in Node and in Chromium: each flavour writes the reference's bytes and refuses what it refuses. */
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { BlockCodec } from "../../../workers/kernels/contract.ts";
import { loadWasm } from "../../../workers/kernels/load.ts";
import { referenceKernels } from "../../../workers/kernels/reference.ts";

const ROOM = 1 << 22;
const text = new TextEncoder();
const same = (a: Uint8Array | undefined, b: Uint8Array | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && a.length === b.length && a.every((byte, i) => byte === b[i]));

/** Runs of literals, of one byte, of short periods, and copies of what came before: what a compressor meets. */
const bytes = fc
  .array(
    fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.uint8Array({ minLength: 200, maxLength: 700, size: "max" }),
      fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 11 }), fc.integer({ min: 1, max: 60 })),
      fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 3 }), fc.integer({ min: 250, max: 700 })),
      fc.record({ back: fc.nat(2000), length: fc.integer({ min: 1, max: 400 }) }),
    ),
    { maxLength: 24, size: "max" },
  )
  .map((parts) => {
    const out: number[] = [];
    for (const part of parts) {
      if (part instanceof Uint8Array) out.push(...part);
      else if (Array.isArray(part)) for (let i = 0; i < part[1]; i++) out.push(...part[0]);
      else
        for (let i = 0, from = Math.max(0, out.length - 1 - part.back); i < part.length && from < out.length; i++) out.push(out[from++]!);
    }
    return Uint8Array.from(out);
  });

/** Where the matches of a block begin and end, read by the format's description alone. */
function matchesOf(block: Uint8Array): { readonly matches: readonly (readonly [number, number])[]; readonly lastLiterals: number } {
  const matches: [number, number][] = [];
  let [ip, at] = [0, 0];
  const grown = (nibble: number): number => {
    let length = nibble;
    for (let more = nibble === 15 ? 255 : 0; more === 255; length += more) more = block[ip++]!;
    return length;
  };
  for (;;) {
    const token = block[ip++]!;
    const literals = grown(token >> 4);
    ip += literals;
    at += literals;
    if (ip >= block.length) return { matches, lastLiterals: literals };
    ip += 2;
    const length = grown(token & 15) + 4;
    matches.push([at, at + length]);
    at += length;
  }
}

/** What a call answers or how it fails, as one comparable value. */
const outcome = (call: () => Uint8Array): string => {
  try {
    return `bytes ${call().join(" ")}`;
  } catch (error) {
    return String(error);
  }
};

/** Blocks made by hand from the description of the format. */
const VECTORS: readonly (readonly [string, string, string])[] = [
  ["nothing", "", "00"],
  ["one byte", "a", "10 61"],
  ["twelve equal bytes, too few for a match", "a".repeat(12), `c0${" 61".repeat(12)}`],
  ["twenty equal bytes: one, fifteen less one repeated, the last five", "a".repeat(20), "1a 61 01 00 50 61 61 61 61 61"],
  ["lengths that go on: 294 = 4 + 15 + 255 + 20", "b".repeat(300), "1f 62 01 00 ff 14 50 62 62 62 62 62"],
  [
    "twenty bytes without repetition",
    "abcdefghijklmnopqrst",
    `f0 05 ${[..."abcdefghijklmnopqrst"].map((c) => c.charCodeAt(0).toString(16)).join(" ")}`,
  ],
  ["a period of four", "abcdabcdabcdabcdXYZWV", "48 61 62 63 64 04 00 50 58 59 5a 57 56"],
];
const unhex = (hex: string): Uint8Array => Uint8Array.from(hex === "" ? [] : hex.split(" "), (byte) => Number.parseInt(byte, 16));

export function lz4Suite(flavour: "simd" | "scalar" | "reference", runs: number): void {
  describe(`the ${flavour} LZ4 codec`, () => {
    let codec: BlockCodec = referenceKernels;
    beforeAll(async () => {
      if (flavour !== "reference") codec = await loadWasm(flavour);
    });

    it.each(VECTORS)("writes and reads what was made by hand: %s", (_, plain, hex) => {
      expect([...codec.compress(text.encode(plain), ROOM)!]).toEqual([...unhex(hex)]);
      expect([...codec.decompress(unhex(hex), plain.length)]).toEqual([...text.encode(plain)]);
    });

    it.each([
      ["a match that reaches into itself by three", "35 61 62 63 03 00 10 21", "abcabcabcabc!"],
      ["a match that ends on the last byte but a literal", "40 61 62 63 64 04 00 10 7a", "abcdabcdz"],
      ["two matches back to back", "44 61 62 63 64 04 00 00 01 00 50 31 32 33 34 35", "abcdabcdabcddddd12345"],
    ])("reads what other writers may write: %s", (_, hex, plain) => {
      expect(String.fromCharCode(...codec.decompress(unhex(hex), plain.length))).toBe(plain);
    });

    it("gives back every byte, and writes the bytes of the reference", () => {
      fc.assert(
        fc.property(bytes, (plain) => {
          const block = codec.compress(plain, ROOM)!;
          expect(same(block, referenceKernels.compress(plain, ROOM))).toBe(true);
          expect(same(codec.decompress(block, plain.length), plain)).toBe(true);
          // Into memory of the caller, with anything in it and more room than is needed.
          const room = new Uint8Array(plain.length + 40).fill(0xee);
          const inRoom = codec.decompress(block, plain.length, room);
          expect(same(inRoom, plain) && inRoom.buffer === room.buffer && inRoom.byteOffset === 0).toBe(true);
          expect(room.subarray(plain.length).every((byte) => byte === 0xee)).toBe(true);
          expect(block.buffer.byteLength).toBe(block.length);
          const led = codec.compress(plain, ROOM, 5)!;
          expect(same(led.slice(5), block) && led.slice(0, 5).every((byte) => byte === 0)).toBe(true);
        }),
        { numRuns: runs },
      );
    });

    it("keeps the rules of the end: five literals last, no match that begins within the last twelve", () => {
      fc.assert(
        fc.property(bytes, (plain) => {
          const { matches, lastLiterals } = matchesOf(codec.compress(plain, ROOM)!);
          for (const [from, to] of matches) {
            expect(from).toBeLessThanOrEqual(plain.length - 12);
            expect(to).toBeLessThanOrEqual(plain.length - 5);
          }
          expect(lastLiterals).toBeGreaterThanOrEqual(Math.min(plain.length, 5));
        }),
        { numRuns: runs },
      );
    });

    it("answers nothing where the block would be longer than the limit, and never writes beyond it", () => {
      fc.assert(
        fc.property(bytes, fc.nat(3000), (plain, limit) => {
          const block = codec.compress(plain, limit);
          expect(same(block, referenceKernels.compress(plain, limit))).toBe(true);
          if (block === undefined) expect(codec.compress(plain, ROOM)!.length + 3).toBeGreaterThan(limit);
          else expect(block.length).toBeLessThanOrEqual(limit);
        }),
        { numRuns: runs },
      );
    });

    it("refuses or reads altered and cut blocks as the reference does, and is whole afterwards", () => {
      const alteration = fc.tuple(fc.nat(), fc.nat(255));
      const probe = text.encode("the quick brown fox jumps over the lazy dog; ".repeat(20));
      const block = codec.compress(probe, ROOM)!;
      fc.assert(
        fc.property(
          bytes,
          fc.array(alteration, { maxLength: 4 }),
          fc.option(fc.nat()),
          fc.integer({ min: -3, max: 3 }),
          (plain, changes, cut, off) => {
            const whole = codec.compress(plain, ROOM)!;
            const torn = cut === null ? whole : whole.slice(0, cut % whole.length);
            for (const [where, value] of changes) if (torn.length > 0) torn[where % torn.length] = value;
            const length = Math.max(0, plain.length + off);
            const got = outcome(() => codec.decompress(torn, length));
            expect(got).toBe(outcome(() => referenceKernels.decompress(torn, length)));
            expect(got).toMatch(/^bytes|^InputError: Torn LZ4 block: it (ends inside|repeats what|holds)/);
            expect(same(codec.decompress(block, probe.length), probe)).toBe(true);
          },
        ),
        { numRuns: runs },
      );
    });

    it("refuses random bytes as the reference does", () => {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 300, size: "max" }), fc.nat(2000), (noise, length) => {
          expect(outcome(() => codec.decompress(noise, length))).toBe(outcome(() => referenceKernels.decompress(noise, length)));
        }),
        { numRuns: runs },
      );
    });

    it.each([
      ["nothing at all", "", 0, "ends inside"],
      ["a length that never ends", "ff ff ff ff", 800, "ends inside"],
      ["a length far beyond what was announced", `ff${" ff".repeat(60)} 00`, 200, "holds more"],
      ["literals that are not there", "f0 40 61", 100, "ends inside"],
      ["an offset of zero", "44 61 62 63 64 00 00 50 31 32 33 34 35", 100, "repeats what"],
      ["an offset before the first byte", "44 61 62 63 64 05 00 50 31 32 33 34 35", 100, "repeats what"],
      ["half an offset", "44 61 62 63 64 04", 100, "ends inside"],
      ["an end after a match", "44 61 62 63 64 04 00", 100, "ends inside"],
      ["a match too many", `4f 61 62 63 64 04 00 ff 00 10 31`, 100, "holds more"],
      ["a byte too few", `f0 55${" 61".repeat(100)}`, 101, "holds less"],
      ["more than such a block can hold", "10 61", 2_000_000_000, "holds less"],
    ])("says what is wrong with %s", (_, hex, length, why) => {
      expect(() => codec.decompress(unhex(hex), length)).toThrow(new RegExp(`Torn LZ4 block: it ${why}.* \\(${length} bytes announced\\)`));
    });

    it("reads and writes a megabyte of log, of noise and of zeros", () => {
      const size = (1 << 20) + 7;
      let seed = 1;
      const random = (): number => {
        seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
        return seed >>> 8;
      };
      const lines: string[] = [];
      for (let length = 0; length < size; length += lines.at(-1)!.length)
        lines.push(`10.0.${random() % 256}.${random() % 256} GET /orders/${random()} 200 ${random() % 9000}\n`);
      const noise = Uint8Array.from({ length: size }, random);
      for (const [plain, most] of [
        [text.encode(lines.join("")), 0.75],
        [noise, 1.005],
        [new Uint8Array(size), 0.005],
      ] as const) {
        const block = codec.compress(plain, size * 2)!;
        expect(block.length / plain.length).toBeLessThan(most);
        expect(same(block, referenceKernels.compress(plain, size * 2))).toBe(true);
        expect(same(codec.decompress(block, plain.length), plain)).toBe(true);
      }
      expect(codec.compress(noise, size - 1)).toBeUndefined();
    });

    it("repeats what lies 65,535 bytes back, and nothing farther away: an offset has two bytes", () => {
      const mark = Uint8Array.from({ length: 200 }, (_, i) => (i * 101) % 251);
      const size = (gap: number): number => {
        const plain = new Uint8Array(gap + mark.length + 20);
        plain.set(mark);
        plain.set(mark, gap);
        const block = codec.compress(plain, ROOM)!;
        expect(same(codec.decompress(block, plain.length), plain)).toBe(true);
        return block.length;
      };
      expect(size(65_536) - size(65_535)).toBeGreaterThan(mark.length - 20);
    });
  });
}
