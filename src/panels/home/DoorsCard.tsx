import { createSignal, type JSX, Show } from "solid-js";
import { setTerminalOpen } from "../../app/shell-state.ts";
import { createCommand } from "../../client/command.ts";
import { useClient } from "../../client/context.ts";
import { sampleFile } from "../../scenarios/sample.ts";
import { Button } from "../../ui/Button.tsx";
import { DropTarget } from "../../ui/DropTarget.tsx";
import { Glyph } from "../../ui/Glyph.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { HOME_TEXT as T } from "./strings.ts";

/** The three ways in. */
export function DoorsCard(props: { readonly onFile: (file: File) => void }): JSX.Element {
  const { api } = useClient();
  const running = createCommand();
  const [line, setLine] = createSignal("");
  const [answer, setAnswer] = createSignal<{ readonly text: string; readonly failed: boolean }>();

  const run = async (): Promise<void> => {
    const text = line().trim();
    if (text === "") return;
    const outcome = await running.attempt(() => api.aws(text));
    if (outcome === undefined) return;
    const { stdout, stderr, exitCode } = outcome.answer;
    setAnswer({ text: (exitCode === 0 ? stdout : stderr).trim() || T.lineQuiet, failed: exitCode !== 0 });
  };
  const openSample = async (): Promise<void> => {
    props.onFile(await sampleFile());
  };

  return (
    <Panel title={T.doors} class="doors">
      <div class="doors-grid">
        <DropTarget label={T.dropTitle} onFile={props.onFile} class="door">
          <Glyph name="logs" size="l" />
          <b class="med">{T.dropTitle}</b>
          <span class="muted small">{T.dropWhy}</span>
        </DropTarget>
        <div class="door">
          <Glyph name="terminal" size="l" />
          <b class="med">{T.lineTitle}</b>
          <span class="muted small">{T.lineWhy}</span>
          <textarea
            class="input textarea mono"
            aria-label={T.lineLabel}
            rows={2}
            placeholder={T.linePlaceholder}
            spellcheck={false}
            value={line()}
            onInput={(event) => setLine(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void run();
            }}
          />
          <span class="row">
            <Button small pending={running.pending()} disabled={line().trim() === ""} reason={T.lineNone} onClick={() => void run()}>
              {T.lineRun}
            </Button>
            <Button small look="ghost" onClick={() => setTerminalOpen(true)}>
              {T.openTerminal}
            </Button>
          </span>
        </div>
        <div class="door">
          <Glyph name="lesson" size="l" />
          <b class="med">{T.sampleTitle}</b>
          <span class="muted small">{T.sampleWhy}</span>
          <Button look="primary" onClick={() => void openSample()}>
            {T.sampleOpen}
          </Button>
        </div>
      </div>
      <Show when={answer()}>
        {(shown) => (
          <pre class={`well door-answer ${shown().failed ? "c-alarm" : ""}`} aria-live="polite">
            {shown().text}
          </pre>
        )}
      </Show>
    </Panel>
  );
}
