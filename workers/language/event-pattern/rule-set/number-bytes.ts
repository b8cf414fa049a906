/** Numbers straight from an event's bytes. */

const MINUS = 45;
const POINT = 46;
const ZERO = 48;

/** So many digits a double always holds: no two numbers of so many digits are one double. */
const ALWAYS_HELD = 15;
const POWERS = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

/**
 * The value of a number of at most 15 digits without exponent, as `comparable` reads it: digits and power of ten are exact, so
 * the one division rounds as reading the decimal does. NaN of any other.
 */
export function heldValue(bytes: Uint8Array, from: number, to: number): number {
  const isNegative = bytes[from] === MINUS;
  let at = isNegative ? from + 1 : from;
  if (to - at > ALWAYS_HELD + 1) return Number.NaN;
  let digits = 0;
  let point = -1;
  for (; at < to; at++) {
    const digit = (bytes[at] as number) - ZERO;
    if (digit >= 0 && digit <= 9) digits = digits * 10 + digit;
    else if (bytes[at] === POINT) point = at;
    else return Number.NaN;
  }
  if (point < 0) {
    if (to - from > ALWAYS_HELD) return Number.NaN;
  } else digits /= POWERS[to - point - 1] as number;
  return isNegative ? -digits : digits;
}
