import { For, type JSX, Show } from "solid-js";
import { CopyButton } from "./CopyButton.tsx";

export interface KeyValueItem {
  readonly label: string;
  readonly value: JSX.Element;
  readonly mono?: boolean;
  /** Text for a copy button. */
  readonly copy?: string;
}

/** Facts: label muted, value selectable, no colons. */
export function KeyValue(props: { readonly items: readonly KeyValueItem[]; readonly wrap?: boolean }): JSX.Element {
  return (
    <dl class={`kv ${props.wrap ? "wrapdd" : ""}`}>
      <For each={props.items}>
        {(item) => (
          <>
            <dt>{item.label}</dt>
            <dd class={item.mono ? "mono" : ""}>
              {item.value}
              <Show when={item.copy}>{(text) => <CopyButton text={text()} label={item.label} inline />}</Show>
            </dd>
          </>
        )}
      </For>
    </dl>
  );
}
