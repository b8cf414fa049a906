/** A parsed IAM policy (facts iam §3). */

export type PolicyKind = "identity" | "resource" | "boundary" | "session" | "scp" | "trust";

/** A list of patterns, or everything but them. */
export interface Patterns {
  readonly isNot: boolean;
  readonly patterns: readonly string[];
}

export interface PrincipalPattern {
  readonly kind: "anyone" | "aws" | "service" | "federated" | "canonical";
  /** `*`, an account's id, an ARN, a service's name. */
  readonly value: string;
}

export interface Condition {
  /** As it is written: `ForAnyValue:StringLikeIfExists`. */
  readonly operator: string;
  readonly set?: "all" | "any";
  /** Without set and `IfExists`. */
  readonly base: string;
  readonly ifExists: boolean;
  readonly key: string;
  readonly values: readonly string[];
}

export interface Statement {
  readonly sid?: string;
  /** Place in the document, from 0. */
  readonly index: number;
  readonly effect: "Allow" | "Deny";
  readonly actions: Patterns;
  readonly resources?: Patterns;
  readonly principals?: { readonly isNot: boolean; readonly list: readonly PrincipalPattern[] };
  readonly conditions: readonly Condition[];
}

export interface Policy {
  readonly version: "2008-10-17" | "2012-10-17";
  readonly statements: readonly Statement[];
}
