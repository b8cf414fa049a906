/** A filter pattern that AWS refuses: its code and words, and where in the pattern the trouble is. */
import { ServiceError } from "../../model/errors.ts";

export class PatternError extends ServiceError {
  /** Offsets into the pattern, in UTF-16 units: [from, to). */
  readonly from: number;
  readonly to: number;

  constructor(message: string, at: { readonly from: number; readonly to: number }, hint: string) {
    super("InvalidParameterException", message, { hint });
    this.from = at.from;
    this.to = at.to;
  }
}

/** AWS's general answer to a syntax error; the hint says what is wrong. */
export const invalidPattern = (from: number, to: number, hint: string): PatternError =>
  new PatternError("Invalid filter pattern", { from, to }, hint);

/** AWS quotes what it stumbled over. */
export function invalidCharacters(pattern: string, from: number, to: number, hint: string): PatternError {
  return new PatternError(`Invalid character(s) in term '${pattern.slice(from, to)}'`, { from, to }, hint);
}
