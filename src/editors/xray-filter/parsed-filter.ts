/** What X-Ray's own parser says of a filter expression while it is written. */
import { FilterExpressionError } from "../../../workers/language/xray-filter/expression-error.ts";
import { type GroupLookup, parseFilter } from "../../../workers/language/xray-filter/parse.ts";

export interface FilterError {
  readonly message: string;
  readonly hint: string;
  /** [from, to) in UTF-16 units. */
  readonly from: number;
  readonly to: number;
}

export interface KnownGroup {
  readonly GroupName?: string;
  readonly GroupARN?: string;
  readonly FilterExpression?: string;
}

/** Undefined where the text is an expression, or empty. */
export function filterError(text: string, groups: readonly KnownGroup[] = []): FilterError | undefined {
  if (text.trim() === "") return undefined;
  const lookup: GroupLookup = (by, value) => {
    const found = groups.find((group) => (by === "name" ? group.GroupName : group.GroupARN) === value);
    return found && { name: found.GroupName ?? "", arn: found.GroupARN ?? "", expression: found.FilterExpression ?? "" };
  };
  try {
    parseFilter(text, lookup);
    return undefined;
  } catch (thrown) {
    if (!(thrown instanceof FilterExpressionError)) throw thrown;
    return { message: thrown.message, hint: thrown.hint ?? "", from: thrown.from, to: thrown.to };
  }
}
