import { createMemo, createResource, createSignal, type JSX, Show } from "solid-js";
import { createCommand } from "../../client/command.ts";
import { useClient } from "../../client/context.ts";
import { AwsLine } from "../../ui/AwsLine.tsx";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Callout } from "../../ui/notes.tsx";
import { UI } from "../../ui/strings.ts";
import { TextArea, TextField } from "../../ui/TextField.tsx";
import { showToast } from "../../ui/toasts.ts";
import { EVENTS as T } from "./strings.ts";

interface Outcome {
  readonly EventId?: string;
  readonly ErrorCode?: string;
  readonly ErrorMessage?: string;
}

/** PutEvents by hand. What the bus refuses it says in its answer, entry by entry, as on AWS. */
export function PutEventDialog(props: { readonly open: boolean; readonly bus: string; readonly onClose: () => void }): JSX.Element {
  const { api } = useClient();
  const command = createCommand();
  const [source, setSource] = createSignal("shop.orders");
  const [type, setType] = createSignal("OrderPlaced");
  const [detail, setDetail] = createSignal('{\n  "orderId": "o-73402",\n  "cents": 6150\n}');
  const [refusal, setRefusal] = createSignal<string>();
  const request = createMemo(() => ({
    service: "events",
    operation: "PutEvents",
    input: {
      Entries: [
        {
          Source: source(),
          DetailType: type(),
          Detail: detail(),
          ...(props.bus === "default" ? {} : { EventBusName: props.bus }),
        },
      ],
    },
  }));
  const [line] = createResource(request, (asked) => api.lineOf(asked));
  const put = async (): Promise<void> => {
    setRefusal(undefined);
    const reply = await command.run(request());
    const entry = (reply?.output.Entries as readonly Outcome[] | undefined)?.[0];
    if (entry?.ErrorCode !== undefined) setRefusal(T.refused(entry.ErrorCode, entry.ErrorMessage ?? ""));
    else if (entry !== undefined) {
      showToast({ severity: "ok", text: T.accepted });
      props.onClose();
    }
  };
  return (
    <Dialog
      open={props.open}
      onClose={props.onClose}
      title={T.putOn(props.bus)}
      actions={
        <>
          <Button onClick={() => props.onClose()}>{UI.cancel}</Button>
          <Button look="primary" pending={command.pending()} onClick={() => void put()}>
            {T.putButton}
          </Button>
        </>
      }
    >
      <TextField label={T.putSource} mono value={source()} onInput={setSource} />
      <TextField label={T.putType} value={type()} onInput={setType} />
      <TextArea label={T.putDetail} mono rows={7} value={detail()} onInput={setDetail} />
      <Show when={refusal()}>{(text) => <Callout tone="alarm">{text()}</Callout>}</Show>
      <AwsLine line={line.latest ?? ""} wrap />
    </Dialog>
  );
}
