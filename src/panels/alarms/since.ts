import { secondText, stampText } from "../../ui/time.ts";

/** The time of day; with its date when that was over a day ago. */
export const sinceText = (at: number, now: number): string => (now - at < 86_400_000 ? secondText(at) : stampText(at));
