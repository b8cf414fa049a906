/** The drawings. One sprite is mounted once per page; a glyph refers to it by name, so a glyph costs two nodes. */
import type { JSX } from "solid-js";

export type GlyphName =
  | "neph"
  | "home"
  | "metrics"
  | "alarm"
  | "dashboard"
  | "logs"
  | "insights"
  | "bus"
  | "rule"
  | "archive"
  | "map"
  | "trace"
  | "sample"
  | "trail"
  | "store"
  | "key"
  | "lesson"
  | "fidelity"
  | "terminal"
  | "search"
  | "share"
  | "play"
  | "pause"
  | "step"
  | "back"
  | "undo"
  | "redo"
  | "check"
  | "cross"
  | "minus"
  | "plus"
  | "ring"
  | "gap"
  | "okc"
  | "deny"
  | "warnt"
  | "info"
  | "deploy"
  | "fault"
  | "traffic"
  | "cmd"
  | "right"
  | "left"
  | "down"
  | "up"
  | "copy"
  | "dots"
  | "clock"
  | "globe"
  | "people"
  | "fn"
  | "gateway"
  | "table"
  | "queue"
  | "topic"
  | "flag"
  | "hint"
  | "bet"
  | "present"
  | "theme"
  | "help"
  | "pin"
  | "user"
  | "bolt"
  | "menu"
  | "replay"
  | "more";

export interface GlyphProps {
  readonly name: GlyphName;
  /** `s` 12, default 16, `l` 20 (px at the browser's default size). */
  readonly size?: "s" | "l";
  readonly class?: string;
}

/** Decorative: the word beside it carries the meaning. */
export function Glyph(props: GlyphProps): JSX.Element {
  return (
    <svg class={`g ${props.size ?? ""} ${props.class ?? ""}`} aria-hidden="true">
      <use href={`#g-${props.name}`} />
    </svg>
  );
}

