import { createMemo, createSignal, type JSX, Show } from "solid-js";
import { embeddedJson, jsonIn } from "../../ui/embedded-json.ts";
import { JsonView } from "../../ui/JsonView.tsx";
import { KeyValue } from "../../ui/KeyValue.tsx";
import { Empty } from "../../ui/notes.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { type TabItem, Tabs } from "../../ui/Tabs.tsx";
import { stampText } from "../../ui/time.ts";
import type { Message } from "./queue-views.ts";
import { QUEUES as T } from "./strings.ts";

/** One message: until when it is hidden and kept, its body, and what hides in it unpacked. */
export function MessageCard(props: { readonly message: Message | undefined }): JSX.Element {
  return (
    <Show
      when={props.message}
      fallback={
        <Panel title={T.message}>
          <Empty glyph="queue" title={T.choose}>
            {T.chooseWhy}
          </Empty>
        </Panel>
      }
    >
      {(message) => <Shown message={message()} />}
    </Show>
  );
}

function Shown(props: { readonly message: Message }): JSX.Element {
  const [tab, setTab] = createSignal("");
  const json = createMemo(() => jsonIn(props.message.body));
  const raw = (): TabItem => ({ id: "raw", label: T.raw, content: () => <pre class="queue-body">{props.message.body}</pre> });
  const tabs = createMemo((): readonly TabItem[] =>
    json() === undefined
      ? [raw()]
      : [
          ...embeddedJson(json()).map(({ name, value }) => ({
            id: `in-${name}`,
            label: T.embedded(name),
            content: () => <JsonView label={T.embedded(name)} value={value} />,
          })),
          { id: "json", label: T.json, content: () => <JsonView label={T.json} value={json()} /> },
          raw(),
        ],
  );
  return (
    <Panel title={T.message} sub={props.message.state} class="grow">
      <div class="pb">
        <KeyValue
          wrap
          items={[
            { label: T.id, value: props.message.MessageId, mono: true, copy: props.message.MessageId },
            { label: T.sent, value: stampText(props.message.sent), mono: true },
            ...(props.message.state === "visible" ? [] : [{ label: T.comesBack, value: stampText(props.message.visibleAt), mono: true }]),
            { label: T.expires, value: stampText(props.message.expires), mono: true },
          ]}
        />
      </div>
      <div class="rule-t" />
      <Tabs label={T.body} items={tabs()} selected={tab()} onSelect={setTab} />
    </Panel>
  );
}
