/**
 * Matching in linear time: the alternatives become a nondeterministic automaton over UTF-8 bytes, whose sets of states
 * are made into a deterministic one as they are met (lazily, a table of 256 entries per state). When there are too
 * many, all are forgotten and it goes on from the present one, so time stays linear and memory bounded.
 *
 * States of the automaton: each character set is one state; a set that holds characters beyond ASCII gets three more, which
 * wait for the remaining bytes of such a character. The search is unanchored: the start set is added at every byte.
 */
import { type Alternative, parseRegex, type RegexItem } from "./regex-syntax.ts";

export interface Regex {
  /** The text between the % signs. */
  readonly source: string;
  /** Whether some part of bytes[from, to) matches; `^` and `$` stand for `from` and `to`. */
  matches(bytes: Uint8Array, from: number, to: number): boolean;
}

/** Follows a state: by a byte that its set holds to `next`. Ids index the list of states. */
interface State {
  readonly ascii: Uint8Array | undefined;
  /** State that waits for the rest of a character beyond ASCII, by how many bytes follow (1 to 3); 0 = not accepted. */
  readonly rest: readonly [number, number, number] | undefined;
  /** Set for a state that takes one continuation byte. */
  readonly takesContinuation: boolean;
  readonly next: readonly number[];
}

const MOST_TABLES = 512;
/** Pseudo-states at the head of the list. */
const ACCEPT = 0;
const ACCEPT_AT_END = 1;

interface Table {
  readonly states: readonly number[];
  /** Matched whatever follows. */
  readonly isFinal: boolean;
  readonly isFinalAtEnd: boolean;
  /** Next table by byte; undefined = not known yet. */
  readonly next: (Table | undefined)[];
}

/** Compiles `pattern[from, to)`, the text between the % signs. Throws `PatternError`. */
export function compileRegex(pattern: string, from: number, to: number): Regex {
  const alternatives = parseRegex(pattern, from, to);
  const build = automaton(alternatives);
  return { source: pattern.slice(from, to), matches: matcher(build) };
}

interface Automaton {
  readonly states: readonly State[];
  /** Entered at the first byte only. */
  readonly anchored: readonly number[];
  /** Entered before every byte. */
  readonly floating: readonly number[];
}

function automaton(alternatives: readonly Alternative[]): Automaton {
  const nothing: State = { ascii: undefined, rest: undefined, takesContinuation: false, next: [] };
  const states: State[] = [nothing, nothing];
  const anchored: number[] = [];
  const floating: number[] = [];
  for (const alternative of alternatives) {
    const { items, isAnchored, isAnchoredAtEnd, isPossible } = anchorsOf(alternative);
    if (!isPossible) continue;
    // Built from the end: `entry` are the states that stand before what is built already.
    let entry: number[] = [isAnchoredAtEnd ? ACCEPT_AT_END : ACCEPT];
    for (const item of [...items].reverse()) entry = prepend(states, item, entry);
    (isAnchored ? anchored : floating).push(...entry);
  }
  return { states, anchored: [...new Set(anchored)], floating: [...new Set(floating)] };
}

type SetItem = Extract<RegexItem, { kind: "set" }>;

/** `^` may stand only where nothing was consumed, `$` only where nothing follows; elsewhere the alternative cannot match, unless what stands between may be empty. */
function anchorsOf(alternative: Alternative): { items: SetItem[]; isAnchored: boolean; isAnchoredAtEnd: boolean; isPossible: boolean } {
  const isSet = (item: RegexItem): item is SetItem => item.kind === "set";
  const lastStart = alternative.findLastIndex((item) => item.kind === "start");
  const firstEnd = alternative.findIndex((item) => item.kind === "end");
  const before = alternative.slice(0, Math.max(0, lastStart)).filter(isSet);
  const after = firstEnd < 0 ? [] : alternative.slice(firstEnd).filter(isSet);
  // What stands before a later `^` or after an earlier `$` must be empty, so it may be left out, if it may be empty at all.
  const isPossible = [...before, ...after].every((item) => item.least === 0);
  const items = alternative.filter((item, i) => isSet(item) && i > lastStart && (firstEnd < 0 || i < firstEnd)).filter(isSet);
  return { items, isAnchored: lastStart >= 0, isAnchoredAtEnd: firstEnd >= 0, isPossible };
}

function prepend(states: State[], item: SetItem, after: readonly number[]): number[] {
  let entry = [...after];
  const copy = (next: readonly number[], loops: boolean): number => {
    const id = states.length;
    const target = loops ? [id, ...next] : [...next];
    states.push({ ascii: item.set.ascii, rest: undefined, takesContinuation: false, next: target });
    if (!item.set.beyond) return id;
    const waits = (then: readonly number[]): number =>
      states.push({ ascii: undefined, rest: undefined, takesContinuation: true, next: then }) - 1;
    const one = waits(target);
    const two = waits([one]);
    const three = waits([two]);
    states[id] = { ascii: item.set.ascii, rest: [one, two, three], takesContinuation: false, next: target };
    return id;
  };
  if (item.most === Infinity) {
    const loop = copy(entry, true);
    entry = [loop, ...entry];
    for (let i = 0; i < item.least; i++) {
      // The loop itself may serve as the last of the required copies.
      if (i === 0) entry = [loop];
      else entry = [copy(entry, false)];
    }
    return [...new Set(entry)];
  }
  for (let i = item.most; i > 0; i--) {
    const id = copy(entry, false);
    entry = i > item.least ? [...new Set([id, ...after])] : [id];
  }
  return entry;
}

function matcher({ states, anchored, floating }: Automaton): Regex["matches"] {
  let tables = new Map<string, Table>();
  const tableOf = (ids: Iterable<number>): Table => {
    const sorted = [...new Set(ids)].sort((a, b) => a - b);
    const key = sorted.join(",");
    const known = tables.get(key);
    if (known !== undefined) return known;
    if (tables.size >= MOST_TABLES) tables = new Map();
    const table = {
      states: sorted,
      isFinal: sorted.includes(ACCEPT),
      isFinalAtEnd: sorted.includes(ACCEPT_AT_END) || sorted.includes(ACCEPT),
      next: new Array<Table | undefined>(256).fill(undefined),
    };
    tables.set(key, table);
    return table;
  };
  const follow = (table: Table, byte: number): Table => {
    const reached = new Set<number>();
    for (const id of table.states) {
      const { ascii, rest, takesContinuation, next } = states[id]!;
      if (takesContinuation) {
        if ((byte & 0xc0) === 0x80) for (const to of next) reached.add(to);
      } else if (byte < 128) {
        if (ascii?.[byte] === 1) for (const to of next) reached.add(to);
      } else if (rest !== undefined && byte >= 0xc0) {
        reached.add(rest[byte < 0xe0 ? 0 : byte < 0xf0 ? 1 : 2]);
      }
    }
    for (const id of floating) reached.add(id);
    return tableOf(reached);
  };
  const start = [...anchored, ...floating];
  return (bytes, from, to) => {
    let table = tableOf(start);
    for (let at = from; at < to; at++) {
      if (table.isFinal) return true;
      const byte = bytes[at]!;
      let next = table.next[byte];
      if (next === undefined) {
        next = follow(table, byte);
        table.next[byte] = next;
      }
      table = next;
    }
    return table.isFinalAtEnd;
  };
}
