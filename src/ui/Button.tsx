import { type JSX, Show } from "solid-js";
import { Glyph, type GlyphName } from "./Glyph.tsx";
import { isGiven } from "./given.ts";

export interface ButtonProps {
  readonly children?: JSX.Element;
  readonly look?: "plain" | "primary" | "danger" | "ghost";
  readonly small?: boolean;
  readonly glyph?: GlyphName;
  /** Glyph only: this is its name for screen readers and its tooltip. */
  readonly label?: string;
  readonly disabled?: boolean;
  /** Why it is disabled; shown on hover and focus. A button with a reason stays reachable by keyboard. */
  readonly reason?: string;
  readonly pending?: boolean;
  readonly type?: "button" | "submit";
  readonly pressed?: boolean;
  readonly expanded?: boolean;
  /** What it does in more words; shown on hover. */
  readonly title?: string;
  readonly class?: string;
  readonly onClick?: (event: MouseEvent) => void;
  readonly ref?: (element: HTMLButtonElement) => void;
}

/** A button. Disabled = dashed edge, and the reason on focus. */
export function Button(props: ButtonProps): JSX.Element {
  const isOff = (): boolean => Boolean(props.disabled || props.pending);
  const isIconOnly = (): boolean => props.label !== undefined && !isGiven(props, "children");
  return (
    <button
      ref={(element) => props.ref?.(element)}
      type={props.type ?? "button"}
      class={`btn ${props.look ?? ""} ${props.small ? "sm" : ""} ${isIconOnly() ? "icon" : ""} ${props.class ?? ""}`}
      disabled={isOff() && props.reason === undefined}
      aria-disabled={isOff() ? "true" : undefined}
      aria-busy={props.pending ? "true" : undefined}
      aria-pressed={props.pressed}
      aria-expanded={props.expanded}
      aria-label={isIconOnly() ? props.label : undefined}
      title={props.disabled && props.reason !== undefined ? props.reason : isIconOnly() ? props.label : props.title}
      onClick={(event) => {
        if (!isOff()) props.onClick?.(event);
      }}
    >
      <Show when={props.glyph}>{(name) => <Glyph name={name()} {...(isIconOnly() && !props.small ? {} : { size: "s" as const })} />}</Show>
      {props.children}
    </button>
  );
}
