import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InputError } from "../../../workers/model/errors.ts";
import { checksum32 } from "../../../workers/store/checksum.ts";
import {
  type ChunkHeader,
  decodeChunk,
  encodeChunk,
  encodeChunkIn,
  isWhole,
  sealOf,
  TornChunk,
  type TypedArray,
  verifyChunk,
} from "../../../workers/store/chunk.ts";
import { Room } from "../../../workers/store/room.ts";

const header: ChunkHeader = {
  kind: "metric",
  owner: "123/us-east-1/é\ud800",
  count: 3,
  firstSeq: 1,
  lastSeq: 3,
  minTime: 1000,
  maxTime: 61000.5,
};
const sample = (): ArrayBuffer =>
  encodeChunk(header, { t: new Float64Array([1, 2, 3]), text: new Uint8Array([9, 8, 7, 6, 5]), level: new Int16Array([-1]) });

const column: fc.Arbitrary<TypedArray> = fc.oneof(
  fc.int8Array(),
  fc.uint8Array(),
  fc.int16Array(),
  fc.uint16Array(),
  fc.int32Array(),
  fc.uint32Array(),
  fc.float32Array(),
  fc.float64Array(),
  fc.bigInt64Array(),
  fc.bigUint64Array(),
);
const whole = fc.integer({ min: 0, max: 2 ** 40 });
const anyHeader: fc.Arbitrary<ChunkHeader> = fc
  .tuple(
    fc.record(
      {
        kind: fc.string(),
        owner: fc.string({ unit: "binary" }),
        count: whole,
        extra: fc.constantFrom({ level: "ERROR", codes: [1, null] }, "x", 0),
      },
      { requiredKeys: ["kind", "owner", "count"] },
    ),
    fc.oneof(fc.constant({}), fc.record({ firstSeq: whole, lastSeq: whole })),
    fc.oneof(fc.constant({}), fc.record({ minTime: whole, maxTime: whole })),
  )
  .map(([what, sequences, times]) => ({ ...what, ...sequences, ...times }));

describe("a chunk in memory that was used before", () => {
  it("is byte for byte the one in memory of its own", () => {
    const room = new Room();
    fc.assert(
      fc.property(anyHeader, fc.dictionary(fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{0,6}$/), column, { maxKeys: 6 }), (head, columns) => {
        room.bytes(2000).fill(0xee);
        const chunk = encodeChunkIn(room, head, columns);
        expect([...chunk]).toEqual([...new Uint8Array(encodeChunk(head, columns))]);
        expect(decodeChunk(chunk).header).toEqual(head);
      }),
    );
  });

  it("is read where it lies, behind others", () => {
    const chunk = sample();
    const place = new Uint8Array(chunk.byteLength + 16);
    place.set(new Uint8Array(chunk), 8);
    const read = decodeChunk(place.subarray(8, 8 + chunk.byteLength));
    expect(read).toEqual(decodeChunk(chunk));
    expect(read.columns["t"]!.buffer).toBe(place.buffer);
  });
});

describe("the seal of bytes", () => {
  it("is a chunk's own checksum, and tells any changed byte, those in front of what is summed up as well", () => {
    const chunk = new Uint8Array(sample());
    const seal = sealOf(chunk);
    expect(seal).toBe(new Uint32Array(chunk.buffer)[3]);
    expect(isWhole(chunk, seal)).toBe(true);
    for (let at = 0; at < chunk.length; at++) {
      const torn = chunk.slice();
      torn[at]! ^= 1 << (at % 8);
      expect(isWhole(torn, seal)).toBe(false);
    }
    expect(isWhole(chunk.slice(0, -8), seal)).toBe(false);
    expect(isWhole(new Uint8Array(0), seal)).toBe(false);
  });

  it("is a checksum of all bytes where they are no chunk, and such a one of a chunk still counts", () => {
    const bytes = Uint8Array.from({ length: 100 }, (_, i) => i);
    expect(isWhole(bytes, sealOf(bytes))).toBe(true);
    expect(isWhole(bytes.fill(0, 50, 51), sealOf(Uint8Array.from({ length: 100 }, (_, i) => i)))).toBe(false);
    const chunk = new Uint8Array(sample());
    expect(isWhole(chunk, checksum32(chunk))).toBe(true);
    expect(isWhole(chunk.fill(1, 40, 41), checksum32(new Uint8Array(sample())))).toBe(false);
  });
});

