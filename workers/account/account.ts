/**
 * One account: the three doors, the clock, the journal and its storage. Commands and clock steps run one after another;
 * screen calls and looks run between them at any time, since they are pure.
 *
 * Order of a person's command: due work, then the journal record (durable), then the effect, then the answer. So what
 * was answered is never lost, and a command that cannot be saved is refused before it has any effect.
 */
import { InputError } from "../model/errors.ts";
import type { AccountStorage, Attachment, CheckpointRecord, JournalRecord, Plain } from "../store/contract.ts";
import { type AdvanceHooks, advanceTo } from "./clock.ts";
import { type Command, commandOf, fromPlain, requestOf, toPlain } from "./commands.ts";
import type { ApiReply, ApiRequest, LookQuestion, Scenario, StageCommand, StateHash } from "./contract.ts";
import { createCause, dispatch, look, readOnly } from "./door.ts";
import { ENGINE } from "./engine-version.ts";
import { chunksOf, createHouse, type House, type HouseParts, type HouseSnapshot, hashHouse, restoreHouse, snapshotHouse } from "./house.ts";
import { DEFAULT_PERSON } from "./identity.ts";
import type { StageDefinition } from "./stage.ts";
import { stageTools } from "./stage-tools.ts";
import { markers, nextEvent } from "./views.ts";

const TEN_MINUTES = 600_000;

export interface AccountHooks extends AdvanceHooks {
  /** Real milliseconds of work so far, for the pace of checkpoints. Absent = never by itself. */
  readonly workMillis?: () => number;
  /** Storage that fails in the background (full, a lost chunk): a sentence for the screen. The account goes on in memory. */
  readonly onTrouble?: (sentence: string) => void;
  readonly onWork?: (what: string, done: number, total: number) => void;
}

export interface AccountOptions extends Omit<HouseParts, "chunks"> {
  readonly storage: AccountStorage;
  readonly stages: Readonly<Record<string, StageDefinition>>;
  readonly hooks?: AccountHooks;
  /** False: nothing is journaled or checkpointed (the endpoint). */
  readonly journal?: boolean;
}

export type MissingFile = Attachment;

export interface Account {
  readonly scenario: Scenario;
  readonly engine: number;
  readonly id: string;
  readonly now: number;
  readonly versions: Readonly<Record<string, number>>;
  readonly storage: AccountStorage;
  /** Attached files that the journal names and this browser does not have. */
  readonly missingFiles: readonly MissingFile[];
  /** Identity chosen last. */
  identity(): string;
  call(request: ApiRequest): Promise<ApiReply>;
  look(question: LookQuestion): Promise<unknown>;
  stage(command: StageCommand, region: string): Promise<unknown>;
  advanceTo(moment: number, hooks?: AdvanceHooks): Promise<boolean>;
  /** Brings the account to how it stood at `moment`; later commands are set aside. */
  rewind(moment: number): Promise<void>;
  /** Takes back the last command that changed something (and the reads after it). False when there is none. */
  undo(): Promise<boolean>;
  /** Runs what a rewind set aside. */
  bringBack(): Promise<void>;
  /** Takes over records of a link or scenario file, then runs them. */
  load(records: readonly JournalRecord[], clock: number): Promise<void>;
  /** Rebuilds everything from the scenario, e.g. after a missing file was supplied. */
  rebuild(): Promise<void>;
  journal(): readonly JournalRecord[];
  stateHash(options?: { parts?: boolean }): StateHash;
  checkpoint(): Promise<void>;
  /** Remembers where the clock is; the entry calls it at least every two seconds while the clock runs. */
  saveClock(): Promise<void>;
  dispose(): Promise<void>;
}

