import { secondText, shortDayText, stampText } from "../../ui/time.ts";

const DAY = 86_400_000;
const isToday = (at: number, now: number): boolean => Math.floor(at / DAY) === Math.floor(now / DAY);

/** The time of day; with its date when that is not today's. */
export const sinceText = (at: number, now: number): string => (isToday(at, now) ? secondText(at) : stampText(at));

/** The same for narrow columns: `11 Mar 09:56:00`. */
export const shortSinceText = (at: number, now: number): string =>
  isToday(at, now) ? secondText(at) : `${shortDayText(at)} ${secondText(at)}`;
