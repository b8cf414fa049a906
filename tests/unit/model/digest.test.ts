import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Digest128, digestTexts } from "../../../workers/model/digest.ts";

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("Digest128", () => {
  it("gives the published MurmurHash3 x86 128 values", () => {
    // Computed with a second implementation of the published method (seed 0).
    expect(new Digest128(0).bytes(utf8("")).hex()).toBe("00000000000000000000000000000000");
    expect(new Digest128(0).bytes(utf8("hello")).hex()).toBe("2b2444a0db91def79adb31b69adb31b6");
    expect(new Digest128(0).bytes(utf8("a nephoscope measures clouds")).hex()).toBe("75d90fd659fcbd506dc858086e350d1d");
  });

  it("does not depend on how the stream is cut", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.array(fc.nat(200), { maxLength: 6 }), (data, cuts) => {
        const whole = new Digest128().bytes(data).hex();
        const pieces = new Digest128();
        let from = 0;
        for (const cut of [...cuts, data.length].map((c) => Math.min(c, data.length)).sort((a, b) => a - b)) {
          pieces.bytes(data.subarray(from, cut));
          from = cut;
        }
        expect(pieces.hex()).toBe(whole);
      }),
    );
  });

  it("goes on from a snapshot as if it had never stopped", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), fc.uint8Array({ maxLength: 100 }), (a, b) => {
        const one = new Digest128().bytes(a).bytes(b).hex();
        const snapshot = JSON.parse(JSON.stringify(new Digest128().bytes(a).snapshot())) as number[];
        expect(Digest128.from(snapshot).bytes(b).hex()).toBe(one);
      }),
    );
  });

  it("tells texts apart by their borders, and counts every NaN as one", () => {
    expect(digestTexts("ab", "c").hex()).not.toBe(digestTexts("a", "bc").hex());
    const other = new Float64Array(new Uint32Array([1, 0x7ff80001]).buffer);
    expect(new Digest128().f64(other).hex()).toBe(new Digest128().f64([Number.NaN]).hex());
  });
});