describe("the chunk codec", () => {
  it("gives back the header and every column, bit for bit, as aligned views of the one buffer", () => {
    fc.assert(
      fc.property(anyHeader, fc.dictionary(fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{0,6}$/), column, { maxKeys: 6 }), (head, columns) => {
        const buffer = encodeChunk(head, columns);
        expect(buffer.byteLength % 8).toBe(0);
        const chunk = decodeChunk(buffer);
        expect(chunk.header).toEqual(head);
        expect(Object.keys(chunk.columns).sort()).toEqual(Object.keys(columns).sort());
        for (const [name, written] of Object.entries(columns)) {
          const read = chunk.columns[name]!;
          expect(read.buffer).toBe(buffer);
          expect(read.byteOffset % 8).toBe(0);
          expect(read.constructor).toBe(written.constructor);
          const bitsRead = new Uint8Array(read.buffer, read.byteOffset, read.byteLength);
          expect(bitsRead).toEqual(new Uint8Array(written.buffer, written.byteOffset, written.byteLength));
        }
      }),
    );
  });

  it("copies only the part of a buffer that a column covers", () => {
    const wide = new Float64Array([0, 1, 2, 3]);
    expect(decodeChunk(encodeChunk(header, { t: wide.subarray(1, 3) })).columns.t).toEqual(new Float64Array([1, 2]));
  });

  it("writes the same bytes for the same content", () => {
    expect(new Uint8Array(sample())).toEqual(new Uint8Array(sample()));
  });

  it("finds a cut at every byte and names the length", () => {
    const buffer = sample();
    for (let end = 0; end < buffer.byteLength; end++) {
      const cut = buffer.slice(0, end);
      expect(() => decodeChunk(cut)).toThrow(TornChunk);
      expect(() => decodeChunk(cut)).toThrow(/length is/);
    }
  });

  it("finds bytes added at the end", () => {
    const longer = new Uint8Array(sample().byteLength + 8);
    longer.set(new Uint8Array(sample()));
    expect(() => decodeChunk(longer.buffer)).toThrow(/length is/);
  });

  it("finds every flipped bit", () => {
    const buffer = sample();
    const bytes = new Uint8Array(buffer);
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      bytes[bit >> 3]! ^= 1 << (bit & 7);
      expect(() => decodeChunk(buffer)).toThrow(TornChunk);
      bytes[bit >> 3]! ^= 1 << (bit & 7);
    }
    expect(decodeChunk(buffer).header.count).toBe(3);
  });

  it("says what is wrong in a form that the page can show", () => {
    const buffer = sample();
    new Uint8Array(buffer)[buffer.byteLength - 1]! ^= 1;
    let thrown: unknown;
    try {
      decodeChunk(buffer);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(InputError);
    expect((thrown as InputError).path).toBe("chunk/checksum");
    expect((thrown as InputError).message).toMatch(/^Torn chunk: checksum is 0x[0-9a-f]{8}, expected 0x[0-9a-f]{8}\.$/);
  });

  it("refuses a chunk of a later format by its version", () => {
    const buffer = sample();
    new Uint32Array(buffer)[1] = 2;
    expect(() => verifyChunk(buffer)).toThrow("format version is 2, expected 1");
  });

  it("refuses to write what it could not read back", () => {
    expect(() => encodeChunk({ ...header, maxTime: Number.NaN }, {})).toThrow(/maxTime/);
    expect(() => encodeChunk({ ...header, count: 1.5 }, {})).toThrow(/count/);
    const { lastSeq: _, ...halfASpan } = header;
    expect(() => encodeChunk(halfASpan, {})).toThrow(/lastSeq is undefined/);
    expect(() => encodeChunk(header, { ["__proto__"]: new Uint8Array(1) })).toThrow(/__proto__/);
  });

  it("reads a trusted buffer without paying for the checksum", () => {
    const buffer = sample();
    new Uint8Array(buffer)[12]! ^= 1;
    expect(decodeChunk(buffer, { trusted: true }).columns.t).toEqual(new Float64Array([1, 2, 3]));
  });
});
