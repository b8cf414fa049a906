/** The pattern as an editor of one line. In a module of its own: it carries CodeMirror and is loaded when a pattern is first shown. */
import { createEditor, replaceText } from "../editor.ts";
import { inOneLine, ONE_LINE } from "../one-line.ts";
import { type Span, wrongMark } from "../wrong-mark.ts";
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
  setWrong(range: Span | undefined): void;
  dispose(): void;
}

const wrong = wrongMark("pattern-wrong");

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
    extensions: [ONE_LINE, wrong.extension],
    changed: doors.changed,
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
