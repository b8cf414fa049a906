/** Which field of a form a failure is about: the engine names the member in its path or in its words. */
import type { PlainFailure } from "../../../workers/api.ts";

export function memberOf(failure: PlainFailure | undefined, members: readonly string[]): string | undefined {
  if (failure === undefined) return undefined;
  const path = failure.path?.split(/[.[\]]/).filter(Boolean) ?? [];
  return (
    members.find((member) => path.includes(member)) ??
    members.find((member) => new RegExp(`\\b${member}\\b`, "i").test(failure.message)) ??
    members.find((member) => new RegExp(`\\b${words(member)}\\b`, "i").test(failure.message))
  );
}

/** metricName as "metric name". */
const words = (member: string): string => member.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
