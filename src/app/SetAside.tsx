import { type JSX, Show } from "solid-js";
import { useClient } from "../client/context.ts";
import { Chip } from "../ui/Badge.tsx";
import { Button } from "../ui/Button.tsx";
import { Callout } from "../ui/notes.tsx";
import { usePastActions } from "./past-actions.ts";
import { setSetAsideOpen } from "./shell-state.ts";
import { PAST } from "./strings.ts";

const count = (): (() => number) => {
  const { pulse } = useClient();
  return () => pulse()?.past.setAside ?? 0;
};

/** In the clock bar, as long as something is set aside. */
export function SetAsideChip(props: { readonly short?: boolean }): JSX.Element {
  const aside = count();
  return (
    <Show when={aside() > 0}>
      <Chip glyph="undo" title={PAST.setAside(aside())} onClick={() => setSetAsideOpen(true)}>
        <Show when={props.short} fallback={PAST.chip(aside())}>
          <span aria-hidden="true">{aside()}</span>
          <span class="vh">{PAST.chip(aside())}</span>
        </Show>
      </Chip>
    </Show>
  );
}

/** The same on a page, with both ways on. */
export function SetAsideNote(): JSX.Element {
  const aside = count();
  const past = usePastActions();
  return (
    <Show when={aside() > 0}>
      <Callout tone="info">
        {PAST.setAside(aside())}{" "}
        <Button small look="ghost" onClick={() => setSetAsideOpen(true)}>
          {PAST.see}
        </Button>{" "}
        <Button small glyph="replay" pending={past.pending()} onClick={past.bringBack}>
          {PAST.bringBack}
        </Button>
      </Callout>
    </Show>
  );
}
