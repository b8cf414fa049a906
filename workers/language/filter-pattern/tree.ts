/** The tree of a filter pattern. Every node says where it stands: offsets [from, to) into the pattern, in UTF-16 units. */
import type { Regex } from "./regex.ts";

export interface Span {
  readonly from: number;
  readonly to: number;
}

export type FilterPattern = EverythingPattern | TermsPattern | JsonPattern | DelimitedPattern;

/** An empty or blank pattern. */
export interface EverythingPattern extends Span {
  readonly kind: "everything";
  readonly source: string;
}

export interface TermsPattern extends Span {
  readonly kind: "terms";
  readonly source: string;
  readonly terms: readonly Term[];
}
export interface Term extends Span {
  readonly role: "required" | "optional" | "excluded";
  /** Text to look for; absent for a regular expression. A phrase of blanks alone is in every line. */
  readonly text?: string;
  readonly regex?: Regex;
}

export interface JsonPattern extends Span {
  readonly kind: "json";
  readonly source: string;
  readonly test: JsonTest;
}
export type JsonTest =
  | (Span & { readonly kind: "and" | "or"; readonly parts: readonly JsonTest[] })
  | (Span & { readonly kind: "compare"; readonly selector: Selector; readonly operator: Operator; readonly value: Operand })
  | (Span & { readonly kind: "is"; readonly selector: Selector; readonly what: "NULL" | "TRUE" | "FALSE" })
  | (Span & { readonly kind: "not-exists"; readonly selector: Selector });

export interface Selector extends Span {
  readonly steps: readonly SelectorStep[];
}
export type SelectorStep =
  | { readonly kind: "member"; readonly name: string }
  | { readonly kind: "element"; readonly index: number }
  | { readonly kind: "any-member" }
  | { readonly kind: "any-element" };

export type Operator = "=" | "!=" | "<" | ">" | "<=" | ">=";

export type Operand =
  | (Span & { readonly kind: "number"; readonly value: number; readonly text: string })
  | (Span & TextOperand)
  | (Span & { readonly kind: "regex"; readonly regex: Regex });
/** `*` as first and last character is a wildcard; `text` is what is left of it. */
export interface TextOperand {
  readonly kind: "text";
  readonly text: string;
  readonly openStart: boolean;
  readonly openEnd: boolean;
}

export interface DelimitedPattern extends Span {
  readonly kind: "delimited";
  readonly source: string;
  /** Slots before the ellipsis; all of them when there is none. */
  readonly head: readonly Slot[];
  /** Slots after the ellipsis, aligned with the end of the line; undefined without an ellipsis. `[]` is an ellipsis alone. */
  readonly tail: readonly Slot[] | undefined;
}
export interface Slot extends Span {
  readonly name?: string;
  readonly test?: SlotTest;
}
export type SlotTest =
  | (Span & { readonly kind: "and" | "or"; readonly parts: readonly SlotTest[] })
  | (Span & { readonly kind: "compare"; readonly operator: Operator; readonly value: Operand });
