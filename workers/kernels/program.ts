/**
 * A filter program as the bytes that `assembly/match.ts` reads (the layout is drawn there): which needle or set of needles
 * searches the block, by which of its bytes, and what is checked inside the lines that it finds.
 */
import type { TermProgram } from "./contract.ts";
import { encodeGrams, type GramPlan } from "./program-grams.ts";

const HEADER = 128;
/** Bytes of a fingerprint, and their tables of sixteen nibbles with a mask of nibbles behind. */
const PRINT = 4;
const TABLES = PRINT * 16 + 16;
const RECORD = 48;
const BUCKETS = 8;
/** What drives the search, by the kernel's numbers. */
const [PAIRS, PRINTS, GRAMS] = [0, 1, 2];
/** So many drivers at most are searched by pairs. */
const FEW = 4;

/** What a sample of the block's bytes is like. Every entry is at least one. */
export interface ByteSample {
  /** How often each byte value occurs. */
  readonly bytes: Float64Array;
  /** How often low nibble a is followed by low nibble b, at 16a + b. */
  readonly nibblePairs: Float64Array;
}

/** What is left of a program when its empty needles are thought through. */
export type Plan =
  | { readonly kind: "every-line" }
  | { readonly kind: "no-line" }
  | {
      readonly kind: "search";
      readonly drivers: readonly Uint8Array[];
      readonly isComplement: boolean;
      readonly all: readonly Uint8Array[];
      readonly any: readonly Uint8Array[];
      readonly none: readonly Uint8Array[];
    };

const WINDOW = 256;
const WINDOWS = 32;

/** Calls back for up to 32 stretches of 256 bytes, evenly spread over the block. */
export function eachWindow(block: Uint8Array, visit: (from: number, to: number) => void): void {
  const step = Math.max(WINDOW, Math.floor(block.length / WINDOWS));
  for (let from = 0; from < block.length; from += step) visit(from, Math.min(from + WINDOW, block.length));
}

/** Looks at some stretches of the block. */
export function sampleBytes(block: Uint8Array): ByteSample {
  const bytes = new Float64Array(256).fill(1);
  const nibblePairs = new Float64Array(256).fill(1);
  eachWindow(block, (from, to) => {
    let before = 0;
    for (let i = from; i < to; i++) {
      const byte = block[i] as number;
      bytes[byte] = (bytes[byte] as number) + 1;
      before = ((before & 15) << 4) | (byte & 15);
      nibblePairs[before] = (nibblePairs[before] as number) + 1;
    }
  });
  return { bytes, nibblePairs };
}

/** Chooses what drives the search: the needle of `all` that `cost` puts first, else the set of `any`, else that of `none`. */
export function planSearch(program: TermProgram, cost: (needle: Uint8Array) => number): Plan {
  const isEmpty = (needle: Uint8Array): boolean => needle.length === 0;
  if (program.none.some(isEmpty)) return { kind: "no-line" };
  const isOne = program.any.length === 1 || program.any.some(isEmpty);
  const all = (isOne ? [...program.all, ...program.any.slice(0, program.any.length === 1 ? 1 : 0)] : [...program.all]).filter(
    (needle) => !isEmpty(needle),
  );
  const any = isOne ? [] : program.any;
  const none = program.none;
  if (all.length > 0) {
    const costs = all.map((needle) => (all.length === 1 ? 0 : cost(needle)));
    const order = all.map((_, i) => i).sort((a, b) => (costs[a] as number) - (costs[b] as number) || a - b);
    const sorted = order.map((i) => all[i] as Uint8Array);
    return { kind: "search", drivers: sorted.slice(0, 1), isComplement: false, all: sorted.slice(1), any, none };
  }
  if (any.length > 0) return { kind: "search", drivers: any, isComplement: false, all: [], any: [], none };
  if (none.length > 0) return { kind: "search", drivers: none, isComplement: true, all: [], any: [], none: [] };
  return { kind: "every-line" };
}

/** How common a needle is likely to be: the product of its two rarest bytes' shares. */
export function likelihood(needle: Uint8Array, sample: ByteSample): number {
  const [one, other] = rarestPair(needle, sample);
  return share(needle, one, sample) * (one === other ? 1 : share(needle, other, sample));
}

export type SearchPlan = Extract<Plan, { kind: "search" }>;

