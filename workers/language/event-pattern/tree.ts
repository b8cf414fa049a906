/** A parsed event pattern. Members are ANDed, tests of a field ORed; `$or` is a choice between patterns. */
import type { Address, Block } from "../address.ts";
import type { Span } from "./pattern-error.ts";
import type { FoldedUnit, Wildcard } from "./strings.ts";

export interface PatternNumber {
  /** As it is written. */
  readonly text: string;
  /** Undefined where a double does not hold it. */
  readonly value: number | undefined;
}

/** A string operator and what it looks for. */
export type StringTest =
  | { readonly kind: "equals"; readonly text: string; readonly address: Address | undefined }
  | { readonly kind: "prefix" | "suffix"; readonly text: string; readonly units?: readonly FoldedUnit[] }
  | { readonly kind: "equals-ignore-case"; readonly text: string; readonly units: readonly FoldedUnit[] }
  | { readonly kind: "wildcard"; readonly text: string; readonly pieces: Wildcard };

export interface Bound {
  readonly value: number;
  readonly text: string;
  readonly isInclusive: boolean;
}

export type TestRule =
  | StringTest
  | { readonly kind: "number"; readonly number: PatternNumber }
  | { readonly kind: "literal"; readonly literal: "true" | "false" | "null" }
  | { readonly kind: "exists"; readonly wanted: boolean }
  | { readonly kind: "cidr"; readonly text: string; readonly block: Block }
  | { readonly kind: "numeric"; readonly low?: Bound; readonly high?: Bound }
  | { readonly kind: "anything-but"; readonly numbers: readonly PatternNumber[]; readonly strings: readonly StringTest[] };

export type Test = TestRule & { readonly at: Span };

export interface Field {
  /** Names from the root, joined with dots. */
  readonly path: string;
  readonly tests: readonly Test[];
  /** The name in the pattern's text. */
  readonly at: Span;
}

export interface Choice {
  readonly branches: readonly (readonly Member[])[];
  readonly at: Span;
}

export type Member = Field | Choice;
export const isChoice = (member: Member): member is Choice => "branches" in member;

/** One way to match: every path with its tests. */
export type Alternative = ReadonlyMap<string, Field>;

export interface EventPattern {
  readonly text: string;
  readonly members: readonly Member[];
  /** `$or` multiplied out; one where there is none. In each the member written last is the one that counts for its path. */
  readonly alternatives: readonly Alternative[];
}
