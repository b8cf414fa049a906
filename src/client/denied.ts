/** Denied calls: whose identity it was, and the whole why that the engine gives along. */
import { createSignal } from "solid-js";
import type { AccessTree, PlainFailure } from "../../workers/api.ts";
import type { FailureMore } from "../ui/failure-more.ts";

const [whyAsked, askWhy] = createSignal<AccessTree>();

/** The denial that is explained in a dialog; undefined = none. */
export { askWhy, whyAsked };

/** The judgement inside a failure, where a policy denied the call. */
export function deniedTree({ because }: PlainFailure): AccessTree | undefined {
  const tree = because as Partial<AccessTree> | null | undefined;
  const isDenial = tree?.decision === "explicitDeny" || tree?.decision === "implicitDeny";
  return isDenial && Array.isArray(tree.policies) ? (tree as AccessTree) : undefined;
}

/** Who an ARN means, as a person says it: the user, `root`, a role with its session, a service. */
export function callerName(arn: string): string {
  if (arn.endsWith(":root")) return "root";
  const [, session] = /:assumed-role\/(.+)$/.exec(arn) ?? [];
  return session ?? arn.slice(arn.lastIndexOf("/") + 1);
}

export function deniedMore(failure: PlainFailure): FailureMore | undefined {
  const tree = deniedTree(failure);
  if (tree === undefined) return undefined;
  return { title: `${failure.code}: denied to ${callerName(tree.principal)}`, action: { label: "Why", run: () => askWhy(tree) } };
}
