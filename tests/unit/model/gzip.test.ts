import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { crc32, gzip } from "../../../workers/model/gzip.ts";

const utf8 = new TextEncoder();
const unpacked = (bytes: Uint8Array): Uint8Array => new Uint8Array(gunzipSync(gzip(bytes)));

describe("gzip", () => {
  it("is unpacked to what was packed, by another implementation", () => {
    const isSame = (bytes: Uint8Array): void => expect(unpacked(bytes)).toEqual(bytes);
    fc.assert(fc.property(fc.uint8Array({ maxLength: 3000 }), (bytes) => void isSame(bytes)));
    const few = fc.array(fc.constantFrom("abcd", "abcde", "x", '"eventName":'), { maxLength: 400 });
    fc.assert(fc.property(few, (parts) => void isSame(utf8.encode(parts.join("")))));
  });

  it("reaches back over the whole window and not beyond", () => {
    for (const gap of [32_763, 32_764, 32_765, 40_000]) {
      const bytes = new Uint8Array(gap + 20);
      for (let i = 0; i < bytes.length; i++) bytes[i] = Math.imul(i, 2_654_435_761) >>> 24;
      bytes.set(utf8.encode("findme!!"), 0);
      bytes.set(utf8.encode("findme!!"), gap);
      expect(unpacked(bytes)).toEqual(bytes);
    }
    const long = new Uint8Array(100_000).fill(7);
    expect(gzip(long).length).toBeLessThan(1000);
    expect(unpacked(long)).toEqual(long);
  });

  it("makes JSON a fraction of its size, and the same bytes every time", () => {
    const records = Array.from({ length: 500 }, (_, i) => ({ eventName: "PutMetricAlarm", eventSource: "monitoring.amazonaws.com", n: i }));
    const bytes = utf8.encode(JSON.stringify({ Records: records }));
    expect(gzip(bytes).length * 5).toBeLessThan(bytes.length);
    expect(gzip(bytes)).toEqual(gzip(bytes));
  });

  it("checks by CRC-32 as its standard's example says", () => {
    expect(crc32(utf8.encode("123456789"))).toBe(0xcbf43926);
  });
});
