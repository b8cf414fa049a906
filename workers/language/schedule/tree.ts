/** A parsed schedule expression of a rule (facts eventbridge §8). All times are UTC, whole minutes. */

export interface Rate {
  readonly kind: "rate";
  readonly milliseconds: number;
}

/** A day-of-month field beyond plain numbers. */
export type MonthDay =
  | { readonly kind: "day"; readonly day: number }
  /** `L`, `L-3`: so many days before the last. */
  | { readonly kind: "from-last"; readonly before: number }
  /** `15W`, `LW` (day undefined): the weekday nearest to a day, in its month. */
  | { readonly kind: "weekday"; readonly day: number | undefined };

/** A day-of-week field; 1 is Sunday. */
export type WeekDay =
  | { readonly kind: "day"; readonly day: number }
  /** `6L`: the last such day of the month. */
  | { readonly kind: "last"; readonly day: number }
  /** `6#3`: the third such day of the month. */
  | { readonly kind: "nth"; readonly day: number; readonly nth: number };

export interface Cron {
  readonly kind: "cron";
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  /** Absent where the field is `?`; one of the two is. */
  readonly monthDays?: readonly MonthDay[];
  readonly weekDays?: readonly WeekDay[];
  /** 1 is January. */
  readonly months: readonly number[];
  readonly years: readonly number[];
}

export type Schedule = Rate | Cron;
