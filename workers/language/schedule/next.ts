/** When a schedule fires (facts eventbridge §8). */
import type { Cron, MonthDay, Schedule, WeekDay } from "./tree.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;

/** The first moment after `after` (epoch ms) at which the schedule fires; a rate counts from `created`. Undefined where there is none. */
export function nextFire(schedule: Schedule, after: number, created: number): number | undefined {
  if (schedule.kind === "rate") {
    const { milliseconds } = schedule;
    return created + (Math.max(0, Math.floor((after - created) / milliseconds)) + 1) * milliseconds;
  }
  return nextCron(schedule, after);
}

/** Days one by one, by months that fit; the first minute of the day that lies after `after`. */
function nextCron(cron: Cron, after: number): number | undefined {
  const begin = new Date(after);
  const today = Math.floor(after / DAY) * DAY;
  for (const year of cron.years) {
    if (year < begin.getUTCFullYear()) continue;
    for (const month of cron.months) {
      if (Date.UTC(year, month, 1) <= today) continue; // the month is over
      for (const day of daysOf(cron, year, month)) {
        const date = Date.UTC(year, month - 1, day);
        if (date < today) continue;
        const time = firstTime(cron, after - date);
        if (time !== undefined) return date + time;
      }
    }
  }
  return undefined;
}

/** Milliseconds into the day of the first minute after `after` (which may lie before the day). */
function firstTime({ hours, minutes }: Cron, after: number): number | undefined {
  for (const hour of hours) {
    for (const minute of minutes) {
      const time = (hour * 60 + minute) * MINUTE;
      if (time > after) return time;
    }
  }
  return undefined;
}

/** Days of the month on which it fires, ascending. */
function daysOf({ monthDays, weekDays }: Cron, year: number, month: number): readonly number[] {
  const length = new Date(Date.UTC(year, month, 0)).getUTCDate();
  /** 1 is Sunday. */
  const weekDayOf = (day: number): number => new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 1;
  const found =
    monthDays?.map((term) => monthDayOf(term, length, weekDayOf)) ?? weekDays?.flatMap((term) => weekDaysOf(term, length, weekDayOf)) ?? [];
  return [...new Set(found.filter((day): day is number => day !== undefined && day >= 1 && day <= length))].sort((a, b) => a - b);
}

function monthDayOf(term: MonthDay, length: number, weekDayOf: (day: number) => number): number | undefined {
  if (term.kind === "day") return term.day;
  if (term.kind === "from-last") return length - term.before;
  const { day = length } = term;
  if (day > length) return undefined;
  const weekDay = weekDayOf(day);
  if (weekDay === 7) return day === 1 ? 3 : day - 1;
  if (weekDay === 1) return day === length ? day - 2 : day + 1;
  return day;
}

function weekDaysOf(term: WeekDay, length: number, weekDayOf: (day: number) => number): readonly number[] {
  const first = 1 + ((term.day - weekDayOf(1) + 7) % 7);
  const all = Array.from({ length: Math.floor((length - first) / 7) + 1 }, (_, i) => first + i * 7);
  if (term.kind === "day") return all;
  return term.kind === "last" ? all.slice(-1) : all.slice(term.nth - 1, term.nth);
}
