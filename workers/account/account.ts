/**
 * One account: the three doors, the clock, the journal and its storage. Commands and clock steps run one after another;
 * screen calls and looks run between them at any time, since they are pure.
 *
 * Order of a person's command: due work, then the journal record (durable), then the effect, then the answer. So what
 * was answered is never lost, and a command that cannot be saved is refused before it has any effect.
 */
import { InputError } from "../model/errors.ts";
import { DEFAULT_PERSON } from "../services/iam/people.ts";
import { TornChunk } from "../store/chunk.ts";
import type { AccountStorage, Attachment, CheckpointRecord, JournalRecord, MaybePromise, Plain } from "../store/contract.ts";
import {
  type Branches,
  type Branching,
  broughtBack,
  changesSince,
  forgets,
  redoable,
  redone,
  rewound,
  undoable,
  undone,
} from "./branches.ts";
import { causeOf } from "./cause.ts";
import { type AdvanceHooks, advanceTo } from "./clock.ts";
import { type Command, checkDepth, checkRegion, commandOf, fromPlain, requestOf, toPlain } from "./commands.ts";
import type { ApiReply, ApiRequest, LookQuestion, Scenario, StageCommand, StateHash } from "./contract.ts";
import { createCause, dispatch, look, RECORDER, readOnly } from "./door.ts";
import { ENGINE } from "./engine-version.ts";
import type { AccountHooks } from "./hooks.ts";
import { chunksOf, createHouse, type House, type HouseParts, type HouseSnapshot, hashHouse, restoreHouse, snapshotHouse } from "./house.ts";
import { MENDED, untilWhole } from "./mending.ts";
import { type News, newsIsPossible, watchNews } from "./news.ts";
import { allReady } from "./ready.ts";
import { changesState, checkedMoment, isHistory, servicesOf, stageOf } from "./rules.ts";
import type { StageDefinition } from "./stage.ts";
import { stageTools } from "./stage-tools.ts";
import { markers } from "./views.ts";

const TEN_MINUTES = 600_000;
const ONE_DAY = 86_400_000;
/** No checkpoint is as old as that. */
const NOTHING = { at: -1, journalId: -1 };

export interface AccountOptions extends Omit<HouseParts, "chunks"> {
  readonly storage: AccountStorage;
  readonly stages: Readonly<Record<string, StageDefinition>>;
  readonly hooks?: AccountHooks;
  /** False: nothing is journaled or checkpointed (the endpoint). */
  readonly journal?: boolean;
}

