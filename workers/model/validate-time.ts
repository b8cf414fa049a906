/** ISO 8601 texts to epoch milliseconds, without `Date.parse` (whose reading of odd texts differs between engines). */

const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|z|[+-]\d{2}(?::?\d{2})?)?$/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{4})?$/;

/**
 * Epoch milliseconds of an ISO 8601 text, extended (`2024-01-01T00:00:00.100Z`) or basic (`20240101T000000Z`); a text
 * without a zone is UTC, as the AWS CLI reads it; digits beyond the millisecond are cut. Undefined when it is none.
 */
export function parseIsoTime(text: string): number | undefined {
  const found = ISO.exec(text) ?? COMPACT.exec(text);
  if (found === null) return undefined;
  const part = (index: number): number => Number(found[index] ?? "0");
  const [year, month, day, hour, minute, second] = [part(1), part(2), part(3), part(4), part(5), part(6)];
  const millisecond = Number((found[7] ?? "0").padEnd(3, "0").slice(0, 3));
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 24 || minute > 59 || second > 60) return undefined;
  const ms = Date.UTC(year, month - 1, day, hour, minute, second, millisecond);
  if (year < 100 || new Date(Date.UTC(year, month - 1, day)).getUTCDate() !== day) return undefined;
  return ms - offsetMinutes(found[8]) * 60_000;
}

function offsetMinutes(zone: string | undefined): number {
  if (zone === undefined || zone === "Z" || zone === "z") return 0;
  const digits = zone.slice(1).replace(":", "");
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2, 4) || "0");
  return zone.startsWith("-") ? -minutes : minutes;
}
