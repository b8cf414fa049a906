/** A file as the past of a new account: which batches are put, and when the account's clock starts. Pure. */
import { batchEnd, type EventColumns, sliceColumns } from "./events.ts";

/** Input of PutLogEvents in columns. `history` puts events that are older than the 14 days PutLogEvents takes. */
export interface PutLogEventsColumns extends EventColumns {
  readonly logGroupName: string;
  readonly logStreamName: string;
  readonly history?: true;
}

export interface Destination {
  readonly logGroupName: string;
  readonly logStreamName: string;
}

export interface HistoryPlan {
  /** Clock of the new account, epoch ms: the first whole second after the last event. */
  readonly clock: number;
  readonly batchCount: number;
  /** The batches in order, made one at a time. */
  readonly batches: () => Generator<PutLogEventsColumns>;
}

export function planHistory(columns: EventColumns, to: Destination): HistoryPlan {
  const count = columns.timestamps.length;
  const last = columns.timestamps[count - 1] ?? 0;
  const cuts = [0];
  for (let at = 0; at < count; ) {
    at = batchEnd(columns, at, count);
    cuts.push(at);
  }
  return {
    clock: last - (last % 1000) + 1000,
    batchCount: cuts.length - 1,
    *batches() {
      for (let i = 1; i < cuts.length; i++) {
        yield {
          logGroupName: to.logGroupName,
          logStreamName: to.logStreamName,
          ...sliceColumns(columns, cuts[i - 1] ?? 0, cuts[i] ?? 0),
          history: true,
        };
      }
    },
  };
}
