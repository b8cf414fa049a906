import { createMemo, createSignal, For, type JSX, Show } from "solid-js";
import { askWhy, deniedTree } from "../client/denied.ts";
import { awsTokens } from "../ui/AwsLine.tsx";
import { Button } from "../ui/Button.tsx";
import { CopyButton } from "../ui/CopyButton.tsx";
import { Glyph } from "../ui/Glyph.tsx";
import type { Entry } from "./session.ts";
import { TERMINAL } from "./strings.ts";

/** Outputs of more lines than this are folded. */
const FOLD_OVER = 40;
const FOLD_TO = 24;

/** One line and what it printed. Errors carry a shape and a word besides their colour. */
export function TerminalEntry(props: { readonly entry: Entry }): JSX.Element {
  const stdout = (): string => props.entry.result?.stdout ?? "";
  const stderr = (): string => (props.entry.result?.stderr ?? "").replace(/^\n+/, "").trimEnd();
  const denied = createMemo(() => (props.entry.result?.denied ?? []).flatMap((failure) => deniedTree(failure) ?? []));
  return (
    <div class="term-entry" aria-busy={props.entry.result === undefined ? "true" : undefined}>
      <div class="term-echo">
        <span class="term-p" aria-hidden="true">
          $
        </span>
        <code class="term-line">
          <For each={awsTokens(props.entry.line, [])}>
            {(token) => <span class={token.kind === "plain" ? "" : token.kind}>{token.text}</span>}
          </For>
        </code>
        <span class="term-tools">
          <CopyButton text={props.entry.line} label={TERMINAL.line} inline />
          <Show when={stdout() !== ""}>
            <CopyButton text={stdout()} label={TERMINAL.output_of} inline />
          </Show>
        </span>
      </div>
      <Show when={props.entry.result} fallback={<p class="term-running">{TERMINAL.running}</p>}>
        {(result) => (
          <>
            <Show when={stdout() !== ""}>
              <FoldedText text={stdout().replace(/\n$/, "")} />
            </Show>
            <Show when={result().exitCode !== 0 || stderr() !== ""}>
              <div class="term-error">
                <p class="term-error-head">
                  <Glyph name="deny" size="s" />
                  {TERMINAL.failed(result().exitCode)}
                </p>
                <FoldedText text={stderr()} />
                <For each={denied()}>
                  {(tree) => (
                    <Button small glyph="hint" class="term-why" onClick={() => askWhy(tree)}>
                      {TERMINAL.why(tree.action)}
                    </Button>
                  )}
                </For>
              </div>
            </Show>
          </>
        )}
      </Show>
    </div>
  );
}

function FoldedText(props: { readonly text: string }): JSX.Element {
  const [isOpen, setOpen] = createSignal(false);
  const lines = createMemo(() => props.text.split("\n"));
  const isLong = (): boolean => lines().length > FOLD_OVER;
  const shown = (): readonly string[] => (isLong() && !isOpen() ? lines().slice(0, FOLD_TO) : lines());
  return (
    <>
      <pre class="term-out">
        <For each={shown()}>{(line) => <span class={line.startsWith("hint: ") ? "term-hint" : ""}>{`${line}\n`}</span>}</For>
      </pre>
      <Show when={isLong()}>
        <Button small look="ghost" expanded={isOpen()} onClick={() => setOpen(!isOpen())}>
          {isOpen() ? TERMINAL.fold : TERMINAL.showAll(lines().length)}
        </Button>
      </Show>
    </>
  );
}
