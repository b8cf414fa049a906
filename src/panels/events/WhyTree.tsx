import type { JSX } from "solid-js";
import { type ExplainNode, ExplainTree } from "../../ui/ExplainTree.tsx";
import type { EventNode, Fix } from "./because-tree.ts";
import { RULES as T } from "./rule-strings.ts";

/** The fields of a pattern against an event: what was found, and why a field is not met. */
export function WhyTree(props: {
  readonly label: string;
  readonly nodes: readonly EventNode[];
  /** With it, each field that differs offers to take the value that was found. */
  readonly onFix?: ((fix: Fix) => void) | undefined;
}): JSX.Element {
  const drawn = (node: EventNode): ExplainNode => {
    const isFailed = node.result === "no" || node.result === "miss";
    const fix = node.fix;
    const onFix = props.onFix;
    return {
      id: node.id,
      result: node.result,
      pattern: <span class={node.result === "branch" ? "" : "k"}>{node.result === "branch" ? branchName(node) : node.name}</span>,
      value: node.result === "branch" || node.result === "skip" ? node.reason : node.found === "absent" ? T.noField : node.found,
      ...(isFailed ? { why: <Failed node={node} /> } : {}),
      ...(fix === undefined || onFix === undefined ? {} : { fix: { label: T.take(fix.text), run: () => onFix(fix) } }),
      ...(node.parts.length === 0 ? {} : { children: node.parts.map(drawn) }),
    };
  };
  return <ExplainTree label={props.label} nodes={props.nodes.map(drawn)} />;
}

const branchName = (node: EventNode): string => (node.name === "$or" ? `$or, ${T.oneOf}` : T.allOf);

function Failed(props: { readonly node: EventNode }): JSX.Element {
  const isMissing = (): boolean => props.node.result === "miss";
  const isOfMany = (): boolean => isMissing() || props.node.tests.length > 1;
  return (
    <>
      <b class={`med ${isMissing() ? "c-insuf" : "c-alarm"}`}>{isMissing() ? T.missing : T.differs}</b> {props.node.reason}
      {isOfMany() ? ` ${T.wanted(props.node.tests)}` : /[.!?]$/.test(props.node.reason) ? "" : "."}
    </>
  );
}
