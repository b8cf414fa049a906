import { type JSX, Show } from "solid-js";
import { Glyph, type GlyphName } from "./Glyph.tsx";
import { STATE_WORDS } from "./strings.ts";

export type AlarmState = keyof typeof STATE_WORDS;
type Tone = "ok" | "alarm" | "insuf" | "warn" | "info";

export const STATE_LOOKS: Readonly<Record<AlarmState, { tone: Tone; glyph: GlyphName }>> = {
  OK: { tone: "ok", glyph: "okc" },
  ALARM: { tone: "alarm", glyph: "alarm" },
  INSUFFICIENT_DATA: { tone: "insuf", glyph: "ring" },
};

/** State of an alarm: shape, word and colour together. */
export function StateBadge(props: { readonly state: AlarmState; readonly big?: boolean }): JSX.Element {
  return (
    <Badge tone={STATE_LOOKS[props.state].tone} glyph={STATE_LOOKS[props.state].glyph} {...(props.big ? { big: true } : {})}>
      {STATE_WORDS[props.state]}
    </Badge>
  );
}

export interface BadgeProps {
  readonly tone: Tone;
  readonly glyph: GlyphName;
  readonly big?: boolean;
  readonly children: JSX.Element;
}

/** A verdict. Never colour alone. */
export function Badge(props: BadgeProps): JSX.Element {
  return (
    <span class={`badge ${props.big ? "big" : ""}`} data-state={props.tone}>
      <Glyph name={props.glyph} size="s" />
      <span class="trunc">{props.children}</span>
    </span>
  );
}

export interface ChipProps {
  readonly children: JSX.Element;
  readonly glyph?: GlyphName;
  readonly on?: boolean;
  /** Makes it a button. */
  readonly onClick?: () => void;
  readonly title?: string;
}

/** A fact or a filter. */
export function Chip(props: ChipProps): JSX.Element {
  const inside = (): JSX.Element => (
    <>
      <Show when={props.glyph}>{(name) => <Glyph name={name()} size="s" />}</Show>
      {props.children}
    </>
  );
  return (
    <Show
      when={props.onClick}
      fallback={
        <span class={`chip ${props.on ? "on" : ""}`} title={props.title}>
          {inside()}
        </span>
      }
    >
      <button
        type="button"
        class={`chip ${props.on ? "on" : ""}`}
        title={props.title}
        aria-pressed={props.on}
        onClick={() => props.onClick?.()}
      >
        {inside()}
      </button>
    </Show>
  );
}
