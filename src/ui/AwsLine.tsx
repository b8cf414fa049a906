import { createMemo, For, type JSX, Show } from "solid-js";
import { CopyButton } from "./CopyButton.tsx";

export interface AwsLineProps {
  readonly line: string;
  /** Options whose value changed, without dashes: they are marked. */
  readonly marks?: readonly string[];
  /** `strip`: one line, no well. */
  readonly look?: "well" | "strip";
  /** Break instead of cutting off. */
  readonly wrap?: boolean;
  readonly copy?: boolean;
}

export interface AwsToken {
  readonly kind: "k" | "op" | "st" | "plain";
  readonly text: string;
  readonly isMarked: boolean;
}

/** An `aws` line with syntax colour and a copy button. */
export function AwsLine(props: AwsLineProps): JSX.Element {
  const tokens = createMemo(() => awsTokens(props.line, props.marks ?? []));
  const code = (): JSX.Element => (
    <For each={tokens()}>
      {(token) => (
        <Show when={token.isMarked} fallback={<span class={token.kind === "plain" ? "" : token.kind}>{token.text}</span>}>
          <mark>{token.text}</mark>
        </Show>
      )}
    </For>
  );
  return (
    <Show
      when={props.look === "strip"}
      fallback={
        <div class="row g3 awsline">
          <code class={`well grow code ${props.wrap ? "wraps" : "trunc"}`} title={props.wrap ? undefined : props.line}>
            {code()}
          </code>
          <Show when={props.copy !== false}>
            <CopyButton text={props.line} label="aws line" />
          </Show>
        </div>
      }
    >
      <code class="trunc" title={props.line}>
        {code()}
      </code>
    </Show>
  );
}

/** Words, options and quoted values of a line, blanks included, so that the texts joined are the line again. */
export function awsTokens(line: string, marks: readonly string[]): readonly AwsToken[] {
  const parts = line.match(/\s+|'(?:[^']|'\\'')*'|"(?:\\.|[^"\\])*"|[^\s'"]+|['"]/g) ?? [];
  let isMarked = false;
  return parts.map((text, at): AwsToken => {
    const isBlank = /^\s/.test(text);
    if (text.startsWith("--")) isMarked = marks.includes(text.slice(2).split("=")[0] ?? "");
    const kind = isBlank ? "plain" : at === 0 && text === "aws" ? "k" : text.startsWith("--") ? "op" : /^['"]/.test(text) ? "st" : "plain";
    return { kind, text, isMarked: isMarked && !(isBlank && (parts[at + 1] ?? "").startsWith("--")) };
  });
}
