import { createSignal, type JSX, onCleanup } from "solid-js";
import { announce } from "./announce.ts";
import { Button } from "./Button.tsx";
import { UI } from "./strings.ts";
import { showToast } from "./toasts.ts";

export interface CopyButtonProps {
  readonly text: string;
  /** What is copied, for its name. */
  readonly label?: string;
  readonly inline?: boolean;
  readonly small?: boolean;
}

export function CopyButton(props: CopyButtonProps): JSX.Element {
  const [isCopied, setCopied] = createSignal(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(timer));
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(props.text);
      setCopied(true);
      announce(UI.copied);
      timer = setTimeout(() => setCopied(false), 1500);
    } catch {
      showToast({ severity: "warn", text: UI.copyFailed });
    }
  };
  return (
    <Button
      look={props.inline || props.small ? "ghost" : "plain"}
      small={props.inline || props.small}
      class={props.inline ? "copy-inline" : ""}
      glyph={isCopied() ? "check" : "copy"}
      label={isCopied() ? UI.copied : `${UI.copy}${props.label === undefined ? "" : ` ${props.label}`}`}
      onClick={() => void copy()}
    />
  );
}
