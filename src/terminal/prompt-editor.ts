/**
 * The prompt line as a CodeMirror editor that grows with its lines. In a module of its own: it carries CodeMirror and is
 * loaded when the drawer opens, not with the page.
 */
import {
  acceptCompletion,
  autocompletion,
  type CompletionContext,
  type CompletionResult,
  closeCompletion,
  completionKeymap,
  completionStatus,
  type Completion as Option,
  selectedCompletion,
  startCompletion,
} from "@codemirror/autocomplete";
import { insertNewline } from "@codemirror/commands";
import { type Extension, Prec, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, keymap, WidgetType } from "@codemirror/view";
import type { Completion } from "../../workers/api.ts";
import { parseCommandLine } from "../../workers/language/command-line/words.ts";
import { createEditor, type EditorToken, replaceText } from "../editors/editor.ts";
import { awsTokens } from "../ui/AwsLine.tsx";
import { TERMINAL } from "./strings.ts";

export interface PromptDoors {
  readonly label: string;
  readonly placeholder: string;
  readonly history: () => readonly string[];
  /** What would go on from the text by history; shown behind the cursor. */
  readonly ghost: (text: string) => string | undefined;
  readonly complete: (line: string, cursor: number) => Promise<Completion>;
  readonly run: (line: string) => void;
  readonly clear: () => void;
  readonly search: () => void;
  /** After every change: options still needed, and whether the text is an unfinished command. */
  readonly told: (state: { readonly needed: readonly string[]; readonly isUnfinished: boolean }) => void;
}

export interface Prompt {
  focus(): void;
  text(): string;
  setText(text: string): void;
  dispose(): void;
}

const setGhost = StateEffect.define<string>();

class GhostWidget extends WidgetType {
  readonly text: string;
  constructor(text: string) {
    super();
    this.text = text;
  }
  override eq(other: GhostWidget): boolean {
    return other.text === this.text;
  }
  toDOM(): HTMLElement {
    const span = document.createElement("span");
    span.className = "term-ghost";
    span.textContent = this.text;
    span.setAttribute("aria-hidden", "true");
    return span;
  }
}

/** Text shown behind the end of the line; gone with any change of the text until it is set again. */
const ghostField = StateField.define<string>({
  create: () => "",
  update(value, change) {
    for (const effect of change.effects) if (effect.is(setGhost)) return effect.value;
    return change.docChanged ? "" : value;
  },
  provide: (field) =>
    EditorView.decorations.compute([field, "doc"], (state) => {
      const text = state.field(field);
      if (text === "") return Decoration.none;
      return Decoration.set([Decoration.widget({ widget: new GhostWidget(text), side: 1 }).range(state.doc.length)]);
    }),
});

/** Commands, options and quoted values, by the same tokens as lines elsewhere on the page. */
function lineTokens(text: string): readonly EditorToken[] {
  const found: EditorToken[] = [];
  let at = 0;
  for (const token of awsTokens(text, [])) {
    if (token.kind !== "plain" && token.text.length > 0) found.push({ from: at, to: at + token.text.length, css: token.kind });
    at += token.text.length;
  }
  return found;
}

/** An option of the list that knows whether it runs here. */
interface PromptOption extends Option {
  readonly notBuilt: boolean;
}

/** A word that is whole is followed by a blank; one that asks for its value is not. */
const insertion = (text: string): string => (/[=,]$/.test(text) ? text : `${text} `);

/** The longest start that all have. */
export function commonStart(texts: readonly string[]): string {
  const [first = "", ...rest] = texts;
  let length = first.length;
  for (const text of rest) while (!text.startsWith(first.slice(0, length))) length--;
  return first.slice(0, length);
}

/** What stands at the right of an option; that it does not run here is said in words before anything else. */
function detailOf(option: Completion["options"][number]): { readonly detail?: string } {
  if (option.notBuilt === true) return { detail: TERMINAL.notBuilt };
  return option.detail === undefined ? {} : { detail: option.detail };
}

