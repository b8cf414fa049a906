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

let only: Connection | undefined;

/** Starts the worker on the first call; later calls answer the same connection. */
export function connect(): Connection {
  only ??= start();
  return only;
}

function start(): Connection {
  const worker = new Worker(new URL("../../workers/main.ts", import.meta.url), { type: "module", name: "account" });
  // Every method of WorkerApi already answers a promise, so the proxy has the same shape; `listen` answers one too, which nobody reads.
  const api = wrap<WorkerApi>(worker) as unknown as WorkerApi;
  const channel = new MessageChannel();
  api.listen(transfer(channel.port2, [channel.port2]));
  channel.port1.start();
  return {
    api,
    pulses: channel.port1,
    onBroken(tell) {
      worker.addEventListener("error", (event) => tell(event.message || "The worker could not start."));
      worker.addEventListener("messageerror", () => tell("A message of the worker could not be read."));
    },
  };
}
