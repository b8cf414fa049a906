import { createMemo, createSignal, For, type JSX, Show } from "solid-js";
import { createCommand } from "../../client/command.ts";
import { createRead } from "../../client/resource.ts";
import { Badge } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { Empty } from "../../ui/notes.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { TextField } from "../../ui/TextField.tsx";
import { showToast } from "../../ui/toasts.ts";
import { INBOX as T } from "./strings.ts";

interface Subscription {
  readonly SubscriptionArn: string;
  readonly TopicArn: string;
  readonly Protocol: string;
  readonly Endpoint: string;
}

const nameOf = (arn: string): string => arn.slice(arn.lastIndexOf(":") + 1);

/** Topics with their subscriptions, and the way to a new one: two requests, each seen in the line below. */
export function TopicsCard(): JSX.Element {
  const command = createCommand();
  const [name, setName] = createSignal("on-call");
  const [address, setAddress] = createSignal("you@example.com");
  const topics = createRead(() => ({ service: "sns", operation: "ListTopics", input: {} }), { follow: "version" });
  const subscriptions = createRead(() => ({ service: "sns", operation: "ListSubscriptions", input: {} }), { follow: "version" });
  const arns = createMemo(() =>
    ((topics.data()?.output.Topics as readonly { readonly TopicArn: string }[] | undefined) ?? []).map((t) => t.TopicArn),
  );
  const of = (arn: string): readonly Subscription[] =>
    ((subscriptions.data()?.output.Subscriptions as readonly Subscription[] | undefined) ?? []).filter((s) => s.TopicArn === arn);

  const create = async (): Promise<void> => {
    const made = await command.run({ service: "sns", operation: "CreateTopic", input: { Name: name() } });
    if (made === undefined) return;
    const TopicArn = made.output.TopicArn;
    if (
      (await command.run({ service: "sns", operation: "Subscribe", input: { TopicArn, Protocol: "email", Endpoint: address() } })) !==
      undefined
    ) {
      showToast({ severity: "ok", text: T.created(name()) });
    }
  };

  return (
    <Panel title={T.topics}>
      <Show
        when={arns().length > 0}
        fallback={
          <Empty glyph="topic" title={T.noTopics}>
            {T.noTopicsWhy}
          </Empty>
        }
      >
        <ul class="topics">
          <For each={arns()}>
            {(arn) => (
              <li>
                <span class="row">
                  <b class="med grow trunc" title={arn}>
                    {nameOf(arn)}
                  </b>
                  <Button
                    small
                    look="ghost"
                    label={`${T.remove} ${nameOf(arn)}`}
                    glyph="cross"
                    onClick={() => void command.run({ service: "sns", operation: "DeleteTopic", input: { TopicArn: arn } })}
                  />
                </span>
                <For each={of(arn)}>
                  {(one) => (
                    <span class="row small topic-sub">
                      <span class="muted">{one.Protocol}</span>
                      <span class="grow trunc" title={one.Endpoint}>
                        {one.Endpoint}
                      </span>
                      <Show
                        when={one.SubscriptionArn.startsWith("arn:")}
                        fallback={
                          <Badge tone="warn" glyph="ring">
                            {T.waiting}
                          </Badge>
                        }
                      >
                        <Button
                          small
                          look="ghost"
                          onClick={() =>
                            void command.run({ service: "sns", operation: "Unsubscribe", input: { SubscriptionArn: one.SubscriptionArn } })
                          }
                        >
                          {T.unsubscribe}
                        </Button>
                      </Show>
                    </span>
                  )}
                </For>
              </li>
            )}
          </For>
        </ul>
      </Show>
      <div class="pb topic-form">
        <h3>{T.newTopic}</h3>
        <TextField label={T.name} mono value={name()} onInput={setName} />
        <TextField label={T.address} type="email" value={address()} onInput={setAddress} onEnter={() => void create()} />
        <Button pending={command.pending()} onClick={() => void create()}>
          {T.create}
        </Button>
      </div>
    </Panel>
  );
}
