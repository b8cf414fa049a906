import type { JSX } from "solid-js";
import { useClock } from "../../client/context.ts";
import { Button } from "../../ui/Button.tsx";
import { Callout } from "../../ui/notes.tsx";
import { dayText, minuteText, secondText, shortDayText } from "../../ui/time.ts";
import { TRACES as T } from "./strings.ts";

/** The trace that is shown began outside the time of the map and the list: where it is, and the way there. */
export function OutsideNote(props: {
  /** When it began, epoch ms. */
  readonly at: number;
  readonly span: { readonly from: number; readonly to: number };
  readonly onShow: () => void;
}): JSX.Element {
  const clock = useClock();
  const isToday = (moment: number): boolean => dayText(moment) === dayText(clock());
  const day = (moment: number): string => (isToday(moment) ? "" : `${shortDayText(moment)} `);
  const minute = (moment: number): string => `${day(moment)}${minuteText(moment)}`;
  return (
    <div class="traces-outside" role="status">
      <Callout>
        <div class="row wrap">
          <span class="grow">{T.outside(`${day(props.at)}${secondText(props.at)}`, minute(props.span.from), minute(props.span.to))}</span>
          <Button small glyph="clock" onClick={() => props.onShow()}>
            {T.showTime(minute(props.at))}
          </Button>
        </div>
      </Callout>
    </div>
  );
}
