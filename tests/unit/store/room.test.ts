import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Blocks, bufferOf, type Held, Room } from "../../../workers/store/room.ts";

describe("memory that is used again", () => {
  it("is the same as long as it is long enough", () => {
    const room = new Room();
    const first = room.bytes(100);
    expect(room.bytes(40).buffer).toBe(first.buffer);
    expect(room.bytes(40).length).toBe(40);
    expect(room.bytes(200).length).toBe(200);
  });

  it("copies a part of a buffer, but not a buffer", () => {
    const bytes = Uint8Array.of(1, 2, 3, 4);
    expect(bufferOf(bytes.buffer)).toBe(bytes.buffer);
    expect([...new Uint8Array(bufferOf(bytes.subarray(1, 3)))]).toEqual([2, 3]);
  });
});

describe("blocks", () => {
  const filled = (blocks: Blocks, length: number, value: number, most = length): Held =>
    blocks.hold(most, (room) => room.subarray(0, length).fill(value));

  it("keep what is held, whatever is held and given back beside it", () => {
    const step = fc.record({ length: fc.constantFrom(0, 10, 70_000, 900_000, 3_000_000, 6_000_000), back: fc.option(fc.nat(20)) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const blocks = new Blocks();
        const held: { one: Held; value: number; length: number }[] = [];
        for (const [i, { length, back }] of steps.entries()) {
          held.push({ one: filled(blocks, length, i + 1), value: i + 1, length });
          const [gone] = back === null ? [] : held.splice(back % held.length, 1);
          if (gone !== undefined) blocks.giveBack(gone.one);
        }
        for (const { one, value, length } of held) {
          expect(one.bytes.length).toBe(length);
          expect([one.bytes[0], one.bytes[length >> 1], one.bytes[length - 1]].every((byte) => length === 0 || byte === value)).toBe(true);
        }
      }),
      { numRuns: 30 },
    );
  });

  it("are used again when all in them was given back", () => {
    const blocks = new Blocks();
    const seen = new Set<ArrayBuffer>();
    for (let i = 0; i < 60; i++) {
      const pair = [filled(blocks, 1_000_000, 1), filled(blocks, 400_000, 2, 1_000_000)];
      for (const one of pair) seen.add(one.bytes.buffer);
      for (const one of pair) blocks.giveBack(one);
    }
    expect(seen.size).toBe(1);
    const long = Array.from({ length: 12 }, () => filled(blocks, 1_000_000, 3));
    for (const one of long) blocks.giveBack(one);
    const again = Array.from({ length: 12 }, () => filled(blocks, 1_000_000, 4).bytes.buffer);
    expect(again.filter((buffer) => long.some((one) => one.bytes.buffer === buffer)).length).toBeGreaterThanOrEqual(8);
  });

  it("copy what lies elsewhere", () => {
    const elsewhere = Uint8Array.of(5, 6, 7);
    const held = new Blocks().hold(10, () => elsewhere);
    expect([...held.bytes]).toEqual([5, 6, 7]);
    expect(held.bytes.buffer).not.toBe(elsewhere.buffer);
  });
});
