/** Two ways in which a group holds back: the cooldown after a simple policy, and instances of a step policy that warm up. */
import type { GroupDoc, MemberDoc } from "./documents.ts";

const SECOND = 1_000;

/** When the cooldown ends: infinite while the change itself is under way, undefined when there is none. */
export function coolingUntil({ cooling }: GroupDoc, now: number): number | undefined {
  if (cooling === undefined) return undefined;
  const until = cooling.until ?? Number.POSITIVE_INFINITY;
  return now < until ? until : undefined;
}

/** EC2 needs no longer than this from the change of capacity to the launch. */
const LAUNCHES_WITHIN = 5 * SECOND;

/** Whether instances that a step policy asked for are still to come or warm up: from their start in service, each its time. */
export function isWarming({ stepping }: GroupDoc, present: readonly MemberDoc[], now: number): boolean {
  if (stepping === undefined) return false;
  const { since, warmupSeconds } = stepping;
  if (now < since + LAUNCHES_WITHIN) return true;
  return present.some(
    ({ launched, inService, state }) =>
      state !== "Terminating" && launched >= since && (inService === undefined || now < inService + warmupSeconds * SECOND),
  );
}
