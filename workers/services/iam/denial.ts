/** A judgement of the door as it is shown, and a denial as it is kept. */
import type { PolicySource } from "./effective.ts";

/** What the door said of one call, down to the statement. */
export interface AccessTree {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly decision: "allowed" | "explicitDeny" | "implicitDeny";
  /** The kind of policy that decided. */
  readonly by: "identity" | "resource" | "boundary" | "session" | "scp" | "trust" | "root" | "service";
  /** AWS's text of a denial. */
  readonly message?: string;
  readonly sentence: string;
  readonly policies: readonly TreePolicy[];
  /** Keys of the request that statements looked at. */
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

export interface TreePolicy {
  readonly kind: "identity" | "resource" | "boundary" | "session" | "scp" | "trust";
  readonly name: string;
  readonly type: PolicySource["type"];
  readonly arn?: string;
  readonly statements: readonly TreeStatement[];
}

export interface TreeStatement {
  readonly index: number;
  readonly sid?: string;
  readonly effect: "Allow" | "Deny";
  readonly applies: boolean;
  readonly missed?: "Action" | "Resource" | "Principal" | "Condition";
  /** Whether it is the one that decided. */
  readonly decided?: true;
  /** As it is written; of statements about other actions it is left out. */
  readonly text?: string;
}

/** A denial as it is kept. */
export interface DenialDoc {
  readonly time: number;
  readonly requestId: string;
  /** Of CloudTrail's record, where the call is one that is recorded. */
  readonly eventId?: string;
  readonly identity: string;
  readonly tree: AccessTree;
}

/** Denials are kept beside IAM's own documents: they change nobody's rights. */
export const DENIALS = { service: "access", kind: "denial", most: 1_000 } as const;
