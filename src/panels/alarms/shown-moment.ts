import { type Accessor, createMemo, untrack } from "solid-js";
import { holdInRange } from "../../app/moments.ts";
import { type RangeChoice, rangeChoice, setRangeChoice } from "../../app/time-range.ts";
import { cursorTime, isCursorPinned, pinAt, pinSubject, unpin } from "../../charts/cursor.ts";
import { useClock } from "../../client/context.ts";

export interface ShownMoment {
  /** Epoch ms; undefined = the newest evaluation. */
  readonly moment: Accessor<number | undefined>;
  /** Pins the evaluation of a moment; the chart follows when it would not be on it. */
  readonly show: (at: number) => void;
  /** A datapoint was chosen in the graph: what is pinned there is this alarm's. */
  readonly choose: (start: number) => void;
  /** Back to the newest, and the chart to where it was before it followed. */
  readonly toNewest: () => void;
}

/** Which evaluation an alarm's page shows: the one pinned, the one at the cursor, else the newest. */
export function createShownMoment(name: string, periodMs: Accessor<number>): ShownMoment {
  const clock = useClock();
  let followed: { readonly from: RangeChoice; readonly to: RangeChoice } | undefined;
  untrack(() => {
    const owner = pinSubject()?.owner;
    if (owner !== undefined && owner !== name) unpin();
  });
  // The evaluation that had the cursor's period as its newest one.
  const after = (start: number): number => Math.floor(start / 1000) * 1000 + periodMs();
  const moment = createMemo(() => {
    const [subject, cursor] = [pinSubject(), cursorTime()];
    if (subject !== undefined) return subject.moment;
    if (cursor !== undefined) return after(cursor);
    return periodMs() < 60_000 ? Math.floor(clock() / 10_000) * 10_000 : undefined;
  });
  const show = (at: number): void => {
    const place = at - periodMs();
    const from = rangeChoice();
    if (holdInRange(place, clock())) followed = { from: followed?.to === from ? followed.from : from, to: rangeChoice() };
    pinAt(place, { moment: at, owner: name });
  };
  const choose = (start: number): void => {
    if (isCursorPinned()) pinAt(start, { moment: after(start), owner: name });
  };
  const toNewest = (): void => {
    unpin();
    if (followed !== undefined && followed.to === rangeChoice()) setRangeChoice(followed.from);
    followed = undefined;
  };
  return { moment, show, choose, toNewest };
}
