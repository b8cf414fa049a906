/**
 * A filter program as the bytes that `assembly/match.ts` reads (the layout is drawn there): which needle or set of needles
 * searches the block, by which of its bytes, and what is checked inside the lines that it finds.
 */
import type { TermProgram } from "./contract.ts";

const HEADER = 128;
/** Bytes of a fingerprint, and their tables of sixteen nibbles. */
const PRINT = 4;
const TABLES = PRINT * 16;
const RECORD = 48;
const BUCKETS = 8;

/** How often each byte value occurs, every one at least once. */
export type ByteFrequencies = Float64Array;

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

/** Counts at most 4,096 bytes, evenly spread over the block. */
export function byteFrequencies(bytes: Uint8Array): ByteFrequencies {
  const frequencies = new Float64Array(256).fill(1);
  const step = Math.max(1, Math.floor(bytes.length / 4096));
  for (let i = 0; i < bytes.length; i += step) (frequencies[bytes[i] as number] as number)++;
  return frequencies;
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
export function likelihood(needle: Uint8Array, frequencies: ByteFrequencies): number {
  const [one, other] = rarestPair(needle, frequencies);
  return share(needle, one, frequencies) * (one === other ? 1 : share(needle, other, frequencies));
}

/** The program's bytes, to be put at `address` (a multiple of 64). */
export function encodeProgram(plan: Extract<Plan, { kind: "search" }>, frequencies: ByteFrequencies, address: number): Uint8Array {
  const drivers = inBuckets(plan.drivers, frequencies);
  const records = [...drivers, ...[...plan.all, ...plan.any, ...plan.none].map((bytes) => ({ bytes, offset: 0, bucket: 0 }))];
  const recordsAt = HEADER + TABLES;
  let needlesAt = recordsAt + records.length * RECORD;
  const size = records.reduce((sum, record) => sum + record.bytes.length + 16, needlesAt);
  const out = new Uint8Array(size);
  const view = new DataView(out.buffer);
  const put = (at: number, value: number): void => view.setUint32(at, value, true);
  put(0, plan.drivers.length > 1 ? 1 : 0);
  put(4, plan.isComplement ? 1 : 0);
  put(8, address + recordsAt);
  put(12, drivers.length);
  put(16, plan.all.length);
  put(20, plan.any.length);
  put(24, plan.none.length);
  put(28, address + HEADER);
  put(32, address + 64);
  for (let bucket = 0; bucket <= BUCKETS; bucket++) put(64 + bucket * 4, drivers.filter((driver) => driver.bucket < bucket).length);
  for (const driver of drivers) fingerprint(out.subarray(HEADER, HEADER + TABLES), driver);
  records.forEach(({ bytes, offset }, i) => {
    const at = recordsAt + i * RECORD;
    const [one, other] = rarestPair(bytes, frequencies);
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
function inBuckets(needles: readonly Uint8Array[], frequencies: ByteFrequencies): Driver[] {
  const placed = needles.map((bytes) => ({ bytes, offset: rarestPrint(bytes, frequencies) }));
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

function share(needle: Uint8Array, at: number, frequencies: ByteFrequencies): number {
  return frequencies[needle[at] as number] as number;
}

/** Offsets of the two rarest bytes, the second of another value than the first where there is one. */
function rarestPair(needle: Uint8Array, frequencies: ByteFrequencies): [number, number] {
  let one = 0;
  for (let i = 1; i < needle.length; i++) if (share(needle, i, frequencies) < share(needle, one, frequencies)) one = i;
  let other = -1;
  for (let i = 0; i < needle.length; i++) {
    if (i === one || needle[i] === needle[one]) continue;
    if (other < 0 || share(needle, i, frequencies) < share(needle, other, frequencies)) other = i;
  }
  return [one, other < 0 ? (needle.length > 1 ? (one === 0 ? needle.length - 1 : 0) : one) : other];
}

/** Where the neighbouring bytes stand whose low nibbles are least likely together. */
function rarestPrint(needle: Uint8Array, frequencies: ByteFrequencies): number {
  const nibbles = new Float64Array(16);
  frequencies.forEach((frequency, byte) => {
    nibbles[byte & 15] = (nibbles[byte & 15] as number) + frequency;
  });
  let best = 0;
  let least = Infinity;
  for (let from = 0; from + PRINT <= needle.length; from++) {
    let product = 1;
    for (let i = 0; i < PRINT; i++) product *= nibbles[(needle[from + i] as number) & 15] as number;
    if (product < least) {
      least = product;
      best = from;
    }
  }
  return best;
}
