/**
 * Which grams of a set's needles go into the table of `assembly/match-grams.ts` (the layout is drawn there), and whether
 * a search by them pays.
 */
const GRAM = 4;
const SLOTS = 16384;
const SLOT_BITS = 14;
const ENTRY = 16;
/** An entry's number is one byte, and 0 is none. */
const MOST_ENTRIES = 255;
/** From one look in so many that ends in an entry on, fingerprints are quicker. */
const RARE = 1 / 50;
/** Up to so many needles are searched by pairs of bytes as fast as by grams at every fourth byte. */
const FEW = 4;

export interface GramPlan {
  /** Bytes between two looks: 4 or 8. */
  readonly stride: number;
  /** Needle and the first of its `stride` neighbouring grams that are in the table. */
  readonly windows: readonly { readonly needle: Uint8Array; readonly from: number }[];
}

/** Chooses the rarest grams of each needle, as `sample` has counted them; undefined when another driver is better. */
export function planGrams(needles: readonly Uint8Array[], sample: () => GramCounts): GramPlan | undefined {
  const shortest = needles.reduce((least, { length }) => Math.min(least, length), Infinity);
  const stride = shortest >= 8 + GRAM - 1 ? 8 : 4;
  if (shortest < stride + GRAM - 1 || needles.length * stride > MOST_ENTRIES) return undefined;
  if (needles.length < 2 || (stride === 4 && needles.length <= FEW)) return undefined;
  const { slots: counts, total } = sample();
  const seen = new Set<number>();
  const windows = needles.map((needle) => {
    const slots = Array.from({ length: needle.length - GRAM + 1 }, (_, i) => slotOf(gramAt(needle, i)));
    let best = 0;
    let least = Infinity;
    for (let from = 0; from + stride <= slots.length; from++) {
      const count = slots.slice(from, from + stride).reduce((sum, slot) => sum + (counts[slot] as number), 0);
      if (count < least) {
        least = count;
        best = from;
      }
    }
    for (const slot of slots.slice(best, best + stride)) seen.add(slot);
    return { needle, from: best };
  });
  const candidates = [...seen].reduce((sum, slot) => sum + (counts[slot] as number), 0);
  return candidates > RARE * total ? undefined : { stride, windows };
}

/** How often the grams of some stretches of bytes fall into each slot, and how many they are. */
export interface GramCounts {
  readonly slots: Uint16Array;
  readonly total: number;
}

/** Counts at most 65,535 grams. */
export function countGrams(block: Uint8Array, each: (visit: (from: number, to: number) => void) => void): GramCounts {
  const slots = new Uint16Array(SLOTS);
  let total = 0;
  each((from, to) => {
    for (let i = from; i + GRAM <= to && total < 65_535; i++) {
      const slot = slotOf(gramAt(block, i));
      slots[slot] = (slots[slot] as number) + 1;
      total++;
    }
  });
  return { slots, total };
}

/** The table and its entries. `recordOf`: the address of a needle's record. */
export function encodeGrams({ stride, windows }: GramPlan, recordOf: (needle: Uint8Array) => number): Uint8Array {
  const out = new Uint8Array(SLOTS + ENTRY * (1 + windows.length * stride));
  const view = new DataView(out.buffer);
  let number = 0;
  for (const { needle, from } of windows) {
    const record = recordOf(needle);
    for (let offset = from; offset < from + stride; offset++) {
      const gram = gramAt(needle, offset);
      const slot = slotOf(gram);
      const at = SLOTS + ++number * ENTRY;
      view.setUint32(at, gram, true);
      view.setUint32(at + 4, record, true);
      view.setUint32(at + 8, offset, true);
      view.setUint32(at + 12, out[slot] as number, true);
      out[slot] = number;
    }
  }
  return out;
}

function gramAt(bytes: Uint8Array, at: number): number {
  return (
    ((bytes[at] as number) | ((bytes[at + 1] as number) << 8) | ((bytes[at + 2] as number) << 16) | ((bytes[at + 3] as number) << 24)) >>> 0
  );
}

const slotOf = (gram: number): number => Math.imul(gram, 0x9e3779b1) >>> (32 - SLOT_BITS);
