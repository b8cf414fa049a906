import { createMemo, createSignal, type JSX, onMount, Show } from "solid-js";
import { Glyph } from "../ui/Glyph.tsx";
import { searchHistory } from "./session.ts";
import { TERMINAL } from "./strings.ts";

export interface HistorySearchProps {
  readonly history: readonly string[];
  /** The chosen line, or undefined when left. */
  readonly onDone: (line: string | undefined) => void;
}

/** Backward search through the history: typing narrows, Ctrl R goes further back. */
export function HistorySearch(props: HistorySearchProps): JSX.Element {
  const [text, setText] = createSignal("");
  const [skip, setSkip] = createSignal(0);
  const found = createMemo(() => searchHistory(props.history, text()));
  const line = (): string | undefined => found()[Math.min(skip(), found().length - 1)];
  let field!: HTMLInputElement;
  onMount(() => field.focus());
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Enter") props.onDone(line());
    else if (event.key === "Escape") props.onDone(undefined);
    else if ((event.ctrlKey && event.key === "r") || event.key === "ArrowUp")
      setSkip((at) => Math.min(at + 1, Math.max(0, found().length - 1)));
    else if (event.key === "ArrowDown") setSkip((at) => Math.max(0, at - 1));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div class="term-search">
      <Glyph name="search" size="s" />
      <input
        ref={field}
        type="search"
        class="term-search-field"
        aria-label={TERMINAL.search}
        placeholder={TERMINAL.search}
        autocomplete="off"
        spellcheck={false}
        value={text()}
        onInput={(event) => {
          setText(event.currentTarget.value);
          setSkip(0);
        }}
        onKeyDown={onKeyDown}
      />
      <output class="term-search-found">
        <Show when={line()} fallback={TERMINAL.noMatch}>
          {(found) => <code>{found()}</code>}
        </Show>
      </output>
      <span class="term-note">{TERMINAL.takeIt}</span>
    </div>
  );
}
