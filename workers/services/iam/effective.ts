/** The policies that speak for a user or role, as texts with where they come from, and as parsed. */
import { parsePolicy } from "../../language/policy/parse.ts";
import type { Policy, PolicyKind } from "../../language/policy/tree.ts";
import { defaultDocument, type IamStore, type PrincipalDoc, policyOf } from "./documents.ts";
import { isManagedArn } from "./managed.ts";

export interface PolicySource {
  readonly name: string;
  readonly type: "inline" | "user-managed" | "aws-managed" | "session" | "resource" | "trust";
  /** Of a managed policy. */
  readonly arn?: string;
  /** JSON text. */
  readonly document: string;
}

export interface EffectivePolicies {
  readonly identity: readonly PolicySource[];
  /** Absent where there is no boundary. */
  readonly boundary?: readonly PolicySource[];
}

export function managedSource(store: IamStore, arn: string): readonly PolicySource[] {
  const policy = policyOf(store, arn);
  if (policy === undefined) return [];
  return [{ name: policy.PolicyName, type: isManagedArn(arn) ? "aws-managed" : "user-managed", arn, document: defaultDocument(policy) }];
}

/** Inline policies by name, then those attached. */
export function effectivePolicies(store: IamStore, principal: PrincipalDoc): EffectivePolicies {
  const inline = Object.keys(principal.inline)
    .sort()
    .map((name): PolicySource => ({ name, type: "inline", document: principal.inline[name] as string }));
  const attached = principal.attached.flatMap((arn) => managedSource(store, arn));
  return {
    identity: [...inline, ...attached],
    ...(principal.boundary === undefined ? {} : { boundary: managedSource(store, principal.boundary) }),
  };
}

const MOST_KEPT = 500;
const kept = new Map<string, Policy>();

/** Parses a text that was checked when it was taken; the same text is parsed once. */
export function parsedOnce(document: string, kind: PolicyKind): Policy {
  const key = `${kind === "resource" || kind === "trust" ? kind : "identity"}\n${document}`;
  let policy = kept.get(key);
  if (policy === undefined) {
    policy = parsePolicy(document, kind);
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(key, policy);
  }
  return policy;
}
