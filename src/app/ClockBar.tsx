import { createMemo, type JSX, Show } from "solid-js";
import { cursorTime, isCursorPinned, pinSubject, unpin } from "../charts/cursor.ts";
import { useClient, useClock } from "../client/context.ts";
import { Button } from "../ui/Button.tsx";
import { Menu } from "../ui/Menu.tsx";
import { useUnder } from "../ui/media.ts";
import { Segmented } from "../ui/Segmented.tsx";
import { dayText, minuteText, secondText, shortDayText } from "../ui/time.ts";
import { PHONE } from "../ui/widths.ts";
import { ClockMenu } from "./ClockMenu.tsx";
import { SPEEDS, speedItems, speedText, useClockActions } from "./clock-actions.ts";
import { usePastActions } from "./past-actions.ts";
import { Ruler } from "./Ruler.tsx";
import { SetAsideChip } from "./SetAside.tsx";
import { APP, PAST } from "./strings.ts";

/** Step, play, speed, account time, the ruler, undo, next event; on a phone partly behind one button. Space plays while something in here has the focus. */
export function ClockBar(): JSX.Element {
  const { pulse } = useClient();
  const clock = useClock();
  const actions = useClockActions();
  const past = usePastActions();
  const isPhone = useUnder(PHONE);
  const isPlaying = (): boolean => pulse()?.playing ?? false;
  const speed = createMemo(() => pulse()?.speed ?? 1);
  const kept = (): number | undefined => (isPlaying() ? pulse()?.kept : undefined);
  const rewindTarget = (): number | undefined => {
    const at = pinSubject()?.moment ?? cursorTime();
    return isCursorPinned() && at !== undefined && at < clock() ? at : undefined;
  };
  const rewind = (moment: number): void => {
    unpin();
    past.rewind(moment);
  };
  const speeds = createMemo(() => speedItems(speed(), actions.setSpeed));
  return (
    <section
      class="clock"
      aria-label={APP.clock}
      onKeyDown={(event) => {
        if (event.key !== " " || event.target instanceof HTMLButtonElement) return;
        event.preventDefault();
        actions.toggle();
      }}
    >
      <div class="transport">
        <Show when={!isPhone()}>
          <Button look="ghost" glyph="back" label={APP.stepBack} onClick={() => actions.step(-1)} />
        </Show>
        <Button look="primary" glyph={isPlaying() ? "pause" : "play"} label={isPlaying() ? APP.pause : APP.play} onClick={actions.toggle} />
        <Show when={!isPhone()}>
          <Button look="ghost" glyph="step" label={APP.stepOn} onClick={() => actions.step(1)} />
          <span class="speeds">
            <Segmented
              small
              label={APP.speed}
              value={speed()}
              options={SPEEDS.map((one) => ({ value: one, label: speedText(one) }))}
              onChange={actions.setSpeed}
            />
          </span>
          <span class="speed-menu">
            <Menu look="btn sm" label={`${APP.speed}: ${speedText(speed())}`} button={speedText(speed())} items={speeds()} />
          </span>
        </Show>
      </div>
      <div class="now" title={`${dayText(clock())} ${secondText(clock())} UTC, ${APP.accountTime}`}>
        <div class="now-line">
          <b>{clock() === 0 ? "–" : secondText(clock())}</b>
          <span class="now-word">{APP.accountTime}</span>
        </div>
        <Show
          when={kept()}
          fallback={
            <span>
              <Show when={isPhone()} fallback={`${clock() === 0 ? "" : dayText(clock())} UTC`}>
                {`${speedText(speed())}, ${clock() === 0 ? "" : shortDayText(clock())}`}
              </Show>
            </span>
          }
        >
          {(real) => <span class="c-warn">{`${speedText(speed())} asked, ${APP.keeps(speedText(real()))}`}</span>}
        </Show>
      </div>
      <Ruler />
      <div class="tail">
        <Show when={!isPhone() && rewindTarget()}>
          {(at) => (
            <Button small glyph="replay" onClick={() => rewind(at())}>
              {APP.rewindTo(minuteText(at()))}
            </Button>
          )}
        </Show>
        <SetAsideChip short={isPhone()} />
        <Show
          when={!isPhone()}
          fallback={
            <>
              <Button look="ghost" glyph="step" label={APP.stepOn} onClick={() => actions.step(1)} />
              <ClockMenu actions={actions} past={past} rewindTarget={rewindTarget()} onRewind={rewind} />
            </>
          }
        >
          <Button
            small
            look="ghost"
            glyph="undo"
            disabled={!(pulse()?.past.canUndo ?? false)}
            reason={PAST.nothingToUndo}
            onClick={past.undo}
          >
            <span class="tail-word">{PAST.undo}</span>
          </Button>
          <Show when={pulse()?.past.canRedo}>
            <Button small look="ghost" glyph="redo" onClick={past.redo}>
              <span class="tail-word">{PAST.redo}</span>
            </Button>
          </Show>
          <Button small look="ghost" glyph="flag" pending={actions.pending()} title={APP.nextEventWhy} onClick={actions.nextEvent}>
            <span class="tail-word">{APP.nextEvent}</span>
          </Button>
        </Show>
      </div>
    </section>
  );
}
