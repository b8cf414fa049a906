import { children, type JSX, Show } from "solid-js";
import { catchFocus } from "./focus.ts";
import { isGiven } from "./given.ts";

export interface PanelProps {
  readonly title?: string;
  /** Name for screen readers when there is no title. */
  readonly label?: string;
  readonly sub?: JSX.Element;
  readonly end?: JSX.Element;
  readonly children: JSX.Element;
  readonly class?: string;
  /** The heading takes the focus when the card comes in the place of what had it. */
  readonly catchesFocus?: boolean;
}

/** A card: one edge, a head of 38, inside only hairlines. Bodies are `div.pb`. */
export function Panel(props: PanelProps): JSX.Element {
  // Made once, whether there is anything in them or not.
  const [sub, end] = [children(() => props.sub), children(() => props.end)];
  return (
    <section class={`panel ${props.class ?? ""}`} aria-label={props.label ?? props.title}>
      <Show when={props.title !== undefined || isGiven(props, "end")}>
        <div class="ph">
          <Show when={props.title}>
            <h2 tabIndex={props.catchesFocus ? -1 : undefined} ref={(heading) => props.catchesFocus && catchFocus(() => heading)}>
              {props.title}
            </h2>
          </Show>
          <Show when={sub() !== undefined}>
            <span class="sub">{sub()}</span>
          </Show>
          <Show when={end() !== undefined}>
            <span class="end">{end()}</span>
          </Show>
        </div>
      </Show>
      {props.children}
    </section>
  );
}
