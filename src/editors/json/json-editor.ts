/** JSON as an editor of several lines. In a module of its own: it carries CodeMirror and is loaded when one is first shown. */
import { StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, lineNumbers } from "@codemirror/view";
import { createEditor } from "../editor.ts";
import { type Span, wrongMark } from "../wrong-mark.ts";
import { jsonColours } from "./json-colours.ts";

/** Lines to mark: hb differs, hm missing, hl chosen. */
export interface LineMark extends Span {
  readonly css: "hb" | "hm" | "hl";
}

export interface JsonDoors {
  readonly label: string;
  readonly describedBy: string;
  readonly placeholder: string;
  readonly text: string;
  readonly changed: (text: string) => void;
}

export interface JsonEditor {
  focus(): void;
  setText(text: string): void;
  /** Marks what is wrong: [from, to) of the text; an empty range marks the character before it. */
  setWrong(range: Span | undefined): void;
  setMarks(marks: readonly LineMark[]): void;
  dispose(): void;
}

const wrong = wrongMark("json-wrong");
const setMarks = StateEffect.define<readonly LineMark[]>();

const marksField = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, change) {
    let next = marks.map(change.changes);
    for (const effect of change.effects) {
      if (!effect.is(setMarks)) continue;
      const { doc } = change.state;
      const lines = new Map<number, LineMark["css"]>();
      for (const { from, to, css } of effect.value) {
        if (from > doc.length) continue;
        const last = doc.lineAt(Math.min(doc.length, Math.max(from, to))).number;
        for (let line = doc.lineAt(from).number; line <= last; line++) if (!lines.has(line)) lines.set(line, css);
      }
      const ranges = [...lines].map(([line, css]) => Decoration.line({ class: css }).range(doc.line(line).from));
      next = Decoration.set(ranges, true);
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

export function createJsonEditor(parent: HTMLElement, doors: JsonDoors): JsonEditor {
  const view = createEditor(parent, {
    ...doors,
    tokens: jsonColours,
    keys: [],
    extensions: [wrong.extension, marksField, lineNumbers(), EditorView.contentAttributes.of({ "aria-multiline": "true", tabindex: "0" })],
  });
  return {
    focus: () => view.focus(),
    setText: (text) => {
      const now = view.state.doc.toString();
      if (now === text) return;
      view.dispatch({ changes: { from: 0, to: now.length, insert: text } });
    },
    setWrong: (range) => wrong.set(view, range),
    setMarks: (marks) => view.dispatch({ effects: setMarks.of(marks) }),
    dispose: () => view.destroy(),
  };
}
