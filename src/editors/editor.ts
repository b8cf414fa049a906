/**
 * What every editor of the page is made of: CodeMirror under the page's policy, with undo, coloured by tokens of ours,
 * named for screen readers, without an outline of its own (the field around it shows the focus). Carries CodeMirror:
 * import it only from modules that are loaded when an editor is first shown.
 */
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { EditorState, type Extension, type Range } from "@codemirror/state";
import {
  Decoration,
  type DecorationSet,
  EditorView,
  type KeyBinding,
  keymap,
  placeholder,
  ViewPlugin,
  type ViewUpdate,
} from "@codemirror/view";
import { styleNonce } from "./style-nonce.ts";

/** A piece of the text that has a colour: [from, to), and the class that gives it. */
export interface EditorToken {
  readonly from: number;
  readonly to: number;
  readonly css: string;
}

export interface EditorParts {
  readonly label: string;
  readonly describedBy?: string;
  readonly placeholder: string;
  readonly text?: string;
  readonly tokens: (text: string) => readonly EditorToken[];
  /** Before those of every editor. */
  readonly keys: readonly KeyBinding[];
  readonly extensions?: Extension;
  readonly changed: (text: string, view: EditorView) => void;
}

/** Makes an editor in `parent`; the caller destroys it. */
export function createEditor(parent: HTMLElement, parts: EditorParts): EditorView {
  const nonce = styleNonce();
  return new EditorView({
    parent,
    state: EditorState.create({
      doc: parts.text ?? "",
      extensions: [
        nonce === "" ? [] : EditorView.cspNonce.of(nonce),
        WITHOUT_OUTLINE,
        PLAIN_REPLACEMENT,
        KEPT_SELECTION,
        keymap.of([...parts.keys, ...historyKeymap, ...defaultKeymap]),
        history(),
        parts.extensions ?? [],
        EditorView.contentAttributes.of({
          "aria-label": parts.label,
          ...(parts.describedBy === undefined ? {} : { "aria-describedby": parts.describedBy }),
          spellcheck: "false",
          autocapitalize: "off",
          autocorrect: "off",
        }),
        placeholder(parts.placeholder),
        colours(parts.tokens),
        EditorView.updateListener.of((change) => {
          if (change.docChanged) parts.changed(change.state.doc.toString(), change.view);
        }),
      ],
    }),
  });
}

/** Puts `text` in the place of what stands there, with the cursor behind it. */
export function replaceText(view: EditorView, text: string): void {
  view.dispatch({
    changes: { from: 0, to: view.state.doc.length, insert: text },
    selection: { anchor: text.length },
    scrollIntoView: true,
  });
}

/**
 * Text typed over a selection. Left to itself Chromium keeps the look of what was selected by a style attribute, which the
 * page's policy refuses with an error in the console.
 */
const PLAIN_REPLACEMENT = EditorView.domEventHandlers({
  beforeinput: (event, view) => {
    if (event.inputType !== "insertText" || event.data === null || event.isComposing || view.composing) return false;
    if (view.state.selection.ranges.every((range) => range.empty) || view.state.readOnly) return false;
    event.preventDefault();
    view.dispatch(view.state.update(view.state.replaceSelection(event.data), { userEvent: "input.type", scrollIntoView: true }));
    return true;
  },
});

/**
 * A mark that is drawn around the letter before the cursor takes the browser's cursor to the start of the line. CodeMirror
 * puts it back, but not in the 200 ms after the editor got the focus: then it takes the start for what the browser does on
 * focus, compares with what it remembers, and what is typed next goes there.
 */
const KEPT_SELECTION = EditorView.updateListener.of(({ view }) => {
  const drawn = view.contentDOM.ownerDocument.getSelection();
  if (!view.hasFocus || view.composing || drawn?.focusNode == null || drawn.anchorNode === null) return;
  if (!view.contentDOM.contains(drawn.focusNode) || !view.contentDOM.contains(drawn.anchorNode)) return;
  const { anchor, head } = view.state.selection.main;
  const stands =
    view.posAtDOM(drawn.anchorNode, drawn.anchorOffset) === anchor && view.posAtDOM(drawn.focusNode, drawn.focusOffset) === head;
  if (stands) return;
  const [from, to] = [view.domAtPos(anchor), view.domAtPos(head)];
  drawn.setBaseAndExtent(from.node, from.offset, to.node, to.offset);
});

const WITHOUT_OUTLINE = EditorView.theme({ "&.cm-focused": { outline: "none" } });

function colours(tokens: EditorParts["tokens"]): Extension {
  const marksOf = (state: EditorState): DecorationSet => {
    const marks: Range<Decoration>[] = tokens(state.doc.toString()).map(({ from, to, css }) =>
      Decoration.mark({ class: css }).range(from, to),
    );
    return Decoration.set(marks);
  };
  return ViewPlugin.fromClass(
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
}
