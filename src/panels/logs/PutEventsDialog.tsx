import { createMemo, createSignal, type JSX, Show } from "solid-js";
import type { UiRequest } from "../../../workers/api.ts";
import { createCommand } from "../../client/command.ts";
import { useClient } from "../../client/context.ts";
import { AwsLine } from "../../ui/AwsLine.tsx";
import { Button } from "../../ui/Button.tsx";
import { Combobox } from "../../ui/Combobox.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { ErrorNote } from "../../ui/notes.tsx";
import { plural } from "../../ui/numbers.ts";
import { TextArea } from "../../ui/TextField.tsx";
import { logsRequest } from "./answers.ts";
import { useLine, useStreams } from "./reads.ts";
import { LOGS_TEXT as T } from "./strings.ts";

interface Props {
  readonly open: boolean;
  readonly group: string;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

const OWN_STREAM = "put-by-hand";

/** PutLogEvents of pasted lines, now; makes the stream when it is a new one. */
export function PutEventsDialog(props: Props): JSX.Element {
  return (
    <Show when={props.open}>
      <PutEvents {...props} />
    </Show>
  );
}

function PutEvents(props: Props): JSX.Element {
  const { pulse } = useClient();
  const streams = useStreams(() => props.group);
  const [typedStream, setStream] = createSignal<string>();
  const [text, setText] = createSignal("");
  const command = createCommand({ quiet: true });
  const stream = (): string => typedStream() ?? streams.data()?.[0]?.logStreamName ?? OWN_STREAM;
  const messages = createMemo(() =>
    text()
      .split(/\r?\n/)
      .filter((line) => line.trim() !== ""),
  );
  const request = (): UiRequest =>
    logsRequest("PutLogEvents", {
      logGroupName: props.group,
      logStreamName: stream(),
      logEvents: messages().map((message) => ({ timestamp: pulse()?.clock ?? 0, message })),
    });
  // The line shows the form of the request; a clock that runs does not rewrite it at every pulse.
  const opened = pulse()?.clock ?? 0;
  const line = useLine(() => {
    if (messages().length === 0) return undefined;
    const asked = request();
    const logEvents = messages()
      .slice(0, 3)
      .map((message) => ({ timestamp: opened, message }));
    return { ...asked, input: { ...asked.input, logEvents } };
  });
  const done = createCommand({ done: () => T.putDone(plural(messages().length, "event")), quiet: true });
  const put = async (): Promise<void> => {
    const isNew = !(streams.data() ?? []).some((one) => one.logStreamName === stream());
    if (isNew && (await command.run(logsRequest("CreateLogStream", { logGroupName: props.group, logStreamName: stream() }))) === undefined)
      return;
    if ((await done.run(request())) === undefined) return;
    props.onDone();
    props.onClose();
  };
  return (
    <Dialog
      open
      wide
      onClose={() => props.onClose()}
      title={T.putEvents}
      actions={
        <>
          <Button
            look="primary"
            disabled={messages().length === 0}
            pending={command.pending() || done.pending()}
            onClick={() => void put()}
          >
            {T.putEvents}
          </Button>
          <Button onClick={() => props.onClose()}>{T.cancel}</Button>
          <span class="small muted">{T.putStamped}</span>
        </>
      }
    >
      <div class="col">
        <p class="t2">{T.putEventsWhy}</p>
        <Combobox
          label={T.stream}
          mono
          value={stream()}
          options={(streams.data() ?? []).map(({ logStreamName }) => ({ value: logStreamName }))}
          onChange={setStream}
        />
        <TextArea
          label={T.lines}
          mono
          rows={8}
          hint={T.linesHint}
          value={text()}
          onInput={setText}
          placeholder='{"level": "ERROR", "msg": "order failed"}'
        />
        <Show when={command.error() ?? done.error()}>{(failure) => <ErrorNote failure={failure()} />}</Show>
        <Show when={line.data()}>{(shown) => <AwsLine line={shown()} wrap />}</Show>
      </div>
    </Dialog>
  );
}
