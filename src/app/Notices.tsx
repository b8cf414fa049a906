import { createEffect, createMemo, createSignal, For, type JSX, on, Show } from "solid-js";
import type { Notice } from "../../workers/api.ts";
import { useClient } from "../client/context.ts";
import { announce } from "../ui/announce.ts";
import { Button } from "../ui/Button.tsx";
import { Glyph } from "../ui/Glyph.tsx";
import { Progress } from "../ui/Progress.tsx";
import { UI } from "../ui/strings.ts";
import { showToast } from "../ui/toasts.ts";
import { APP } from "./strings.ts";

/** What the account has to say: info as toasts, warnings and errors as bars until they are dismissed, long work with Cancel. */
export function Notices(): JSX.Element {
  const { api, pulse } = useClient();
  const [dismissed, setDismissed] = createSignal<ReadonlySet<number>>(new Set());
  const told = new Set<number>();
  const bars = createMemo(() => (pulse()?.notices ?? []).filter((notice) => notice.severity !== "info" && !dismissed().has(notice.id)));
  createEffect(() => {
    for (const notice of pulse()?.notices ?? []) {
      if (told.has(notice.id)) continue;
      told.add(notice.id);
      if (notice.severity === "info") showToast({ severity: "info", text: notice.text });
    }
  });
  const inAlarm = createMemo(() => pulse()?.alarmsInAlarm);
  createEffect(
    on(inAlarm, (count, before) => {
      if (count !== undefined && before !== undefined && count !== before) announce(APP.alarmsNow(count));
    }),
  );
  return (
    <div class="bars">
      <Show when={pulse()?.progress}>
        {(task) => (
          <div class="bar">
            <Progress what={task().what} done={task().done} total={task().total} onCancel={() => void api.cancel()} />
          </div>
        )}
      </Show>
      <For each={bars()}>
        {(notice) => <NoticeBar notice={notice} onDismiss={() => setDismissed((now) => new Set(now).add(notice.id))} />}
      </For>
    </div>
  );
}

function NoticeBar(props: { readonly notice: Notice; readonly onDismiss: () => void }): JSX.Element {
  return (
    <div
      class={`bar callout ${props.notice.severity === "error" ? "alarm" : "warn"}`}
      role={props.notice.severity === "error" ? "alert" : "status"}
    >
      <Glyph name="warnt" />
      <span class="grow">{props.notice.text}</span>
      <Button look="ghost" small glyph="cross" label={UI.dismiss} onClick={() => props.onDismiss()} />
    </div>
  );
}
