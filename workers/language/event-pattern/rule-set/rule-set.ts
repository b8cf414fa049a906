/**
 * Many patterns against one event, in one reading of its text. Each alternative of a pattern hangs on one of its fields, the
 * rarest text it asks for where it asks for texts; only the alternatives whose field holds are looked at further. So a rule
 * costs nothing while its rarest text does not come.
 *
 * Invariant: `match` answers exactly the patterns that `matchesEvent` (the matcher by definition) does.
 */
import type { Leaf, Leaves } from "../flatten.ts";
import { matchesAlternative, meets } from "../match.ts";
import type { Alternative, EventPattern, Field, StringTest, Test } from "../tree.ts";
import { nameTree } from "./names.ts";
import { Scanner } from "./scan.ts";
import { isSequential, TextAutomaton } from "./text-automaton.ts";

export interface RuleSet {
  /**
   * @param event text of a JSON object.
   * @returns numbers of the patterns it matches, ascending.
   */
  match(event: string): number[];
}

/** A field with its tests; equal ones of several patterns are one. */
interface Condition {
  readonly path: number;
  readonly tests: readonly Test[];
  readonly isAbsentFine: boolean;
}

interface Candidate {
  readonly rule: number;
  readonly alternative: Alternative;
  readonly conditions: readonly number[];
}

/** Candidates whose condition an automaton decides: test of the automaton -> condition. */
interface Texts {
  readonly automaton: TextAutomaton;
  readonly conditionOf: readonly number[];
}

/** From so many string tests of a field on they are worth an automaton. */
const WORTH = 3;

const isText = (test: Test): test is Test & StringTest => test.kind === "equals" && test.address === undefined;

export function compileRules(patterns: readonly EventPattern[]): RuleSet {
  const paths = new Map<string, number>();
  const conditions: Condition[] = [];
  const conditionNumbers = new Map<string, number>();
  const conditionOf = (field: Field): number => {
    const key = `${field.path}\n${field.tests.map(keyOf).sort().join("\n")}`;
    let number = conditionNumbers.get(key);
    if (number === undefined) {
      let path = paths.get(field.path);
      if (path === undefined) {
        path = paths.size;
        paths.set(field.path, path);
      }
      const isAbsentFine = field.tests.some((test) => test.kind === "exists" && !test.wanted);
      number = conditions.push({ path, tests: field.tests, isAbsentFine }) - 1;
      conditionNumbers.set(key, number);
    }
    return number;
  };
  const candidates: Candidate[] = patterns.flatMap(({ alternatives }, rule) =>
    alternatives.map((alternative) => ({ rule, alternative, conditions: [...alternative.values()].map(conditionOf) })),
  );
  return new Compiled([...paths.keys()], conditions, candidates);
}

/** Spans are left out: they differ where nothing else does. */
function keyOf(test: Test): string {
  const { at: _, ...rule } = test;
  return JSON.stringify(rule);
}

class Compiled implements RuleSet {
  private readonly scanner: Scanner;
  /** By path: text -> candidates that hang on it. */
  private readonly byText: (Map<string, Candidate[]> | undefined)[];
  /** By condition: candidates that hang on it, where it is no text. */
  private readonly byCondition: (Candidate[] | undefined)[];
  /** Conditions that are asked one by one: on paths that must be there, by path; and those that absence meets. */
  private readonly asked: (number[] | undefined)[];
  private readonly askedAlways: number[] = [];
  private readonly texts: (Texts | undefined)[];
  /** Of the present event: 0 not yet known, else stamp * 2 + (met ? 1 : 0). */
  private readonly verdicts: Float64Array;
  private readonly matchedAt: Float64Array;
  private stamp = 0;

  constructor(
    private readonly names: readonly string[],
    private readonly conditions: readonly Condition[],
    candidates: readonly Candidate[],
  ) {
    this.scanner = new Scanner(names, nameTree(names));
    this.byText = new Array(names.length).fill(undefined);
    this.byCondition = new Array(conditions.length).fill(undefined);
    this.asked = new Array(names.length).fill(undefined);
    this.texts = new Array(names.length).fill(undefined);
    this.verdicts = new Float64Array(conditions.length);
    this.matchedAt = new Float64Array(candidates.reduce((most, { rule }) => Math.max(most, rule + 1), 0));
    const uses = this.countUses(candidates);
    for (const candidate of candidates) this.hang(candidate, uses);
    for (const [number, hanging] of this.byCondition.entries()) if (hanging !== undefined) this.ask(number);
    for (const path of names.keys()) this.gather(path);
  }

  private usesKey(path: number, text: string): string {
    return `${path}\n${text}`;
  }

  private countUses(candidates: readonly Candidate[]): ReadonlyMap<string, number> {
    const uses = new Map<string, number>();
    for (const { conditions } of candidates)
      for (const number of conditions) {
        const { path, tests } = this.conditions[number] as Condition;
        if (!tests.every(isText)) continue;
        for (const { text } of tests) uses.set(this.usesKey(path, text), (uses.get(this.usesKey(path, text)) ?? 0) + 1);
      }
    return uses;
  }

