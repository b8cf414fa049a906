/** The page's only line to the worker: one worker and one proxy, kept for the page's life (a second proxy would leak the first). */
import { transfer, wrap } from "comlink";
import type { WorkerApi } from "../../workers/api.ts";

export interface Connection {
  readonly api: WorkerApi;
  /** The raw port on which pulses arrive. */
  readonly pulses: MessagePort;
  /** Called when the worker itself dies or cannot start, with a sentence. */
  onBroken(tell: (reason: string) => void): void;
}

/** A worker that the built page started before its own scripts had come (`scripts/first-view-plugin.ts`), with the error it met before anyone listened. */
interface EarlyWorker extends Worker {
  readonly broken?: string;
}

declare global {
  var nephoscopeWorker: EarlyWorker | undefined;
}

const NOT_STARTED = "The worker could not start.";

let only: Connection | undefined;

/** Starts the worker on the first call; later calls answer the same connection. */
export function connect(): Connection {
  only ??= start();
  return only;
}

function start(): Connection {
  globalThis.nephoscopeWorker ??= new Worker(new URL("../../workers/main.ts", import.meta.url), { type: "module", name: "account" });
  const worker = globalThis.nephoscopeWorker;
  // Every method of WorkerApi already answers a promise, so the proxy has the same shape; `listen` answers one too, which nobody reads.
  const api = wrap<WorkerApi>(worker) as unknown as WorkerApi;
  const channel = new MessageChannel();
  api.listen(transfer(channel.port2, [channel.port2]));
  channel.port1.start();
  return {
    api,
    pulses: channel.port1,
    onBroken(tell) {
      if (worker.broken !== undefined) tell(worker.broken.trim() || NOT_STARTED);
      worker.addEventListener("error", (event) => tell(event.message || NOT_STARTED));
      worker.addEventListener("messageerror", () => tell("A message of the worker could not be read."));
    },
  };
}
