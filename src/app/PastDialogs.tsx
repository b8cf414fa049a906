import "./past.css";
import { For, type JSX, Show } from "solid-js";
import type { CommandWords } from "../../workers/api.ts";
import { useClient } from "../client/context.ts";
import { createQuestion } from "../client/resource.ts";
import { AwsLine } from "../ui/AwsLine.tsx";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { ReadState } from "../ui/notes.tsx";
import { UI } from "../ui/strings.ts";
import { secondText } from "../ui/time.ts";
import { usePastActions } from "./past-actions.ts";
import { isSetAsideOpen, rewindAsked, setRewindAsked, setSetAsideOpen } from "./shell-state.ts";
import { PAST } from "./strings.ts";

/** Before rewinding: what would be set aside. */
export function RewindDialog(): JSX.Element {
  const past = usePastActions();
  const close = (): void => {
    setRewindAsked(undefined);
  };
  return (
    <Dialog
      open={rewindAsked() !== undefined}
      onClose={close}
      wide
      title={PAST.rewindTitle(secondText(rewindAsked()?.moment ?? 0))}
      actions={
        <>
          <Button onClick={close}>{UI.cancel}</Button>
          <Button
            look="primary"
            glyph="replay"
            ref={first}
            onClick={() => {
              const asked = rewindAsked();
              close();
              if (asked !== undefined) past.rewindNow(asked.moment);
            }}
          >
            {PAST.rewind}
          </Button>
        </>
      }
    >
      <Show when={rewindAsked()}>
        {(asked) => (
          <>
            <p>{PAST.wouldSetAside(asked().commands.length, secondText(asked().moment))}</p>
            <CommandList commands={asked().commands} />
            <Show when={asked().forgotten > 0}>
              <p class="c-warn">{PAST.wouldForget(asked().forgotten)}</p>
            </Show>
          </>
        )}
      </Show>
    </Dialog>
  );
}

/** What undo and rewinding set aside, and the ways to have it again. */
export function SetAsideDialog(): JSX.Element {
  const past = usePastActions();
  const { pulse } = useClient();
  const close = (): void => {
    setSetAsideOpen(false);
  };
  return (
    <Dialog
      open={isSetAsideOpen()}
      onClose={close}
      wide
      title={PAST.setAside(pulse()?.past.setAside ?? 0)}
      actions={
        <>
          <Show when={pulse()?.past.canRedo}>
            <Button glyph="redo" pending={past.pending()} onClick={past.redo}>
              {PAST.redoOne}
            </Button>
          </Show>
          <Button
            look="primary"
            glyph="replay"
            ref={first}
            disabled={(pulse()?.past.setAside ?? 0) === 0}
            pending={past.pending()}
            onClick={() => {
              close();
              past.bringBack();
            }}
          >
            {PAST.bringBack}
          </Button>
        </>
      }
    >
      <SetAsideList />
    </Dialog>
  );
}

function SetAsideList(): JSX.Element {
  const { api, pulse } = useClient();
  const read = createQuestion(
    () => ({ service: "account", ...pulse()?.past }),
    () => api.past(),
  );
  return (
    <ReadState read={read}>
      {(past) => (
        <Show when={past().aside.length > 0} fallback={<p>{PAST.nothingAside}</p>}>
          <p>{PAST.why}</p>
          <CommandList commands={past().aside} />
          <Show when={past().since.length > 0}>
            <p class="c-warn">{PAST.sinceGoes(past().since.length)}</p>
            <CommandList commands={past().since} />
          </Show>
        </Show>
      )}
    </ReadState>
  );
}

/** What the dialog is for has the focus when it opens, not the cross. */
const first = (button: HTMLButtonElement): void => {
  button.autofocus = true;
};

const SHOWN = 8;

/** Commands with their moments, the first few. */
function CommandList(props: { readonly commands: readonly CommandWords[] }): JSX.Element {
  return (
    <ol class="past-list">
      <For each={props.commands.slice(0, SHOWN)}>
        {(command) => (
          <li class="past-row">
            <span class="mono muted">{secondText(command.at)}</span>
            <Show when={command.isLine} fallback={<span class="trunc">{command.text}</span>}>
              <AwsLine line={command.text} look="strip" />
            </Show>
          </li>
        )}
      </For>
      <Show when={props.commands.length > SHOWN}>
        <li class="muted">{PAST.more(props.commands.length - SHOWN)}</li>
      </Show>
    </ol>
  );
}
