import { A } from "@solidjs/router";
import { For, type JSX } from "solid-js";
import { isCursorPinned, meantTime, unpin } from "../charts/cursor.ts";
import { useClock } from "../client/context.ts";
import { Glyph, type GlyphName } from "../ui/Glyph.tsx";
import { minuteText, secondText } from "../ui/time.ts";
import { minutePath, showMoment } from "./moments.ts";
import { APP } from "./strings.ts";

type Place = "events" | "traces" | "trail" | "inbox" | "metrics" | "logs";

const PLACES: Readonly<
  Record<Place, { readonly path: string; readonly label: string; readonly glyph: GlyphName; readonly isListed: boolean }>
> = {
  events: { path: "/events", label: "Event bus", glyph: "bus", isListed: true },
  traces: { path: "/traces", label: "Traces", glyph: "trace", isListed: true },
  trail: { path: "/trail", label: "Event history", glyph: "trail", isListed: true },
  inbox: { path: "/inbox", label: "Inbox", glyph: "topic", isListed: true },
  metrics: { path: "/metrics", label: "Metrics", glyph: "metrics", isListed: false },
  logs: { path: "/logs", label: "Log groups", glyph: "logs", isListed: false },
};

/** Links to the same minute on other pages: lists show it, graphs have their cursor there. The pin keeps the moment itself. */
export function SameMinute(props: { readonly at: number; readonly here: Place }): JSX.Element {
  const clock = useClock();
  const isKept = (): boolean => isCursorPinned() && Math.floor(meantTime() ?? 0) === Math.floor(props.at);
  const places = (): readonly Place[] => (Object.keys(PLACES) as Place[]).filter((place) => place !== props.here);
  return (
    <nav class="same-minute" aria-label={APP.sameMinute(minuteText(props.at))}>
      <button
        type="button"
        class={`chip ${isKept() ? "on" : ""}`}
        aria-pressed={isKept()}
        title={APP.keepMomentWhy}
        onClick={() => (isKept() ? unpin() : showMoment(props.at, clock()))}
      >
        <Glyph name="pin" size="s" />
        {APP.keepMoment(secondText(props.at))}
      </button>
      <span class="small muted">{APP.sameMinute(minuteText(props.at))}</span>
      <For each={places()}>
        {(place) => (
          <A
            class="chip"
            href={PLACES[place].isListed ? minutePath(PLACES[place].path, props.at) : PLACES[place].path}
            onClick={() => showMoment(props.at, clock())}
          >
            <Glyph name={PLACES[place].glyph} size="s" />
            {PLACES[place].label}
          </A>
        )}
      </For>
    </nav>
  );
}
