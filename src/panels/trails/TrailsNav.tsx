import { A } from "@solidjs/router";
import { For, type JSX } from "solid-js";
import { TRAILS as T } from "./strings.ts";

export type ViewId = keyof typeof T.views;

const PATHS: Readonly<Record<ViewId, string>> = { trails: "/trails", buckets: "/trails/buckets" };

/** Trails, and the buckets that they write to. */
export function TrailsNav(props: { readonly here: ViewId }): JSX.Element {
  return (
    <nav class="tabs page trails-nav" aria-label={T.nav}>
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
