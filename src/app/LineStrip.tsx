import { type JSX, Show } from "solid-js";
import { useClient } from "../client/context.ts";
import { AwsLine } from "../ui/AwsLine.tsx";
import { CopyButton } from "../ui/CopyButton.tsx";
import { Glyph } from "../ui/Glyph.tsx";
import { setTerminalOpen } from "./shell-state.ts";
import { APP } from "./strings.ts";

/** The last command as an `aws` line: every click is a line. */
export function LineStrip(): JSX.Element {
  const { pulse } = useClient();
  const last = () => pulse()?.lastCommand;
  return (
    <section class="term" aria-label={APP.lastRequest}>
      <Glyph name="terminal" size="s" />
      <Show when={last()} fallback={<span class="trunc">{APP.noRequest}</span>}>
        {(command) => (
          <>
            <span class="lab">{APP.lastRequest}</span>
            <Show when={command().failed}>
              <span class="c-alarm row term-failed">
                <Glyph name="cross" size="s" />
                failed
              </span>
            </Show>
            <AwsLine line={command().line} look="strip" />
            <CopyButton text={command().line} label="line" inline />
          </>
        )}
      </Show>
      <span class="grow" />
      <button type="button" class="term-open" onClick={() => setTerminalOpen(true)}>
        <span class="term-open-word">{APP.openTerminal}</span>
        <kbd>Ctrl `</kbd>
        <Glyph name="up" size="s" />
      </button>
    </section>
  );
}
