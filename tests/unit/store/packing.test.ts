import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { BlockCodec } from "../../../workers/kernels/contract.ts";
import { loadWasm } from "../../../workers/kernels/load.ts";
import { referenceKernels } from "../../../workers/kernels/reference.ts";
import { encodeChunk, TornChunk } from "../../../workers/store/chunk.ts";
import { Packer, packedAtMost, unpackedLength } from "../../../workers/store/packing.ts";
import { Room } from "../../../workers/store/room.ts";
import { bytesOf, same } from "./storage-contract.ts";

/** A packer between buffers, which is how the tests think. */
function packing(codec: BlockCodec): { pack(chunk: ArrayBuffer): ArrayBuffer; unpack(stored: ArrayBuffer): ArrayBuffer } {
  const packer = new Packer(codec);
  return {
    pack: (chunk) => packer.pack(new Uint8Array(chunk)).buffer,
    unpack: (stored) => packer.unpack(new Uint8Array(stored)).buffer,
  };
}
const packer = packing(referenceKernels);
const header = { kind: "log", owner: "a", count: 500, firstSeq: 1, lastSeq: 500, minTime: 1e12, maxTime: 2e12 };
const text = new TextEncoder().encode("the quick brown fox jumps over the lazy dog\n".repeat(100));
const copyOf = (chunk: ArrayBuffer): Uint8Array => new Uint8Array(chunk.slice(0));
const word = (stored: ArrayBuffer, at: number): number => new DataView(stored).getUint32(at, true);

/** Numbers of a column, ascending or not, with what doubles have beside numbers. */
const odd = fc.constantFrom(-0, 0, Number.NaN, Infinity, -Infinity, 5e-324, 2 ** 52, -1);
const doubles = fc
  .tuple(fc.array(fc.oneof(fc.double(), odd, fc.integer({ min: 0, max: 1000 })), { maxLength: 80 }), fc.boolean())
  .map(([list, sorted]) => (sorted ? Float64Array.from(list).sort() : Float64Array.from(list)));
const times = fc.array(fc.nat(100_000), { maxLength: 300 }).map((gaps) => {
  let at = 1_700_000_000_000;
  return Float64Array.from(gaps, (gap) => {
    at += gap;
    return at;
  });
});
const whole = fc
  .tuple(fc.array(fc.integer(), { maxLength: 80 }), fc.boolean())
  .map(([list, sorted]) => (sorted ? list.sort((a, b) => a - b) : list));
const columns = fc.record({
  times,
  values: doubles,
  offsets: whole.map((list) => Uint32Array.from(list.map((n) => n >>> 0)).sort()),
  signed: whole.map((list) => Int32Array.from(list)),
  bytes: fc.uint8Array({ maxLength: 600 }),
  long: fc.array(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), { maxLength: 20 }).map((list) => BigUint64Array.from(list)),
});