/** Mounted once, before anything that draws a glyph. */
export function GlyphSprite(): JSX.Element {
  return (
    <svg class="sprite" aria-hidden="true">
      <symbol id="g-neph" viewBox="0 0 16 16">
        <circle cx="8" cy="8" r="6.25" />
        <path d="M8 1.75v2M8 12.25v2M1.75 8h2M12.25 8h2" />
        <path d="M4.6 9.6c.2-1.5 1.5-1.9 2.3-1.6.5-1.5 3-1.5 3.4.2 1.3 0 1.5 1.9.2 2H5.5c-.6 0-.9-.2-.9-.6z" fill="currentColor" />
      </symbol>
      <symbol id="g-home" viewBox="0 0 16 16">
        <path d="M2.5 7.5 8 2.75l5.5 4.75M4 6.5v6.75h8V6.5" />
      </symbol>
      <symbol id="g-metrics" viewBox="0 0 16 16">
        <path d="M2.5 2.5v11h11" />
        <path d="m4.5 10 2.5-3.5 2.5 2 3.5-5" />
      </symbol>
      <symbol id="g-alarm" viewBox="0 0 16 16">
        <path d="M8 2.25c-2.5 0-3.75 1.9-3.75 4.25 0 2.6-1 3.4-1.5 4.5h10.5c-.5-1.1-1.5-1.9-1.5-4.5 0-2.35-1.25-4.25-3.75-4.25z" />
        <path d="M6.5 13.25h3" />
      </symbol>
      <symbol id="g-dashboard" viewBox="0 0 16 16">
        <path d="M2.5 2.5h4.5v6H2.5zM9 2.5h4.5v3.5H9zM9 8h4.5v5.5H9zM2.5 10.5h4.5v3H2.5z" />
      </symbol>
      <symbol id="g-logs" viewBox="0 0 16 16">
        <path d="M2.5 3.5h7M2.5 6.5h11M2.5 9.5h9M2.5 12.5h5" />
      </symbol>
      <symbol id="g-insights" viewBox="0 0 16 16">
        <path d="M2.5 3.5h8M2.5 6.5h4M2.5 9.5h3" />
        <circle cx="10" cy="9.5" r="3" />
        <path d="m12.2 11.7 1.8 1.8" />
      </symbol>
      <symbol id="g-bus" viewBox="0 0 16 16">
        <path d="M1.75 8h12.5" />
        <path d="M4.5 8V4M8 8v4.5M11.5 8V3.5" />
        <circle cx="4.5" cy="3.25" r="1.25" />
        <circle cx="8" cy="13" r="1.25" />
        <circle cx="11.5" cy="2.75" r="1.25" />
      </symbol>
      <symbol id="g-rule" viewBox="0 0 16 16">
        <path d="M2.25 3h11.5L9.5 8.25v4.5l-3 1v-5.5z" />
      </symbol>
      <symbol id="g-archive" viewBox="0 0 16 16">
        <path d="M2.5 3h11v3h-11zM3.5 6v7h9V6M6.5 8.5h3" />
      </symbol>
      <symbol id="g-map" viewBox="0 0 16 16">
        <circle cx="3.5" cy="8" r="1.75" />
        <circle cx="12.25" cy="3.75" r="1.75" />
        <circle cx="12.25" cy="12.25" r="1.75" />
        <path d="m5 7.2 5.7-2.7M5 8.8l5.7 2.7" />
      </symbol>
      <symbol id="g-trace" viewBox="0 0 16 16">
        <path d="M2 3.5h12M4 6.5h7.5M6 9.5h5.5M9 12.5h4" />
      </symbol>
      <symbol id="g-sample" viewBox="0 0 16 16">
        <circle cx="4" cy="4" r="1.25" fill="currentColor" />
        <circle cx="8" cy="4" r="1.25" />
        <circle cx="12" cy="4" r="1.25" />
        <circle cx="4" cy="8" r="1.25" />
        <circle cx="8" cy="8" r="1.25" />
        <circle cx="12" cy="8" r="1.25" fill="currentColor" />
        <circle cx="4" cy="12" r="1.25" />
        <circle cx="8" cy="12" r="1.25" fill="currentColor" />
        <circle cx="12" cy="12" r="1.25" />
      </symbol>
      <symbol id="g-trail" viewBox="0 0 16 16">
        <circle cx="4.5" cy="3.75" r="1.5" />
        <circle cx="4.5" cy="8" r="1.5" />
        <circle cx="4.5" cy="12.25" r="1.5" />
        <path d="M4.5 5.25v1.25M4.5 9.5v1.25M8 3.75h5.5M8 8h4M8 12.25h5" />
      </symbol>
      <symbol id="g-store" viewBox="0 0 16 16">
        <path d="M3 4.5C3 3.25 5.25 2.5 8 2.5s5 .75 5 2-2.25 2-5 2-5-.75-5-2zM3 4.5v7c0 1.25 2.25 2 5 2s5-.75 5-2v-7" />
        <path d="M3 8c0 1.25 2.25 2 5 2s5-.75 5-2" />
      </symbol>
      <symbol id="g-key" viewBox="0 0 16 16">
        <circle cx="5" cy="8" r="2.75" />
        <path d="M7.75 8h6.25v2.5M11.25 8v2" />
      </symbol>
      <symbol id="g-lesson" viewBox="0 0 16 16">
        <path d="M8 4.25C6.5 3 4.5 2.75 2 2.9v9.5c2.5-.15 4.5.1 6 1.35 1.5-1.25 3.5-1.5 6-1.35V2.9c-2.5-.15-4.5.1-6 1.35zM8 4.25v9.25" />
      </symbol>
      <symbol id="g-fidelity" viewBox="0 0 16 16">
        <path d="M8 1.9 13 3.75v4c0 3.2-2 5.25-5 6.35-3-1.1-5-3.15-5-6.35v-4z" />
        <path d="m5.75 8 1.65 1.65L10.4 6.5" />
      </symbol>
      <symbol id="g-terminal" viewBox="0 0 16 16">
        <path d="M1.75 2.75h12.5v10.5H1.75z" />
        <path d="m4.25 6 2 2-2 2M8 10.25h3.5" />
      </symbol>
      <symbol id="g-search" viewBox="0 0 16 16">
        <circle cx="7" cy="7" r="4.25" />
        <path d="m10.25 10.25 3.5 3.5" />
      </symbol>
      <symbol id="g-share" viewBox="0 0 16 16">
        <path d="M8 9.5V2.25M5.25 4.75 8 2l2.75 2.75M3 8v5.5h10V8" />
      </symbol>
      <symbol id="g-play" viewBox="0 0 16 16">
        <path d="M4.5 2.75v10.5l8.5-5.25z" fill="currentColor" />
      </symbol>
      <symbol id="g-pause" viewBox="0 0 16 16">
        <path d="M5 3v10M11 3v10" stroke-width="2.5" />
      </symbol>
      <symbol id="g-step" viewBox="0 0 16 16">
        <path d="M3.5 3v10l6.5-5zM12.5 3v10" />
      </symbol>
      <symbol id="g-back" viewBox="0 0 16 16">
        <path d="M12.5 3v10L6 8zM3.5 3v10" />
      </symbol>
      <symbol id="g-undo" viewBox="0 0 16 16">
        <path d="M3 6.25h6.5a3.6 3.6 0 0 1 0 7.25H6M5.75 3.25l-3 3 3 3" />
      </symbol>
      <symbol id="g-redo" viewBox="0 0 16 16">
        <g transform="matrix(-1 0 0 1 16 0)">
          <path d="M3 6.25h6.5a3.6 3.6 0 0 1 0 7.25H6M5.75 3.25l-3 3 3 3" />
        </g>
      </symbol>
      <symbol id="g-check" viewBox="0 0 16 16">
        <path d="m3 8.5 3.25 3.25L13 4.75" stroke-width="1.75" />
      </symbol>
      <symbol id="g-cross" viewBox="0 0 16 16">
        <path d="m4 4 8 8M12 4l-8 8" stroke-width="1.75" />
      </symbol>
      <symbol id="g-minus" viewBox="0 0 16 16">
        <path d="M3.5 8h9" stroke-width="1.75" />
      </symbol>
      <symbol id="g-plus" viewBox="0 0 16 16">
        <path d="M8 3v10M3 8h10" />
      </symbol>
      <symbol id="g-ring" viewBox="0 0 16 16">
        <circle cx="8" cy="8" r="5.25" stroke-dasharray="2 2.12" />
      </symbol>
      <symbol id="g-gap" viewBox="0 0 16 16">
        <path d="M3.5 3.5h9v9h-9z" stroke-dasharray="2 1.6" />
      </symbol>
      <symbol id="g-okc" viewBox="0 0 16 16">
        <circle cx="8" cy="8" r="6" />
        <path d="m5.25 8.25 2 2 3.5-4" />
      </symbol>
      <symbol id="g-deny" viewBox="0 0 16 16">
        <circle cx="8" cy="8" r="6" />
        <path d="m3.9 3.9 8.2 8.2" />
      </symbol>
      <symbol id="g-warnt" viewBox="0 0 16 16">
        <path d="M8 2.25 14.25 13H1.75z" />
        <path d="M8 6.5v3M8 11.2v.1" />
      </symbol>
      <symbol id="g-info" viewBox="0 0 16 16">
        <circle cx="8" cy="8" r="6" />
        <path d="M8 7.25V11M8 4.9V5" />
      </symbol>
      <symbol id="g-deploy" viewBox="0 0 16 16">
        <path d="M8 2 14 8l-6 6-6-6z" />
      </symbol>
      <symbol id="g-fault" viewBox="0 0 16 16">
        <path d="M9 1.75 3.5 9H7.5L6.75 14.25 12.5 6.5H8.5z" />
      </symbol>
      <symbol id="g-traffic" viewBox="0 0 16 16">
        <path d="M2.5 12.5 8 4l5.5 8.5z" />
      </symbol>
      <symbol id="g-cmd" viewBox="0 0 16 16">
        <path d="m5 3.5 4.5 4.5L5 12.5" stroke-width="1.75" />
      </symbol>
      <symbol id="g-right" viewBox="0 0 16 16">
        <path d="m6 3.5 4.5 4.5L6 12.5" />
      </symbol>
      <symbol id="g-left" viewBox="0 0 16 16">
        <path d="M10 3.5 5.5 8l4.5 4.5" />
      </symbol>
      <symbol id="g-down" viewBox="0 0 16 16">
        <path d="m3.5 6 4.5 4.5L12.5 6" />
      </symbol>
      <symbol id="g-up" viewBox="0 0 16 16">
        <path d="m3.5 10 4.5-4.5 4.5 4.5" />
      </symbol>
      <symbol id="g-copy" viewBox="0 0 16 16">
        <path d="M5.5 5.5V2.5h8v8h-3M2.5 5.5h8v8h-8z" />
      </symbol>
      <symbol id="g-dots" viewBox="0 0 16 16">
        <path d="M3.5 8h.01M8 8h.01M12.5 8h.01" stroke-width="2.25" />
      </symbol>
      <symbol id="g-clock" viewBox="0 0 16 16">
        <circle cx="8" cy="8" r="6" />
        <path d="M8 4.5V8l2.5 1.75" />
      </symbol>
      <symbol id="g-globe" viewBox="0 0 16 16">
        <circle cx="8" cy="8" r="6" />
        <path d="M2 8h12M8 2c-4 4-4 8 0 12M8 2c4 4 4 8 0 12" />
      </symbol>
      <symbol id="g-people" viewBox="0 0 16 16">
        <circle cx="6" cy="5.25" r="2.25" />
        <path d="M2 13c0-2.5 1.5-4 4-4s4 1.5 4 4M10.5 3.25a2.25 2.25 0 0 1 0 4M11.5 9.25c1.6.5 2.5 1.9 2.5 3.75" />
      </symbol>
      <symbol id="g-fn" viewBox="0 0 16 16">
        <path d="M11 2.75c-1.9-.4-2.9.4-3.25 2.5L6.5 11.25C6.15 13 5.3 13.6 4 13.25M4.75 6.75h5.5" />
      </symbol>
      <symbol id="g-gateway" viewBox="0 0 16 16">
        <path d="M2.5 13.5V7a5.5 5.5 0 0 1 11 0v6.5M6 13.5V8a2 2 0 0 1 4 0v5.5" />
      </symbol>
      <symbol id="g-table" viewBox="0 0 16 16">
        <path d="M2.5 3h11v10h-11zM2.5 6.25h11M6.25 6.25V13M2.5 9.6h11" />
      </symbol>
      <symbol id="g-queue" viewBox="0 0 16 16">
        <path d="M2 4.5h3v7H2zM6.5 4.5h3v7h-3zM11 4.5h3v7h-3z" />
      </symbol>
      <symbol id="g-topic" viewBox="0 0 16 16">
        <circle cx="3.5" cy="8" r="1.75" />
        <path d="M5.25 8H8M8 3.5V12.5M8 3.5h3.5M8 8h3.5M8 12.5h3.5" />
        <path d="m11 2 2.5 1.5L11 5M11 6.5 13.5 8 11 9.5M11 11l2.5 1.5L11 14" fill="currentColor" />
      </symbol>
      <symbol id="g-flag" viewBox="0 0 16 16">
        <path d="M4 14V2.5h8.5L10.25 5.5l2.25 3H4" />
      </symbol>
      <symbol id="g-hint" viewBox="0 0 16 16">
        <path d="M6 11.25c0-1.5-2-2.25-2-4.75a4 4 0 0 1 8 0c0 2.5-2 3.25-2 4.75zM6.25 13.75h3.5" />
      </symbol>
      <symbol id="g-bet" viewBox="0 0 16 16">
        <path d="M8 1.9v12.2M1.9 8h12.2" />
        <circle cx="8" cy="8" r="3.75" />
      </symbol>
      <symbol id="g-present" viewBox="0 0 16 16">
        <path d="M2 3h12v8H2zM8 11v3M5.5 14h5" />
      </symbol>
      <symbol id="g-theme" viewBox="0 0 16 16">
        <circle cx="8" cy="8" r="5.5" />
        <path d="M8 2.5a5.5 5.5 0 0 1 0 11z" fill="currentColor" />
      </symbol>
      <symbol id="g-help" viewBox="0 0 16 16">
        <circle cx="8" cy="8" r="6" />
        <path d="M6.25 6.25c.2-2.3 3.7-2.1 3.5 0-.1 1.2-1.75 1.2-1.75 2.5M8 11v.1" />
      </symbol>
      <symbol id="g-pin" viewBox="0 0 16 16">
        <path d="M8 14s4.75-4.5 4.75-7.75a4.75 4.75 0 0 0-9.5 0C3.25 9.5 8 14 8 14z" />
        <circle cx="8" cy="6.25" r="1.5" />
      </symbol>
      <symbol id="g-user" viewBox="0 0 16 16">
        <circle cx="8" cy="5.5" r="2.75" />
        <path d="M3 13.75c0-3 2-4.5 5-4.5s5 1.5 5 4.5" />
      </symbol>
      <symbol id="g-bolt" viewBox="0 0 16 16">
        <path d="M9 1.75 3.5 9H7.5L6.75 14.25 12.5 6.5H8.5z" fill="currentColor" />
      </symbol>
      <symbol id="g-menu" viewBox="0 0 16 16">
        <path d="M2.5 4h11M2.5 8h11M2.5 12h11" />
      </symbol>
      <symbol id="g-replay" viewBox="0 0 16 16">
        <path d="M3 8a5 5 0 1 0 1.6-3.65M4.5 1.75v2.9h2.9" />
      </symbol>
      <symbol id="g-more" viewBox="0 0 16 16">
        <path d="M5 3.5 9.5 8 5 12.5M9.5 3.5 14 8 9.5 12.5" />
      </symbol>
      <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
        <rect width="6" height="6" class="hatch-ground" />
        <line x1="0" x2="0" y1="0" y2="6" class="hatch-line" />
      </pattern>
    </svg>
  );
}
