import { createMemo, createSignal, type JSX, Show } from "solid-js";
import { Button } from "../../ui/Button.tsx";
import { JsonView } from "../../ui/JsonView.tsx";
import { KeyValue } from "../../ui/KeyValue.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { type TabItem, Tabs } from "../../ui/Tabs.tsx";
import { stampText } from "../../ui/time.ts";
import { type InboxMail, jsonOf } from "./mail.ts";
import { INBOX as T } from "./strings.ts";

/** One mail: head, text, and the JSON in it when there is some. */
export function MailView(props: { readonly mail: InboxMail; readonly pending: boolean; readonly onConfirm: () => void }): JSX.Element {
  const [tab, setTab] = createSignal("text");
  const json = createMemo(() => jsonOf(props.mail.body));
  const tabs = createMemo((): readonly TabItem[] => [
    { id: "text", label: T.text, content: () => <pre class="mail-body">{props.mail.body}</pre> },
    ...(json() === undefined ? [] : [{ id: "json", label: T.json, content: () => <JsonView label={props.mail.subject} value={json()} /> }]),
  ]);
  return (
    <Panel
      title={props.mail.subject}
      end={
        <Show when={props.mail.kind === "confirmation" && props.mail.confirmed === false}>
          <Button small look="primary" pending={props.pending} onClick={() => props.onConfirm()}>
            {T.confirm}
          </Button>
        </Show>
      }
    >
      <div class="pb">
        <KeyValue
          items={[
            { label: T.from, value: props.mail.from },
            { label: T.to, value: props.mail.to },
            { label: T.time, value: stampText(props.mail.time), mono: true },
            { label: T.topic, value: props.mail.TopicArn, mono: true, copy: props.mail.TopicArn },
          ]}
        />
      </div>
      <Tabs label={T.message} items={tabs()} selected={tab()} onSelect={setTab} />
    </Panel>
  );
}
