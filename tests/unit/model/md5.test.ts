import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { md5 } from "../../../workers/model/md5.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const oracle = (data: Uint8Array): string => createHash("md5").update(data).digest("hex");

describe("md5", () => {
  it.each([
    ["", "d41d8cd98f00b204e9800998ecf8427e"],
    ["a", "0cc175b9c0f1b6a831c399e269772661"],
    ["abc", "900150983cd24fb0d6963f7d28e17f72"],
    ["message digest", "f96b697d7cb7938d525a2f31aaf161d0"],
  ])("gives the RFC's digest of %j", (text, expected) => {
    expect(md5(bytes(text))).toBe(expected);
  });

  it("agrees with node:crypto at every length around the block borders", () => {
    for (let length = 0; length <= 200; length++) {
      const data = Uint8Array.from({ length }, (_, i) => (i * 91 + length) & 255);
      expect(md5(data)).toBe(oracle(data));
    }
  });

  it("agrees with node:crypto on anything", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 1000, size: "max" }), (data) => {
        expect(md5(data)).toBe(oracle(data));
      }),
    );
  });
});
