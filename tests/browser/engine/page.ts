/** The page's side of the real worker, as `src/client` holds it. */
import * as Comlink from "comlink";
import type { Account } from "../../../workers/account/account.ts";
import { writeScenarioFile } from "../../../workers/account/scenario-file.ts";
import type { Pulse, WorkerApi } from "../../../workers/api.ts";
import { createEngine } from "../../../workers/engine.ts";
import { referenceKernels } from "../../../workers/kernels/reference.ts";
import { createMemoryStorage } from "../../../workers/store/memory-storage.ts";
import { STORY, tell } from "../../unit/account/story.ts";

export interface Page {
  readonly api: Comlink.Remote<WorkerApi>;
  /** The newest pulse; undefined before the first. */
  pulse(): Pulse | undefined;
  /** Kills the worker in the middle of whatever it does. */
  kill(): void;
}

/** What is wrong with the browser's storage: blocked, 300 kB of room, no Web Locks. */
export type Trouble = "blocked" | "tiny" | "no locks";

const open = new Set<Worker>();

/** A tab of its own: a worker with nothing open yet. */
export function openPage(trouble?: Trouble): Page {
  const worker =
    trouble === undefined
      ? new Worker(new URL("../../../workers/main.ts", import.meta.url), { type: "module" })
      : new Worker(new URL("./troubled-worker.ts", import.meta.url), { type: "module", name: trouble });
  open.add(worker);
  const api = Comlink.wrap<WorkerApi>(worker);
  const { port1, port2 } = new MessageChannel();
  let last: Pulse | undefined;
  port1.onmessage = ({ data }: MessageEvent<Pulse>) => {
    last = data;
  };
  void api.listen(Comlink.transfer(port2, [port2]));
  return {
    api,
    pulse: () => last,
    kill: () => {
      worker.terminate();
      open.delete(worker);
    },
  };
}

export function closePages(): void {
  for (const worker of open) worker.terminate();
  open.clear();
}

/** What a rejected call of the worker said. */
export async function failing(call: Promise<unknown>): Promise<{ kind: string; code: string; message: string; path?: string }> {
  const thrown = await call.then(
    (value) => {
      throw new Error(`the call was expected to fail; it answered ${JSON.stringify(value)?.slice(0, 200)}`);
    },
    (error: unknown) => error,
  );
  return thrown as { kind: string; code: string; message: string };
}

/** An account in memory in this page, to compare with. */
export const inMemory = (scenario = STORY): Promise<Account> =>
  createEngine({ scenario, storage: createMemoryStorage({ id: "beside" }), kernels: referenceKernels });

/** The golden story as a scenario file: an account with a past, whose clock stands. */
export async function storyFile(): Promise<string> {
  const account = await inMemory();
  await tell(account);
  return writeScenarioFile(account.scenario, account.journal(), account.now, account.stateHash().hash, []);
}

/** The hash of a worker's account, replayed from its journal in memory. */
export async function replayed(page: Page, files: readonly { sha256: string; name: string; bytes: Uint8Array }[] = []): Promise<string> {
  const [info, journal] = [await page.api.info(), await page.api.journal()];
  const account = await inMemory(info.scenario);
  for (const { sha256, name, bytes } of files) await account.storage.putAttachment({ sha256, name, bytes: bytes.length }, bytes);
  await account.load(journal, info.clock);
  return account.stateHash().hash;
}

/** Boots as soon as the lock of a killed worker is free. */
export async function reopen(id: string): Promise<Page> {
  for (let tries = 0; ; tries++) {
    const page = openPage();
    const opened = await page.api.boot({ kind: "saved", id }).then(
      () => true,
      (error: { message: string }) => {
        if (!error.message.includes("open in another tab") || tries > 50) throw new Error(JSON.stringify(error));
        return false;
      },
    );
    if (opened) return page;
    page.kill();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
