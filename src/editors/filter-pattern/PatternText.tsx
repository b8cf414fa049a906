import { createMemo, For, type JSX } from "solid-js";
import { patternTokens } from "./pattern-tokens.ts";

/** A pattern as coloured text. `bare`: a piece out of a JSON or space-delimited pattern, without its braces. */
export function PatternText(props: { readonly source: string; readonly bare?: boolean }): JSX.Element {
  const pieces = createMemo(() => {
    const isPiece = props.bare === true && /^[\s(]*(?:\$|[\w-]+\s*(?:!=|<=|>=|[=<>]))/.test(props.source);
    const lead = isPiece ? (/^[\s(]*\$/.test(props.source) ? "{" : "[") : "";
    const text = lead + props.source;
    const out: { readonly text: string; readonly css: string }[] = [];
    let at = lead.length;
    for (const { from, to, css } of patternTokens(text)) {
      if (to <= lead.length) continue;
      if (from > at) out.push({ text: text.slice(at, from), css: "" });
      out.push({ text: text.slice(from, to), css });
      at = to;
    }
    if (at < text.length) out.push({ text: text.slice(at), css: "" });
    return out;
  });
  return (
    <span class="pattern-text">
      <For each={pieces()}>{(piece) => <span class={piece.css}>{piece.text}</span>}</For>
    </span>
  );
}
