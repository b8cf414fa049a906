/** Numbers as event patterns compare them (facts eventbridge §5.3, §5.4): as decimals where a double holds them exactly enough. */

const PARTS = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/** `-0.0120e3` as sign, digits without zeros at either end, and the power of ten of the last digit. */
function decimal(text: string): string {
  const [, sign = "", whole = "", fraction = "", power = "0"] = PARTS.exec(text) ?? [];
  const digits = (whole + fraction).replace(/^0+/, "");
  const cut = digits.replace(/0+$/, "");
  return cut === "" ? "0" : `${sign}${cut}e${Number(power) - fraction.length + (digits.length - cut.length)}`;
}

/** The number's value, or undefined where a double does not hold it: such a number only equals its own text. */
export function comparable(text: string): number | undefined {
  const value = Number(text);
  // Most numbers are written as JavaScript writes them.
  if (String(value) === text && Number.isFinite(value)) return value;
  return Number.isFinite(value) && decimal(String(value)) === decimal(text) ? value : undefined;
}

interface Written {
  readonly text: string;
  /** Undefined where a double does not hold it. */
  readonly value?: number | undefined;
}

export const sameNumber = (a: Written, b: Written): boolean => a.text === b.text || (a.value !== undefined && a.value === b.value);
