/** A million log events to IndexedDB and back, chunks beside a record an event. */
import { agree, type Log, type Row } from "./rows.ts";
import { readChunked, readPerRecord, removeBenchData, type StorageBench, writeChunked, writePerRecord } from "./storage.ts";

export async function storageBench(events: number, log: Log): Promise<Row[]> {
  const chunkedWrite = await writeChunked(events);
  const chunkedRead = await readChunked(events);
  log(
    `${events} events in chunks: written in ${chunkedWrite.milliseconds.toFixed(0)} ms, read in ${chunkedRead.milliseconds.toFixed(0)} ms`,
  );
  const recordWrite = await writePerRecord(events);
  const recordRead = await readPerRecord(events);
  log(
    `${events} events as records: written in ${recordWrite.milliseconds.toFixed(0)} ms, read in ${recordRead.milliseconds.toFixed(0)} ms`,
  );
  await removeBenchData();
  return [
    row("write a million events to IndexedDB", chunkedWrite, recordWrite, { floor: 100, goal: 120 }),
    row("read them back", chunkedRead, recordRead, { floor: 30, goal: 30 }),
  ];
}

function row(name: string, ours: StorageBench, rival: StorageBench, bounds: { floor: number; goal: number }): Row {
  agree(`${name}: events`, ours.events, rival.events);
  agree(`${name}: times`, ours.timeSum, rival.timeSum);
  agree(`${name}: bytes`, ours.byteSum, rival.byteSum);
  const [oursMs, rivalMs] = [ours.milliseconds, rival.milliseconds];
  return { group: "storage", name, rival: "a record an event", kind: "times", oursMs, rivalMs, ratio: rivalMs / oursMs, ...bounds };
}
