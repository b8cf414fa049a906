/** A filter expression as an editor of one line that completes. In a module of its own: it carries CodeMirror and is loaded when first shown. */
import {
  acceptCompletion,
  autocompletion,
  type CompletionContext,
  type CompletionResult,
  completionKeymap,
} from "@codemirror/autocomplete";
import { EditorState, Prec, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, keymap } from "@codemirror/view";
import { completeFilter, type FilterNames } from "../../../workers/language/xray-filter/complete.ts";
import { createEditor, replaceText } from "../editor.ts";
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
  setWrong(range: { readonly from: number; readonly to: number } | undefined): void;
  dispose(): void;
}

const setWrong = StateEffect.define<{ readonly from: number; readonly to: number } | undefined>();

const wrongField = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(wrong, change) {
    let next = wrong.map(change.changes);
    for (const effect of change.effects) {
      if (!effect.is(setWrong)) continue;
      const length = change.state.doc.length;
      const at = effect.value;
      if (at === undefined || length === 0) {
        next = Decoration.none;
        continue;
      }
      const to = Math.max(1, Math.min(length, at.to));
      const from = Math.max(0, Math.min(at.from, to - 1));
      next = Decoration.set(Decoration.mark({ class: "filter-wrong" }).range(from, to));
    }
    return next;
  },
  provide: (field) => [
    EditorView.decorations.from(field),
    EditorView.contentAttributes.from(field, (wrong) => ({ "aria-invalid": wrong.size > 0 ? "true" : "false" })),
  ],
});

const inOneLine = (text: string): string => text.replace(/\s*\n\s*/g, " ");

const oneLine = EditorState.transactionFilter.of((change) => {
  if (!change.docChanged || change.newDoc.lines === 1) return change;
  const text = inOneLine(change.newDoc.toString());
  return { changes: { from: 0, to: change.startState.doc.length, insert: text }, selection: { anchor: text.length } };
});

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
      oneLine,
      wrongField,
      autocompletion({ override: [complete], icons: false, defaultKeymap: false }),
      Prec.highest(keymap.of([{ key: "Tab", run: acceptCompletion }, ...completionKeymap])),
      EditorView.contentAttributes.of({ "aria-multiline": "false", tabindex: "0" }),
    ],
    changed: (text) => doors.changed(text),
  });
  return {
    focus: () => view.focus(),
    setText: (text) => {
      if (view.state.doc.toString() !== text) replaceText(view, text);
    },
    setWrong: (range) => view.dispatch({ effects: setWrong.of(range) }),
    dispose: () => view.destroy(),
  };
}
