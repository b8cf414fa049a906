import { createSignal, type JSX, Show } from "solid-js";
import { Badge } from "../../ui/Badge.tsx";
import { JsonView } from "../../ui/JsonView.tsx";
import { KeyValue } from "../../ui/KeyValue.tsx";
import { Callout } from "../../ui/notes.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { Tabs } from "../../ui/Tabs.tsx";
import { stampText } from "../../ui/time.ts";
import type { HistoryRow } from "./history.ts";
import { TRAIL as T } from "./strings.ts";

/** One record: who, what, when, parameters, response; the JSON beside it. */
export function RecordCard(props: { readonly row: HistoryRow }): JSX.Element {
  const [tab, setTab] = createSignal("facts");
  const identity = (): Readonly<Record<string, unknown>> => (props.row.record.userIdentity ?? {}) as Readonly<Record<string, unknown>>;
  const facts = (): JSX.Element => (
    <div class="pb col">
      <Show
        when={props.row.errorCode !== ""}
        fallback={
          <Badge tone="ok" glyph="okc">
            {T.succeeded}
          </Badge>
        }
      >
        <Callout tone="alarm">
          <b class="med">{props.row.errorCode}</b> {String(props.row.record.errorMessage ?? "")}
        </Callout>
      </Show>
      <KeyValue
        wrap
        items={[
          { label: T.who, value: String(identity().arn ?? identity().invokedBy ?? props.row.userName), mono: true },
          { label: T.what, value: `${props.row.eventSource} ${props.row.eventName}` },
          { label: T.when, value: stampText(props.row.eventTime), mono: true },
          { label: T.from, value: props.row.sourceIpAddress, mono: true },
          { label: T.agent, value: String(props.row.record.userAgent ?? T.none), mono: true },
        ]}
      />
      <h3>{T.request}</h3>
      <JsonView label={T.request} value={props.row.record.requestParameters ?? null} copy={false} />
      <h3>{T.response}</h3>
      <JsonView label={T.response} value={props.row.record.responseElements ?? null} copy={false} />
    </div>
  );
  return (
    <Panel title={props.row.eventName} sub={T.record}>
      <Tabs
        label={T.record}
        selected={tab()}
        onSelect={setTab}
        items={[
          { id: "facts", label: "Facts", content: facts },
          { id: "json", label: "JSON source", content: () => <JsonView label={T.record} value={props.row.record} /> },
        ]}
      />
    </Panel>
  );
}
