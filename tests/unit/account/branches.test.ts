import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Account } from "../../../workers/account/account.ts";
import {
  type Branches,
  type Branching,
  broughtBack,
  forgets,
  redoable,
  redone,
  rewound,
  undoable,
  undone,
} from "../../../workers/account/branches.ts";
import { createEngine } from "../../../workers/engine.ts";
import { referenceKernels } from "../../../workers/kernels/reference.ts";
import type { JournalRecord } from "../../../workers/store/contract.ts";
import { createMemoryStorage } from "../../../workers/store/memory-storage.ts";
import { MINUTE, openTestAccount, person, START, scenario, screen } from "./engine-harness.ts";
import { BEGINNING, lifeStep, live } from "./life.ts";

/** `5w` is a command that changes something, with id 5 at moment 5; `6r@4` a read with id 6 at moment 4. */
const records = (text: string): readonly JournalRecord[] =>
  text
    .split(" ")
    .filter((word) => word !== "")
    .map((word) => {
      const [, id, kind, at] = /^(\d+)([wr])(?:@(\d+))?$/.exec(word) as unknown as [string, string, string, string | undefined];
      return { id: Number(id), at: Number(at ?? id), command: kind };
    });
const text = (list: readonly JournalRecord[]): string =>
  list.map(({ id, at, command }) => `${id}${command}${at === id ? "" : `@${at}`}`).join(" ");
const branches = (journal: string, aside: string): Branches => {
  let next = 100;
  return { records: records(journal), aside: records(aside), changes: (record) => record.command === "w", freshId: () => next++ };
};
const shown = (to: Branching | undefined): string | undefined =>
  to === undefined ? undefined : `${text(to.kept)} + ${text(to.added)} | ${text(to.aside)}`;

describe("branches of the journal", () => {
  it.each([
    ["the last change and the reads after it", "1w 2w 3r", "", "1w +  | 2w 3r"],
    ["a second time, in front of what is aside", "1w", "2w 3r", " +  | 1w 2w 3r"],
    ["past a read that was made since, in the order of time", "1w 5r", "2w 3r", " +  | 1w 2w 3r 5r"],
    ["a command of after an undo: the other branch is forgotten", "1w 5w", "2w 3r", "1w +  | 5w"],
    ["nothing where only reads are", "1r", "", undefined],
  ])("undo takes back %s", (_, journal, aside, expected) => {
    expect(shown(undone(branches(journal, aside)))).toBe(expected);
  });

  it.each([
    ["the next command with its reads", "1w", "2w 3r 4w", "1w + 2w 3r | 4w"],
    ["reads before it too", "1w", "2r 3w 4r", "1w + 2r 3w 4r | "],
    ["it before a read that was made since", "1w 9r@5", "2w 3w@4", "1w + 2w 9r@5 | 100w@4"],
    ["it after a read of an earlier moment, under a new id", "1w 9r@2", "5w 6w", "1w + 9r@2 100w@5 | 101w@6"],
    ["nothing once something else was done", "1w 9w", "2w", undefined],
    ["nothing where only reads are aside", "1w", "2r", undefined],
  ])("redo does %s", (_, journal, aside, expected) => {
    expect(shown(redone(branches(journal, aside)))).toBe(expected);
  });

  it("rewinding sets aside what came after the moment, a command of that moment stays", () => {
    expect(shown(rewound(branches("1w 2w 3r", ""), 2))).toBe("1w 2w +  | 3r");
    expect(shown(rewound(branches("1w 2w", "3w"), 9))).toBe("1w 2w +  | 3w");
    expect(shown(rewound(branches("1w 2w", "3w"), 1))).toBe("1w +  | 2w 3w");
  });

  it("bringing back makes branches change places", () => {
    expect(shown(broughtBack(branches("1w", "2w 3w")))).toBe("1w + 2w 3w | ");
    expect(shown(broughtBack(branches("1w 9w", "2w 3w")))).toBe("1w + 100w@2 101w@3 | 9w");
    expect(broughtBack(branches("1w", ""))).toBeUndefined();
  });

  it("knows when rewinding would lose what is aside", () => {
    expect(forgets(branches("1w 9w", "2w"), records("9w"))).toBe(true);
    expect(forgets(branches("1w", "2w"), records("1w"))).toBe(false);
    expect(forgets(branches("1w 9w", "2r"), records("9w"))).toBe(false);
  });

  it("never lets ids descend, whatever is done in whatever order", () => {
    const step = fc.constantFrom("write", "read", "undo", "redo", "rewind", "bringBack");
    fc.assert(
      fc.property(fc.array(fc.tuple(step, fc.nat(4)), { maxLength: 60 }), (steps) => {
        let next = 1;
        let now = 0;
        let state: Branches = {
          records: [],
          aside: [],
          changes: (record) => record.command === "w",
          freshId: () => next++,
        };
        const ascends = (list: readonly JournalRecord[]): boolean =>
          list.every((record, i) => i === 0 || (record.id > (list[i - 1]?.id ?? 0) && record.at >= (list[i - 1]?.at ?? 0)));
        for (const [what, wait] of steps) {
          now += wait;
          let to: Branching | undefined;
          if (what === "write" || what === "read") {
            to = {
              kept: [...state.records, { id: next++, at: now, command: what === "write" ? "w" : "r" }],
              added: [],
              aside: state.aside,
            };
          } else if (what === "undo") to = undone(state);
          else if (what === "redo") to = redone(state);
          else if (what === "bringBack") to = broughtBack(state);
          else {
            now = Math.max(0, now - 3 * wait);
            to = rewound(state, now);
          }
          if (to === undefined) continue;
          const journal = [...to.kept, ...to.added];
          now = Math.max(now, journal.at(-1)?.at ?? 0);
          expect(ascends(journal) && ascends(to.aside)).toBe(true);
          expect(new Set([...journal, ...to.aside].map((record) => record.id)).size).toBe(journal.length + to.aside.length);
          state = { ...state, records: journal, aside: to.aside };
          if (what === "undo") expect(redoable(state)?.at).toBeDefined();
          if (what === "redo") expect(undoable(state)?.at).toBeDefined();
        }
      }),
    );
  });
});

