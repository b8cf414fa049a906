import { expect, it } from "vitest";
import {
  benchEvent,
  chunkedMessage,
  readChunked,
  readPerRecord,
  removeBenchData,
  type StorageBench,
  writeChunked,
  writePerRecord,
} from "../../bench/storage.ts";

it("does the same work both ways, so that their times may be compared", async () => {
  const events = 20_000;
  const sums = ({ events, timeSum, byteSum }: StorageBench) => ({ events, timeSum, byteSum });
  // 3 ms apart: 3 · n(n-1)/2; 140 bytes each.
  const expected = { events, timeSum: (3 * events * (events - 1)) / 2, byteSum: events * 140 };
  for (const run of [writeChunked, readChunked, writePerRecord, readPerRecord]) {
    const result = await run(events);
    console.log(`${run.name}: ${Math.round(result.milliseconds)} ms for ${events} events`);
    expect(sums(result)).toEqual(expected);
  }
  expect(await chunkedMessage(12_345)).toBe(benchEvent(12_345).message);
  await removeBenchData();
});
