/**
 * Many string tests of one field at once: prefixes, suffixes and wildcards as one automaton over UTF-16 units, whose states
 * are made when a text first leads to them.
 *
 *     `ab*c` :  0 -a-> 1 -b-> 2 (stays on anything) -c-> 3 accepts at the end
 *
 * Texts of all kinds make ever more states; past a bound all of them are forgotten and made again as they are needed.
 */
import type { StringTest } from "../tree.ts";

/** Tests that it can hold: those that compare unit by unit. */
export function isSequential(test: StringTest): boolean {
  return test.kind === "wildcard" || ((test.kind === "prefix" || test.kind === "suffix") && test.units === undefined);
}

/** Pieces between the stars. */
function piecesOf(test: StringTest): readonly string[] {
  if (test.kind === "wildcard") return test.pieces;
  return test.kind === "prefix" ? [test.text, ""] : ["", test.text];
}

const MOST_STATES = 4096;
const ASCII = 128;
const UNKNOWN = -1;

interface State {
  /** Places in the tests, ascending. */
  readonly places: readonly number[];
  /** By unit; -1 where not yet known. Units beyond ASCII go by `others`. */
  readonly steps: Int32Array;
  readonly others: Map<number, number>;
  /** Tests that accept a text that ends here. */
  readonly accepts: readonly number[];
}

export class TextAutomaton {
  /** For each place: the unit that leads on (-1 at a test's end), whether it stays on anything, the test it accepts (-1: none). */
  private readonly unit: number[] = [];
  private readonly stays: boolean[] = [];
  private readonly accepted: number[] = [];
  private readonly beginnings: number[] = [];
  private states: State[] = [];
  private known = new Map<string, number>();

  constructor(
    tests: readonly StringTest[],
    private readonly mostStates = MOST_STATES,
  ) {
    for (const [number, test] of tests.entries()) {
      this.beginnings.push(this.unit.length);
      const pieces = piecesOf(test);
      for (const [at, piece] of pieces.entries()) {
        const isLast = at === pieces.length - 1;
        // The place before a piece stays where a star stands before it.
        for (let i = 0; i < piece.length; i++) this.place(piece.charCodeAt(i), i === 0 && at > 0, -1);
        // An empty piece between or behind stars has a place only at the end.
        if (isLast) this.place(-1, piece.length === 0 && at > 0, number);
      }
    }
    this.reset();
  }

  private place(unit: number, stays: boolean, accepts: number): void {
    this.unit.push(unit);
    this.stays.push(stays);
    this.accepted.push(accepts);
  }

  private reset(): void {
    this.states = [];
    this.known = new Map();
    this.stateOf(this.beginnings);
  }

  /** Numbers of the tests that a text meets. */
  accepts(text: string): readonly number[] {
    let state = 0;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      const { steps, others } = this.states[state] as State;
      const next = unit < ASCII ? (steps[unit] as number) : (others.get(unit) ?? UNKNOWN);
      state = next === UNKNOWN ? this.step(state, unit) : next;
    }
    return (this.states[state] as State).accepts;
  }

  private step(from: number, unit: number): number {
    const state = this.states[from] as State;
    const places = new Set<number>();
    for (const place of state.places) {
      if (this.stays[place] === true) places.add(place);
      if (this.unit[place] === unit) places.add(place + 1);
    }
    const ascending = [...places].sort((a, b) => a - b);
    if (this.states.length >= this.mostStates) {
      this.reset();
      return this.stateOf(ascending);
    }
    const to = this.stateOf(ascending);
    if (unit < ASCII) state.steps[unit] = to;
    else state.others.set(unit, to);
    return to;
  }

  private stateOf(places: readonly number[]): number {
    const key = places.join();
    const found = this.known.get(key);
    if (found !== undefined) return found;
    const accepts = places.map((place) => this.accepted[place] as number).filter((test) => test >= 0);
    const number = this.states.push({ places, steps: new Int32Array(ASCII).fill(UNKNOWN), others: new Map(), accepts }) - 1;
    this.known.set(key, number);
    return number;
  }
}
