/**
 * What to do when stored telemetry turns out torn: only a chunk's first load shows it, and that may come long after
 * opening, in the middle of a panel's read, of a command or of the clock's work. Every chunk follows from scenario and
 * journal, so the account is rebuilt from what is whole; the rebuilding makes the chunk again, under the same id.
 */
import { InputError } from "../model/errors.ts";
import { TornChunk } from "../store/chunk.ts";

/** Rebuilding from checkpoints is tried so often; then everything is run anew from the scenario, which needs no chunk. */
const FROM_CHECKPOINTS = 3;

/**
 * Does `work`; each time a chunk is torn, does it again. `attempt` counts from 0; `fromStart` says that checkpoints have
 * had their chance. What is torn even then (a disk that loses what it is given) ends in a sentence with a way on.
 */
export async function untilWhole<T>(work: (fromStart: boolean, attempt: number) => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await work(attempt >= FROM_CHECKPOINTS, attempt);
    } catch (thrown) {
      if (!(thrown instanceof TornChunk)) throw thrown;
      if (attempt > FROM_CHECKPOINTS) throw beyondMending(thrown);
    }
  }
}

function beyondMending(torn: TornChunk): InputError {
  return new InputError(
    "Stored telemetry of this account is damaged, and this browser's storage does not keep what is made again. Download the account as a scenario file (Share) and open that file: it holds all commands, and everything follows from them.",
    { path: "storage", found: torn.message, allowed: "telemetry that was stored whole" },
  );
}

export const MENDED =
  "A piece of stored telemetry was not stored whole. The account was rebuilt from what is whole and from its commands; nothing is lost.";