describe("undo and redo of an account", () => {
  const groups = async (account: Account): Promise<readonly string[]> =>
    ((await screen(account, "logs", "DescribeLogGroups")).output.logGroups as { logGroupName: string }[]).map((g) => g.logGroupName);
  const make = (account: Account, logGroupName: string) => person(account, "logs", "CreateLogGroup", { logGroupName });
  const nameOf = (record: { command: unknown } | undefined): string | undefined =>
    (record?.command as { input: { logGroupName: string } } | undefined)?.input.logGroupName;

  it("name their command, leave it out of the list and put it back", async () => {
    const account = await openTestAccount();
    for (const name of ["a", "b", "c"]) await make(account, name);
    expect(nameOf(account.past().undo)).toBe("c");
    expect(nameOf(await account.undo())).toBe("c");
    expect(nameOf(await account.undo())).toBe("b");
    const { undo, redo, aside, since } = account.past();
    expect([nameOf(undo), nameOf(redo), aside.map(nameOf), since]).toEqual(["a", "b", ["b", "c"], []]);
    expect(nameOf(await account.redo())).toBe("b");
    expect(await groups(account)).toEqual(["a", "b"]);
    await make(account, "d");
    expect(await account.redo()).toBeUndefined();
    expect(account.past().since.map(nameOf)).toEqual(["d"]);
    expect(await groups(account)).toEqual(["a", "b", "d"]);
  });

  it("take back a command that later ones stand on: those then fail as they would have", async () => {
    const account = await openTestAccount();
    await make(account, "shop");
    await person(account, "logs", "CreateLogStream", { logGroupName: "shop", logStreamName: "web" });
    await account.rewind(account.now);
    const plain = await openTestAccount();
    await make(plain, "shop");
    expect(await account.undo()).toBeDefined();
    expect(account.stateHash({ parts: true })).toEqual(plain.stateHash({ parts: true }));
  });

  it("pass over commands that were refused, before and after reopening", async () => {
    const storage = createMemoryStorage({ id: "refused" });
    const open = () => createEngine({ scenario: scenario(), storage, kernels: referenceKernels });
    let account = await open();
    await make(account, "a");
    await make(account, "a").catch(() => undefined);
    expect(account.journal()).toHaveLength(2);
    expect(account.journal().map((record) => account.wasRefused(record))).toEqual([false, true]);
    await account.checkpoint();
    account = await open();
    expect(account.past().undo?.id).toBe(1);
    expect(nameOf(await account.undo())).toBe("a");
    expect(await groups(account)).toEqual([]);
    expect(account.past().aside).toHaveLength(1);
  });

  it("say what rewinding would set aside, reads left out, and what it would forget", async () => {
    const account = await openTestAccount();
    await make(account, "a");
    await account.advanceTo(START + MINUTE);
    await make(account, "b");
    await person(account, "logs", "DescribeLogGroups");
    expect(account.wouldSetAside(START).commands.map(nameOf)).toEqual(["b"]);
    expect(account.wouldSetAside(START + MINUTE)).toEqual({ commands: [], forgotten: 0 });
    await account.rewind(START);
    expect(account.past().aside.map(nameOf)).toEqual(["b"]);
    await account.advanceTo(START + MINUTE);
    await make(account, "c");
    expect(account.wouldSetAside(START)).toMatchObject({ forgotten: 1 });
  });

  it("are exact at random: after any undos and redos it is the account that runs the same journal", async () => {
    const turn = fc.oneof({ weight: 3, arbitrary: lifeStep }, { weight: 2, arbitrary: fc.constantFrom("undo" as const, "redo" as const) });
    await fc.assert(
      fc.asyncProperty(fc.array(turn, { minLength: 8, maxLength: 30 }), async (turns) => {
        const storage = createMemoryStorage({ id: "random" });
        const account = await createEngine({ scenario: scenario(), storage, kernels: referenceKernels });
        for (const step of BEGINNING) await live(account, step);
        for (const [i, one] of turns.entries()) {
          if (one === "undo") await account.undo();
          else if (one === "redo") await account.redo();
          else await live(account, one);
          if (i % 5 === 0) await account.checkpoint();
        }
        const plain = await openTestAccount();
        await plain.load(account.journal(), account.now);
        expect(account.stateHash({ parts: true })).toEqual(plain.stateHash({ parts: true }));
        expect(await storage.journal()).toEqual(account.journal());
        await account.saveClock();
        const again = await createEngine({ scenario: scenario(), storage, kernels: referenceKernels });
        expect(again.stateHash()).toEqual(account.stateHash());
        expect(again.past().undo).toEqual(account.past().undo);
      }),
      { numRuns: 15 },
    );
  });
});
