import { useLocation, useParams } from "@solidjs/router";
import { createMemo, type JSX, lazy, Match, onMount, Show, Switch } from "solid-js";
import { decodedParam, NEW_ALARM_PATH } from "../../app/paths.ts";
import { whenIdle } from "../../ui/idle.ts";
import { AlarmList } from "./AlarmList.tsx";
import "./alarms.css";

// The list is what a click in the rail shows: it does not wait for charts and forms.
const AlarmDetail = lazy(async () => ({ default: (await import("./AlarmDetail.tsx")).AlarmDetail }));
const NewAlarm = lazy(async () => ({ default: (await import("./NewAlarm.tsx")).NewAlarm }));

/** `/alarms`, `/alarms/new?..` and `/alarms/:name`. */
export function AlarmsPanel(): JSX.Element {
  const params = useParams<{ name?: string }>();
  const location = useLocation();
  const isNew = createMemo(() => location.pathname === NEW_ALARM_PATH);
  const name = createMemo(() => (isNew() ? undefined : decodedParam(params.name)));
  onMount(() => whenIdle(() => Promise.all([AlarmDetail.preload(), NewAlarm.preload()])));
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
