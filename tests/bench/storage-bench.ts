/** A million log events to IndexedDB and back, chunks beside a record an event. */
import { loadKernels } from "../../workers/kernels/load.ts";
import { agree, type Log, type Row } from "./rows.ts";
import { readChunked, readPerRecord, removeBenchData, type StorageBench, writeChunked, writePerRecord } from "./storage.ts";

export async function storageBench(events: number, log: Log): Promise<{ readonly rows: Row[]; readonly notes: string[] }> {
  const kernels = await loadKernels();
  const chunkedWrite = await writeChunked(events, kernels);
  const chunkedRead = await readChunked(events, kernels);
  log(
    `${events} events in chunks: written in ${chunkedWrite.milliseconds.toFixed(0)} ms, read in ${chunkedRead.milliseconds.toFixed(0)} ms`,
  );
  const recordWrite = await writePerRecord(events);
  const recordRead = await readPerRecord(events);
  log(
    `${events} events as records: written in ${recordWrite.milliseconds.toFixed(0)} ms, read in ${recordRead.milliseconds.toFixed(0)} ms`,
  );
  await removeBenchData();
  const { chunkBytes = 0, storedBytes = 0 } = chunkedWrite;
  const rows = [
    row("write a million events to IndexedDB", chunkedWrite, recordWrite, { floor: 100, goal: 120 }),
    row("read them back", chunkedRead, recordRead, { floor: 30, goal: 30 }),
  ];
  return {
    rows,
    notes: [
      `storage: chunks of ${(chunkBytes / 1e6).toFixed(0)} MB are stored in ${(storedBytes / 1e6).toFixed(0)} MB, ${((100 * storedBytes) / chunkBytes).toFixed(0)} %; events (access log lines of 140 bytes) are made before the clock runs, for both`,
    ],
  };
}

function row(name: string, ours: StorageBench, rival: StorageBench, bounds: { floor: number; goal: number }): Row {
  agree(`${name}: events`, ours.events, rival.events);
  agree(`${name}: times`, ours.timeSum, rival.timeSum);
  agree(`${name}: bytes`, ours.byteSum, rival.byteSum);
  const [oursMs, rivalMs] = [ours.milliseconds, rival.milliseconds];
  return { group: "storage", name, rival: "a record an event", kind: "times", oursMs, rivalMs, ratio: rivalMs / oursMs, ...bounds };
}
