/** A parsed filter expression of X-Ray (facts xray §8). Offsets are into the text of the expression, in UTF-16 units: [from, to). */

export interface Span {
  readonly from: number;
  readonly to: number;
}

export type NumberOperator = "=" | "!=" | "<" | "<=" | ">" | ">=";
export type TextOperator = "=" | "!=" | "CONTAINS" | "BEGINSWITH" | "ENDSWITH";

/** A comparison with a text; `passes` is what it does, made once so that whoever compares many texts can remember by it. */
export interface TextTest {
  readonly kind: "text";
  readonly operator: TextOperator;
  readonly value: string;
  readonly passes: (text: string) => boolean;
}
export interface NumberTest {
  readonly kind: "number";
  readonly operator: NumberOperator;
  readonly value: number;
}
export interface FlagTest {
  readonly kind: "flag";
  readonly wanted: boolean;
}

/** Some value of the word passes; without a test: the word has a value. */
export interface TextNode extends Span {
  readonly kind: "text";
  readonly word: string;
  readonly test: TextTest | undefined;
}
export interface NumberNode extends Span {
  readonly kind: "number";
  readonly word: string;
  readonly test: NumberTest;
}
export interface FlagNode extends Span {
  readonly kind: "flag";
  readonly word: string;
  readonly wanted: boolean;
}
export interface AnnotationNode extends Span {
  readonly kind: "annotation";
  readonly key: string;
  readonly test: TextTest | NumberTest | FlagTest | undefined;
}

/** Which services: all that is given must be equal. */
export interface Selector {
  readonly name?: TextTest;
  readonly type?: TextTest;
  readonly account?: TextTest;
}
export interface ServiceNode extends Span {
  readonly kind: "service";
  readonly selector: Selector;
  readonly block: Expression | undefined;
}
export interface EdgeNode extends Span {
  readonly kind: "edge";
  readonly caller: Selector;
  readonly callee: Selector;
  readonly block: Expression | undefined;
}
/** Stands for the group's expression; `text` is that expression, into which the offsets of `inner` point. */
export interface GroupNode extends Span {
  readonly kind: "group";
  readonly text: string;
  readonly inner: Expression;
}
export type CauseKind = "fault" | "error" | "responsetime";
export type CauseList = "service" | "entity" | "exception";
export interface CauseNode extends Span {
  readonly kind: "cause";
  readonly of: CauseKind;
  readonly list: CauseList;
  readonly block: Expression;
}
/** `rootcause.json = #[...]`: each structure is contained in some root cause. */
export interface CauseJsonNode extends Span {
  readonly kind: "cause-json";
  readonly structures: readonly unknown[];
}
export interface AllNode extends Span {
  readonly kind: "and" | "or";
  readonly parts: readonly Expression[];
}
export interface NotNode extends Span {
  readonly kind: "not";
  readonly part: Expression;
}

export type Expression =
  | AllNode
  | NotNode
  | FlagNode
  | NumberNode
  | TextNode
  | AnnotationNode
  | ServiceNode
  | EdgeNode
  | GroupNode
  | CauseNode
  | CauseJsonNode;

/** Where an expression stands decides which words it may use. */
export type Place = "trace" | "service" | "edge" | "cause" | "responsetime-cause";
