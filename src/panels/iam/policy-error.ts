/** What is wrong with a policy, at its character. The policy language says it; what only IAM knows it says itself. */

import type { PlainFailure } from "../../../workers/api.ts";
import { parsePolicy } from "../../../workers/language/policy/parse.ts";
import { memberSpan } from "../../../workers/language/policy/places.ts";
import type { JsonError } from "../../editors/json/JsonInput.tsx";
import { syntaxError } from "../../editors/json/syntax-error.ts";

export type DocumentKind = "identity" | "resource" | "trust";

/** Undefined: nothing wrong that can be seen here. */
export function policyError(text: string, kind: DocumentKind): JsonError | undefined {
  const syntax = syntaxError(text);
  if (syntax !== undefined) return syntax;
  try {
    parsePolicy(text, kind);
    return undefined;
  } catch (thrown) {
    const { message, hint } = thrown as { readonly message: string; readonly hint?: string };
    return placed(text, hint ?? message);
  }
}

/** What IAM answered, at the place that it names. */
export function refusedAt(text: string, failure: PlainFailure): JsonError {
  const place = failure.hint === undefined ? undefined : placed(text, failure.hint);
  const { from, to } = place ?? {};
  return { message: failure.message, hint: place?.message, ...(from === undefined || to === undefined ? {} : { from, to }) };
}

/** `Statement[0].Effect: Effect is Allow or Deny.` */
function placed(text: string, words: string): JsonError {
  const [, path, message] = /^((?:Version|Id|Statement|[A-Z]\w*)[^:\s]*(?::[^:\s]+)*): (.+)$/s.exec(words) ?? [];
  if (path === undefined || message === undefined || syntaxError(text) !== undefined) return { message: words };
  return { message, ...memberSpan(text, path) };
}
