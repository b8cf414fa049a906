/**
 * What filter expressions are asked of. Traces, the services and calls in them, and the places in their root causes are
 * rows with numbers; `Rows` says how to read them. Each reader is asked for once and then called row by row.
 */
import type { CauseKind, CauseList, TextTest } from "./tree.ts";

export type Selection = Uint32Array;

export type RowTest = (row: number) => boolean;

export interface Rows {
  flag(word: string): (row: number) => boolean;
  /** NaN where it is unset. */
  number(word: string): (row: number) => number;
  /** Whether some value of the word passes; without a test whether there is one. */
  text(word: string, test: TextTest | undefined): (row: number) => boolean;
  /** Visits the values of an annotation of that row. */
  annotation(key: string): (row: number, visit: (value: string | number | boolean) => void) => void;
  /** What stands under a word, for an explanation. */
  shown(word: string, row: number): string;
}

/** Rows that belong to traces. */
export interface Related {
  readonly rows: Rows;
  /** Adds those of one trace, in order. */
  of(trace: number, into: number[]): void;
  /** The traces of a selection of which one row passes both tests; the first is asked of every row. */
  select(traces: Selection, first: RowTest, second: RowTest): Selection;
}

export interface TraceRows extends Rows {
  readonly services: Related;
  /** `caller` and `callee`: the rows of `services` at the two ends; -1 where there is none. */
  readonly calls: Related & { caller(row: number): number; callee(row: number): number };
  causes(trace: number, of: CauseKind): readonly RootCause[];
}

/** A root cause as GetTraceSummaries shows it. */
export interface RootCause {
  readonly ClientImpacting?: boolean;
  readonly Services?: readonly CauseService[];
}
export interface CauseService {
  readonly Name?: string;
  readonly Names?: readonly string[];
  readonly Type?: string | null;
  readonly AccountId?: string;
  readonly Inferred?: boolean;
  readonly EntityPath?: readonly CauseEntity[];
}
export interface CauseEntity {
  readonly Name?: string;
  readonly Remote?: boolean;
  readonly Coverage?: number;
  readonly Exceptions?: readonly { readonly Name?: string; readonly Message?: string }[];
}

/** One place in a list of a root cause. */
export interface CausePlace {
  readonly index: number;
  readonly length: number;
  readonly name: string | undefined;
  readonly type: string | undefined;
  readonly account: string | undefined;
  readonly message: string | undefined;
  readonly inferred: boolean;
  readonly remote: boolean;
  readonly coverage: number;
}

/** The list of a root cause that `list` means: its services, their entities one after the other, or these entities' exceptions. */
export function placesOf(cause: RootCause, list: CauseList): readonly CausePlace[] {
  const found: Omit<CausePlace, "index" | "length">[] = [];
  for (const service of cause.Services ?? []) {
    const path = service.EntityPath ?? [];
    const shared = { type: service.Type ?? undefined, account: service.AccountId, inferred: service.Inferred === true };
    if (list === "service") {
      found.push({
        ...shared,
        name: service.Name,
        message: undefined,
        remote: path[0]?.Remote === true,
        coverage: path[0]?.Coverage ?? Number.NaN,
      });
      continue;
    }
    for (const entity of path) {
      const place = { ...shared, remote: entity.Remote === true, coverage: entity.Coverage ?? Number.NaN };
      if (list === "entity") found.push({ ...place, name: entity.Name, message: undefined });
      else for (const exception of entity.Exceptions ?? []) found.push({ ...place, name: exception.Name, message: exception.Message });
    }
  }
  return found.map((place, index) => ({ ...place, index, length: found.length }));
}

/** Places as rows. */
export function placeRows(places: readonly CausePlace[]): Rows {
  const at = (row: number): CausePlace => places[row] as CausePlace;
  const flags: Readonly<Record<string, (place: CausePlace) => boolean>> = {
    first: ({ index }) => index === 0,
    last: ({ index, length }) => index === length - 1,
    remote: ({ remote }) => remote,
    inferred: ({ inferred }) => inferred,
  };
  const texts: Readonly<Record<string, (place: CausePlace) => string | undefined>> = {
    name: ({ name }) => name,
    type: ({ type }) => type,
    message: ({ message }) => message,
    "account.id": ({ account }) => account,
  };
  return {
    flag: (word) => (row) => flags[word]?.(at(row)) ?? false,
    number: (word) => (row) => (word === "index" ? at(row).index : at(row).coverage),
    text: (word, test) => (row) => {
      const found = texts[word]?.(at(row));
      return found !== undefined && (test === undefined || test.passes(found));
    },
    annotation: () => () => {},
    shown: (word, row) => String(texts[word]?.(at(row)) ?? ""),
  };
}

/** Whether everything that is given stands in what was found: fields equal, lists of one length and order, fields left out are free. */
export function containsStructure(given: unknown, found: unknown): boolean {
  if (Array.isArray(given))
    return Array.isArray(found) && given.length === found.length && given.every((item, at) => containsStructure(item, found[at]));
  if (typeof given === "object" && given !== null) {
    if (typeof found !== "object" || found === null) return false;
    return Object.entries(given).every(([name, inner]) => containsStructure(inner, (found as Record<string, unknown>)[name]));
  }
  return given === (found ?? null);
}