describe("the stored form of a chunk", () => {
  it("gives the chunk back bit by bit, whatever its columns are, and leaves the one that was put as it is", () => {
    fc.assert(
      fc.property(columns, (made) => {
        const chunk = encodeChunk({ ...header, count: 3 }, made);
        const before = copyOf(chunk);
        const stored = packer.pack(chunk);
        expect(stored.byteLength).toBeLessThanOrEqual(chunk.byteLength);
        expect(same(new Uint8Array(packer.unpack(stored)), before)).toBe(true);
        expect(same(new Uint8Array(chunk), before)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it("is the same, whichever kernel makes it", async () => {
    const kernels = [packing(await loadWasm("simd")), packing(await loadWasm("scalar"))];
    fc.assert(
      fc.property(columns, (made) => {
        const chunk = encodeChunk({ ...header, count: 3 }, made);
        const stored = packer.pack(chunk);
        for (const kernel of kernels) {
          expect(same(new Uint8Array(kernel.pack(chunk)), new Uint8Array(stored))).toBe(true);
          expect(same(new Uint8Array(kernel.unpack(stored)), new Uint8Array(chunk))).toBe(true);
        }
      }),
      { numRuns: 100 },
    );
  });

  it("is made and undone in memory of the caller as well, behind and in front of other bytes", async () => {
    const [place, room] = [new Uint8Array(20_000), new Room()];
    for (const one of [new Packer(referenceKernels), new Packer(await loadWasm("simd"))])
      fc.assert(
        fc.property(columns, (made) => {
          const chunk = new Uint8Array(encodeChunk({ ...header, count: 3 }, made));
          const own = one.pack(chunk);
          place.fill(0xee).set(chunk, 8);
          const stored = one.pack(place.subarray(8, 8 + chunk.length), place.subarray(10_000, 10_000 + packedAtMost(chunk.length)));
          expect(same(stored, own)).toBe(true);
          expect(stored.buffer).toBe(place.buffer);
          expect(unpackedLength(stored)).toBe(chunk.length);
          expect(same(one.unpack(stored, room), chunk)).toBe(true);
          // Nothing else was touched.
          const end = 10_000 + packedAtMost(chunk.length);
          expect(place[7] === 0xee && same(place.subarray(8, 8 + chunk.length), chunk) && place[8 + chunk.length] === 0xee).toBe(true);
          expect(place.subarray(end).every((byte) => byte === 0xee)).toBe(true);
        }),
        { numRuns: 100 },
      );
  });

  it("names itself, its version, its method and the length of the chunk", () => {
    const chunk = encodeChunk(header, { text });
    const stored = packer.pack(chunk);
    expect(String.fromCharCode(...new Uint8Array(stored, 0, 4))).toBe("NPHZ");
    expect([word(stored, 4), word(stored, 8), word(stored, 12)]).toEqual([0x0001_0001, chunk.byteLength, 0]);
    expect(stored.byteLength).toBeLessThan(chunk.byteLength / 10);
  });

  it("costs next to nothing for what counts up: times at one pace, offsets, sequences", () => {
    const n = 10_000;
    const chunk = encodeChunk(header, {
      times: Float64Array.from({ length: n }, (_, i) => 1_700_000_000_000 + i * 250),
      offsets: Uint32Array.from({ length: n + 1 }, (_, i) => i * 140),
      sequences: Float64Array.from({ length: n }, (_, i) => 900_000 + i),
    });
    expect(packer.pack(chunk).byteLength).toBeLessThan(chunk.byteLength / 100);
    // Times with gaps of 0 to 255 ms keep one byte and a half of eight.
    const gaps = new Uint8Array(bytesOf(1, n));
    let at = 1_700_000_000_000;
    const uneven = encodeChunk(header, { times: Float64Array.from({ length: n }, (_, i) => (at += gaps[i]!)) });
    expect(packer.pack(uneven).byteLength).toBeLessThan(n * 2.5);
  });

  it("is the chunk itself where packing does not pay: noise, and what is short", () => {
    const noise = encodeChunk(header, { noise: new Uint8Array(bytesOf(5, 50_000)) });
    const short = encodeChunk(header, { none: new Uint8Array(8) });
    for (const chunk of [noise, short, bytesOf(1, 10), new ArrayBuffer(0)]) {
      expect(packer.pack(chunk)).toBe(chunk);
      expect(packer.unpack(chunk)).toBe(chunk);
    }
  });

  it("wraps what merely begins like an envelope, so that it is not taken for one", () => {
    const strange = bytesOf(3, 1000);
    new Uint8Array(strange).set([0x4e, 0x50, 0x48, 0x5a]);
    const stored = packer.pack(strange);
    expect(stored.byteLength).toBe(1016);
    expect(same(new Uint8Array(packer.unpack(stored)), new Uint8Array(strange))).toBe(true);
  });

  const packed = (): ArrayBuffer => {
    const sequences = Float64Array.from({ length: 500 }, (_, i) => i);
    return packer.pack(encodeChunk(header, { sequences, text }));
  };
  it.each([
    ["cut within the envelope", (stored: ArrayBuffer) => stored.slice(0, 9), "envelope"],
    ["cut within its runs", (stored: ArrayBuffer) => stored.slice(0, 20), "envelope"],
    ["cut within the block", (stored: ArrayBuffer) => stored.slice(0, 200), "block"],
    ["of another version", (stored: ArrayBuffer) => changed(stored, 4, 2), "envelope version"],
    ["of an unknown method", (stored: ArrayBuffer) => changed(stored, 6, 9), "method"],
    ["said to be as it is, and is not", (stored: ArrayBuffer) => changed(stored, 6, 0), "method"],
    ["of another length", (stored: ArrayBuffer) => changed(stored, 9, 0x7f), "block"],
    ["of a length beyond all measure", (stored: ArrayBuffer) => changed(stored, 11, 0x7f), "block"],
    ["with a run that leaves the chunk", (stored: ArrayBuffer) => changed(stored, 22, 9), "run"],
    ["with a run of words of another size", (stored: ArrayBuffer) => changed(stored, 24, 3), "run"],
  ])("is refused as torn when it is %s", (_, tear, part) => {
    const torn = tear(packed());
    const failure = thrownBy(() => packer.unpack(torn));
    expect(failure).toBeInstanceOf(TornChunk);
    expect(failure).toMatchObject({ path: `chunk/${part}` });
  });

  it("is torn or another chunk after any damage, but never another failure", () => {
    const stored = packed();
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 5 }), (changes) => {
        const torn = changes.reduce((bytes, [at, value]) => changed(bytes, 4 + (at % (bytes.byteLength - 4)), value), stored);
        const failure = thrownBy(() => packer.unpack(torn));
        if (failure !== undefined) expect(failure).toBeInstanceOf(TornChunk);
      }),
      { numRuns: 500 },
    );
  });
});

function changed(stored: ArrayBuffer, at: number, value: number): ArrayBuffer {
  const bytes = copyOf(stored);
  bytes[at] = value;
  return bytes.buffer as ArrayBuffer;
}

function thrownBy(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  return undefined;
}