  /** Hangs a candidate on its rarest texts, else on a field that must be there, else on any. */
  private hang(candidate: Candidate, uses: ReadonlyMap<string, number>): void {
    let [rarest, fewest] = [-1, Number.POSITIVE_INFINITY];
    for (const number of candidate.conditions) {
      const { path, tests } = this.conditions[number] as Condition;
      if (!tests.every(isText)) continue;
      const most = tests.reduce((sum, { text }) => sum + (uses.get(this.usesKey(path, text)) as number), 0);
      if (most < fewest) [rarest, fewest] = [number, most];
    }
    if (rarest >= 0) {
      const { path, tests } = this.conditions[rarest] as Condition;
      this.byText[path] ??= new Map();
      for (const { text } of tests as readonly StringTest[]) append(this.byText[path], text, candidate);
      return;
    }
    const number =
      candidate.conditions.find((one) => !(this.conditions[one] as Condition).isAbsentFine) ?? (candidate.conditions[0] as number);
    this.byCondition[number] ??= [];
    this.byCondition[number].push(candidate);
  }

  private ask(number: number): void {
    const { path, isAbsentFine } = this.conditions[number] as Condition;
    if (isAbsentFine) this.askedAlways.push(number);
    else {
      this.asked[path] ??= [];
      this.asked[path].push(number);
    }
  }

  /** Puts the string tests of a path's conditions into an automaton, where all tests of a condition can go there. */
  private gather(path: number): void {
    const fitting = (this.asked[path] ?? []).filter((number) =>
      (this.conditions[number] as Condition).tests.every((test) => "text" in test && isSequential(test as StringTest)),
    );
    const tests = fitting.flatMap((number) =>
      (this.conditions[number] as Condition).tests.map((test) => [number, test as StringTest] as const),
    );
    if (tests.length < WORTH) return;
    this.texts[path] = { automaton: new TextAutomaton(tests.map(([, test]) => test)), conditionOf: tests.map(([number]) => number) };
    const gathered = new Set(fitting);
    this.asked[path] = this.asked[path]?.filter((number) => !gathered.has(number));
  }

  match(event: string): number[] {
    const { scanner } = this;
    this.stamp++;
    scanner.read(event);
    const found: number[] = [];
    for (const path of scanner.present) {
      this.lookUp(path, found);
      for (const number of this.asked[path] ?? []) if (this.isMet(number)) this.tryAll(this.byCondition[number], found);
    }
    for (const number of this.askedAlways) if (this.mayBeMet(number)) this.tryAll(this.byCondition[number], found);
    return found.sort((a, b) => a - b);
  }

  /** What hangs on the texts of a path's leaves. */
  private lookUp(path: number, found: number[]): void {
    const [byText, texts] = [this.byText[path], this.texts[path]];
    if (byText === undefined && texts === undefined) return;
    const { scanner } = this;
    for (let leaf = scanner.first(path); leaf >= 0; leaf = scanner.after(leaf)) {
      if (!scanner.isString(leaf)) continue;
      const text = scanner.string(leaf);
      this.tryAll(byText?.get(text), found);
      if (texts === undefined) continue;
      for (const test of texts.automaton.accepts(text)) {
        const number = texts.conditionOf[test] as number;
        this.verdicts[number] = this.stamp * 2 + 1;
        this.tryAll(this.byCondition[number], found);
      }
    }
  }

  private tryAll(candidates: readonly Candidate[] | undefined, found: number[]): void {
    if (candidates === undefined) return;
    for (const candidate of candidates) {
      if (this.matchedAt[candidate.rule] === this.stamp || !this.holds(candidate)) continue;
      this.matchedAt[candidate.rule] = this.stamp;
      found.push(candidate.rule);
    }
  }

  private holds({ conditions, alternative }: Candidate): boolean {
    let [inArrays, areMet] = [0, true];
    for (const number of conditions) {
      if (!this.mayBeMet(number)) return false;
      areMet &&= this.isMet(number);
      if (this.scanner.isInArray((this.conditions[number] as Condition).path)) inArrays++;
    }
    // Fields that lie in arrays must be met by the same elements: that is left to the definition.
    return inArrays < 2 ? areMet : matchesAlternative(alternative, this.leavesOf(conditions));
  }

  /** A field that may be absent may be so in the element that another field is met in. */
  private mayBeMet(number: number): boolean {
    const { path, isAbsentFine } = this.conditions[number] as Condition;
    return (isAbsentFine && this.scanner.isInArray(path)) || this.isMet(number);
  }

  /** Whether a field holds by itself. */
  private isMet(number: number): boolean {
    const known = this.verdicts[number] as number;
    if (known >= this.stamp * 2) return known === this.stamp * 2 + 1;
    const isMet = this.decide(this.conditions[number] as Condition);
    this.verdicts[number] = this.stamp * 2 + (isMet ? 1 : 0);
    return isMet;
  }

  private decide({ path, tests, isAbsentFine }: Condition): boolean {
    const { scanner } = this;
    let leaf = scanner.first(path);
    if (leaf < 0) return isAbsentFine;
    for (; leaf >= 0; leaf = scanner.after(leaf)) {
      const whole = scanner.leaf(leaf);
      for (const test of tests) if (meets(whole, test)) return true;
    }
    return false;
  }

  private leavesOf(conditions: readonly number[]): Leaves {
    const leaves = new Map<string, Leaf[]>();
    for (const number of conditions) {
      const { path } = this.conditions[number] as Condition;
      const all: Leaf[] = [];
      for (let leaf = this.scanner.first(path); leaf >= 0; leaf = this.scanner.after(leaf)) all.push(this.scanner.leaf(leaf));
      if (all.length > 0) leaves.set(this.names[path] as string, all);
    }
    return leaves;
  }
}

function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
