/**
 * Many patterns against one event, in one reading of its text. Each alternative of a pattern hangs on one of its fields, the
 * rarest text it asks for where it asks for texts; only the alternatives whose field holds are looked at further. So a rule
 * costs nothing while its rarest text does not come.
 *
 * Invariant: `match` answers exactly the patterns that `matchesEvent` (the matcher by definition) does.
 */
import type { Leaf, Leaves } from "../flatten.ts";
import { matchesAlternative } from "../match.ts";
import type { Alternative, EventPattern, Field, StringTest, Test } from "../tree.ts";
import { EventLeaves } from "./leaves.ts";
import { nameTree } from "./names.ts";
import { type QuickTest, quickTest } from "./quick-test.ts";
import { Scanner } from "./scan.ts";
import { isSequential, TextAutomaton } from "./text-automaton.ts";
import { TextTable } from "./text-table.ts";

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
  readonly quick: readonly QuickTest[];
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

/** What a path's leaves are asked. */
interface Plan {
  /** Text -> candidates that hang on it. */
  byText: TextTable<readonly Candidate[]> | undefined;
  texts: Texts | undefined;
  /** Conditions that are asked one by one. */
  asked: readonly number[];
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
      number = conditions.push({ path, tests: field.tests, quick: field.tests.map(quickTest), isAbsentFine }) - 1;
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
  private readonly leaves: EventLeaves;
  private readonly scanner: Scanner;
  private readonly plans: Plan[];
  /** By condition: candidates that hang on it, where it is no text. */
  private readonly byCondition: (Candidate[] | undefined)[];
  /** Conditions that absence meets. */
  private readonly askedAlways: number[] = [];
  /** Of the present event: 0 not yet known, else stamp * 2 + (met ? 1 : 0). */
  private readonly verdicts: Float64Array;
  private readonly matchedAt: Float64Array;
  private stamp = 0;
  private found: number[] = [];

