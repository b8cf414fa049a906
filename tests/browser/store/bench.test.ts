import { expect, it } from "vitest";
import { referenceKernels } from "../../../workers/kernels/reference.ts";
import { benchEvent } from "../../bench/events.ts";
import {
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
  // 3 ms apart (3 · n(n-1)/2) and up to 2 ms late; 140 bytes each.
  const late = Array.from({ length: events }, (_, i) => benchEvent(i).timestamp - benchEvent(0).timestamp - i * 3);
  expect(late.every((ms, i) => i === 0 || (ms >= -2 && ms <= 2))).toBe(true);
  const first = benchEvent(0).timestamp - 1_700_000_000_000;
  const timeSum = (3 * events * (events - 1)) / 2 + events * first + late.reduce((sum, ms) => sum + ms, 0);
  const expected = { events, timeSum, byteSum: events * 140 };
  const write = () => writeChunked(events, referenceKernels);
  const read = () => readChunked(events, referenceKernels);
  for (const run of [write, read, () => writePerRecord(events), () => readPerRecord(events)]) {
    const result = await run();
    expect(sums(result)).toEqual(expected);
    if (result.chunkBytes === undefined) continue;
    // Lines of a log, not padding: they shrink, but not to nothing.
    expect(result.chunkBytes).toBeGreaterThan(events * 152);
    expect(result.storedBytes! / result.chunkBytes).toBeGreaterThan(0.2);
    expect(result.storedBytes! / result.chunkBytes).toBeLessThan(0.5);
  }
  expect(await chunkedMessage(12_345, events)).toBe(benchEvent(12_345).message);
  await removeBenchData();
});
