/**
 * Many string tests of one field at once: prefixes, suffixes and wildcards, with or without case, as one automaton over UTF-16
 * units, whose states are made when a text first leads to them.
 *
 *     `ab*c` :  0 -a-> 1 -b-> 2 (stays on anything) -c-> 3 accepts at the end
 *
 * Texts of all kinds make ever more states; past a bound all of them are forgotten and made again as they are needed.
 */
import { type FoldedUnit, isOneToOne } from "../strings.ts";
import type { StringTest, TestRule } from "../tree.ts";

/** Tests that it can hold: those that compare unit by unit. */
export function isSequential<T extends TestRule>(test: T): test is T & StringTest {
  switch (test.kind) {
    case "equals":
      return test.address === undefined;
    case "prefix":
    case "suffix":
    case "equals-ignore-case":
      return test.units === undefined || isOneToOne(test.units);
    default:
      return test.kind === "wildcard";
  }
}

/** Pieces between the stars, each unit in both its cases. */
function piecesOf(test: StringTest): readonly (readonly FoldedUnit[])[] {
  if (test.kind === "wildcard") return test.pieces.map(unfolded);
  const piece = "units" in test && test.units !== undefined ? test.units : unfolded(test.text);
  if (test.kind === "prefix") return [piece, []];
  return test.kind === "suffix" ? [[], piece] : [piece];
}

const unfolded = (text: string): readonly FoldedUnit[] => text.split("").map((unit) => [unit, unit] as const);

const MOST_STATES = 4096;
const ASCII = 128;
const UNKNOWN = -1;

export class TextAutomaton {
  /** For each place: the units that lead on (-1 at a test's end), whether it stays on anything, the test it accepts (-1: none). */
  private readonly units: (readonly [number, number])[] = [];
  private readonly stays: boolean[] = [];
  private readonly accepted: number[] = [];
  private readonly beginnings: number[] = [];
  /** By state: its places, ascending; the tests that accept a text that ends there; whether every unit leads back to it. */
  private places: (readonly number[])[] = [];
  private accepting: (readonly number[])[] = [];
  private settled = new Uint8Array(16);
  /** By state and unit: the next state, -1 where not yet known. Units beyond ASCII go by `others`. */
  private steps = new Int32Array(16 * ASCII);
  private others: Map<number, number>[] = [];
  private known = new Map<string, number>();

  constructor(
    tests: readonly StringTest[],
    private readonly mostStates = MOST_STATES,
  ) {
    for (const [number, test] of tests.entries()) {
      this.beginnings.push(this.units.length);
      const pieces = piecesOf(test);
      for (const [at, piece] of pieces.entries()) {
        const isLast = at === pieces.length - 1;
        // The place before a piece stays where a star stands before it.
        for (const [i, [lower, upper]] of piece.entries()) this.place([lower.charCodeAt(0), upper.charCodeAt(0)], i === 0 && at > 0, -1);
        // An empty piece between or behind stars has a place only at the end.
        if (isLast) this.place([-1, -1], piece.length === 0 && at > 0, number);
      }
    }
    this.reset();
  }

  private place(units: readonly [number, number], stays: boolean, accepts: number): void {
    this.units.push(units);
    this.stays.push(stays);
    this.accepted.push(accepts);
  }

  private reset(): void {
    this.places = [];
    this.accepting = [];
    this.others = [];
    this.known = new Map();
    this.stateOf(this.beginnings);
  }

  /** Numbers of the tests that a text meets. */
  accepts(text: string): readonly number[] {
    let state = 0;
    for (let i = 0; i < text.length && this.settled[state] === 0; i++) {
      const unit = text.charCodeAt(i);
      const next = unit < ASCII ? (this.steps[state * ASCII + unit] as number) : UNKNOWN;
      state = next === UNKNOWN ? this.step(state, unit) : next;
    }
    return this.accepting[state] as readonly number[];
  }

  /** The same for a text that stands in bytes, all of them ASCII. */
  acceptsPlain(bytes: Uint8Array, from: number, to: number): readonly number[] {
    let state = 0;
    for (let at = from; at < to && this.settled[state] === 0; at++) {
      const unit = bytes[at] as number;
      const next = this.steps[state * ASCII + unit] as number;
      state = next === UNKNOWN ? this.step(state, unit) : next;
    }
    return this.accepting[state] as readonly number[];
  }

  private step(from: number, unit: number): number {
    const known = this.others[from]?.get(unit);
    if (known !== undefined) return known;
    const places = new Set<number>();
    for (const place of this.places[from] as readonly number[]) {
      if (this.stays[place] === true) places.add(place);
      if (this.units[place]?.includes(unit) === true) places.add(place + 1);
    }
    const ascending = [...places].sort((a, b) => a - b);
    if (this.places.length >= this.mostStates) {
      this.reset();
      return this.stateOf(ascending);
    }
    const to = this.stateOf(ascending);
    if (unit < ASCII) this.steps[from * ASCII + unit] = to;
    else this.others[from]?.set(unit, to);
    return to;
  }

  private stateOf(places: readonly number[]): number {
    const key = places.join();
    const found = this.known.get(key);
    if (found !== undefined) return found;
    const state = this.places.push(places) - 1;
    if (state === this.settled.length) this.grow();
    this.steps.fill(UNKNOWN, state * ASCII, (state + 1) * ASCII);
    this.accepting.push(places.map((place) => this.accepted[place] as number).filter((test) => test >= 0));
    this.settled[state] = places.every((place) => this.stays[place] === true && this.accepted[place] !== -1) ? 1 : 0;
    this.others.push(new Map());
    this.known.set(key, state);
    return state;
  }

  private grow(): void {
    const settled = new Uint8Array(this.settled.length * 2);
    settled.set(this.settled);
    this.settled = settled;
    const steps = new Int32Array(this.steps.length * 2);
    steps.set(this.steps);
    this.steps = steps;
  }
}
