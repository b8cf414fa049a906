import { A } from "@solidjs/router";
import { For, type JSX } from "solid-js";
import { RULES as T } from "./rule-strings.ts";

export type ViewId = keyof typeof T.views;

const PATHS: Readonly<Record<ViewId, string>> = {
  events: "/events",
  rules: "/events/rules",
  buses: "/events/buses",
  deliveries: "/events/deliveries",
  sandbox: "/events/sandbox",
};

/** The pages of EventBridge beside each other. */
export function EventsNav(props: { readonly here: ViewId }): JSX.Element {
  return (
    <nav class="tabs page events-nav" aria-label={T.nav}>
      <For each={Object.keys(PATHS) as ViewId[]}>
        {(view) => (
          <A class="tab" href={PATHS[view]} end aria-current={props.here === view ? "page" : undefined}>
            {T.views[view]}
          </A>
        )}
      </For>
    </nav>
  );
}
