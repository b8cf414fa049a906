/** Values as Python writes them, since the CLI is a Python program: `48.0`, `1e-07`, `True`, `2024-01-01T00:00:00+00:00`. */

/** A floating point number, with `.0` when whole; exponents from 1e16 up and below 1e-4, as `repr(float)`. */
export function floatText(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (value === Number.POSITIVE_INFINITY) return "Infinity";
  if (value === Number.NEGATIVE_INFINITY) return "-Infinity";
  if (Object.is(value, -0)) return "-0.0";
  const [digits = "0", exponentText = "0"] = value.toExponential().split("e");
  const exponent = Number(exponentText);
  if (value !== 0 && (exponent < -4 || exponent >= 16)) {
    const size = String(Math.abs(exponent)).padStart(2, "0");
    return `${digits}e${exponent < 0 ? "-" : "+"}${size}`;
  }
  const plain = String(value);
  if (!plain.includes("e")) return plain.includes(".") ? plain : `${plain}.0`;
  // JavaScript turns to exponents below 1e-6, Python below 1e-4; never reached above.
  return plain;
}

/** ISO 8601 in UTC with microseconds when there are any. */
export function timestampText(ms: number): string {
  const iso = new Date(ms).toISOString();
  const fraction = iso.slice(20, 23);
  return `${iso.slice(0, 19)}${fraction === "000" ? "" : `.${fraction}000`}+00:00`;
}

/** `str()` of a scalar. */
export function scalarText(value: unknown, isFloat: (value: number) => boolean): string {
  if (value === null || value === undefined) return "None";
  if (value === true) return "True";
  if (value === false) return "False";
  if (typeof value === "number")
    return isFloat(value) ? floatText(value).replace(/^NaN$/, "nan").replace("Infinity", "inf") : integerText(value);
  return String(value);
}

/** A whole number in digits, never with an exponent. */
export function integerText(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e21 ? BigInt(value).toString() : floatText(value);
}
