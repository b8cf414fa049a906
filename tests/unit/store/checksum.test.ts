import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checksum32 } from "../../../workers/store/checksum.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("checksum32", () => {
  it.each([
    ["", 0x02cc5d05],
    ["a", 0x550d7456],
    ["abc", 0x32d153ff],
    ["Nobody inspects the spammish repetition", 0xe2293b2f],
  ])("gives the published XXH32 of %j", (text, expected) => {
    expect(checksum32(bytes(text))).toBe(expected);
  });

  it("does not depend on the alignment of its input", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.integer({ min: 0, max: 7 }), (data, shift) => {
        const moved = new Uint8Array(data.length + 8);
        moved.set(data, shift);
        expect(checksum32(moved.subarray(shift, shift + data.length))).toBe(checksum32(data));
      }),
    );
  });

  it("finds every change of a single bit", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 100 }), (data) => {
        const before = checksum32(data);
        for (let bit = 0; bit < data.length * 8; bit++) {
          data[bit >> 3]! ^= 1 << (bit & 7);
          expect(checksum32(data)).not.toBe(before);
          data[bit >> 3]! ^= 1 << (bit & 7);
        }
      }),
      { numRuns: 30 },
    );
  });
});
