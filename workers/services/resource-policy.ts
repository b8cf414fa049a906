/** Policies that resources are given by themselves (queues, topics). */
import { parsePolicy } from "../language/policy/parse.ts";
import { ServiceError } from "../model/errors.ts";

/** What is wrong with a policy of a resource; undefined where it is one. */
export function policyTrouble(text: string): string | undefined {
  try {
    parsePolicy(text, "resource");
    return undefined;
  } catch (thrown) {
    if (thrown instanceof ServiceError) return thrown.hint ?? thrown.message;
    throw thrown;
  }
}
