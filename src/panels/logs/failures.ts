/**
 * Which field of a form a failure is about: the engine names the member in its path or in its words. One that the page can
 * say more of (a denial, with its Why) is about no field: it stands as a note.
 */
import type { PlainFailure } from "../../../workers/api.ts";
import { hasMore } from "../../ui/failure-more.ts";

export function memberOf(failure: PlainFailure | undefined, members: readonly string[]): string | undefined {
  if (failure === undefined || hasMore(failure)) return undefined;
  const path = failure.path?.split(/[.[\]]/).filter(Boolean) ?? [];
  return (
    members.find((member) => path.includes(member)) ??
    members.find((member) => new RegExp(`\\b${member}\\b`, "i").test(failure.message)) ??
    members.find((member) => new RegExp(`\\b${words(member)}\\b`, "i").test(failure.message))
  );
}

/** metricName as "metric name". */
const words = (member: string): string => member.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/**
 * What a failure says about each field. The engine tells all broken constraints of a request in one message
 * (`2 validation errors detected: Value .. at 'a' failed ..; Value .. at 'b' failed ..`); each goes to its own field.
 */
export function failuresByMember<M extends string>(failure: PlainFailure | undefined, members: readonly M[]): ReadonlyMap<M, string> {
  const found = new Map<M, string>();
  if (failure === undefined || hasMore(failure)) return found;
  const parts = failure.message.replace(/^\d+ validation errors? detected: /, "").split(/; (?=Value )/);
  for (const message of parts) {
    const { path: _, ...rest } = failure;
    const member = memberOf(parts.length === 1 ? failure : { ...rest, message }, members) as M | undefined;
    const said = parts.length === 1 ? `${failure.message} ${failure.hint ?? ""}`.trim() : message;
    if (member !== undefined && !found.has(member)) found.set(member, said);
  }
  return found;
}
