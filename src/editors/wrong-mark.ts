/** The mark over what is wrong in an editor's text. Carries CodeMirror: import it only from an editor's own module. */
import { type Extension, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";

/** [from, to) of a text. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface WrongMark {
  readonly extension: Extension;
  /** An empty range marks the character before it; undefined takes the mark away. */
  set(view: EditorView, range: Span | undefined): void;
}

/** @param css class of the marked text. A marked editor is said to be invalid. */
export function wrongMark(css: string): WrongMark {
  const effect = StateEffect.define<Span | undefined>();
  const field = StateField.define<DecorationSet>({
    create: () => Decoration.none,
    update(wrong, change) {
      let next = wrong.map(change.changes);
      for (const each of change.effects) {
        if (!each.is(effect)) continue;
        const length = change.state.doc.length;
        if (each.value === undefined || length === 0) {
          next = Decoration.none;
          continue;
        }
        const to = Math.max(1, Math.min(length, each.value.to));
        const from = Math.max(0, Math.min(each.value.from, to - 1));
        next = Decoration.set(Decoration.mark({ class: css }).range(from, to));
      }
      return next;
    },
    provide: (marks) => [
      EditorView.decorations.from(marks),
      EditorView.contentAttributes.from(marks, (wrong) => ({ "aria-invalid": wrong.size > 0 ? "true" : "false" })),
    ],
  });
  return { extension: field, set: (view, range) => view.dispatch({ effects: effect.of(range) }) };
}
