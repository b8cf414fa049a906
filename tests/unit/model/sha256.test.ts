import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSha256, sha256 } from "../../../workers/model/sha256.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const oracle = (data: Uint8Array): string => createHash("sha256").update(data).digest("hex");

describe("sha256", () => {
  it.each([
    ["", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
    ["abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
    ["abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"],
  ])("gives the standard's digest of %j", (text, expected) => {
    expect(sha256(bytes(text))).toBe(expected);
  });

  it("agrees with node:crypto at every length around the block borders", () => {
    for (let length = 0; length <= 200; length++) {
      const data = Uint8Array.from({ length }, (_, i) => (i * 37 + length) & 255);
      expect(sha256(data)).toBe(oracle(data));
    }
  });

  it("gives the same digest however the bytes are sliced, and may be asked in between", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 150 }), { maxLength: 8 }), (slices) => {
        const running = createSha256();
        const node = createHash("sha256");
        for (const slice of slices) {
          running.update(slice);
          node.update(slice);
          expect(running.hex()).toBe(node.copy().digest("hex"));
        }
      }),
    );
  });
});
