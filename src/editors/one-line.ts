/** What makes an editor one of a single line. Carries CodeMirror: import it only from an editor's own module. */
import { EditorState, type Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

/** Line breaks, with the blanks around them, become one blank. */
export const inOneLine = (text: string): string => text.replace(/\s*\n\s*/g, " ");

const withoutBreaks = EditorState.transactionFilter.of((change) => {
  if (!change.docChanged || change.newDoc.lines === 1) return change;
  const text = inOneLine(change.newDoc.toString());
  return { changes: { from: 0, to: change.startState.doc.length, insert: text }, selection: { anchor: text.length } };
});

/** What is pasted with line breaks gets blanks for them. A long line scrolls, so it says that the keyboard reaches it. */
export const ONE_LINE: Extension = [withoutBreaks, EditorView.contentAttributes.of({ "aria-multiline": "false", tabindex: "0" })];
