/** The ways CloudWatch writes moments down. All from epoch milliseconds, all UTC unless an offset is given. */

const two = (n: number): string => String(n).padStart(2, "0");

/** `2019-10-02T17:04:40.985+0000`: state reason data, events, notifications. */
export const offsetTime = (ms: number): string => new Date(ms).toISOString().replace("Z", "+0000");

/** `02/10/19 16:59:00`: in state reasons. */
export function reasonTime(ms: number): string {
  const d = new Date(ms);
  const day = [d.getUTCDate(), d.getUTCMonth() + 1, d.getUTCFullYear() % 100].map(two).join("/");
  return `${day} ${two(d.getUTCHours())}:${two(d.getUTCMinutes())}:${two(d.getUTCSeconds())}`;
}

const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/** `Wednesday 02 October, 2019 17:04:40 UTC`: in mails. */
export function longTime(ms: number): string {
  const d = new Date(ms);
  const day = `${DAYS[d.getUTCDay()]} ${two(d.getUTCDate())} ${MONTHS[d.getUTCMonth()]}, ${d.getUTCFullYear()}`;
  return `${day} ${two(d.getUTCHours())}:${two(d.getUTCMinutes())}:${two(d.getUTCSeconds())} UTC`;
}

/** `2019-10-02 17:04:40 UTC`: in sentences of our own. */
export const clockTime = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19).replace("T", " ")} UTC`;

/** Milliseconds of an offset such as `+0130`; undefined when it is none. */
export function offsetMs(text: string): number | undefined {
  const match = /^([+-])(\d{2})(\d{2})$/.exec(text);
  if (match === null) return undefined;
  return (match[1] === "-" ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) * 60_000;
}

/** `2026-11-24 23:57 UTC` or `2026-11-25 01:27 +0130`: in labels. */
export function labelTime(ms: number, offset: string | undefined): string {
  const shifted = new Date(ms + (offset === undefined ? 0 : (offsetMs(offset) ?? 0))).toISOString();
  return `${shifted.slice(0, 10)} ${shifted.slice(11, 16)} ${offset === undefined || offset === "+0000" ? "UTC" : offset}`;
}

/** A span in its two largest units: `2d 3h`, `45m 10s`. */
export function spanText(ms: number): string {
  const seconds = Math.floor(Math.abs(ms) / 1000);
  const parts: [number, string][] = [
    [Math.floor(seconds / 86_400), "d"],
    [Math.floor(seconds / 3600) % 24, "h"],
    [Math.floor(seconds / 60) % 60, "m"],
    [seconds % 60, "s"],
  ];
  const shown = parts.filter(([n]) => n > 0).slice(0, 2);
  return shown.length === 0 ? "0s" : shown.map(([n, unit]) => `${n}${unit}`).join(" ");
}