/** The program's bytes, to be put at `address` (a multiple of 64). With `grams` the drivers are searched by them. */
export function encodeProgram(plan: SearchPlan, sample: ByteSample, grams: GramPlan | undefined, address: number): Uint8Array {
  const drivers = inBuckets(plan.drivers, sample);
  const records = [...drivers, ...[...plan.all, ...plan.any, ...plan.none].map((bytes) => ({ bytes, offset: 0, bucket: 0 }))];
  const recordsAt = HEADER + TABLES;
  let needlesAt = recordsAt + records.length * RECORD;
  const gramsAt = (records.reduce((sum, record) => sum + record.bytes.length + 16, needlesAt) + 15) & ~15;
  const gramBytes =
    grams && encodeGrams(grams, (needle) => address + recordsAt + RECORD * drivers.findIndex(({ bytes }) => bytes === needle));
  const out = new Uint8Array(gramsAt + (gramBytes?.length ?? 0));
  const view = new DataView(out.buffer);
  const put = (at: number, value: number): void => view.setUint32(at, value, true);
  put(0, grams ? GRAMS : plan.drivers.length > FEW ? PRINTS : PAIRS);
  put(4, plan.isComplement ? 1 : 0);
  put(8, address + recordsAt);
  put(12, drivers.length);
  put(16, plan.all.length);
  put(20, plan.any.length);
  put(24, plan.none.length);
  put(28, address + HEADER);
  put(32, address + 64);
  put(36, address + gramsAt);
  put(40, grams?.stride ?? 0);
  put(
    44,
    drivers.reduce((least, { bytes }) => Math.min(least, bytes.length), 0xffffffff),
  );
  if (gramBytes) out.set(gramBytes, gramsAt);
  out.fill(15, HEADER + PRINT * 16, HEADER + TABLES);
  for (let bucket = 0; bucket <= BUCKETS; bucket++) put(64 + bucket * 4, drivers.filter((driver) => driver.bucket < bucket).length);
  for (const driver of drivers) fingerprint(out.subarray(HEADER, HEADER + TABLES), driver);
  records.forEach(({ bytes, offset }, i) => {
    const at = recordsAt + i * RECORD;
    const [one, other] = rarestPair(bytes, sample);
    put(at, address + needlesAt);
    put(at + 4, bytes.length);
    put(at + 8, one);
    put(at + 12, other);
    put(at + 16, bytes[one] as number);
    put(at + 20, bytes[other] as number);
    out.set(bytes.subarray(0, 8), at + 24);
    out.fill(255, at + 32, at + 32 + Math.min(8, bytes.length));
    put(at + 40, offset);
    out.set(bytes, needlesAt);
    needlesAt += bytes.length + 16;
  });
  return out;
}

interface Driver {
  readonly bytes: Uint8Array;
  /** Where its fingerprint begins. */
  readonly offset: number;
  readonly bucket: number;
}

/** Needles to buckets: each its own while they suffice, else neighbours by fingerprint together. Sorted by bucket. */
function inBuckets(needles: readonly Uint8Array[], sample: ByteSample): Driver[] {
  const placed = needles.map((bytes) => ({ bytes, offset: rarestPrint(bytes, sample) }));
  const print = (driver: { bytes: Uint8Array; offset: number }): number =>
    Array.from({ length: PRINT }, (_, i) => driver.bytes[driver.offset + i] ?? 0).reduce((sum, byte) => sum * 256 + byte, 0);
  placed.sort((a, b) => print(a) - print(b));
  const perBucket = Math.max(1, placed.length / BUCKETS);
  return placed.map((driver, i) => ({ ...driver, bucket: Math.min(BUCKETS - 1, Math.floor(i / perBucket)) }));
}

/** Sets the driver's bit in the nibble tables; a byte that the needle does not have may be anything. */
function fingerprint(tables: Uint8Array, { bytes, offset, bucket }: Driver): void {
  for (let i = 0; i < PRINT; i++) {
    const byte = bytes[offset + i];
    for (let nibble = 0; nibble < 16; nibble++) {
      const at = i * 16 + nibble;
      if (byte === undefined || (byte & 15) === nibble) tables[at] = (tables[at] as number) | (1 << bucket);
    }
  }
}

function share(needle: Uint8Array, at: number, sample: ByteSample): number {
  return sample.bytes[needle[at] as number] as number;
}

/** Offsets of the two rarest bytes, the second of another value than the first where there is one. */
function rarestPair(needle: Uint8Array, sample: ByteSample): [number, number] {
  let one = 0;
  for (let i = 1; i < needle.length; i++) if (share(needle, i, sample) < share(needle, one, sample)) one = i;
  let other = -1;
  for (let i = 0; i < needle.length; i++) {
    if (i === one || needle[i] === needle[one]) continue;
    if (other < 0 || share(needle, i, sample) < share(needle, other, sample)) other = i;
  }
  return [one, other < 0 ? (needle.length > 1 ? (one === 0 ? needle.length - 1 : 0) : one) : other];
}

/** Where the neighbouring bytes stand whose low nibbles are least likely in a row, each given the one in front of it. */
function rarestPrint(needle: Uint8Array, { nibblePairs }: ByteSample): number {
  const follows = new Float64Array(16);
  nibblePairs.forEach((count, pair) => {
    follows[pair >> 4] = (follows[pair >> 4] as number) + count;
  });
  const nibble = (i: number): number => (needle[i] as number) & 15;
  let best = 0;
  let least = Infinity;
  for (let from = 0; from + PRINT <= needle.length; from++) {
    let likely = follows[nibble(from)] as number;
    for (let i = from + 1; i < from + PRINT; i++) {
      likely *= (nibblePairs[nibble(i - 1) * 16 + nibble(i)] as number) / (follows[nibble(i - 1)] as number);
    }
    if (likely < least) {
      least = likely;
      best = from;
    }
  }
  return best;
}
