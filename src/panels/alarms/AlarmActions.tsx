import { useNavigate } from "@solidjs/router";
import { createSignal, type JSX, Show } from "solid-js";
import type { UiRequest } from "../../../workers/api.ts";
import { createCommand } from "../../client/command.ts";
import { AwsLine } from "../../ui/AwsLine.tsx";
import type { AlarmState } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Glyph, type GlyphName } from "../../ui/Glyph.tsx";
import { Menu } from "../../ui/Menu.tsx";
import { ErrorNote } from "../../ui/notes.tsx";
import { STATE_WORDS } from "../../ui/strings.ts";
import { TextField } from "../../ui/TextField.tsx";
import { useLine } from "./AlarmLines.tsx";
import type { Alarm } from "./answers.ts";
import { ALARMS_TEXT as T } from "./strings.ts";

const STATES: readonly (readonly [AlarmState, GlyphName])[] = [
  ["OK", "okc"],
  ["ALARM", "alarm"],
  ["INSUFFICIENT_DATA", "ring"],
];

/** The buttons of an alarm's head: edit, set state, actions on or off, delete. */
export function AlarmActions(props: { readonly alarm: Alarm; readonly onEdit: () => void }): JSX.Element {
  const [target, setTarget] = createSignal<AlarmState>();
  const [isDeleting, setDeleting] = createSignal(false);
  const actions = createCommand();
  const toggle = (on: boolean): void => {
    if (on === props.alarm.ActionsEnabled) return;
    const operation = on ? "EnableAlarmActions" : "DisableAlarmActions";
    void actions.run({ service: "cloudwatch", operation, input: { AlarmNames: [props.alarm.AlarmName] }, via: "form" });
  };
  return (
    <>
      <Button onClick={() => props.onEdit()}>{T.edit}</Button>
      <Menu
        label={T.setState}
        align="end"
        button={
          <>
            {T.setState}
            <Glyph name="down" size="s" />
          </>
        }
        items={STATES.map(([state, glyph]) => ({
          id: state,
          label: STATE_WORDS[state],
          glyph,
          run: () => {
            setTarget(state);
          },
        }))}
      />
      <Menu
        label={props.alarm.ActionsEnabled ? T.actionsOn : T.actionsOff}
        align="end"
        button={
          <>
            {props.alarm.ActionsEnabled ? T.actionsOn : T.actionsOff}
            <Glyph name="down" size="s" />
          </>
        }
        items={[
          { id: "on", label: T.actionsOn, checked: props.alarm.ActionsEnabled, run: () => toggle(true) },
          { id: "off", label: T.actionsOff, checked: !props.alarm.ActionsEnabled, run: () => toggle(false) },
        ]}
      />
      <Button look="danger" onClick={() => setDeleting(true)}>
        {T.remove}
      </Button>
      <Show when={target()} keyed>
        {(state) => <SetStateDialog name={props.alarm.AlarmName} state={state} onClose={() => setTarget(undefined)} />}
      </Show>
      <Show when={isDeleting()}>
        <DeleteDialog name={props.alarm.AlarmName} onClose={() => setDeleting(false)} />
      </Show>
    </>
  );
}

function SetStateDialog(props: { readonly name: string; readonly state: AlarmState; readonly onClose: () => void }): JSX.Element {
  const [reason, setReason] = createSignal<string>(T.reasonText);
  const command = createCommand({ done: T.stateSet(STATE_WORDS[props.state]), quiet: true });
  const request = (): UiRequest => ({
    service: "cloudwatch",
    operation: "SetAlarmState",
    input: { AlarmName: props.name, StateValue: props.state, StateReason: reason() },
    via: "form",
  });
  const line = useLine(request);
  const run = async (): Promise<void> => {
    if ((await command.run(request())) !== undefined) props.onClose();
  };
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={T.setStateTo(STATE_WORDS[props.state])}
      actions={
        <>
          <Button onClick={() => props.onClose()}>{T.cancel}</Button>
          <Button look="primary" pending={command.pending()} onClick={() => void run()}>
            {T.setState}
          </Button>
        </>
      }
    >
      <div class="col topic-form">
        <p>{T.setStateWhy}</p>
        <TextField label={T.reason} value={reason()} onInput={setReason} onEnter={() => void run()} />
        <Show when={command.error()}>{(failure) => <ErrorNote failure={failure()} />}</Show>
        <Show when={line.data()}>{(text) => <AwsLine line={text()} wrap />}</Show>
      </div>
    </Dialog>
  );
}

function DeleteDialog(props: { readonly name: string; readonly onClose: () => void }): JSX.Element {
  const navigate = useNavigate();
  const command = createCommand({ done: T.removed(props.name), quiet: true });
  const request = (): UiRequest => ({ service: "cloudwatch", operation: "DeleteAlarms", input: { AlarmNames: [props.name] }, via: "form" });
  const line = useLine(request);
  const run = async (): Promise<void> => {
    if ((await command.run(request())) !== undefined) navigate("/alarms");
  };
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={T.removeTitle(props.name)}
      actions={
        <>
          <Button onClick={() => props.onClose()}>{T.cancel}</Button>
          <Button look="danger" pending={command.pending()} onClick={() => void run()}>
            {T.remove}
          </Button>
        </>
      }
    >
      <div class="col topic-form">
        <p>{T.removeWhy}</p>
        <Show when={command.error()}>{(failure) => <ErrorNote failure={failure()} />}</Show>
        <Show when={line.data()}>{(text) => <AwsLine line={text()} wrap />}</Show>
      </div>
    </Dialog>
  );
}
