import { A } from "@solidjs/router";
import { createMemo, createSignal, For, type JSX, Show } from "solid-js";
import { arnName, arnPath } from "../../app/paths.ts";
import { SameMinute } from "../../app/SameMinute.tsx";
import { Button } from "../../ui/Button.tsx";
import { embeddedJson, jsonIn } from "../../ui/embedded-json.ts";
import { JsonView } from "../../ui/JsonView.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { type TabItem, Tabs } from "../../ui/Tabs.tsx";
import { stampText } from "../../ui/time.ts";
import { arnsIn, type InboxMail } from "./mail.ts";
import { INBOX as T } from "./strings.ts";

const MOST_LINKS = 4;

/** One mail: head, what it speaks of, text; JSON laid out, and what hides in it unpacked. */
export function MailView(props: {
  readonly mail: InboxMail;
  readonly pending: boolean;
  readonly onConfirm: () => void;
  /** On a phone: back to the list. */
  readonly onBack?: () => void;
}): JSX.Element {
  const [tab, setTab] = createSignal("");
  const json = createMemo(() => jsonIn(props.mail.body));
  const links = createMemo(() =>
    arnsIn(props.mail.body)
      .filter((arn) => !arn.startsWith(props.mail.TopicArn.replace(/[.]$/, "")) && arnPath(arn) !== undefined)
      .slice(0, MOST_LINKS),
  );
  const text = (): TabItem => ({
    id: "text",
    label: json() === undefined ? T.text : T.raw,
    content: () => (
      // biome-ignore lint/a11y/useSemanticElements: a pre stays a pre
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
      <pre class="mail-body" role="region" aria-label={T.message} tabIndex={0}>
        {props.mail.body}
      </pre>
    ),
  });
  const tabs = createMemo((): readonly TabItem[] =>
    json() === undefined
      ? [text()]
      : [
          ...embeddedJson(json()).map(({ name, value }) => ({
            id: `in-${name}`,
            label: T.embedded(name),
            content: () => <JsonView label={T.embedded(name)} value={value} />,
          })),
          { id: "json", label: T.json, content: () => <JsonView label={props.mail.subject} value={json()} /> },
          text(),
        ],
  );
  return (
    <Panel
      class="grow mail-view"
      title={props.mail.subject}
      end={
        <Show when={props.mail.kind === "confirmation" && props.mail.confirmed === false}>
          <Button small look="primary" pending={props.pending} onClick={() => props.onConfirm()}>
            {T.confirm}
          </Button>
        </Show>
      }
    >
      <div class="mail-head pb">
        <Show when={props.onBack}>
          {(back) => (
            <Button small glyph="left" class="mail-back" onClick={() => back()()}>
              {T.back}
            </Button>
          )}
        </Show>
        <div class="mail-facts">
          <span>{props.mail.from}</span>
          <span>
            <span class="muted">{T.to}</span> {props.mail.to}
          </span>
          <span>
            <span class="muted">{T.topic}</span> <span title={props.mail.TopicArn}>{arnName(props.mail.TopicArn)}</span>
          </span>
          <time class="mono">{stampText(props.mail.time)}</time>
        </div>
        <Show when={links().length > 0}>
          <div class="row wrap">
            <span class="small muted">{T.speaksOf}</span>
            <For each={links()}>
              {(arn) => (
                <A class="link med" href={arnPath(arn) ?? ""} title={arn}>
                  {arnName(arn)}
                </A>
              )}
            </For>
          </div>
        </Show>
        <SameMinute at={props.mail.time} here="inbox" />
      </div>
      <Show when={tabs().length > 1} fallback={<div class="tabpanel rule-t">{tabs()[0]?.content()}</div>}>
        <div class="rule-t" />
        <Tabs label={T.message} items={tabs()} selected={tab()} onSelect={setTab} />
      </Show>
    </Panel>
  );
}
