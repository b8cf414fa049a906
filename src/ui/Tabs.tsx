import { createUniqueId, For, type JSX, Show } from "solid-js";
import { isGiven } from "./given.ts";
import { moveWithin } from "./roving.ts";

export interface TabItem {
  readonly id: string;
  readonly label: string;
  /** Shown small after the label. */
  readonly count?: number | undefined;
  readonly content: () => JSX.Element;
}

export interface TabsProps {
  readonly label: string;
  readonly items: readonly TabItem[];
  readonly selected: string;
  readonly onSelect: (id: string) => void;
  /** At the end of the row. */
  readonly end?: JSX.Element;
  /** On the page's ground instead of in a panel. */
  readonly page?: boolean;
  readonly class?: string;
}

/** The same object seen differently. Arrows choose; only the chosen one is in the page. */
export function Tabs(props: TabsProps): JSX.Element {
  const id = createUniqueId();
  const chosen = (): TabItem | undefined => props.items.find((item) => item.id === props.selected) ?? props.items[0];
  return (
    <>
      <div class={`tabs ${props.page ? "page" : ""}`}>
        <div class="tablist" role="tablist" aria-label={props.label} onKeyDown={(event) => moveWithin(event, "[role=tab]", "click")}>
          <For each={props.items}>
            {(item) => (
              <button
                type="button"
                class="tab"
                role="tab"
                id={`${id}-${item.id}`}
                aria-selected={chosen()?.id === item.id}
                aria-controls={chosen()?.id === item.id ? `${id}-panel` : undefined}
                tabIndex={chosen()?.id === item.id ? 0 : -1}
                onClick={() => props.onSelect(item.id)}
              >
                {item.label}
                <Show when={item.count !== undefined}>
                  <span class="n">{item.count}</span>
                </Show>
              </button>
            )}
          </For>
        </div>
        <Show when={isGiven(props, "end")}>
          <span class="grow" />
          {props.end}
        </Show>
      </div>
      <div class={`tabpanel ${props.class ?? ""}`} role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${chosen()?.id}`}>
        <Show when={chosen()} keyed>
          {(item) => item.content()}
        </Show>
      </div>
    </>
  );
}
