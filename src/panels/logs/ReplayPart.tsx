import { createMemo, createSignal, For, type JSX, Show } from "solid-js";
import { createCommand } from "../../client/command.ts";
import { useClient } from "../../client/context.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Glyph } from "../../ui/Glyph.tsx";
import { ErrorNote } from "../../ui/notes.tsx";
import { plural } from "../../ui/numbers.ts";
import { Progress } from "../../ui/Progress.tsx";
import { Select } from "../../ui/Select.tsx";
import { durationText, minuteText } from "../../ui/time.ts";
import type { Attached, Replay } from "./answers.ts";
import { useAttached } from "./reads.ts";
import { filesOf, isShipping, squeezesFor } from "./replays.ts";
import { LOGS_TEXT as T } from "./strings.ts";

/** What of a file is chosen: which, and how fast. */
function useChoice(files: () => readonly Attached[], first?: string) {
  const { api } = useClient();
  const [which, setWhich] = createSignal(first);
  const [squeeze, setSqueeze] = createSignal(0);
  const command = createCommand({ quiet: true });
  const file = (): Attached | undefined => files().find((one) => one.sha256 === which()) ?? files()[0];
  const squeezes = (): readonly number[] => squeezesFor(file()?.span ?? 0);
  const pace = (): number => (squeezes().includes(squeeze()) ? squeeze() : 0);
  const replay = async (): Promise<boolean> => {
    const chosen = file();
    if (chosen === undefined) return false;
    const minutes = pace();
    const done = await command.attempt(() =>
      minutes === 0 ? api.replayAttachment(chosen.sha256) : api.replayAttachment(chosen.sha256, minutes),
    );
    return done !== undefined;
  };
  return { file, setWhich, squeezes, pace, setSqueeze, command, replay };
}

function ChoiceFields(props: { readonly files: readonly Attached[]; readonly choice: ReturnType<typeof useChoice> }): JSX.Element {
  const choice = () => props.choice;
  return (
    <>
      <Show when={props.files.length > 1}>
        <Select
          label={T.replayWhich}
          value={choice().file()?.sha256 ?? ""}
          options={props.files.map((one) => ({ value: one.sha256, label: one.name }))}
          onChange={choice().setWhich}
        />
      </Show>
      <Select
        label={T.pace}
        value={choice().pace()}
        options={[
          { value: 0, label: T.paceAsWas(durationText(choice().file()?.span ?? 0)) },
          ...choice()
            .squeezes()
            .map((minutes) => ({ value: minutes, label: T.paceSqueezed(minutes) })),
        ]}
        onChange={choice().setSqueeze}
      />
    </>
  );
}

/** Replays that were seen shipping while the page is open, and of these the ones whose end was read and put away. */
const seen = new Set<string>();
const [putAway, setPutAway] = createSignal<ReadonlySet<string>>(new Set());

/**
 * Replays that ship lines now; when the clock stands, the way to run it. One that has ended says so in the same place, with
 * the way to stop the clock, until that is put away.
 */
export function ShippingNow(props: { readonly replays: readonly Replay[] }): JSX.Element {
  const { api, pulse } = useClient();
  const play = createCommand();
  const shipping = createMemo((): readonly Replay[] => {
    const now = props.replays.filter(isShipping);
    for (const one of now) seen.add(one.id);
    return now;
  });
  const ended = createMemo((): readonly Replay[] => {
    shipping();
    return props.replays.filter((one) => !isShipping(one) && seen.has(one.id) && !putAway().has(one.id));
  });
  return (
    <>
      <For each={ended()}>
        {(one) => (
          <div class="row wrap logs-shipping logs-shipped" role="status">
            <span class="row">
              <span class="c-ok row">
                <Glyph name="okc" />
              </span>
              <span>{T.replayEnded(one.name, plural(one.rows, "line"))}</span>
            </span>
            <Show when={pulse()?.playing}>
              <Button small glyph="pause" onClick={() => void play.attempt(() => api.pause())}>
                {T.stopClock}
              </Button>
            </Show>
            <Button small look="ghost" glyph="cross" label={T.putAway} onClick={() => setPutAway((all) => new Set(all).add(one.id))} />
          </div>
        )}
      </For>
      <Show when={shipping().length > 0}>
        <div class="col logs-shipping" role="status">
          <For each={shipping()}>
            {(one) => (
              <Progress
                what={pulse()?.playing ? T.replayRuns(one.name, minuteText(one.plan.end)) : T.replayStands(one.name)}
                done={one.shipped}
                total={one.rows}
                unit={T.lines.toLowerCase()}
              />
            )}
          </For>
          <Show when={pulse() !== undefined && !pulse()?.playing}>
            <span>
              <Button small look="primary" glyph="play" onClick={() => void play.attempt(() => api.play(60))}>
                {T.playFast}
              </Button>
            </span>
          </Show>
        </div>
      </Show>
    </>
  );
}

/** A file's lines once more, from now on; while one ships, how far it is comes first. */
export function ReplayForm(props: { readonly group: string }): JSX.Element {
  const attached = useAttached(() => props.group);
  const files = (): readonly Attached[] => filesOf(attached.files() ?? []);
  const choice = useChoice(files);
  const isBusy = (): boolean => attached.replays().some(isShipping);
  return (
    <Show when={files().length > 0}>
      <div class="col logs-replay">
        <ShippingNow replays={attached.replays()} />
        <div class="row wrap logs-replay-row">
          <ChoiceFields files={files()} choice={choice} />
          <Button
            look={isBusy() ? "plain" : "primary"}
            glyph="replay"
            pending={choice.command.pending()}
            onClick={() => void choice.replay()}
          >
            {isBusy() ? T.replayAgain : T.replay}
          </Button>
        </div>
        <Show when={choice.command.error()}>{(failure) => <ErrorNote failure={failure()} />}</Show>
      </div>
    </Show>
  );
}

/** The same as a dialog, from the group's actions and the palette. */
export function ReplayDialog(props: { readonly group: string; readonly sha256?: string; readonly onClose: () => void }): JSX.Element {
  const attached = useAttached(() => props.group);
  const files = (): readonly Attached[] => filesOf(attached.files() ?? []);
  const choice = useChoice(files, props.sha256);
  const isBusy = (): boolean => attached.replays().some((one) => isShipping(one) && one.sha256 === choice.file()?.sha256);
  const replay = async (): Promise<void> => {
    if (await choice.replay()) props.onClose();
  };
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={T.replayTitle(choice.file()?.name ?? "")}
      actions={
        <>
          <Button
            look={isBusy() ? "plain" : "primary"}
            glyph="replay"
            pending={choice.command.pending()}
            disabled={choice.file() === undefined}
            reason={T.replayNone}
            onClick={() => void replay()}
          >
            {isBusy() ? T.replayAgain : T.replayNow}
          </Button>
          <Button onClick={() => props.onClose()}>{T.cancel}</Button>
        </>
      }
    >
      <div class="col">
        <p>{T.replayWhy}</p>
        <ShippingNow replays={attached.replays()} />
        <Show when={files().length > 0} fallback={<Show when={attached.files()}>{<p class="t2">{T.replayNone}</p>}</Show>}>
          <ChoiceFields files={files()} choice={choice} />
        </Show>
        <Show when={choice.command.error()}>{(failure) => <ErrorNote failure={failure()} />}</Show>
      </div>
    </Dialog>
  );
}
