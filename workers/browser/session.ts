/**
 * Which account is open in this worker: opening, closing, taking over, and what the page is told about it. One account
 * at a time; opening another closes the first.
 */
import type { Account } from "../account/account.ts";
import type { Scenario } from "../account/contract.ts";
import type { CarriedFile, ScenarioFile } from "../account/scenario-file.ts";
import type { AccountInfo, BootRequest, SavedAccount } from "../api.ts";
import { createEngine } from "../engine.ts";
import type { Kernels } from "../kernels/contract.ts";
import { InputError } from "../model/errors.ts";
import type { Models } from "../model/models.ts";
import { sha256 as sha256Of } from "../model/sha256.ts";
import type { AccountMeta, AccountStorage } from "../store/contract.ts";
import { deleteAccount, listAccounts } from "../store/indexeddb/index-database.ts";
import { type AccountLock, acquireAccountLock } from "../store/lock.ts";
import { openStorage } from "../store/open.ts";
import { fromBase64, toBase64 } from "./base64.ts";
import { commandLine } from "./command-line.ts";
import { deferredStorage } from "./deferred-storage.ts";
import { type DetachableStorage, detachableStorage } from "./detachable-storage.ts";
import type { Notices } from "./notices.ts";
import type { Pace } from "./pace.ts";
import { createReadPace } from "./read-pace.ts";

export interface SessionParts {
  readonly models: Models;
  readonly kernels: Kernels;
  readonly pace: Pace;
  readonly notices: Notices;
  readonly onSwitch: () => void;
}

export interface Session {
  readonly account: Account;
  boot(request: BootRequest): Promise<AccountInfo>;
  info(): Promise<AccountInfo>;
  accounts(): Promise<readonly SavedAccount[]>;
  remove(id: string): Promise<void>;
  /** Opens a fresh account whose clock starts at `start` (history imports). */
  fresh(scenario: Partial<Scenario>): Promise<void>;
  /** Says anew whether the numbers equal the sender's, e.g. when a missing file has come. */
  compareWithSender(): void;
  exportFile(withBytes: boolean, asLines: boolean): Promise<string>;
}

const MINUTE = 60_000;
/** Longest title that a scenario file may have. */
const TITLE = 200;
const TAKEN_OVER = "Another tab took this account over. What you do here from now on is not saved; reload to go on in this tab.";

function randomSeed(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");
}

/** Bytes that a scenario file carries; what they are not is said before they are stored under a wrong name. */
function carriedBytes({ sha256, name, bytes, base64 = "" }: CarriedFile): Uint8Array {
  const refuse = (why: string): never => {
    throw new InputError(`The file ${name} that the scenario carries is damaged: ${why}.`, { path: "files", found: name });
  };
  if (base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) refuse("it is not base64");
  const found = fromBase64(base64);
  if (found.length !== bytes) refuse(`it has ${found.length} bytes instead of ${bytes}`);
  if (sha256Of(found) !== sha256) refuse("its content is not what its checksum says");
  return found;
}

/** How long another tab's lock is waited for, in real milliseconds. */
const LOCK_PATIENCE = 1_200;
const LOCK_RETRY = 150;

/** Reading and writing scenario files is loaded with the first one. */
const scenarioFiles = () => import("../account/scenario-file.ts");

class OpenElsewhere extends InputError {}

