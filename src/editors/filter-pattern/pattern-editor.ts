/** The pattern as an editor of one line. In a module of its own: it carries CodeMirror and is loaded when a pattern is first shown. */
import { EditorState, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";
import { createEditor, replaceText } from "../editor.ts";
import { patternTokens } from "./pattern-tokens.ts";

export interface PatternDoors {
  readonly label: string;
  readonly describedBy: string;
  readonly placeholder: string;
  readonly text: string;
  readonly changed: (text: string) => void;
  readonly enter: () => void;
}

export interface PatternEditor {
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
      next = Decoration.set(Decoration.mark({ class: "pattern-wrong" }).range(from, to));
    }
    return next;
  },
  provide: (field) => [
    EditorView.decorations.from(field),
    EditorView.contentAttributes.from(field, (wrong) => ({ "aria-invalid": wrong.size > 0 ? "true" : "false" })),
  ],
});

/** One line: what is pasted with line breaks gets blanks for them. */
const oneLine = EditorState.transactionFilter.of((change) => {
  if (!change.docChanged || change.newDoc.lines === 1) return change;
  const text = inOneLine(change.newDoc.toString());
  return { changes: { from: 0, to: change.startState.doc.length, insert: text }, selection: { anchor: text.length } };
});

const inOneLine = (text: string): string => text.replace(/\s*\n\s*/g, " ");

export function createPatternEditor(parent: HTMLElement, doors: PatternDoors): PatternEditor {
  const enter = (): boolean => {
    doors.enter();
    return true;
  };
  const view = createEditor(parent, {
    label: doors.label,
    describedBy: doors.describedBy,
    placeholder: doors.placeholder,
    text: inOneLine(doors.text),
    tokens: patternTokens,
    keys: [{ key: "Enter", run: enter }],
    extensions: [oneLine, wrongField, EditorView.contentAttributes.of({ "aria-multiline": "false" })],
    changed: doors.changed,
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
