/** A filter expression that X-Ray refuses, and where in it the trouble is. */
import { ServiceError } from "../../model/errors.ts";

export class FilterExpressionError extends ServiceError {
  /** Offsets into the expression, in UTF-16 units: [from, to). */
  readonly from: number;
  readonly to: number;

  constructor(message: string, at: { readonly from: number; readonly to: number }, hint: string) {
    super("InvalidRequestException", message, { hint });
    this.from = at.from;
    this.to = at.to;
  }
}

/** The hint says what is wrong. */
export const invalidExpression = (from: number, to: number, hint: string): FilterExpressionError =>
  new FilterExpressionError("Invalid filter expression", { from, to }, hint);
