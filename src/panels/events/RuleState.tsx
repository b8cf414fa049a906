import type { JSX } from "solid-js";
import { Badge } from "../../ui/Badge.tsx";
import type { RuleState } from "./answers.ts";
import { RULES as T } from "./rule-strings.ts";

export const stateWords = (state: RuleState): string =>
  state === "DISABLED" ? T.disabled : state === "ENABLED" ? T.enabled : T.enabledAll;

/** Whether a rule works: shape, word and colour together. */
export function RuleStateBadge(props: { readonly state: RuleState }): JSX.Element {
  return (
    <Badge tone={props.state === "DISABLED" ? "info" : "ok"} glyph={props.state === "DISABLED" ? "minus" : "okc"}>
      {stateWords(props.state)}
    </Badge>
  );
}
