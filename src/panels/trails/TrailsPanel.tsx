import { useLocation } from "@solidjs/router";
import { createMemo, type JSX, lazy, Match, onMount, Switch } from "solid-js";
import { whenIdle } from "../../ui/idle.ts";
import { Empty } from "../../ui/notes.tsx";
import { Page } from "../../ui/Page.tsx";
import { type Place, placeOf } from "./place.ts";
import { TRAILS as T } from "./strings.ts";
import { TrailsNav } from "./TrailsNav.tsx";
import { TrailsView } from "./TrailsView.tsx";
import "./trails.css";

const TrailPage = lazy(async () => ({ default: (await import("./TrailPage.tsx")).TrailPage }));
const TrailFormPage = lazy(async () => ({ default: (await import("./TrailFormPage.tsx")).TrailFormPage }));
const BucketsView = lazy(async () => ({ default: (await import("./BucketsView.tsx")).BucketsView }));
const BucketPage = lazy(async () => ({ default: (await import("./BucketPage.tsx")).BucketPage }));
const LATER = [TrailPage, TrailFormPage, BucketsView, BucketPage];

/** `/trails` and what lies below it: one trail, a new one, buckets, one bucket. */
export function TrailsPanel(): JSX.Element {
  const location = useLocation();
  const place = createMemo(() => placeOf(location.pathname), undefined, { equals: (a, b) => JSON.stringify(a) === JSON.stringify(b) });
  const named = (view: Place["view"]): string | undefined => {
    const here = place();
    return here.view === view && "name" in here ? here.name : undefined;
  };
  onMount(() => whenIdle(() => Promise.all(LATER.map((one) => one.preload()))));
  return (
    <Switch
      fallback={
        <Page title={T.title} bar={<TrailsNav here="trails" />}>
          <Empty glyph="deny" title={T.noPage} />
        </Page>
      }
    >
      <Match when={place().view === "trails"}>
        <TrailsView />
      </Match>
      <Match when={place().view === "new"}>
        <TrailFormPage />
      </Match>
      <Match when={named("trail")} keyed>
        {(name) => <TrailPage name={name} />}
      </Match>
      <Match when={place().view === "buckets"}>
        <BucketsView />
      </Match>
      <Match when={named("bucket")} keyed>
        {(name) => <BucketPage name={name} />}
      </Match>
    </Switch>
  );
}
