/**
 * How much a matcher has to keep in mind for the wildcards of a field (facts eventbridge §5.9): the most places of the
 * patterns that one text can keep alive at once. A star is a place of its own behind the character before it, and stays
 * alive for good; `/Users/*\/dir/dir/dir/dir/dir/doc.txt` has 7, `*:*:*:*:*:event-bus/*` has 11.
 */
import type { Wildcard } from "./strings.ts";

/** Recorded: 7 is taken, 11 is refused. */
export const MOST_PLACES = 10;
/** Sets of places looked at; what is larger by then is refused, what is not has repeated itself long since. */
const MOST_SETS = 4000;

interface Place {
  /** The unit that leads on, and where to; absent at the end. */
  unit?: string;
  to?: number;
  /** The star behind this place. */
  star?: number;
  readonly loops: boolean;
}

function chain(places: Place[], pieces: Wildcard): number {
  const add = (loops: boolean): number => places.push({ loops }) - 1;
  const start = add(false);
  let here = start;
  pieces.forEach((piece, i) => {
    if (i > 0) {
      const star = add(true);
      (places[here] as Place).star = star;
      here = star;
    }
    for (const unit of piece.split("")) {
      const next = add(false);
      Object.assign(places[here] as Place, { unit, to: next });
      here = next;
    }
  });
  return start;
}

/** The most places alive at once, counted up to one above `MOST_PLACES`. */
export function placesAlive(patterns: readonly Wildcard[]): number {
  const places: Place[] = [];
  const withStar = (at: number): readonly number[] => [at, (places[at] as Place).star ?? at];
  const begin = new Set(patterns.map((pieces) => chain(places, pieces)).flatMap(withStar));
  const units = new Set(places.map((place) => place.unit));
  const keyOf = (set: ReadonlySet<number>): string => [...set].sort((a, b) => a - b).join();
  const seen = new Set([keyOf(begin)]);
  const waiting: ReadonlySet<number>[] = [begin];
  let most = 0;
  for (let set = waiting.pop(); set !== undefined && seen.size < MOST_SETS && most <= MOST_PLACES; set = waiting.pop()) {
    for (const unit of units) {
      const next = new Set<number>();
      for (const at of set) {
        const place = places[at] as Place;
        if (place.loops) next.add(at);
        if (unit !== undefined && place.unit === unit) for (const reached of withStar(place.to as number)) next.add(reached);
      }
      most = Math.max(most, next.size);
      const key = keyOf(next);
      if (seen.has(key)) continue;
      seen.add(key);
      waiting.push(next);
    }
  }
  return most;
}
