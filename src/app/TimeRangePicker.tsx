import { createSignal, createUniqueId, For, type JSX, Show } from "solid-js";
import { useClock } from "../client/context.ts";
import { Button } from "../ui/Button.tsx";
import { Glyph } from "../ui/Glyph.tsx";
import { placePopover } from "../ui/popover.ts";
import { moveWithin } from "../ui/roving.ts";
import { TextField } from "../ui/TextField.tsx";
import { dayText, durationText, fromInputText, inputText, minuteText, secondText, shortDayText } from "../ui/time.ts";
import { APP } from "./strings.ts";
import { PRESETS, rangeChoice, setRangeChoice, shiftRange, useTimeRange } from "./time-range.ts";

/** Earlier, the range with presets and a custom one, later. All in account time. */
export function TimeRangePicker(): JSX.Element {
  const id = createUniqueId();
  const range = useTimeRange();
  const clock = useClock();
  const [isOpen, setOpen] = createSignal(false);
  const [from, setFrom] = createSignal("");
  const [to, setTo] = createSignal("");
  const [error, setError] = createSignal<string>();
  let button!: HTMLButtonElement;
  let sheet!: HTMLDivElement;
  const width = (): string => durationText(range().to - range().from).replace(" 0 min", "");
  const isOneDay = (): boolean => dayText(range().from) === dayText(range().to - 1);
  // A bar of a histogram may be shorter than a minute.
  const time = (moment: number): string => (range().from % 60_000 === 0 && range().to % 60_000 === 0 ? minuteText : secondText)(moment);
  const text = (): string =>
    isOneDay() && dayText(range().to) === dayText(clock() || range().to)
      ? `${time(range().from)} – ${time(range().to)}`
      : `${shortDayText(range().from)} ${time(range().from)} – ${isOneDay() ? "" : `${shortDayText(range().to)} `}${time(range().to)}`;
  const open = (): void => {
    setFrom(inputText(range().from));
    setTo(inputText(range().to));
    setError(undefined);
    setOpen(true);
    sheet.showPopover();
    placePopover(sheet, button, "end");
  };
  const close = (): void => {
    sheet.hidePopover();
    button.focus();
  };
  const apply = (): void => {
    const [a, b] = [fromInputText(from()), fromInputText(to())];
    if (a === undefined || b === undefined) {
      setError(APP.badMoment);
      return;
    }
    if (b <= a) {
      setError(APP.badRange);
      return;
    }
    setRangeChoice({ kind: "fixed", from: a, to: b });
    close();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of buttons, not of form fields
    <div class="timerange" role="group" aria-label={APP.timeRange}>
      <button type="button" aria-label={APP.earlier} title={APP.earlier} onClick={() => shiftRange(-1, clock())}>
        <Glyph name="left" size="s" />
      </button>
      <button
        ref={button}
        type="button"
        class="timerange-main"
        aria-haspopup="dialog"
        aria-expanded={isOpen()}
        aria-controls={`${id}-sheet`}
        onClick={() => (isOpen() ? close() : open())}
      >
        <Glyph name="clock" size="s" />
        <Show when={clock() > 0} fallback="…">
          <span class="timerange-text">{text()}</span>
          <span class="muted">{width()}</span>
        </Show>
        <Glyph name="down" size="s" />
      </button>
      <button type="button" aria-label={APP.later} title={APP.later} disabled={range().isLive} onClick={() => shiftRange(1, clock())}>
        <Glyph name="right" size="s" />
      </button>
      <div
        ref={sheet}
        id={`${id}-sheet`}
        class="menu sheet range-sheet"
        popover="auto"
        role="dialog"
        aria-label={APP.timeRange}
        onToggle={(event) => setOpen(event.newState === "open")}
      >
        <Show when={isOpen()}>
          <span class="small muted" id={`${id}-live`}>
            {APP.followsClock}
          </span>
          <div
            class="range-presets"
            role="radiogroup"
            aria-labelledby={`${id}-live`}
            onKeyDown={(event) => moveWithin(event, "[role=radio]")}
          >
            <For each={PRESETS}>
              {(preset) => {
                const isChosen = (): boolean => {
                  const chosen = rangeChoice();
                  return chosen.kind === "last" && chosen.minutes === preset.minutes;
                };
                return (
                  // biome-ignore lint/a11y/useSemanticElements: drawn as a chip
                  <button
                    type="button"
                    role="radio"
                    class={`chip ${isChosen() ? "on" : ""}`}
                    aria-checked={isChosen()}
                    onClick={() => {
                      setRangeChoice({ kind: "last", minutes: preset.minutes });
                      close();
                    }}
                  >
                    {preset.label}
                  </button>
                );
              }}
            </For>
          </div>
          <span class="small muted" id={`${id}-fixed`}>
            {APP.standsStill}
          </span>
          {/* biome-ignore lint/a11y/useSemanticElements: two fields with words above them */}
          <div class="range-custom" role="group" aria-labelledby={`${id}-fixed`}>
            <TextField label={APP.from} mono value={from()} onInput={setFrom} onEnter={apply} />
            <TextField label={APP.to} mono value={to()} onInput={setTo} onEnter={apply} error={error()} />
          </div>
          <div class="row">
            <span class="small muted grow">{APP.utc}</span>
            <Button small look="primary" onClick={apply}>
              {APP.apply}
            </Button>
          </div>
        </Show>
      </div>
    </div>
  );
}
