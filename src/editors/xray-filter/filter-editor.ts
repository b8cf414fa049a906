/** A filter expression as an editor of one line that completes. In a module of its own: it carries CodeMirror and is loaded when first shown. */
import {
  acceptCompletion,
  autocompletion,
  type CompletionContext,
  type CompletionResult,
  completionKeymap,
} from "@codemirror/autocomplete";
import { Prec } from "@codemirror/state";
import { keymap } from "@codemirror/view";
import { completeFilter, type FilterNames } from "../../../workers/language/xray-filter/complete.ts";
import { createEditor, replaceText } from "../editor.ts";
import { inOneLine, ONE_LINE } from "../one-line.ts";
import { type Span, wrongMark } from "../wrong-mark.ts";
import { filterTokens } from "./filter-tokens.ts";

export interface FilterDoors {
  readonly label: string;
  readonly describedBy: string;
  readonly placeholder: string;
  readonly text: string;
  readonly names: () => FilterNames;
  readonly changed: (text: string) => void;
  readonly enter: () => void;
}

export interface FilterEditor {
  focus(): void;
  setText(text: string): void;
  /** Marks what is wrong: [from, to) of the text; an empty range marks the character before it. */
  setWrong(range: Span | undefined): void;
  dispose(): void;
}

const wrong = wrongMark("filter-wrong");

export function createFilterEditor(parent: HTMLElement, doors: FilterDoors): FilterEditor {
  const complete = (context: CompletionContext): CompletionResult | null => {
    const text = context.state.doc.toString();
    const found = completeFilter(text, context.pos, doors.names());
    const typed = text.slice(found.from, context.pos);
    if (found.options.length === 0 || (typed === "" && !context.explicit)) return null;
    if (found.options.length === 1 && found.options[0]?.insert.trim() === typed) return null;
    return {
      from: found.from,
      to: found.to,
      filter: false,
      options: found.options.map(({ label, insert, about }) => ({ label, apply: insert, ...(about === "" ? {} : { detail: about }) })),
    };
  };
  const enter = (): boolean => {
    doors.enter();
    return true;
  };
  const view = createEditor(parent, {
    label: doors.label,
    describedBy: doors.describedBy,
    placeholder: doors.placeholder,
    text: inOneLine(doors.text),
    tokens: filterTokens,
    keys: [{ key: "Enter", run: enter }],
    extensions: [
      ONE_LINE,
      wrong.extension,
      autocompletion({ override: [complete], icons: false, defaultKeymap: false }),
      Prec.highest(keymap.of([{ key: "Tab", run: acceptCompletion }, ...completionKeymap])),
    ],
    changed: (text) => doors.changed(text),
  });
  return {
    focus: () => view.focus(),
    setText: (text) => {
      if (view.state.doc.toString() !== text) replaceText(view, text);
    },
    setWrong: (range) => wrong.set(view, range),
    dispose: () => view.destroy(),
  };
}
