import { createMemo, createSignal, type JSX, Show } from "solid-js";
import type { UiRequest } from "../../../workers/api.ts";
import { arnName } from "../../app/paths.ts";
import { createCommand } from "../../client/command.ts";
import { useClient } from "../../client/context.ts";
import { createLook, createQuestion, createRead } from "../../client/resource.ts";
import { AwsLine } from "../../ui/AwsLine.tsx";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { ErrorNote } from "../../ui/notes.tsx";
import { Select } from "../../ui/Select.tsx";
import { UI } from "../../ui/strings.ts";
import { TextField } from "../../ui/TextField.tsx";
import { showToast } from "../../ui/toasts.ts";
import "./inbox.css";
import { INBOX as T } from "./strings.ts";

const NONE = { value: "", label: T.chooseOne };

/** Subscribe: to a topic that is given an address or a queue is chosen, to a queue that is given its topic. */
export function SubscribeDialog(props: {
  readonly topicArn?: string;
  readonly queueArn?: string;
  readonly onClose: () => void;
}): JSX.Element {
  const { api, pulse } = useClient();
  const command = createCommand({ quiet: true });
  const [topic, setTopic] = createSignal(props.topicArn ?? "");
  const [protocol, setProtocol] = createSignal(props.queueArn === undefined ? "email" : "sqs");
  const [address, setAddress] = createSignal("");
  const [queue, setQueue] = createSignal(props.queueArn ?? "");
  const topics = createRead(() => (props.topicArn === undefined ? { service: "sns", operation: "ListTopics", input: {} } : undefined));
  const queues = createLook<{ readonly queues: readonly { readonly arn: string }[] }>(() =>
    props.queueArn === undefined && protocol() === "sqs"
      ? { service: "sqs", view: "overview", region: pulse()?.region ?? "us-east-1" }
      : undefined,
  );
  const options = (arns: readonly string[]) => [NONE, ...arns.map((value) => ({ value, label: arnName(value) }))];
  const topicArns = (): readonly string[] =>
    ((topics.data()?.output["Topics"] as readonly { readonly TopicArn: string }[] | undefined) ?? []).map((one) => one.TopicArn);
  const endpoint = (): string => (protocol() === "sqs" ? queue() : address());
  const request = createMemo(
    (): UiRequest => ({
      service: "sns",
      operation: "Subscribe",
      input: { TopicArn: topic(), Protocol: protocol(), Endpoint: endpoint() },
      via: "form",
    }),
  );
  const isComplete = (): boolean => topic() !== "" && endpoint() !== "";
  const line = createQuestion(
    () => (isComplete() ? { service: "sns", request: request() } : undefined),
    (question) => api.lineOf(question.request),
    { follow: "question" },
  );
  const subscribe = async (): Promise<void> => {
    if (!isComplete() || (await command.run(request())) === undefined) return;
    showToast({ severity: "ok", text: protocol() === "sqs" ? T.subscribedQueue(arnName(queue()), arnName(topic())) : T.subscribedMail });
    props.onClose();
  };
  const change =
    <V,>(set: (value: V) => unknown) =>
    (value: V): void => {
      command.clear();
      set(value);
    };
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={T.subscribeTitle(arnName(props.topicArn ?? props.queueArn ?? ""), props.topicArn === undefined)}
      actions={
        <>
          <Button onClick={() => props.onClose()}>{UI.cancel}</Button>
          <Button
            look="primary"
            pending={command.pending()}
            disabled={!isComplete()}
            reason={T.incomplete}
            onClick={() => void subscribe()}
          >
            {T.subscribe}
          </Button>
        </>
      }
    >
      <div class="col subscribe-form">
        <Show when={props.topicArn === undefined}>
          <Select
            label={T.topic}
            value={topic()}
            options={options(topicArns())}
            onChange={change(setTopic)}
            {...(topics.data() !== undefined && topicArns().length === 0 ? { hint: T.noTopicYet } : {})}
          />
        </Show>
        <Show when={props.queueArn === undefined}>
          <Select
            label={T.protocol}
            value={protocol()}
            options={[
              { value: "email", label: T.email },
              { value: "sqs", label: T.sqs },
            ]}
            onChange={change(setProtocol)}
          />
          <Show
            when={protocol() === "sqs"}
            fallback={
              <TextField
                label={T.address}
                type="email"
                value={address()}
                hint={T.addressHint}
                onInput={change(setAddress)}
                onEnter={() => void subscribe()}
              />
            }
          >
            <Select
              label={T.queue}
              value={queue()}
              options={options((queues.data()?.queues ?? []).map((one) => one.arn))}
              onChange={change(setQueue)}
              {...(queues.data()?.queues.length === 0 ? { hint: T.noQueueYet } : {})}
            />
          </Show>
        </Show>
        <Show when={command.error()}>{(failure) => <ErrorNote failure={failure()} />}</Show>
        <Show when={line.data()}>{(text) => <AwsLine line={text()} wrap />}</Show>
      </div>
    </Dialog>
  );
}
