/**
 * Steps 3 and 4 of the door: may this caller do this (IAM), and not too fast (throttling). Both admit everybody until
 * IAM policies and quotas take their rooms; they are steps of their own so that those fill them in, not go around them.
 */
import type { Identity } from "../services/contract.ts";

export interface Admission {
  readonly allowed: boolean;
  /** Why, for the screen. */
  readonly because: string;
}

export function authorise(identity: Identity, action: string, resources: readonly string[]): Admission {
  return {
    allowed: true,
    because: `No policies are evaluated in this account yet: ${identity.id} may ${action} on ${resources.join(", ")}.`,
  };
}

export function throttle(_identity: Identity, action: string): Admission {
  return { allowed: true, because: `No request rates are held in this account yet: ${action} passes.` };
}
