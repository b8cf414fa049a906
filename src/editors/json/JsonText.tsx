import { createMemo, For, type JSX } from "solid-js";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { jsonColours } from "./json-colours.ts";
import type { LineMark } from "./json-editor.ts";

/** JSON as it was written, coloured, with numbers; some of its lines marked by places in the text. */
export function JsonText(props: { readonly label: string; readonly text: string; readonly marks?: readonly LineMark[] }): JSX.Element {
  const lines = createMemo(() => {
    const tokens = jsonColours(props.text);
    let from = 0;
    let next = 0;
    return props.text.split("\n").map((line) => {
      const end = from + line.length;
      const pieces: { readonly text: string; readonly css: string }[] = [];
      let at = from;
      for (; (tokens[next]?.from ?? end) < end; next++) {
        const token = tokens[next] as (typeof tokens)[number];
        if (token.from > at) pieces.push({ text: props.text.slice(at, token.from), css: "" });
        pieces.push({ text: props.text.slice(token.from, token.to), css: token.css });
        at = token.to;
      }
      if (at < end) pieces.push({ text: props.text.slice(at, end), css: "" });
      const mark = props.marks?.find((one) => one.from <= end && one.to >= from);
      from = end + 1;
      return { pieces, css: mark?.css ?? "" };
    });
  });
  return (
    <div class="json">
      <span class="json-copy">
        <CopyButton small text={props.text} label={props.label} />
      </span>
      {/* biome-ignore lint/a11y/useSemanticElements: a pre stays a pre */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
      <pre class="code lined scrolls" role="region" aria-label={props.label} tabIndex={0}>
        <For each={lines()}>
          {(line) => (
            <span class={`ln ${line.css}`}>
              <For each={line.pieces}>{(piece) => <span class={piece.css}>{piece.text}</span>}</For>
            </span>
          )}
        </For>
      </pre>
    </div>
  );
}
