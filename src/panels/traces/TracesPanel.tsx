import { useLocation } from "@solidjs/router";
import { createMemo, type JSX, lazy, Match, onMount, Switch } from "solid-js";
import { whenIdle } from "../../ui/idle.ts";
import { Empty } from "../../ui/notes.tsx";
import { Page } from "../../ui/Page.tsx";
import { placeOf } from "./place.ts";
import { TRACES as T } from "./strings.ts";
import { TracesView } from "./TracesView.tsx";
import "./traces.css";

const SamplingView = lazy(async () => ({ default: (await import("./SamplingView.tsx")).SamplingView }));
const GroupsView = lazy(async () => ({ default: (await import("./GroupsView.tsx")).GroupsView }));

/** `/traces`, a trace below it, sampling rules and groups. */
export function TracesPanel(): JSX.Element {
  const location = useLocation();
  const place = createMemo(() => placeOf(location.pathname), undefined, { equals: (a, b) => JSON.stringify(a) === JSON.stringify(b) });
  const id = (): string | undefined => {
    const here = place();
    return here.view === "traces" ? here.id : undefined;
  };
  onMount(() => whenIdle(() => Promise.all([SamplingView.preload(), GroupsView.preload()])));
  return (
    <Switch
      fallback={
        <Page title={T.title}>
          <Empty glyph="deny" title={T.noPage} />
        </Page>
      }
    >
      <Match when={place().view === "traces"}>
        <TracesView id={id()} />
      </Match>
      <Match when={place().view === "sampling"}>
        <SamplingView />
      </Match>
      <Match when={place().view === "groups"}>
        <GroupsView />
      </Match>
    </Switch>
  );
}
