import { useLocation, useParams } from "@solidjs/router";
import { createMemo, type JSX, Match, Show, Switch } from "solid-js";
import { decodedParam } from "../../app/paths.ts";
import { FilterPage } from "./FilterPage.tsx";
import { GroupList } from "./GroupList.tsx";
import { GroupPage } from "./GroupPage.tsx";
import "./logs.css";

/** `/logs`, `/logs/:group`, `/logs/:group/filters/new`. */
export function LogsPanel(): JSX.Element {
  const params = useParams();
  const location = useLocation();
  const group = createMemo(() => decodedParam(params["group"]));
  return (
    <Show when={group()} keyed fallback={<GroupList />}>
      {(name) => (
        <Switch fallback={<GroupPage group={name} />}>
          <Match when={location.pathname.endsWith("/filters/new")}>
            <FilterPage group={name} />
          </Match>
        </Switch>
      )}
    </Show>
  );
}
