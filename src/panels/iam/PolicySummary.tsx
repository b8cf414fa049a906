import { createMemo, For, type JSX, Show } from "solid-js";
import { Glyph } from "../../ui/Glyph.tsx";
import type { DocumentKind } from "./policy-error.ts";
import { summaryOf } from "./policy-summary.ts";

/** A policy's statements as sentences; shape and word say which deny. */
export function PolicySummary(props: { readonly document: string; readonly kind: DocumentKind }): JSX.Element {
  const list = createMemo(() => summaryOf(props.document, props.kind));
  return (
    <ul class="iam-summary">
      <For each={list()}>
        {(one) => (
          <li>
            <span class={one.effect === "Deny" ? "c-alarm" : "c-ok"}>
              <Glyph name={one.effect === "Deny" ? "deny" : "check"} size="s" />
            </span>
            <span>
              <b class="med">{one.effect}</b> {one.what}
              <Show when={one.sid}>{(sid) => <span class="t2"> ({sid()})</span>}</Show>
            </span>
          </li>
        )}
      </For>
    </ul>
  );
}
