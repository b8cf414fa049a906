import "./terminal.css";
import { createEffect, createSignal, For, type JSX, on, onCleanup, onMount, Show } from "solid-js";
import type { Completion, TerminalResult } from "../../workers/api.ts";
import { Button } from "../ui/Button.tsx";
import { CopyButton } from "../ui/CopyButton.tsx";
import { Glyph } from "../ui/Glyph.tsx";
import { HistorySearch } from "./HistorySearch.tsx";
import type { Prompt } from "./prompt-editor.ts";
import { historyGhost, pageSession, type Session } from "./session.ts";
import { TERMINAL } from "./strings.ts";
import { TerminalEntry } from "./TerminalEntry.tsx";

export interface TerminalProps {
  readonly run: (line: string) => Promise<TerminalResult>;
  readonly complete: (line: string, cursor: number) => Promise<Completion>;
  /** Scrollback and history; default the page's own. */
  readonly session?: Session;
  /** False: the prompt does not take the focus when it is there. */
  readonly focus?: boolean;
}

/** The drawer's content: scrollback, prompt, what is still needed. Knows its two doors and nothing else. */
export function Terminal(props: TerminalProps): JSX.Element {
  const session = (): Session => props.session ?? pageSession;
  const [isSearching, setSearching] = createSignal(false);
  const [told, setTold] = createSignal<{ readonly needed: readonly string[]; readonly isUnfinished: boolean }>({
    needed: [],
    isUnfinished: false,
  });
  const [prompt, setPrompt] = createSignal<Prompt>();
  let host!: HTMLDivElement;
  let scroll!: HTMLDivElement;
  let early!: HTMLInputElement;
  let isGone = false;

  const run = (line: string): void => void session().run(line, (text) => props.run(text));
  onMount(async () => {
    if (props.focus !== false) early.focus();
    const { createPrompt } = await import("./prompt-editor.ts");
    if (isGone) return;
    const made = createPrompt(host, {
      label: TERMINAL.prompt,
      placeholder: "aws …",
      history: () => session().history(),
      ghost: (text) => historyGhost(session().history(), text),
      complete: (line, cursor) => props.complete(line, cursor),
      run,
      clear: () => session().clear(),
      search: () => setSearching(true),
      told: setTold,
    });
    // What was typed meanwhile goes on in the editor.
    const [typed, hadFocus] = [early.value, document.activeElement === early];
    setPrompt(made);
    if (typed !== "") made.setText(typed);
    if (hadFocus) made.focus();
  });
  onCleanup(() => {
    isGone = true;
    prompt()?.dispose();
  });
  // The newest output is in view, as in any terminal.
  createEffect(
    on(
      () => session().entries(),
      () => scroll.scrollTo({ top: scroll.scrollHeight }),
    ),
  );

  const fill = (line: string | undefined): void => {
    setSearching(false);
    if (line !== undefined) prompt()?.setText(line);
    prompt()?.focus();
  };
  return (
    <div class="term-drawer">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
      <div class="term-scroll" ref={scroll} role="log" aria-label={TERMINAL.output} tabIndex={0}>
        <Show when={session().entries().length === 0}>
          <Welcome onTake={fill} />
        </Show>
        <For each={session().entries()}>{(entry) => <TerminalEntry entry={entry} />}</For>
      </div>
      <Show when={isSearching()}>
        <HistorySearch history={session().history()} onDone={fill} />
      </Show>
      <div class="term-prompt">
        <span class="term-p" aria-hidden="true">
          $
        </span>
        <div class="term-editor">
          <Show when={prompt() === undefined}>
            <input
              ref={early}
              class="term-early"
              aria-label={TERMINAL.prompt}
              placeholder="aws …"
              autocomplete="off"
              autocapitalize="off"
              spellcheck={false}
              onKeyDown={(event) => {
                if (event.key !== "Enter" || event.isComposing) return;
                run(early.value);
                early.value = "";
              }}
            />
          </Show>
          <div ref={host} />
        </div>
      </div>
      <div class="term-stat">
        <Show when={told().isUnfinished}>
          <span class="term-told">
            <Glyph name="ring" size="s" />
            {TERMINAL.unfinished}
          </span>
        </Show>
        <Show when={!told().isUnfinished && told().needed.length > 0}>
          <span class="term-told">
            <Glyph name="ring" size="s" />
            {TERMINAL.needed}
            <For each={told().needed.slice(0, 4)}>{(option) => <code>{option}</code>}</For>
          </span>
        </Show>
        <span class="grow" />
        <span class="term-keys">
          <For each={TERMINAL.keys}>
            {([key, what]) => (
              <span>
                <kbd>{key}</kbd> {what}
              </span>
            )}
          </For>
        </span>
        <Show when={session().entries().length > 0}>
          <CopyButton
            text={session()
              .entries()
              .map((entry) => `${entry.line}\n`)
              .join("")}
            label={TERMINAL.copyScript}
            small
          />
          <Button small look="ghost" onClick={() => session().clear()}>
            {TERMINAL.clear}
          </Button>
        </Show>
      </div>
    </div>
  );
}

function Welcome(props: { readonly onTake: (line: string) => void }): JSX.Element {
  return (
    <div class="term-welcome">
      <p>{TERMINAL.welcome}</p>
      <For each={TERMINAL.tries}>
        {(line) => (
          <Button small look="ghost" class="tag-mono" onClick={() => props.onTake(line)}>
            {line}
          </Button>
        )}
      </For>
    </div>
  );
}
