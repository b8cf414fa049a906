import { A } from "@solidjs/router";
import { For, type JSX, Show } from "solid-js";
import { arnName, arnPath, touchedPath } from "../../app/paths.ts";
import { SameMinute } from "../../app/SameMinute.tsx";
import type { Read } from "../../client/resource.ts";
import { JsonView } from "../../ui/JsonView.tsx";
import { Empty } from "../../ui/notes.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { secondText } from "../../ui/time.ts";
import type { Verdicts } from "./answers.ts";
import { EventVerdicts } from "./EventVerdicts.tsx";
import { EventWhy } from "./EventWhy.tsx";
import type { Passed } from "./passed.ts";
import { EVENTS as T } from "./strings.ts";

/** One event: why it is here, what every rule said of it, where it went, the same minute elsewhere, and its JSON. */
export function EventCard(props: { readonly event: Passed | undefined; readonly verdicts: Read<Verdicts | undefined> }): JSX.Element {
  return (
    <Show
      when={props.event}
      fallback={
        <Panel title={T.event}>
          <Empty glyph="bus" title={T.choose}>
            {T.chooseWhy}
          </Empty>
        </Panel>
      }
    >
      {(event) => (
        <Panel title={event().envelope["detail-type"]} sub={secondText(event().at)} class="grow event-card">
          <EventWhy event={event()} />
          <EventVerdicts event={event()} read={props.verdicts} />
          <div class="pb col">
            <Show when={event().envelope.resources.length > 0}>
              <div class="row wrap">
                <span class="small muted">{T.speaksOf}</span>
                <For each={event().envelope.resources}>
                  {(arn) => (
                    <A class="link med" href={arnPath(arn) ?? touchedPath(arn)} title={arn}>
                      {arnName(arn)}
                    </A>
                  )}
                </For>
              </div>
            </Show>
            <SameMinute at={event().at} here="events" />
          </div>
          <div class="rule-t event-json">
            <JsonView label={T.json} value={event().envelope} />
          </div>
        </Panel>
      )}
    </Show>
  );
}