export function createSession(parts: SessionParts): Session {
  let open:
    | {
        account: Account;
        lock: AccountLock | undefined;
        /** What the sender of a link saw: the hash, and after how many commands at what moment. */
        sender?: { readonly hash: string; readonly clock: number; readonly commands: number };
        sameAsSender?: boolean;
        openElsewhere?: AccountInfo["openElsewhere"];
      }
    | undefined;
  const current = (): NonNullable<typeof open> => {
    if (open === undefined) throw new InputError("No account is open yet.", { path: "account" });
    return open;
  };

  const close = async (): Promise<void> => {
    const closing = open;
    open = undefined;
    if (closing === undefined) return;
    await closing.account.dispose();
    closing.lock?.release();
  };

  const breatheInReads = createReadPace();
  const engine = (scenario: Scenario, storage: AccountStorage): Promise<Account> =>
    parts.pace.during(() =>
      createEngine({
        scenario,
        storage,
        models: parts.models,
        kernels: parts.kernels,
        hooks: {
          breathe: parts.pace.breathe,
          breatheInReads,
          workMillis: parts.pace.workMillis,
          wallClock: () => Date.now(),
          onWork: parts.pace.onWork,
          onTrouble: (sentence) => parts.notices.add("error", sentence),
          cancelled: () => parts.pace.cancelled,
        },
      }),
    );

  /** `lost` is called when another tab takes the account over. */
  const take = async (id: string, lost: () => void, steal = false): Promise<AccountLock | undefined> => {
    let lock = await acquireAccountLock(id, { steal });
    // A page that is being reloaded gives its lock up a moment after the new one asks for it.
    for (let patience = LOCK_PATIENCE; !lock.held && patience > 0; patience -= LOCK_RETRY) {
      await new Promise((resolve) => setTimeout(resolve, LOCK_RETRY));
      lock = await acquireAccountLock(id, { steal });
    }
    if (!lock.held) return undefined;
    if (lock.unguarded !== undefined) parts.notices.add("warn", lock.unguarded);
    lock.onLost(() => {
      lost();
      parts.notices.add("error", TAKEN_OVER);
      parts.onSwitch();
    });
    return lock;
  };

  /** A fresh account: nothing is stored before its first command. */
  const openFresh = async (partial: Partial<Scenario>): Promise<Account> => {
    await close();
    const start = partial.start ?? Math.floor(Date.now() / MINUTE) * MINUTE;
    const scenario: Scenario = {
      format: 1,
      region: "us-east-1",
      ...partial,
      title: (partial.title ?? "Playground").slice(0, TITLE),
      seed: partial.seed ?? randomSeed(),
      start,
    };
    const id = crypto.randomUUID();
    let account: Account | undefined;
    const lock = await take(id, () => storage.detach(account?.journal() ?? [], TAKEN_OVER));
    const deferred = deferredStorage(id, async () => {
      const storage = await openStorage(id, { codec: parts.kernels });
      if (storage.kind === "memory")
        parts.notices.add("warn", (await storage.report()).reason ?? "Nothing can be stored in this browser; the account lives in memory.");
      return storage;
    });
    const storage = detachableStorage(deferred);
    account = await engine(scenario, storage);
    open = { account, lock };
    return account;
  };

  /** Storage of an account that is there; opening any other would make an empty one. */
  const savedStorage = async (id: string): Promise<{ storage: AccountStorage; meta: AccountMeta }> => {
    // Where the list cannot be read, opening says why.
    const listed = await listAccounts().then(
      (list) => list.some((saved) => saved.id === id),
      () => true,
    );
    const storage = listed ? await openStorage(id, { codec: parts.kernels }) : undefined;
    const [meta, report] = [await storage?.meta(), await storage?.report()];
    if (storage !== undefined && meta !== undefined) return { storage, meta };
    await storage?.dispose();
    throw new InputError(report?.reason ?? "This account is no longer in this browser's storage.", { path: "account", found: id });
  };

  const openSaved = async (id: string, steal: boolean): Promise<void> => {
    let storage: DetachableStorage | undefined;
    let account: Account | undefined;
    // The account that is open stays open until the other one is to be had.
    if (open?.account.storage.id === id) await close();
    const lock = await take(id, () => storage?.detach(account?.journal() ?? [], TAKEN_OVER), steal);
    if (lock === undefined) {
      throw new OpenElsewhere("This account is open in another tab.", {
        path: "account",
        found: id,
        allowed: "take it over, or open a copy",
      });
    }
    try {
      const found = await savedStorage(id);
      storage = detachableStorage(found.storage);
      await close();
      account = await engine(found.meta.scenario as unknown as Scenario, storage);
      // Asked only now: checkpoints are looked at while the account opens.
      for (const repair of (await storage.report()).repairs) parts.notices.add("warn", repair);
    } catch (thrown) {
      lock.release();
      await storage?.dispose();
      throw thrown;
    }
    open = { account, lock };
  };

  const openFile = async (file: ScenarioFile, unknown: readonly string[], atHand: readonly Blob[]): Promise<void> => {
    const { commands, clock, hash, files = [], engine: sender, ...scenario } = file;
    const account = await openFresh(scenario);
    for (const carried of files) {
      const { sha256, name, bytes } = carried;
      if (carried.base64 !== undefined) await account.storage.putAttachment({ sha256, name, bytes }, carriedBytes(carried));
    }
    for (const blob of atHand) {
      const bytes = new Uint8Array(await blob.arrayBuffer());
      const named = files.find((one) => one.bytes === bytes.length && one.sha256 === sha256Of(bytes));
      if (named !== undefined) await account.storage.putAttachment({ sha256: named.sha256, name: named.name, bytes: named.bytes }, bytes);
    }
    await parts.pace.during(() => account.load(commands, clock));
    if (open !== undefined && hash !== undefined) open.sender = { hash, clock: account.now, commands: commands.length };
    compareWithSender();
    if (unknown.length > 0)
      parts.notices.add("warn", `The scenario has members this version does not know; they were left out: ${unknown.join(", ")}.`);
    if (sender > account.engine)
      parts.notices.add("warn", `The scenario was made by a newer engine (${sender}; this is ${account.engine}): numbers may differ.`);
  };

  const openText = async (text: string, atHand: readonly Blob[]): Promise<void> => {
    const { readScenarioFile, parseScenario, hasLines } = await scenarioFiles();
    const lines = hasLines(parseScenario(text)) ? (await commandLine()).scenarioLines : undefined;
    const { file, unknown } = readScenarioFile(text, lines);
    await openFile(file, unknown, atHand);
  };

  const compareWithSender = (): void => {
    if (open?.sender === undefined) return;
    const { account, sender } = open;
    // Once the account has gone on by itself there is nothing to compare.
    if (account.now === sender.clock && account.journal().length === sender.commands)
      open.sameAsSender = account.stateHash().hash === sender.hash;
  };

  const copyOf = async (id: string): Promise<void> => {
    const { storage, meta } = await savedStorage(id);
    const [journal, attachments] = [await storage.journal(), await storage.attachments()];
    const bytes = await Promise.all(attachments.map((a) => storage.attachment(a.sha256)));
    await storage.dispose();
    const scenario = meta.scenario as unknown as Scenario;
    const account = await openFresh({ ...scenario, title: `Copy of ${scenario.title}` });
    for (const found of bytes) if (found !== undefined) await account.storage.putAttachment(found.info, found.bytes);
    await parts.pace.during(() => account.load(journal, meta.clock));
  };

  const openLast = async (): Promise<void> => {
    const last = (await savedAccounts())[0];
    if (last === undefined) {
      await openFresh({});
      return;
    }
    try {
      await openSaved(last.id, false);
    } catch (thrown) {
      if (!(thrown instanceof OpenElsewhere)) throw thrown;
      await openFresh({});
      if (open !== undefined) open.openElsewhere = { id: last.id, title: last.title };
    }
  };

  const savedAccounts = async (): Promise<readonly SavedAccount[]> => {
    const list = await listAccounts().catch((thrown: unknown) => {
      parts.notices.add("warn", `Saved accounts cannot be listed: ${(thrown as Error).message}`);
      return [];
    });
    return [...list].sort((a, b) => b.lastUsed - a.lastUsed);
  };

  const info = async (): Promise<AccountInfo> => {
    const { account, sameAsSender, openElsewhere } = current();
    const [meta, report, checkpoints] = await Promise.all([
      account.storage.meta(),
      account.storage.report(),
      account.storage.checkpoints(),
    ]);
    return {
      id: meta?.id ?? account.id,
      title: account.scenario.title,
      scenario: account.scenario,
      engine: account.engine,
      clock: account.now,
      rewindFrom: Math.min(account.scenario.start, ...checkpoints.map((c) => c.at)),
      storage: report,
      missingFiles: account.missingFiles,
      ...(sameAsSender === undefined ? {} : { sameAsSender }),
      ...(openElsewhere === undefined ? {} : { openElsewhere }),
      setAside: account.past().aside.length,
    };
  };

  const switched = async (work: Promise<unknown>): Promise<AccountInfo> => {
    await work;
    parts.onSwitch();
    return await info();
  };

  return {
    get account() {
      return current().account;
    },
    info,
    boot(request) {
      switch (request.kind) {
        case "last":
          return switched(openLast());
        case "new":
          return switched(openFresh(request.scenario ?? {}));
        case "saved":
          return switched(openSaved(request.id, request.takeOver ?? false));
        case "copy":
          return switched(copyOf(request.id));
        case "scenario-file":
          return switched(openText(request.text, request.files ?? []));
      }
    },
    accounts: savedAccounts,
    async remove(id) {
      const meta = await open?.account.storage.meta();
      if (meta?.id === id) await openFresh({});
      await deleteAccount(id);
      parts.onSwitch();
    },
    fresh: async (scenario) => {
      await openFresh(scenario);
      parts.onSwitch();
    },
    compareWithSender,
    async exportFile(withBytes, asLines) {
      const { account } = current();
      const files: CarriedFile[] = [];
      for (const info of await account.storage.attachments()) {
        const found = withBytes ? await account.storage.attachment(info.sha256) : undefined;
        files.push(found === undefined ? info : { ...info, base64: toBase64(found.bytes) });
      }
      const { writeScenarioFile } = await scenarioFiles();
      const lines = asLines ? (await commandLine()).scenarioLines : undefined;
      return writeScenarioFile(account.scenario, account.journal(), account.now, account.stateHash().hash, files, lines);
    },
  };
}
