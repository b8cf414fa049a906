import { createMemo, createSignal, For, Index, type JSX, onCleanup, Show } from "solid-js";
import { arnName } from "../../app/paths.ts";
import { cursorTime, pointAt } from "../../charts/cursor.ts";
import { timeSplits, timeText } from "../../charts/time-axis.ts";
import { useClock } from "../../client/context.ts";
import type { Read } from "../../client/resource.ts";
import { Button } from "../../ui/Button.tsx";
import { Glyph } from "../../ui/Glyph.tsx";
import { rootZoom } from "../../ui/media.ts";
import { Empty, ReadState } from "../../ui/notes.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { stampText } from "../../ui/time.ts";
import type { HistoryRow, HistoryView } from "./history.ts";
import { lanesOf, type Mark } from "./lanes.ts";
import { TRAIL as T } from "./strings.ts";

const MINUTE = 60_000;

export interface TouchedCardProps {
  readonly resource: string;
  readonly read: Read<HistoryView>;
  readonly selected: string | undefined;
  readonly onChoose: (eventId: string) => void;
  readonly onClose: () => void;
}

/** Who touched a resource, a lane each, over the time from the first call to now. */
export function TouchedCard(props: TouchedCardProps): JSX.Element {
  const clock = useClock();
  const [width, setWidth] = createSignal(0);
  const observer = new ResizeObserver(([entry]) => requestAnimationFrame(() => setWidth(entry?.contentRect.width ?? 0)));
  onCleanup(() => observer.disconnect());
  const rows = (): readonly HistoryRow[] => props.read.data()?.rows ?? [];
  const now = createMemo(() => Math.ceil((clock() + 1) / MINUTE) * MINUTE);
  const span = createMemo(() => {
    const first = Math.min(now(), ...rows().map((row) => row.eventTime));
    const room = Math.max(MINUTE, (now() - first) * 0.04);
    return { from: Math.floor((first - room) / MINUTE) * MINUTE, to: now() };
  });
  const lanes = createMemo(() =>
    width() === 0 ? [] : lanesOf(rows(), span(), width(), (text) => text.length * 6.6 * rootZoom(), rootZoom()),
  );
  const at = (moment: number): number => ((moment - span().from) / Math.max(1, span().to - span().from)) * width();
  const cursor = (): number | undefined => {
    const moment = cursorTime();
    return moment !== undefined && moment >= span().from && moment <= span().to ? at(moment) : undefined;
  };
  const sentence = (mark: Mark): string =>
    mark.rows
      .map((row) => `${row.eventName}, ${stampText(row.eventTime)}${row.errorCode === "" ? "" : `, ${T.refusedWith(row.errorCode)}`}`)
      .join("; ");
  return (
    <Panel
      title={T.touched(arnName(props.resource))}
      sub={T.touchedSub}
      class="touched"
      end={
        <>
          <span class="row g3 small t2 lanes-legend" aria-hidden="true">
            <For each={T.shapes}>
              {([shape, word]) => (
                <span class="row">
                  <i class="lane-mark" data-shape={shape} />
                  {word}
                </span>
              )}
            </For>
          </span>
          <Button small look="ghost" glyph="cross" label={T.touchedClose} onClick={() => props.onClose()} />
        </>
      }
    >
      <ReadState read={props.read} rows={2}>
        {() => (
          <Show
            when={rows().length > 0}
            fallback={
              <Empty glyph="trail" title={T.untouched(arnName(props.resource))}>
                {T.untouchedWhy}
              </Empty>
            }
          >
            <ul class="lanes">
              <Index each={lanes()}>
                {(lane) => (
                  <li class="lane">
                    <span class="lane-who">
                      <Glyph name={lane().kind === T.service ? "bolt" : "user"} />
                      <span class="trunc" title={lane().name}>
                        <b class="med">{lane().name}</b> <span class="small muted">{lane().kind}</span>
                      </span>
                    </span>
                    <span class="lane-track">
                      <Index each={lane().marks}>
                        {(mark) => (
                          <button
                            type="button"
                            class="lane-button"
                            data-side={mark().side}
                            aria-label={sentence(mark())}
                            title={sentence(mark())}
                            aria-pressed={mark().rows.some((row) => row.eventId === props.selected)}
                            style={{ left: `${mark().x}px` }}
                            onMouseEnter={() => pointAt(mark().rows[0]?.eventTime)}
                            onMouseLeave={() => pointAt(undefined)}
                            onFocus={() => pointAt(mark().rows[0]?.eventTime)}
                            onBlur={() => pointAt(undefined)}
                            onClick={() => props.onChoose((mark().rows[mark().rows.length - 1] as HistoryRow).eventId)}
                          >
                            <i class="lane-mark" data-shape={mark().shape} />
                            <Show when={mark().side}>
                              <span class="lane-text">{mark().text}</span>
                            </Show>
                          </button>
                        )}
                      </Index>
                    </span>
                  </li>
                )}
              </Index>
            </ul>
            <div class="lanes-axis" aria-hidden="true">
              <div
                class="lanes-plot"
                ref={(element) => {
                  observer.disconnect();
                  observer.observe(element);
                }}
              >
                <For each={timeSplits(span().from, span().to, width() / rootZoom())}>
                  {(moment) => (
                    <span class="lanes-tick" style={{ left: `${at(moment)}px` }}>
                      {timeText(moment, span().to - span().from)}
                    </span>
                  )}
                </For>
                <Show when={cursor() !== undefined}>
                  <i class="lanes-cursor" style={{ left: `${cursor()}px` }} />
                </Show>
              </div>
            </div>
          </Show>
        )}
      </ReadState>
    </Panel>
  );
}
