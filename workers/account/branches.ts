/**
 * Undo, redo, rewinding and bringing back, as changes of two lists: the journal, and the records that are set aside.
 * Pure. What a change leaves is `kept`, then `added`, with `aside` set aside:
 *
 *   journal  1 2 3 4 5          rewind after 2:   kept 1 2             aside 3 4 5
 *   journal  1 2, aside 3 4 5   redo:             kept 1 2   added 3   aside 4 5
 *   journal  1 2 6, aside 3 4   bring back:       kept 1 2   added 7 8 aside 6       (3 4 under new ids)
 *
 * Invariant: the ids of `kept`, `added` and the rest of their branch ascend as their moments do. Ids are kept wherever
 * that holds (what a command made is named by its id); where it does not, records get fresh ones.
 */
import type { JournalRecord } from "../store/contract.ts";

export interface Branching {
  readonly kept: readonly JournalRecord[];
  readonly added: readonly JournalRecord[];
  readonly aside: readonly JournalRecord[];
}

export interface Branches {
  readonly records: readonly JournalRecord[];
  readonly aside: readonly JournalRecord[];
  /** Reads, and commands that were refused, change nothing: they follow what they were made after. */
  readonly changes: (record: JournalRecord) => boolean;
  readonly freshId: () => number;
}

/** The command that undo would take back. */
export function undoable({ records, changes }: Branches): JournalRecord | undefined {
  return records.findLast(changes);
}

/** The command that redo would do again: none once something else was done since. */
export function redoable(branches: Branches): JournalRecord | undefined {
  return changesSince(branches).length > 0 ? undefined : branches.aside.find(branches.changes);
}

/** Changing commands of the journal that came after the branch was left which is set aside. */
export function changesSince({ records, aside, changes }: Branches): readonly JournalRecord[] {
  const first = aside[0]?.id;
  return first === undefined ? [] : records.filter((record) => record.id > first && changes(record));
}

/** Takes back the last changing command and the reads after it. */
export function undone(branches: Branches): Branching | undefined {
  const last = undoable(branches);
  return last === undefined ? undefined : cut(branches, branches.records.indexOf(last));
}

/** Sets aside what came after `moment`. */
export function rewound(branches: Branches, moment: number): Branching {
  const after = branches.records.findIndex((record) => record.at > moment);
  return cut(branches, after < 0 ? branches.records.length : after);
}

/** Does the next command of what is set aside again, with the reads that followed it; reads made since stay where they were. */
export function redone(branches: Branches): Branching | undefined {
  const { records, aside, changes } = branches;
  const next = redoable(branches);
  if (next === undefined) return undefined;
  const first = (aside[0] as JournalRecord).id;
  const following = aside.findIndex((record) => record.id > next.id && changes(record));
  const end = following < 0 ? aside.length : following;
  const since = records.filter((record) => record.id > first);
  const added = byMoment([...aside.slice(0, end), ...since]);
  const branch = ascending([...added, ...aside.slice(end)], branches.freshId);
  return { kept: records.filter((record) => record.id < first), added: branch.slice(0, added.length), aside: branch.slice(added.length) };
}

/** All that is set aside comes back; what was done since is set aside in turn. */
export function broughtBack({ records, aside, freshId }: Branches): Branching | undefined {
  const first = aside[0]?.id;
  if (first === undefined) return undefined;
  const since = records.filter((record) => record.id > first);
  // Of two branches the one that lives has the higher ids: what comes back over another gets new ones.
  const added = since.length === 0 ? aside : aside.map((record) => ({ ...record, id: freshId() }));
  return { kept: records.filter((record) => record.id < first), added, aside: since };
}

/** The journal ends before the record at `index`; the rest goes before what is set aside, or in its place. */
function cut(branches: Branches, index: number): Branching {
  const { records, aside, changes, freshId } = branches;
  const dropped = records.slice(index);
  const first = aside[0]?.id ?? 0;
  // What was set aside before commands that are themselves dropped belongs to another branch and goes.
  const isOther = dropped.some((record) => record.id > first && changes(record));
  const rest = isOther ? dropped : ascending(byMoment([...dropped, ...aside]), freshId);
  return { kept: records.slice(0, index), added: [], aside: rest };
}

/** Whether what is set aside now would be lost by dropping `dropped`, out of the journal's end. */
export function forgets({ aside, changes }: Branches, dropped: readonly JournalRecord[]): boolean {
  const first = aside[0]?.id;
  return first !== undefined && aside.some(changes) && dropped.some((record) => record.id > first && changes(record));
}

const byMoment = (records: readonly JournalRecord[]): readonly JournalRecord[] =>
  [...records].sort((a, b) => (a.at !== b.at ? a.at - b.at : a.id - b.id));

function ascending(records: readonly JournalRecord[], freshId: () => number): readonly JournalRecord[] {
  let last = 0;
  return records.map((record) => {
    const id = record.id > last ? record.id : freshId();
    last = id;
    return id === record.id ? record : { ...record, id };
  });
}
