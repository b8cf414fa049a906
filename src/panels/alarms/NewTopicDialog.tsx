import { useNavigate } from "@solidjs/router";
import { createMemo, createSignal, For, type JSX, Show } from "solid-js";
import type { UiRequest } from "../../../workers/api.ts";
import { accountInfo } from "../../app/account-info.ts";
import { createCommand } from "../../client/command.ts";
import { useClient } from "../../client/context.ts";
import { createQuestion } from "../../client/resource.ts";
import { AwsLine } from "../../ui/AwsLine.tsx";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { ErrorNote } from "../../ui/notes.tsx";
import { TextField } from "../../ui/TextField.tsx";
import { showToast } from "../../ui/toasts.ts";
import { ALARMS_TEXT as T } from "./strings.ts";

/** CreateTopic, then Subscribe: two requests, both in sight. */
export function NewTopicDialog(props: { readonly onClose: () => void; readonly onCreated: (arn: string) => void }): JSX.Element {
  const { api, pulse } = useClient();
  const navigate = useNavigate();
  const [name, setName] = createSignal("alarms");
  const [email, setEmail] = createSignal("");
  const command = createCommand({ quiet: true });

  const create = (): UiRequest => ({ service: "sns", operation: "CreateTopic", input: { Name: name() }, via: "form" });
  const subscribe = (arn: string): UiRequest => {
    const input = { TopicArn: arn, Protocol: "email", Endpoint: email() };
    return { service: "sns", operation: "Subscribe", input, via: "form" };
  };
  /** What the answer to the first request will say; shown only, never sent. */
  const foreseenArn = (): string =>
    `arn:aws:sns:${pulse()?.region ?? "us-east-1"}:${accountInfo()?.scenario.account ?? "123456789012"}:${name()}`;
  const requests = createMemo(() => (email() === "" ? [create()] : [create(), subscribe(foreseenArn())]));
  const asked = createQuestion(
    () => ({ service: "sns", requests: requests() }),
    (question) => Promise.all(question.requests.map((request) => api.lineOf(request))),
    { follow: "question" },
  );
  const run = async (): Promise<void> => {
    const created = await command.run(create());
    const arn = created?.output["TopicArn"];
    if (typeof arn !== "string") return;
    props.onCreated(arn);
    if (email() !== "" && (await command.run(subscribe(arn))) === undefined) return;
    showToast({
      severity: "ok",
      text: email() === "" ? T.topicDoneOnly(name()) : T.topicDone(name()),
      ...(email() === "" ? {} : { action: { label: T.toInbox, run: () => navigate("/inbox") } }),
    });
    props.onClose();
  };
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={T.topicTitle}
      actions={
        <>
          <Button onClick={() => props.onClose()}>{T.cancel}</Button>
          <Button look="primary" pending={command.pending()} onClick={() => void run()}>
            {email() === "" ? T.topicCreateOnly : T.topicCreate}
          </Button>
        </>
      }
    >
      <div class="col topic-form">
        <TextField label={T.topicName} value={name()} onInput={setName} onEnter={() => void run()} mono />
        <TextField label={T.email} type="email" value={email()} onInput={setEmail} onEnter={() => void run()} hint={T.emailHint} />
        <Show when={command.error()}>{(failure) => <ErrorNote failure={failure()} />}</Show>
        <For each={asked.data() ?? []}>{(line) => <AwsLine line={line} wrap />}</For>
      </div>
    </Dialog>
  );
}