  constructor(
    private readonly names: readonly string[],
    private readonly conditions: readonly Condition[],
    candidates: readonly Candidate[],
  ) {
    this.leaves = new EventLeaves(names);
    this.scanner = new Scanner(nameTree(names), this.leaves);
    this.byCondition = new Array(conditions.length).fill(undefined);
    this.verdicts = new Float64Array(conditions.length);
    this.matchedAt = new Float64Array(candidates.reduce((most, { rule }) => Math.max(most, rule + 1), 0));
    const uses = this.countUses(candidates);
    const byText = new Map<number, Map<string, Candidate[]>>();
    for (const candidate of candidates) this.hang(candidate, uses, byText);
    const asked = names.map((): number[] => []);
    for (const [number, hanging] of this.byCondition.entries()) if (hanging !== undefined) this.ask(number, asked);
    this.plans = names.map((_, path) => this.planOf(byText.get(path), asked[path] as number[]));
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
  private hang(candidate: Candidate, uses: ReadonlyMap<string, number>, byText: Map<number, Map<string, Candidate[]>>): void {
    let [rarest, fewest] = [-1, Number.POSITIVE_INFINITY];
    for (const number of candidate.conditions) {
      const { path, tests } = this.conditions[number] as Condition;
      if (!tests.every(isText)) continue;
      const most = tests.reduce((sum, { text }) => sum + (uses.get(this.usesKey(path, text)) as number), 0);
      if (most < fewest) [rarest, fewest] = [number, most];
    }
    if (rarest >= 0) {
      const { path, tests } = this.conditions[rarest] as Condition;
      let hanging = byText.get(path);
      if (hanging === undefined) {
        hanging = new Map();
        byText.set(path, hanging);
      }
      for (const { text } of tests as readonly StringTest[]) append(hanging, text, candidate);
      return;
    }
    const number =
      candidate.conditions.find((one) => !(this.conditions[one] as Condition).isAbsentFine) ?? (candidate.conditions[0] as number);
    this.byCondition[number] ??= [];
    this.byCondition[number].push(candidate);
  }

  private ask(number: number, asked: readonly number[][]): void {
    const { path, isAbsentFine } = this.conditions[number] as Condition;
    if (isAbsentFine) this.askedAlways.push(number);
    else asked[path]?.push(number);
  }

  private testsOf(number: number): readonly Test[] {
    return (this.conditions[number] as Condition).tests;
  }

  /** The string tests of a path's conditions go into an automaton, where all tests of a condition can go there. */
  private planOf(hanging: ReadonlyMap<string, readonly Candidate[]> | undefined, asked: readonly number[]): Plan {
    const byText = hanging && new TextTable(hanging);
    const fitting = asked.filter((number) => this.testsOf(number).every(isSequential));
    const tests = fitting.flatMap((number) =>
      this.testsOf(number)
        .filter(isSequential)
        .map((test) => [number, test] as const),
    );
    if (tests.length < WORTH) return { byText, texts: undefined, asked };
    const texts = { automaton: new TextAutomaton(tests.map(([, test]) => test)), conditionOf: tests.map(([number]) => number) };
    const gathered = new Set(fitting);
    return { byText, texts, asked: asked.filter((number) => !gathered.has(number)) };
  }

  match(event: string): number[] {
    const { leaves, askedAlways } = this;
    this.stamp++;
    this.found = [];
    this.scanner.read(event);
    for (let i = 0; i < leaves.presentCount; i++) {
      const path = leaves.present[i] as number;
      const plan = this.plans[path] as Plan;
      const { asked } = plan;
      if (plan.byText !== undefined || plan.texts !== undefined) this.lookUp(path, plan);
      for (let j = 0; j < asked.length; j++) {
        const number = asked[j] as number;
        if (this.isMet(number)) this.tryAll(this.byCondition[number]);
      }
    }
    for (const number of askedAlways) if (this.mayBeMet(number)) this.tryAll(this.byCondition[number]);
    return ascending(this.found);
  }

  /** What hangs on the texts of a path's leaves. */
  private lookUp(path: number, { byText, texts }: Plan): void {
    const { leaves } = this;
    const { bytes, isPlain } = leaves.event;
    for (let leaf = leaves.first(path); leaf >= 0; leaf = leaves.after(leaf)) {
      if (!leaves.isString(leaf)) continue;
      const [from, to] = [leaves.from[leaf] as number, leaves.to[leaf] as number];
      const text = isPlain && !leaves.isEscaped(leaf) ? undefined : leaves.string(leaf);
      if (byText !== undefined) this.tryAll(text === undefined ? byText.getPlain(bytes, from, to) : byText.get(text));
      if (texts === undefined) continue;
      const accepted = text === undefined ? texts.automaton.acceptsPlain(bytes, from, to) : texts.automaton.accepts(text);
      for (let i = 0; i < accepted.length; i++) {
        const number = texts.conditionOf[accepted[i] as number] as number;
        this.verdicts[number] = this.stamp * 2 + 1;
        this.tryAll(this.byCondition[number]);
      }
    }
  }

  private tryAll(candidates: readonly Candidate[] | undefined): void {
    if (candidates === undefined) return;
    for (let i = 0; i < candidates.length; i++) {
      const candidate = candidates[i] as Candidate;
      if (this.matchedAt[candidate.rule] === this.stamp || !this.holds(candidate)) continue;
      this.matchedAt[candidate.rule] = this.stamp;
      this.found.push(candidate.rule);
    }
  }

  private holds({ conditions, alternative }: Candidate): boolean {
    let [inArrays, areMet] = [0, true];
    for (let i = 0; i < conditions.length; i++) {
      const number = conditions[i] as number;
      if (!this.mayBeMet(number)) return false;
      areMet &&= this.isMet(number);
      if (this.leaves.isInArray((this.conditions[number] as Condition).path)) inArrays++;
    }
    // Fields that lie in arrays must be met by the same elements: that is left to the definition.
    return inArrays < 2 ? areMet : matchesAlternative(alternative, this.leavesOf(conditions));
  }

  /** A field that may be absent may be so in the element that another field is met in. */
  private mayBeMet(number: number): boolean {
    if (this.isMet(number)) return true;
    const { path, isAbsentFine } = this.conditions[number] as Condition;
    return isAbsentFine && this.leaves.isInArray(path);
  }

  /** Whether a field holds by itself. */
  private isMet(number: number): boolean {
    const known = this.verdicts[number] as number;
    if (known >= this.stamp * 2) return known === this.stamp * 2 + 1;
    const isMet = this.decide(this.conditions[number] as Condition);
    this.verdicts[number] = this.stamp * 2 + (isMet ? 1 : 0);
    return isMet;
  }

  private decide({ path, quick, isAbsentFine }: Condition): boolean {
    const { leaves } = this;
    let leaf = leaves.first(path);
    if (leaf < 0) return isAbsentFine;
    for (; leaf >= 0; leaf = leaves.after(leaf))
      for (let i = 0; i < quick.length; i++) if ((quick[i] as QuickTest)(leaves, leaf)) return true;
    return false;
  }

  private leavesOf(conditions: readonly number[]): Leaves {
    const all = new Map<string, Leaf[]>();
    for (const number of conditions) {
      const { path } = this.conditions[number] as Condition;
      const ofPath: Leaf[] = [];
      for (let leaf = this.leaves.first(path); leaf >= 0; leaf = this.leaves.after(leaf)) ofPath.push(this.leaves.leaf(leaf));
      if (ofPath.length > 0) all.set(this.names[path] as string, ofPath);
    }
    return all;
  }
}

function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

/** So many are sorted by insertion. */
const FEW = 24;

/** Sorts in place; most lists are short and all but sorted. */
function ascending(numbers: number[]): number[] {
  if (numbers.length > FEW) return numbers.sort((a, b) => a - b);
  for (let i = 1; i < numbers.length; i++) {
    const number = numbers[i] as number;
    let to = i;
    for (; to > 0 && (numbers[to - 1] as number) > number; to--) numbers[to] = numbers[to - 1] as number;
    numbers[to] = number;
  }
  return numbers;
}
