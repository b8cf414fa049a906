/** Reads `rate(...)` and `cron(...)` (facts eventbridge §8). */
import { ServiceError } from "../../model/errors.ts";
import type { Cron, MonthDay, Rate, Schedule, WeekDay } from "./tree.ts";

const UNITS = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;
const MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split(" ");
const DAYS = "SUN MON TUE WED THU FRI SAT".split(" ");

const refused = (hint: string): ServiceError =>
  new ServiceError("ValidationException", "Parameter ScheduleExpression is not valid.", { hint });

/** Throws `ServiceError` with a hint that names the field and its rule. */
export function parseSchedule(expression: string): Schedule {
  const rate = /^rate\((.*)\)$/s.exec(expression);
  if (rate !== null) return parseRate(rate[1] as string);
  const cron = /^cron\((.*)\)$/s.exec(expression);
  if (cron !== null) return parseCron(cron[1] as string);
  throw refused("A schedule is rate(value unit) or cron(minutes hours day-of-month month day-of-week year).");
}

function parseRate(inner: string): Rate {
  const found = /^(\d+) (minute|hour|day)(s?)$/.exec(inner);
  const value = Number(found?.[1] ?? 0);
  if (found === null || !Number.isSafeInteger(value) || value < 1)
    throw refused("A rate is a whole number from 1, one blank, and minute(s), hour(s) or day(s).");
  if ((value === 1) !== (found[3] === ""))
    throw refused(value === 1 ? "With 1 the unit is singular." : `With ${value} the unit is plural.`);
  return { kind: "rate", milliseconds: value * UNITS[found[2] as keyof typeof UNITS] };
}

interface FieldRule {
  readonly name: string;
  readonly low: number;
  readonly high: number;
  /** Words for the values from `low` on. */
  readonly words?: readonly string[];
}

const FIELDS = {
  minutes: { name: "minutes", low: 0, high: 59 },
  hours: { name: "hours", low: 0, high: 23 },
  monthDay: { name: "day-of-month", low: 1, high: 31 },
  month: { name: "month", low: 1, high: 12, words: MONTHS },
  weekDay: { name: "day-of-week", low: 1, high: 7, words: DAYS },
  year: { name: "year", low: 1970, high: 2199 },
} as const satisfies Record<string, FieldRule>;

function parseCron(inner: string): Cron {
  const fields = inner.trim().split(/\s+/);
  if (fields.length !== 6) throw refused(`cron has six fields; there are ${inner.trim() === "" ? 0 : fields.length}.`);
  const [minutes, hours, monthDay, month, weekDay, year] = fields as [string, string, string, string, string, string];
  if ((monthDay === "?") === (weekDay === "?")) throw refused("Of day-of-month and day-of-week exactly one is ?.");
  return {
    kind: "cron",
    minutes: numbers(minutes, FIELDS.minutes),
    hours: numbers(hours, FIELDS.hours),
    months: numbers(month, FIELDS.month),
    years: numbers(year, FIELDS.year),
    ...(monthDay === "?" ? { weekDays: parseWeekDays(weekDay) } : { monthDays: parseMonthDays(monthDay) }),
  };
}

function parseMonthDays(field: string): readonly MonthDay[] {
  return field.split(",").flatMap((term): readonly MonthDay[] => {
    const upper = term.toUpperCase();
    if (upper === "LW") return [{ kind: "weekday", day: undefined }];
    const last = /^L(?:-(\d+))?$/.exec(upper);
    if (last !== null) {
      const before = Number(last[1] ?? 0);
      if (before > 30) throw refused("L-n goes from L-1 to L-30.");
      return [{ kind: "from-last", before }];
    }
    const near = /^(\d+)W$/.exec(upper);
    if (near !== null) return [{ kind: "weekday", day: single(near[1] as string, FIELDS.monthDay) }];
    return range(term, FIELDS.monthDay).map((day) => ({ kind: "day", day }));
  });
}

function parseWeekDays(field: string): readonly WeekDay[] {
  const terms = field.split(",");
  if (terms.filter((term) => term.includes("#")).length > 1) throw refused("day-of-week takes one term with #.");
  return terms.flatMap((term): readonly WeekDay[] => {
    const upper = term.toUpperCase();
    if (upper === "L") return [{ kind: "day", day: 7 }];
    const last = /^(\w+)L$/.exec(upper);
    if (last !== null) return [{ kind: "last", day: single(last[1] as string, FIELDS.weekDay) }];
    const nth = /^(\w+)#(\d)$/.exec(upper);
    if (nth !== null) {
      const which = Number(nth[2]);
      if (which < 1 || which > 5) throw refused("The number after # goes from 1 to 5.");
      return [{ kind: "nth", day: single(nth[1] as string, FIELDS.weekDay), nth: which }];
    }
    return range(term, FIELDS.weekDay).map((day) => ({ kind: "day", day }));
  });
}

/** A list of plain terms, ascending and each once. */
function numbers(field: string, rule: FieldRule): readonly number[] {
  return [...new Set(field.split(",").flatMap((term) => range(term, rule)))].sort((a, b) => a - b);
}

/** `*`, `a`, `a-b`, each with `/n`; a range that ends before it begins goes round. */
function range(term: string, rule: FieldRule): readonly number[] {
  const [span = "", stepText, ...more] = term.split("/");
  if (more.length > 0) throw refused(`${rule.name}: ${term} has more than one /.`);
  const step = stepText === undefined ? 1 : Number(/^\d+$/.exec(stepText)?.[0] ?? 0);
  if (!(step >= 1)) throw refused(`${rule.name}: the step in ${term} is not a whole number from 1.`);
  const values = spanned(span, stepText !== undefined, rule);
  return values.filter((_, i) => i % step === 0);
}

function spanned(span: string, isStepped: boolean, rule: FieldRule): readonly number[] {
  const count = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);
  if (span === "*") return count(rule.low, rule.high);
  const ends = span.split("-");
  if (ends.length > 2) throw refused(`${rule.name}: ${span} is no range.`);
  const from = single(ends[0] as string, rule);
  if (ends.length === 1) return isStepped ? count(from, rule.high) : [from];
  const to = single(ends[1] as string, rule);
  return from <= to ? count(from, to) : [...count(from, rule.high), ...count(rule.low, to)];
}

function single(text: string, rule: FieldRule): number {
  const word = rule.words?.indexOf(text.toUpperCase()) ?? -1;
  if (word >= 0) return rule.low + word;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= rule.low && value <= rule.high)) {
    const words = rule.words === undefined ? "" : ` or ${rule.words[0]} to ${rule.words.at(-1)}`;
    throw refused(
      `${rule.name}: ${text === "" ? "a value is missing" : `${text} is not a value`}; it goes from ${rule.low} to ${rule.high}${words}.`,
    );
  }
  return value;
}
