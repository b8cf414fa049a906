import { useLocation } from "@solidjs/router";
import { createMemo, type JSX, lazy, Match, onMount, Switch } from "solid-js";
import { whenIdle } from "../../ui/idle.ts";
import { Empty } from "../../ui/notes.tsx";
import { Page } from "../../ui/Page.tsx";
import { IamNav } from "./IamNav.tsx";
import "./iam.css";
import { PrincipalsView } from "./PrincipalsView.tsx";
import { type Place, placeOf } from "./place.ts";
import { IAM as T } from "./strings.ts";

const PrincipalPage = lazy(async () => ({ default: (await import("./PrincipalPage.tsx")).PrincipalPage }));
const PoliciesView = lazy(async () => ({ default: (await import("./PoliciesView.tsx")).PoliciesView }));
const PolicyPage = lazy(async () => ({ default: (await import("./PolicyPage.tsx")).PolicyPage }));
const SimulatorView = lazy(async () => ({ default: (await import("./SimulatorView.tsx")).SimulatorView }));
const LATER = [PrincipalPage, PoliciesView, PolicyPage, SimulatorView];

/** `/iam` and what lies below it: users and roles, one of them, managed policies, one of them, the simulator. */
export function IamPanel(): JSX.Element {
  const location = useLocation();
  const place = createMemo(() => placeOf(location.pathname), undefined, { equals: (a, b) => JSON.stringify(a) === JSON.stringify(b) });
  const named = (...views: readonly Place["view"][]): Extract<Place, { readonly name: string }> | undefined => {
    const here = place();
    return "name" in here && views.includes(here.view) ? here : undefined;
  };
  onMount(() => whenIdle(() => Promise.all(LATER.map((one) => one.preload()))));
  return (
    <Switch
      fallback={
        <Page title={T.title} bar={<IamNav here="principals" />}>
          <Empty glyph="deny" title={T.noPage} />
        </Page>
      }
    >
      <Match when={place().view === "principals"}>
        <PrincipalsView />
      </Match>
      <Match when={named("user", "role")} keyed>
        {(here) => <PrincipalPage kind={here.view === "user" ? "user" : "role"} name={here.name} />}
      </Match>
      <Match when={place().view === "policies"}>
        <PoliciesView />
      </Match>
      <Match when={named("policy")} keyed>
        {(here) => <PolicyPage arn={here.name} />}
      </Match>
      <Match when={place().view === "simulator"}>
        <SimulatorView />
      </Match>
    </Switch>
  );
}