export interface Account {
  readonly scenario: Scenario;
  readonly engine: number;
  readonly id: string;
  readonly now: number;
  readonly versions: Readonly<Record<string, number>>;
  /** Services that may hold something: those that are loaded, those with documents, and CloudTrail once there was a command. */
  readonly inUse: readonly string[];
  readonly storage: AccountStorage;
  /** Attached files that the journal names and this browser does not have. */
  readonly missingFiles: readonly Attachment[];
  /** Identity chosen last. */
  identity(): string;
  call(request: ApiRequest): Promise<ApiReply>;
  look(question: LookQuestion): Promise<unknown>;
  stage(command: StageCommand, region: string): Promise<unknown>;
  advanceTo(moment: number, hooks?: AdvanceHooks): Promise<boolean>;
  /**
   * Runs until something happens in the Region that a person waits for, at most to `limit`. Answers what it was, all of
   * one moment; nothing when there was none up to there.
   */
  advanceToNews(limit: number, region: string, hooks?: AdvanceHooks): Promise<readonly News[]>;
  /** What undo, redo and bringing back are about. */
  past(): Past;
  /** What rewinding to `moment` would set aside, reads left out, and how much that was set aside before would then be gone. */
  wouldSetAside(moment: number): { readonly commands: readonly JournalRecord[]; readonly forgotten: number };
  /** Whether this command was refused when it ran (as far as is known: those of before a checkpoint are). */
  wasRefused(record: JournalRecord): boolean;
  /** Brings the account to how it stood at `moment`; later commands are set aside. */
  rewind(moment: number): Promise<void>;
  /** Takes back the last command that changed something (and the reads after it) and answers it; undefined when there is none. */
  undo(): Promise<JournalRecord | undefined>;
  /** Does the next command again that undo or rewinding set aside, at its own moment; undefined when there is none. */
  redo(): Promise<JournalRecord | undefined>;
  /** Goes back to where commands were set aside (rewind, undo) and runs them; what was done since is set aside in turn. */
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

/** Reads and refused commands change nothing: they are in none of these. */
export interface Past {
  readonly undo: JournalRecord | undefined;
  readonly redo: JournalRecord | undefined;
  /** Set aside, oldest first. */
  readonly aside: readonly JournalRecord[];
  /** Commands since: bringing back sets them aside in turn. */
  readonly since: readonly JournalRecord[];
}

/** `refused` is not in checkpoints of before it was kept. */
interface AccountSnapshot extends HouseSnapshot {
  readonly refused?: readonly number[];
}

/** Opens an account: newest whole checkpoint, then the journal after it, then the clock to where it last was. */
export async function openAccount(options: AccountOptions): Promise<Account> {
  const { storage, stages, hooks = {} } = options;
  const journaling = options.journal ?? true;
  let house = createHouse({ ...options, chunks: storage, breatheInReads: hooks.breatheInReads });
  let records: JournalRecord[] = [...(await storage.journal())];
  let aside: readonly JournalRecord[] = await storage.tail();
  // Ids are never used twice, not even after a rewind: those set aside count.
  let nextId = Math.max(records.at(-1)?.id ?? 0, aside.at(-1)?.id ?? 0) + 1;
  /** Ids of commands that were refused when they last ran. */
  const refused = new Set<number>();
  let missing: Attachment[] = [];
  let checkpointAt = house.now;
  let workAtCheckpoint = hooks.workMillis?.() ?? 0;

  let tail: Promise<unknown> = Promise.resolve();
  /** One command or clock step at a time. */
  const exclusive = <T>(work: () => Promise<T>): Promise<T> => {
    const result = tail.then(work, work);
    tail = result.catch(() => undefined); // the caller has the error; the queue only needs the end
    return result;
  };

  /** Work due before a command is done before it, whatever is being cancelled: a replay does it too. */
  const uncancelled: AdvanceHooks = { breathe: hooks.breathe, onProgress: hooks.onProgress };

  const currentIdentity = (): string => {
    const doc = house.documents
      .open<{ principal: string }>(`${house.account}/global/account/setting`, false, () => undefined)
      .get("identity");
    return doc?.principal ?? DEFAULT_PERSON;
  };

  const execute = async (record: JournalRecord): Promise<unknown> => {
    try {
      const answer = await run(record);
      refused.delete(record.id);
      return answer;
    } catch (thrown) {
      if (isHistory(thrown)) refused.add(record.id);
      throw thrown;
    }
  };

  const run = async (record: JournalRecord): Promise<unknown> => {
    const command = record.command as unknown as Command;
    const cause = createCause(`journal/${record.id}`);
    if (command.type === "call") return await dispatch(house, requestOf(command), cause);
    // A record of a link has passed no check yet.
    const wanted = fromPlain(command.command as unknown as Plain) as StageCommand;
    const stage = stageOf(stages, wanted);
    stage.check(wanted);
    await allReady(house, [stage.service]);
    const tools = stageTools({ house, stage, region: command.region, cause, storage, hooks, onMissing: (file) => void missing.push(file) });
    return await stage.run(tools, wanted);
  };

  /** Runs records at their moments. Their failures are part of history: they were answered when they happened. */
  const replay = async (after: number, lastId: number, moment: number, step: AdvanceHooks = hooks): Promise<void> => {
    const due = records.filter((r) => r.id > after && r.id <= lastId && r.at <= moment);
    const clockTo = async (at: number): Promise<void> => {
      // A command that ran before its moment would be another command.
      if (!(await advanceTo(house, at, step))) throw new InputError("Stopped. The account is as it was before.", { path: "cancel" });
    };
    for (const [done, record] of due.entries()) {
      hooks.onWork?.("Replaying commands", done, due.length);
      await clockTo(record.at);
      await execute(record).catch((thrown: unknown) => {
        if (isHistory(thrown)) return;
        throw thrown;
      });
    }
    await clockTo(moment);
  };

  /** All of a change to the past or none: when it fails or is cancelled, the account stands as it did. */
  const wholly = async (change: () => Promise<void>): Promise<void> => {
    const [oldHouse, oldMissing, oldRecords] = [house, missing, records];
    try {
      await change();
    } catch (thrown) {
      for (const [name, version] of Object.entries(house.versions)) oldHouse.versions[name] = (oldHouse.versions[name] ?? 0) + version + 1;
      [house, missing, records] = [oldHouse, oldMissing, oldRecords];
      throw thrown;
    }
  };

  /**
   * State as it stood at `moment` after journal record `lastId`. `known` bounds the checkpoints that may be used: where
   * `records` are not what the storage has yet, those of before the difference.
   */
  const rebuildAt = async (moment: number, lastId: number, known = { at: moment, journalId: lastId }): Promise<void> => {
    const versions = house.versions;
    await untilWhole(async (fromStart) => {
      const from = fromStart ? undefined : await storage.checkpointBefore(known.at, known.journalId);
      house = createHouse({ ...options, chunks: storage, breatheInReads: hooks.breatheInReads });
      missing = [];
      if (from !== undefined && from.engine === ENGINE) {
        const { refused: known, ...snapshot } = from.state as AccountSnapshot;
        await restoreHouse(house, snapshot);
        for (const id of known ?? []) refused.add(id);
        await replay(from.journalId, lastId, moment);
      } else await replay(0, lastId, moment);
    });
    // Panels compare versions: each must differ from what they have seen.
    for (const [name, version] of Object.entries(versions)) house.versions[name] = version + (house.versions[name] ?? 0) + 1;
  };

  /** Work on the account as it stands, once more after rebuilding it where stored telemetry turns out torn on the way. */
  const mending = <T>(work: () => Promise<T>, lastId: () => number): Promise<T> =>
    untilWhole(async (fromStart, attempt) => {
      if (attempt > 0) {
        await wholly(() => rebuildAt(house.now, lastId(), fromStart ? NOTHING : undefined));
        hooks.onTrouble?.(MENDED);
      }
      return await work();
    });

  /** A pure read. It runs beside the commands; only the rebuilding waits its turn, and one serves all who wait for it. */
  const reading = <T>(read: () => MaybePromise<T>): Promise<T> => {
    let asked: House;
    const ask = async (): Promise<T> => {
      asked = house;
      return await read();
    };
    return ask().catch((thrown: unknown) => {
      if (!(thrown instanceof TornChunk)) throw thrown;
      return exclusive(() => (house === asked ? mending(ask, () => nextId - 1) : ask()));
    });
  };

  /** The journal is what counts; a clock that cannot be saved costs only where the account opens. */
  const writeMeta = (): Promise<void> =>
    storage
      .setMeta({
        id: storage.id,
        title: options.scenario.title,
        engine: ENGINE,
        scenario: toPlain(options.scenario),
        clock: house.now,
        lastUsed: hooks.wallClock?.() ?? house.now,
      })
      .catch(trouble);

  /** Storage that fails behind a person's back is told, not thrown; anything else is a defect. */
  const trouble = (thrown: unknown): void => {
    if (!(thrown instanceof InputError)) throw thrown;
    hooks.onTrouble?.(thrown.message);
  };

  const takeCheckpoint = async (): Promise<void> => {
    const state: AccountSnapshot = { ...snapshotHouse(house), refused: [...refused] }; // puts pages of large collections: before their ids are listed
    const record: CheckpointRecord = {
      at: house.now,
      journalId: records.at(-1)?.id ?? 0,
      engine: ENGINE,
      chunks: chunksOf(house),
      state,
    };
    checkpointAt = house.now;
    workAtCheckpoint = hooks.workMillis?.() ?? 0;
    try {
      await storage.saveCheckpoint(record);
      await storage.collect(record.chunks);
    } catch (thrown) {
      // The journal is safe either way; without a checkpoint, opening replays more.
      trouble(thrown);
    }
  };

  /** Without checkpoints nothing else lets go of chunks that retention and compaction have left: once a day. */
  const collectWhenDue = async (): Promise<void> => {
    if (house.now - checkpointAt < ONE_DAY) return;
    checkpointAt = house.now;
    await storage.collect(chunksOf(house));
  };

  /** Every ten simulated minutes or two seconds of real work, whichever is later. */
  const checkpointWhenDue = async (): Promise<void> => {
    if (!journaling) return await collectWhenDue();
    if (hooks.workMillis === undefined) return;
    if (house.now - checkpointAt >= TEN_MINUTES && hooks.workMillis() - workAtCheckpoint >= 2_000) await takeCheckpoint();
  };

  /** Which commands change something is asked of records that may never run again. */
  const haveServicesOf = (some: readonly JournalRecord[]): Promise<void> => allReady(house, some.flatMap(servicesOf));

  const accept = async (command: Command): Promise<unknown> => {
    await mending(
      () => advanceTo(house, house.now, uncancelled),
      () => nextId - 1,
    );
    const record: JournalRecord = { id: nextId++, at: house.now, command: command as unknown as Plain };
    await haveServicesOf([record]); // what cannot be loaded is refused before it is written down
    if (journaling) await storage.append([record]);
    records.push(record);
    return await mending(
      () => execute(record),
      () => record.id - 1,
    );
  };

  /** Goes to how things stand at `moment` with `added` after `kept`; `store` makes it last, in one step, once it has come to its end. */
  const takeOver = async (
    kept: readonly JournalRecord[],
    added: readonly JournalRecord[],
    moment: number,
    store: () => Promise<void>,
  ): Promise<void> => {
    nextId = Math.max(nextId, (added.at(-1)?.id ?? 0) + 1);
    records = [...kept, ...added];
    await rebuildAt(moment, nextId - 1, { at: Math.min(moment, added[0]?.at ?? moment), journalId: kept.at(-1)?.id ?? 0 });
    await store();
  };

  const branches = (): Branches => ({
    records,
    aside,
    changes: (record) => !refused.has(record.id) && changesState(house, record),
    freshId: () => nextId++,
  });

  /** Changes the past: all of it or nothing. */
  const branchOff = async (to: Branching, moment: number): Promise<void> => {
    const isSame = to.added.length === 0 && to.kept.length === records.length;
    const keptId = to.kept.at(-1)?.id ?? 0;
    await wholly(() =>
      takeOver(to.kept, to.added, moment, async () => {
        if (!isSame) await storage.exchange(keptId, to.added, to.aside);
      }),
    );
    aside = to.aside;
    await writeMeta();
  };

  await haveServicesOf([...records, ...aside]);
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
    get inUse() {
      const audited = records.length > 0 ? [RECORDER] : [];
      return [...new Set([...house.services.keys(), ...house.documents.services(), ...audited])];
    },
    get missingFiles() {
      return missing;
    },
    identity: currentIdentity,
    async call(request) {
      if (request.caller.kind === "screen") return await reading(() => readOnly(house, request));
      if (!journaling) {
        checkDepth(request.input);
        return await exclusive(async () => {
          await advanceTo(house, house.now, uncancelled);
          return await dispatch(house, request, createCause(`journal/${nextId++}`));
        });
      }
      const command = commandOf(request);
      return (await exclusive(() => accept(command))) as ApiReply;
    },
    look: async (question) => {
      if (question.service === "account" && question.view === "markers") {
        return markers(house, records, question.region, question.question as { from: number; to: number });
      }
      if (question.service === "account" && question.view === "news-possible") return newsIsPossible(house);
      if (question.service === "account" && question.view === "cause")
        return causeOf(records, (question.question as { cause: string }).cause);
      return await reading(() => look(house, question, currentIdentity()));
    },
    async stage(command, region) {
      stageOf(stages, command).check(command);
      checkRegion(region);
      return await exclusive(() => accept({ type: "stage", command: toPlain(command) as unknown as StageCommand, region }));
    },
    advanceTo: (moment, step) =>
      exclusive(async () => {
        checkedMoment(moment);
        const there = await mending(
          () => advanceTo(house, moment, { ...hooks, ...step }),
          () => nextId - 1,
        );
        await checkpointWhenDue();
        return there;
      }),
    advanceToNews: (limit, region, step = {}) =>
      exclusive(async () => {
        checkedMoment(limit);
        const watch = watchNews(house, region);
        const found: News[] = [];
        const stop = (): boolean => {
          found.push(...watch(house));
          const isMomentDone = (house.agenda.nextAt() ?? Number.POSITIVE_INFINITY) > house.now;
          return step.cancelled?.() === true || (found.length > 0 && isMomentDone);
        };
        await mending(
          () => advanceTo(house, limit, { ...hooks, ...step, cancelled: stop }),
          () => nextId - 1,
        );
        await checkpointWhenDue();
        return found;
      }),
    rewind: (moment) =>
      exclusive(async () => {
        checkedMoment(moment);
        await branchOff(rewound(branches(), moment), Math.max(moment, options.scenario.start));
      }),
    past: () => {
      const now = branches();
      return { undo: undoable(now), redo: redoable(now), aside: aside.filter(now.changes), since: changesSince(now) };
    },
    wouldSetAside: (moment) => {
      const now = branches();
      const dropped = records.filter((record) => record.at > moment);
      return { commands: dropped.filter(now.changes), forgotten: forgets(now, dropped) ? aside.filter(now.changes).length : 0 };
    },
    wasRefused: (record) => refused.has(record.id),
    undo: () =>
      exclusive(async () => {
        const [command, to] = [undoable(branches()), undone(branches())];
        if (to !== undefined) await branchOff(to, house.now);
        return command;
      }),
    redo: () =>
      exclusive(async () => {
        const [command, to] = [redoable(branches()), redone(branches())];
        if (to !== undefined) await branchOff(to, Math.max(house.now, to.added.at(-1)?.at ?? 0));
        return command;
      }),
    bringBack: () =>
      exclusive(async () => {
        const to = broughtBack(branches());
        if (to !== undefined) await branchOff(to, Math.max(house.now, to.added.at(-1)?.at ?? 0));
      }),
    load: (incoming, clock) =>
      exclusive(async () => {
        const moment = Math.max(clock, incoming.at(-1)?.at ?? 0);
        await haveServicesOf(incoming);
        await wholly(() => takeOver(records, incoming, moment, () => storage.append(incoming)));
        await writeMeta();
      }),
    rebuild: () => exclusive(() => wholly(() => rebuildAt(house.now, nextId - 1, NOTHING))),
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
