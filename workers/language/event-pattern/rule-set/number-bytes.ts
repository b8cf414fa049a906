/**
 * Numbers straight from an event's bytes, without text and without asking how JavaScript would write them.
 *
 * A number of D digits behind the sign, F of them behind the point, is D / 10^F. Up to 15 digits both are exact doubles, so one
 * division rounds as reading the decimal does, and no two such numbers are one double. Of 16 and 17 digits the quotient is made
 * as a double and what is left of it (Dekker's exact product), which tells
 *
 *     value - half - - - D - value - - - value + half     `half` of the distance to the next double
 *
 * whether D is what JavaScript writes for the value: nearest to it of all numbers of so many digits, and no shorter one between
 * the halves. Where that is too close to tell, and of all other numbers, the answer is NaN: ask `comparable`.
 */

const MINUS = 45;
const POINT = 46;
const ZERO = 48;

/** So many digits a double always holds; so many at most. */
const ALWAYS_HELD = 15;
const MOST_HELD = 17;
/** Digits of the two halves that D is read into. */
const IN_HIGH = 9;
/** Powers of ten that a double holds exactly. */
const POWERS = Float64Array.of(
  ...[1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22],
);

/** The value of a number as `comparable` tells it, or NaN where it has to be asked. */
export function heldValue(bytes: Uint8Array, from: number, to: number): number {
  const isNegative = bytes[from] === MINUS;
  let [high, low, count, point] = [0, 0, 0, to - 1];
  for (let at = isNegative ? from + 1 : from; at < to; at++) {
    const digit = (bytes[at] as number) - ZERO;
    if (digit >= 0 && digit <= 9) {
      if (count >= IN_HIGH) {
        low = low * 10 + digit;
        count++;
      } else {
        high = high * 10 + digit;
        if (high > 0) count++;
      }
    } else if (bytes[at] === POINT) point = at;
    else return Number.NaN;
  }
  const fraction = to - 1 - point;
  if (count > MOST_HELD || fraction >= POWERS.length) return Number.NaN;
  // The odd factor of the power has 19 bits and `high` 30: exact.
  const upper = high * (POWERS[Math.max(0, count - IN_HIGH)] as number);
  const divisor = POWERS[fraction] as number;
  const value = count <= ALWAYS_HELD ? (upper + low) / divisor : longValue(upper, low, divisor);
  return isNegative ? -value : value;
}

/** Cuts a double into two of half the bits. */
const SPLIT = 134217729;
/** A little more than half the distance to the next double, as a share of any double. */
const HALF_OR_MORE = 1.1102230246251568e-16;
/** What the rest may be wrong by, as a share, and more. */
const DOUBT = 1e-6;

/** (upper + low) / divisor for 16 and 17 digits. */
function longValue(upper: number, low: number, divisor: number): number {
  const sum = upper + low;
  const sumRest = low - (sum - upper);
  const quotient = sum / divisor;
  const product = quotient * divisor;
  const cutQuotient = SPLIT * quotient;
  const quotientHigh = cutQuotient - (cutQuotient - quotient);
  const quotientLow = quotient - quotientHigh;
  const cutDivisor = SPLIT * divisor;
  const divisorHigh = cutDivisor - (cutDivisor - divisor);
  const divisorLow = divisor - divisorHigh;
  const productRest =
    quotientLow * divisorLow - (product - quotientHigh * divisorHigh - quotientLow * divisorHigh - quotientHigh * divisorLow);
  const more = (sum - product - productRest + sumRest) / divisor;
  const value = quotient + more;
  const rest = more - (value - quotient);

  const half = (value + value * HALF_OR_MORE - value) / 2;
  const step = 1 / divisor;
  const last = low % 10;
  const away = Math.abs(rest);
  const isRounded = Math.abs(away - half) > half * DOUBT && Math.abs(away - half / 2) > half * DOUBT;
  const isNearest = away < (step / 2) * (1 - DOUBT);
  const isShortest = Math.abs(rest - last * step) > half * (1 + DOUBT) && Math.abs(rest + (10 - last) * step) > half * (1 + DOUBT);
  return isRounded && isNearest && isShortest ? value : Number.NaN;
}