/** Opens an account: newest whole checkpoint, then the journal after it, then the clock to where it last was. */
export async function openAccount(options: AccountOptions): Promise<Account> {
  const { storage, stages, hooks = {} } = options;
  const journaling = options.journal ?? true;
  let house = createHouse({ ...options, chunks: storage });
  let records: JournalRecord[] = [...(await storage.journal())];
  // Ids are never used twice, not even after a rewind: those set aside count.
  let nextId = Math.max(records.at(-1)?.id ?? 0, (await storage.tail()).at(-1)?.id ?? 0) + 1;
  let missing: MissingFile[] = [];
  let checkpointAt = house.now;
  let workAtCheckpoint = hooks.workMillis?.() ?? 0;

  let tail: Promise<unknown> = Promise.resolve();
  /** One command or clock step at a time. */
  const exclusive = <T>(work: () => Promise<T>): Promise<T> => {
    const result = tail.then(work, work);
    tail = result.catch(() => undefined); // the caller has the error; the queue only needs the end
    return result;
  };

  const currentIdentity = (): string => {
    const doc = house.documents
      .open<{ principal: string }>(`${house.account}/global/account/setting`, false, () => undefined)
      .get("identity");
    return doc?.principal ?? DEFAULT_PERSON;
  };

  const execute = async (record: JournalRecord): Promise<unknown> => {
    const command = record.command as unknown as Command;
    const cause = createCause(`journal/${record.id}`);
    if (command.type === "call") return await dispatch(house, requestOf(command), cause);
    const stage = stages[command.command.kind];
    if (stage === undefined)
      throw new InputError(`There is no stage command "${command.command.kind}".`, {
        path: "kind",
        found: command.command.kind,
        allowed: Object.keys(stages).join(", "),
      });
    const tools = stageTools({ house, stage, region: command.region, cause, storage, hooks, onMissing: (file) => void missing.push(file) });
    return await stage.run(tools, fromPlain(command.command as unknown as Plain) as StageCommand);
  };

  /** Runs records at their moments. Their failures are part of history: they were answered when they happened. */
  const replay = async (after: number, lastId: number, moment: number, step: AdvanceHooks = hooks): Promise<void> => {
    const due = records.filter((r) => r.id > after && r.id <= lastId && r.at <= moment);
    for (const [done, record] of due.entries()) {
      hooks.onWork?.("Replaying commands", done, due.length);
      await advanceTo(house, record.at, step);
      await execute(record).catch((thrown: unknown) => {
        if (isHistory(thrown)) return;
        throw thrown;
      });
    }
    await advanceTo(house, moment, step);
  };

  /** State as it stood at `moment` after journal record `lastId`. */
  const rebuildAt = async (moment: number, lastId: number, fromStart = false): Promise<void> => {
    const from = fromStart ? undefined : await storage.checkpointBefore(moment, lastId);
    const versions = house.versions;
    house = createHouse({ ...options, chunks: storage });
    missing = [];
    if (from !== undefined && from.engine === ENGINE) {
      restoreHouse(house, from.state as HouseSnapshot);
      await replay(from.journalId, lastId, moment);
    } else await replay(0, lastId, moment);
    // Panels compare versions: each must differ from what they have seen.
    for (const [name, version] of Object.entries(versions)) house.versions[name] = version + (house.versions[name] ?? 0) + 1;
  };

  const writeMeta = (): Promise<void> =>
    storage.setMeta({
      id: storage.id,
      title: options.scenario.title,
      engine: ENGINE,
      scenario: toPlain(options.scenario),
      clock: house.now,
      lastUsed: house.now,
    });

  const takeCheckpoint = async (): Promise<void> => {
    const record: CheckpointRecord = {
      at: house.now,
      journalId: records.at(-1)?.id ?? 0,
      engine: ENGINE,
      chunks: chunksOf(house),
      state: snapshotHouse(house),
    };
    checkpointAt = house.now;
    workAtCheckpoint = hooks.workMillis?.() ?? 0;
    try {
      await storage.saveCheckpoint(record);
      await storage.collect(record.chunks);
    } catch (thrown) {
      // The journal is safe either way; without a checkpoint, opening replays more.
      if (!(thrown instanceof InputError)) throw thrown;
      hooks.onTrouble?.(thrown.message);
    }
  };

  /** Every ten simulated minutes or two seconds of real work, whichever is later. */
  const checkpointWhenDue = async (): Promise<void> => {
    if (!journaling || hooks.workMillis === undefined) return;
    if (house.now - checkpointAt >= TEN_MINUTES && hooks.workMillis() - workAtCheckpoint >= 2_000) await takeCheckpoint();
  };

  const accept = async (command: Command): Promise<unknown> => {
    await advanceTo(house, house.now, hooks);
    const record: JournalRecord = { id: nextId++, at: house.now, command: command as unknown as Plain };
    if (journaling) await storage.append([record]);
    records.push(record);
    return await execute(record);
  };

  const knownClock = (await storage.meta())?.clock;
  await rebuildAt(Math.max(knownClock ?? house.now, records.at(-1)?.at ?? house.now), nextId - 1);
  if (journaling) await writeMeta();

  const account: Account = {
    scenario: options.scenario,
    engine: ENGINE,
    id: house.account,
    storage,
    get now() {
      return house.now;
    },
    get versions() {
      return house.versions;
    },
    get missingFiles() {
      return missing;
    },
    identity: currentIdentity,
    async call(request) {
      if (request.caller.kind === "screen") return readOnly(house, request);
      if (!journaling)
        return await exclusive(async () => {
          await advanceTo(house, house.now, hooks);
          return await dispatch(house, request, createCause(`journal/${nextId++}`));
        });
      return (await exclusive(() => accept(commandOf(request)))) as ApiReply;
    },
    look: async (question) => {
      if (question.service === "account" && question.view === "markers") {
        return markers(house, records, question.region, question.question as { from: number; to: number });
      }
      if (question.service === "account" && question.view === "next-event") return nextEvent(house);
      return await look(house, question, currentIdentity());
    },
    async stage(command, region) {
      const stage = stages[command.kind];
      if (stage === undefined)
        throw new InputError(`There is no stage command "${command.kind}".`, {
          path: "kind",
          found: command.kind,
          allowed: Object.keys(stages).join(", "),
        });
      stage.check(command);
      return await exclusive(() => accept({ type: "stage", command: toPlain(command) as unknown as StageCommand, region }));
    },
    advanceTo: (moment, step) =>
      exclusive(async () => {
        const there = await advanceTo(house, moment, { ...hooks, ...step });
        await checkpointWhenDue();
        return there;
      }),
    rewind: (moment) =>
      exclusive(async () => {
        const lastId = records.filter((r) => r.at <= moment).at(-1)?.id ?? 0;
        await rebuildAt(Math.max(moment, options.scenario.start), lastId);
        records = records.filter((r) => r.id <= lastId);
        await storage.truncate(lastId);
        await writeMeta();
      }),
    undo: () =>
      exclusive(async () => {
        const last = records.findLastIndex((r) => changesState(house, r));
        if (last < 0) return false;
        const [moment, lastId] = [house.now, (records[last] as JournalRecord).id - 1];
        records = records.slice(0, last);
        await storage.truncate(lastId);
        await rebuildAt(moment, lastId);
        await writeMeta();
        return true;
      }),
    bringBack: () =>
      exclusive(async () => {
        const aside = (await storage.tail()).filter((r) => r.at >= house.now);
        await storage.append(aside);
        const from = records.at(-1)?.id ?? 0;
        records.push(...aside);
        nextId = Math.max(nextId, (aside.at(-1)?.id ?? 0) + 1);
        await replay(from, nextId - 1, Math.max(house.now, aside.at(-1)?.at ?? 0));
        await storage.clearTail();
        await writeMeta();
      }),
    load: (incoming, clock) =>
      exclusive(async () => {
        await storage.append(incoming);
        const from = records.at(-1)?.id ?? 0;
        records.push(...incoming);
        nextId = Math.max(nextId, (incoming.at(-1)?.id ?? 0) + 1);
        await replay(from, nextId - 1, Math.max(clock, incoming.at(-1)?.at ?? 0));
        await writeMeta();
      }),
    rebuild: () => exclusive(() => rebuildAt(house.now, nextId - 1, true)),
    journal: () => records,
    stateHash: (wanted) => hashHouse(house, wanted),
    checkpoint: () =>
      exclusive(async () => {
        if (!journaling) return;
        await takeCheckpoint();
        await writeMeta();
      }),
    saveClock: () =>
      exclusive(async () => {
        if (journaling) await writeMeta();
      }),
    dispose: () =>
      exclusive(async () => {
        if (journaling) await writeMeta();
        await storage.dispose();
      }),
  };
  return account;
}

/** Refusals were answered when they happened; a bug must not be passed over in a replay. */
function isHistory(thrown: unknown): boolean {
  return thrown instanceof Error && (thrown.name === "ServiceError" || thrown.name === "InputError");
}

function changesState(house: House, record: JournalRecord): boolean {
  const command = record.command as unknown as Command;
  if (command.type === "stage") return true;
  return house.services.get(command.service)?.operations[command.operation]?.effect === "state";
}
