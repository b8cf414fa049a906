/** Account time as text. Always UTC, as AWS shows it; never the visitor's zone. */
const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const two = (n: number): string => String(n).padStart(2, "0");

/** 09:19 */
export function minuteText(ms: number): string {
  const at = new Date(ms);
  return `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`;
}
/** 09:19:24 */
export function secondText(ms: number): string {
  return `${minuteText(ms)}:${two(new Date(ms).getUTCSeconds())}`;
}
/** 09:19:24.112 */
export function milliText(ms: number): string {
  return `${secondText(ms)}.${String(new Date(ms).getUTCMilliseconds()).padStart(3, "0")}`;
}
/** Thu 12 Mar 2026 */
export function dayText(ms: number): string {
  const at = new Date(ms);
  return `${DAYS[at.getUTCDay()]} ${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]} ${at.getUTCFullYear()}`;
}
/** 12 Mar */
export function shortDayText(ms: number): string {
  const at = new Date(ms);
  return `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]}`;
}
/** 2026-03-12 09:19:24 */
export function stampText(ms: number): string {
  const at = new Date(ms);
  return `${at.getUTCFullYear()}-${two(at.getUTCMonth() + 1)}-${two(at.getUTCDate())} ${secondText(ms)}`;
}
/** 2026-03-12 09:19, as a person types a moment of account time. */
export function inputText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 16).replace("T", " ");
}
/** Reads `2026-03-12 09:19` (seconds and a T allowed) as UTC; undefined when it is not a moment. */
export function fromInputText(text: string): number | undefined {
  const found = /^(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2})(?::(\d{2}))?Z?$/.exec(text.trim());
  if (found === null) return undefined;
  const [year, month, day, hour, minute, second] = found.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const ms = Date.UTC(year, month - 1, day, hour, minute, second || 0);
  return inputText(ms).startsWith(text.trim().slice(0, 10)) && hour < 24 && minute < 60 ? ms : undefined;
}

/** 2 min 24 s; 45 s; 3 h 5 min; 2 d 4 h. Two units at most. */
export function durationText(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return join(Math.floor(seconds / 60), "min", seconds % 60, "s");
  if (seconds < 86_400) return join(Math.floor(seconds / 3600), "h", Math.floor((seconds % 3600) / 60), "min");
  return join(Math.floor(seconds / 86_400), "d", Math.floor((seconds % 86_400) / 3600), "h");
}

function join(big: number, bigUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${big} ${bigUnit}` : `${big} ${bigUnit} ${small} ${smallUnit}`;
}
