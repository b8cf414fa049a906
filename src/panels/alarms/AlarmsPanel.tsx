import { useLocation, useParams } from "@solidjs/router";
import { createMemo, type JSX, Match, Show, Switch } from "solid-js";
import { decodedParam, NEW_ALARM_PATH } from "../../app/paths.ts";
import { AlarmDetail } from "./AlarmDetail.tsx";
import { AlarmList } from "./AlarmList.tsx";
import "./alarms.css";
import { NewAlarm } from "./NewAlarm.tsx";

/** `/alarms`, `/alarms/new?..` and `/alarms/:name`. */
export function AlarmsPanel(): JSX.Element {
  const params = useParams<{ name?: string }>();
  const location = useLocation();
  const isNew = createMemo(() => location.pathname === NEW_ALARM_PATH);
  const name = createMemo(() => (isNew() ? undefined : decodedParam(params.name)));
  return (
    <Switch fallback={<AlarmList />}>
      <Match when={isNew()}>
        <Show when={location.search || "?"} keyed>
          {(search) => <NewAlarm query={new URLSearchParams(search)} />}
        </Show>
      </Match>
      <Match when={name()} keyed>
        {(alarm) => <AlarmDetail name={alarm} />}
      </Match>
    </Switch>
  );
}
