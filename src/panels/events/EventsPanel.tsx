import { useLocation } from "@solidjs/router";
import { createMemo, type JSX, lazy, Match, onMount, Show, Switch } from "solid-js";
import { whenIdle } from "../../ui/idle.ts";
import { Empty } from "../../ui/notes.tsx";
import { Page } from "../../ui/Page.tsx";
import { EventsNav } from "./EventsNav.tsx";
import { EventsView } from "./EventsView.tsx";
import "./events.css";
import { type Place, placeOf } from "./place.ts";
import { EVENTS as T } from "./strings.ts";

// What passed is what a click in the rail shows: it does not wait for rules and their editors.
const RulesView = lazy(async () => ({ default: (await import("./RulesView.tsx")).RulesView }));
const RulePage = lazy(async () => ({ default: (await import("./RulePage.tsx")).RulePage }));
const RuleEditor = lazy(async () => ({ default: (await import("./RuleEditor.tsx")).RuleEditor }));
const BusesView = lazy(async () => ({ default: (await import("./BusesView.tsx")).BusesView }));
const DeliveriesView = lazy(async () => ({ default: (await import("./DeliveriesView.tsx")).DeliveriesView }));
const SandboxView = lazy(async () => ({ default: (await import("./SandboxView.tsx")).SandboxView }));
const LATER = [RulesView, RulePage, RuleEditor, BusesView, DeliveriesView, SandboxView];

type Named = Extract<Place, { readonly rule: string }>;

/** `/events` and what lies below it: rules, a rule, its form, buses, deliveries, the sandbox. */
export function EventsPanel(): JSX.Element {
  const location = useLocation();
  const place = createMemo(() => placeOf(location.pathname), undefined, { equals: (a, b) => JSON.stringify(a) === JSON.stringify(b) });
  const named = (view: Named["view"]): Named | undefined => {
    const here = place();
    return here.view === view ? (here as Named) : undefined;
  };
  onMount(() => whenIdle(() => Promise.all(LATER.map((one) => one.preload()))));
  return (
    <Switch
      fallback={
        <Page title={T.title} bar={<EventsNav here="events" />}>
          <Empty glyph="deny" title={T.noPage} />
        </Page>
      }
    >
      <Match when={place().view === "events"}>
        <EventsView />
      </Match>
      <Match when={place().view === "rules"}>
        <RulesView />
      </Match>
      <Match when={named("rule")} keyed>
        {(here) => <RulePage bus={here.bus} rule={here.rule} />}
      </Match>
      <Match when={place().view === "new-rule"}>
        <Show when={location.search || "?"} keyed>
          {(_) => <RuleEditor />}
        </Show>
      </Match>
      <Match when={named("edit-rule")} keyed>
        {(here) => <RuleEditor editing={{ bus: here.bus, rule: here.rule }} />}
      </Match>
      <Match when={place().view === "buses"}>
        <BusesView />
      </Match>
      <Match when={place().view === "deliveries"}>
        <DeliveriesView />
      </Match>
      <Match when={place().view === "sandbox"}>
        <SandboxView />
      </Match>
    </Switch>
  );
}
