/** The pattern as a CodeMirror editor of one line. In a module of its own: it carries CodeMirror and is loaded when a pattern is first shown. */
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { EditorState, type Range, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, keymap, placeholder, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import { styleNonce } from "../style-nonce.ts";
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

const colours = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = marksOf(view.state);
    }
    update(change: ViewUpdate): void {
      if (change.docChanged) this.decorations = marksOf(change.state);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

function marksOf(state: EditorState): DecorationSet {
  const marks: Range<Decoration>[] = patternTokens(state.doc.toString()).map(({ from, to, css }) =>
    Decoration.mark({ class: css }).range(from, to),
  );
  return Decoration.set(marks);
}

/** One line: what is pasted with line breaks gets blanks for them. */
const oneLine = EditorState.transactionFilter.of((change) => {
  if (!change.docChanged || change.newDoc.lines === 1) return change;
  const text = change.newDoc.toString().replace(/\s*\n\s*/g, " ");
  return { changes: { from: 0, to: change.startState.doc.length, insert: text }, selection: { anchor: text.length } };
});

export function createPatternEditor(parent: HTMLElement, doors: PatternDoors): PatternEditor {
  const nonce = styleNonce();
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: doors.text.replace(/\s*\n\s*/g, " "),
      extensions: [
        nonce === "" ? [] : EditorView.cspNonce.of(nonce),
        keymap.of([
          {
            key: "Enter",
            run: () => {
              doors.enter();
              return true;
            },
          },
          ...historyKeymap,
          ...defaultKeymap,
        ]),
        history(),
        oneLine,
        EditorView.contentAttributes.of({
          "aria-label": doors.label,
          "aria-describedby": doors.describedBy,
          "aria-multiline": "false",
          spellcheck: "false",
          autocapitalize: "off",
          autocorrect: "off",
        }),
        placeholder(doors.placeholder),
        colours,
        wrongField,
        EditorView.updateListener.of((change) => {
          if (change.docChanged) doors.changed(change.state.doc.toString());
        }),
      ],
    }),
  });
  return {
    focus: () => view.focus(),
    setText: (text) => {
      if (view.state.doc.toString() === text) return;
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, selection: { anchor: text.length } });
    },
    setWrong: (range) => view.dispatch({ effects: setWrong.of(range) }),
    dispose: () => view.destroy(),
  };
}
