import fc from "fast-check";
import { expect, it } from "vitest";
import { utf8Column } from "../../../workers/model/utf8.ts";

it("encodes each text as it is alone, also where halves of a character meet", () => {
  const unit = fc.constantFrom("a", "Z", "\n", "\u0000", "é", "€", "😀", "\ud83d", "\ude00");
  const encoder = new TextEncoder();
  fc.assert(
    fc.property(fc.oneof(fc.array(fc.string()), fc.array(fc.string({ unit }))), fc.option(fc.nat(60)), (texts, room) => {
      const { bytes, offsets } = utf8Column(texts, room === null ? undefined : new Uint8Array(room));
      expect(offsets.length).toBe(texts.length + 1);
      expect(offsets[texts.length]).toBe(bytes.length);
      for (const [i, text] of texts.entries()) expect([...bytes.subarray(offsets[i], offsets[i + 1])]).toEqual([...encoder.encode(text)]);
    }),
    { numRuns: 300 },
  );
  const many = Array.from({ length: 300 }, (_, i) => `line ${i}${i === 290 ? " ü" : ""}`);
  for (const texts of [many, many.slice(0, 280)]) {
    const { bytes, offsets } = utf8Column(texts);
    const each = texts.map((_, i) => new TextDecoder().decode(bytes.subarray(offsets[i], offsets[i + 1])));
    expect(each).toEqual(texts);
  }
  expect([...utf8Column(["\ud83d", "\ude00"]).bytes]).toEqual([0xef, 0xbf, 0xbd, 0xef, 0xbf, 0xbd]);
});
