import { A } from "@solidjs/router";
import { createResource, createSignal, For, type JSX, Show } from "solid-js";
import { arnName, arnPath, touchedPath } from "../../app/paths.ts";
import { SameMinute } from "../../app/SameMinute.tsx";
import { useClient } from "../../client/context.ts";
import { AwsLine } from "../../ui/AwsLine.tsx";
import { Badge } from "../../ui/Badge.tsx";
import { JsonView } from "../../ui/JsonView.tsx";
import { KeyValue } from "../../ui/KeyValue.tsx";
import { Callout } from "../../ui/notes.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { Tabs } from "../../ui/Tabs.tsx";
import { secondText, stampText } from "../../ui/time.ts";
import { type HistoryRow, resourcesOf } from "./history.ts";
import { TRAIL as T } from "./strings.ts";

/** One record: verdict, who, what, when, on what, parameters, response; its JSON; the line that finds it. */
export function RecordCard(props: { readonly row: HistoryRow }): JSX.Element {
  const { api } = useClient();
  const [tab, setTab] = createSignal("facts");
  const [line] = createResource(
    () => props.row.eventId,
    (id) =>
      api.lineOf({
        service: "cloudtrail",
        operation: "LookupEvents",
        input: { LookupAttributes: [{ AttributeKey: "EventId", AttributeValue: id }] },
      }),
  );
  return (
    <Panel title={props.row.eventName} sub={secondText(props.row.eventTime)}>
      <Tabs
        label={T.record}
        selected={tab()}
        onSelect={setTab}
        items={[
          { id: "facts", label: T.facts, content: () => <Facts row={props.row} /> },
          { id: "json", label: T.json, content: () => <JsonView label={T.record} value={props.row.record} /> },
          {
            id: "line",
            label: T.line,
            content: () => (
              <div class="pb col">
                <AwsLine line={line.latest ?? ""} wrap />
                <p class="small muted">{T.lineWhy}</p>
              </div>
            ),
          },
        ]}
      />
    </Panel>
  );
}

function Facts(props: { readonly row: HistoryRow }): JSX.Element {
  const record = (): Readonly<Record<string, unknown>> => props.row.record;
  const identity = (): Readonly<Record<string, unknown>> => (record().userIdentity ?? {}) as Readonly<Record<string, unknown>>;
  const whyNoResponse = (): string =>
    props.row.errorCode !== "" ? T.noResponseFailed : props.row.readOnly ? T.noResponseRead : T.noResponse;
  return (
    <div class="pb col record-facts">
      <Show
        when={props.row.errorCode !== ""}
        fallback={
          <Badge tone="ok" glyph="okc">
            {T.succeeded}
          </Badge>
        }
      >
        <Callout tone="alarm">
          <b class="med">{props.row.errorCode}</b> {String(record().errorMessage ?? "")}
        </Callout>
      </Show>
      <KeyValue
        wrap
        items={[
          { label: T.who, value: String(identity().arn ?? identity().invokedBy ?? props.row.userName), mono: true },
          { label: T.what, value: `${props.row.eventName} of ${props.row.eventSource}` },
          { label: T.when, value: `${stampText(props.row.eventTime)} UTC`, mono: true },
          { label: T.from, value: `${props.row.sourceIpAddress}, ${String(record().awsRegion ?? "")}`, mono: true },
          { label: T.agent, value: String(record().userAgent ?? T.none), mono: true },
        ]}
      />
      <Show when={resourcesOf(props.row).length > 0}>
        <h3>{T.resources}</h3>
        <ul class="record-resources">
          <For each={resourcesOf(props.row)}>
            {(arn) => (
              <li class="row wrap">
                <Show
                  when={arnPath(arn)}
                  fallback={
                    <span class="med grow" title={arn}>
                      {arnName(arn)}
                    </span>
                  }
                >
                  {(path) => (
                    <A class="link med grow" href={path()} title={arn}>
                      {arnName(arn)}
                    </A>
                  )}
                </Show>
                <A class="chip" href={touchedPath(arn)} aria-label={T.whoTouchedNamed(arnName(arn))}>
                  {T.whoTouched}
                </A>
              </li>
            )}
          </For>
        </ul>
      </Show>
      <SameMinute at={props.row.eventTime} here="trail" />
      <h3>{T.request}</h3>
      <Show when={record().requestParameters != null} fallback={<p class="muted">{T.noRequest}</p>}>
        <JsonView label={T.request} value={record().requestParameters} />
      </Show>
      <h3>{T.response}</h3>
      <Show when={record().responseElements != null} fallback={<p class="muted">{whyNoResponse()}</p>}>
        <JsonView label={T.response} value={record().responseElements} />
      </Show>
    </div>
  );
}