export function createPrompt(parent: HTMLElement, doors: PromptDoors): Prompt {
  /** Place in the history while going through it; `draft` is what stood there before. */
  let place: number | undefined;
  let draft = "";
  let isDisposed = false;

  const complete = async (context: CompletionContext): Promise<CompletionResult | null> => {
    const text = context.state.doc.toString();
    const found = await doors.complete(text, context.pos);
    if (context.aborted) return null;
    doors.told({ needed: found.needed ?? [], isUnfinished: isUnfinished(text) });
    const typed = text.slice(found.from, context.pos);
    if (found.options.length === 0 || (typed === "" && !context.explicit && found.options.length > 60)) return null;
    return {
      from: found.from,
      to: found.to,
      filter: false,
      options: found.options.map(
        (option): PromptOption => ({
          label: option.text,
          type: option.kind,
          ...detailOf(option),
          apply: insertion(option.text),
          notBuilt: option.notBuilt === true,
        }),
      ),
    };
  };

  const setText = (text: string): void => replaceText(view, text);
  const enter = (): boolean => {
    const text = view.state.doc.toString();
    if (isUnfinished(text)) return insertNewline(view);
    closeCompletion(view);
    if (text.trim() === "") return true;
    place = undefined;
    setText("");
    doors.run(text);
    return true;
  };
  const older = (): boolean => {
    if (selectedCompletion(view.state) !== null || view.state.doc.lineAt(view.state.selection.main.head).number > 1) return false;
    const lines = doors.history();
    const next = (place ?? lines.length) - 1;
    if (next < 0) return true;
    if (place === undefined) draft = view.state.doc.toString();
    place = next;
    closeCompletion(view);
    setText(lines[next] ?? "");
    return true;
  };
  const newer = (): boolean => {
    const isLast = view.state.doc.lineAt(view.state.selection.main.head).number === view.state.doc.lines;
    if (place === undefined || completionStatus(view.state) !== null || !isLast) return false;
    const lines = doors.history();
    place = place + 1 >= lines.length ? undefined : place + 1;
    setText(place === undefined ? draft : (lines[place] ?? ""));
    return true;
  };
  /** As a shell does: what all candidates have in common is typed, a single one whole; several stand in the list to choose from. */
  const completeInCommon = async (): Promise<void> => {
    const { doc, selection } = view.state;
    const text = doc.toString();
    const cursor = selection.main.head;
    const { from, to, options } = await doors.complete(text, cursor);
    if (isDisposed || view.state.doc !== doc || view.state.selection.main.head !== cursor || options.length === 0) return;
    const [only] = options;
    const insert = options.length === 1 && only !== undefined ? insertion(only.text) : commonStart(options.map((option) => option.text));
    if (options.length === 1 || insert.length > cursor - from)
      view.dispatch({ changes: { from, to, insert }, selection: { anchor: from + insert.length }, userEvent: "input.complete" });
    if (options.length > 1) startCompletion(view);
  };
  const tab = (): boolean => {
    if (selectedCompletion(view.state) !== null) return acceptCompletion(view);
    void completeInCommon();
    return true;
  };
  const takeGhost = (): boolean => {
    const text = view.state.field(ghostField);
    if (text === "" || view.state.selection.main.head !== view.state.doc.length) return false;
    setText(view.state.doc.toString() + text);
    return true;
  };

  const keys: Extension = Prec.highest(
    keymap.of([
      { key: "Enter", run: (target) => (selectedCompletion(target.state) !== null ? acceptCompletion(target) : enter()) },
      { key: "Shift-Enter", run: insertNewline },
      { key: "ArrowUp", run: older },
      { key: "ArrowDown", run: newer },
      { key: "Tab", run: tab },
      { key: "ArrowRight", run: takeGhost },
      { key: "Ctrl-r", run: done(doors.search), preventDefault: true },
      { key: "Ctrl-l", run: done(doors.clear), preventDefault: true },
      { key: "Ctrl-c", run: (target) => target.state.selection.main.empty && done(() => setText(""))() },
    ]),
  );
  const view = createEditor(parent, {
    label: doors.label,
    placeholder: doors.placeholder,
    tokens: lineTokens,
    keys: completionKeymap,
    extensions: [
      keys,
      autocompletion({
        override: [complete],
        selectOnOpen: false,
        icons: false,
        closeOnBlur: true,
        maxRenderedOptions: 60,
        optionClass: (option) => ((option as PromptOption).notBuilt ? "term-not-built" : ""),
      }),
      EditorView.lineWrapping,
      ghostField,
    ],
    changed: (text) => {
      if (text === "") doors.told({ needed: [], isUnfinished: false });
      else if (isUnfinished(text)) doors.told({ needed: [], isUnfinished: true });
      const ghost = doors.ghost(text) ?? "";
      // An update listener may not dispatch while the update runs.
      queueMicrotask(() => {
        if (isDisposed || view.state.doc.toString() !== text || view.state.field(ghostField) === ghost) return;
        view.dispatch({ effects: setGhost.of(ghost) });
      });
    },
  });
  return {
    focus: () => view.focus(),
    text: () => view.state.doc.toString(),
    setText,
    dispose: () => {
      isDisposed = true;
      view.destroy();
    },
  };
}

/** A key command that always counts as handled. */
function done(act: () => void): () => boolean {
  return () => {
    act();
    return true;
  };
}

/** Open quote, trailing backslash or `&&`. */
export function isUnfinished(text: string): boolean {
  return parseCommandLine(text).problem?.incomplete === true;
}
