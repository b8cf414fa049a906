import { A } from "@solidjs/router";
import { For, type JSX } from "solid-js";
import { IAM as T } from "./strings.ts";

export type ViewId = keyof typeof T.views;

const PATHS: Readonly<Record<ViewId, string>> = { principals: "/iam", policies: "/iam/policies", simulator: "/iam/simulator" };

/** The pages of IAM beside each other. */
export function IamNav(props: { readonly here: ViewId }): JSX.Element {
  return (
    <nav class="tabs page iam-nav" aria-label={T.nav}>
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
