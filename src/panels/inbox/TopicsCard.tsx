import { createMemo, createSignal, For, type JSX, Show } from "solid-js";
import { arnName } from "../../app/paths.ts";
import { createCommand } from "../../client/command.ts";
import { createRead } from "../../client/resource.ts";
import { Badge } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { Glyph } from "../../ui/Glyph.tsx";
import { Menu } from "../../ui/Menu.tsx";
import { Empty, ReadState } from "../../ui/notes.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { SubscribeDialog } from "./SubscribeDialog.tsx";
import { INBOX as T } from "./strings.ts";

interface Subscription {
  readonly SubscriptionArn: string;
  readonly TopicArn: string;
  readonly Protocol: string;
  readonly Endpoint: string;
}

const isConfirmed = (one: Subscription): boolean => one.SubscriptionArn.startsWith("arn:");

/** Topics with their subscriptions. */
export function TopicsCard(): JSX.Element {
  const command = createCommand();
  const [subscribing, setSubscribing] = createSignal<string>();
  const topics = createRead(() => ({ service: "sns", operation: "ListTopics", input: {} }), { follow: "version" });
  const subscriptions = createRead(() => ({ service: "sns", operation: "ListSubscriptions", input: {} }), { follow: "version" });
  const arns = createMemo(() =>
    ((topics.data()?.output.Topics as readonly { readonly TopicArn: string }[] | undefined) ?? []).map((t) => t.TopicArn),
  );
  const of = (arn: string): readonly Subscription[] =>
    ((subscriptions.data()?.output.Subscriptions as readonly Subscription[] | undefined) ?? []).filter((s) => s.TopicArn === arn);
  const run = (operation: string, input: Readonly<Record<string, unknown>>): void => {
    void command.run({ service: "sns", operation, input });
  };
  return (
    <Panel title={T.topics}>
      <ReadState read={topics}>
        {() => (
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
                    <div class="row">
                      <span class="sv-events">
                        <Glyph name="topic" />
                      </span>
                      <b class="med grow trunc" title={arn}>
                        {arnName(arn)}
                      </b>
                      <Menu
                        label={`${T.topic} ${arnName(arn)}`}
                        look="btn ghost icon"
                        align="end"
                        button={<Glyph name="dots" />}
                        items={[
                          { id: "subscribe", label: T.subscribe, glyph: "plus", run: () => setSubscribing(arn) },
                          { id: "delete", label: T.remove, glyph: "cross", danger: true, run: () => run("DeleteTopic", { TopicArn: arn }) },
                        ]}
                      />
                    </div>
                    <Show
                      when={of(arn).length > 0}
                      fallback={
                        <div class="row wrap topic-sub">
                          <span class="small muted">{T.noSubscriptions}</span>
                          <Button small onClick={() => setSubscribing(arn)}>
                            {T.subscribe}
                            <span class="vh"> {arnName(arn)}</span>
                          </Button>
                        </div>
                      }
                    >
                      <For each={of(arn)}>
                        {(one) => (
                          <div class="row topic-sub">
                            <span class="topic-protocol small muted">{one.Protocol}</span>
                            <span class="grow trunc" title={one.Endpoint}>
                              {one.Endpoint.startsWith("arn:") ? arnName(one.Endpoint) : one.Endpoint}
                            </span>
                            <Show
                              when={isConfirmed(one)}
                              fallback={
                                <Badge tone="warn" glyph="ring">
                                  {T.waiting}
                                </Badge>
                              }
                            >
                              <Button small look="ghost" onClick={() => run("Unsubscribe", { SubscriptionArn: one.SubscriptionArn })}>
                                {T.unsubscribe}
                                <span class="vh"> {one.Endpoint}</span>
                              </Button>
                            </Show>
                          </div>
                        )}
                      </For>
                    </Show>
                  </li>
                )}
              </For>
            </ul>
          </Show>
        )}
      </ReadState>
      <Show when={subscribing()}>{(arn) => <SubscribeDialog topicArn={arn()} onClose={() => setSubscribing(undefined)} />}</Show>
    </Panel>
  );
}
