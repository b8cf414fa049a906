/** Pages of EC2's answers: by a place in a fixed order, so that what comes or goes between pages moves nothing. */
import { ServiceError } from "../../model/errors.ts";
import { pageBehind, placeIn } from "../place-token.ts";
import { invalidValue } from "./failures.ts";

const [LEAST, MOST] = [5, 1_000];

interface Asked {
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

/** @param rows in ascending order of `place`. Without MaxResults up to a thousand are answered. */
export function pageOf<T>(
  rows: readonly T[],
  place: (row: T) => string,
  { MaxResults, NextToken }: Asked,
): { readonly page: readonly T[]; readonly token: { readonly NextToken?: string } } {
  if (MaxResults !== undefined && (MaxResults < LEAST || MaxResults > MOST)) {
    const bound = MaxResults < LEAST ? `greater than or equal to ${LEAST}` : `less than or equal to ${MOST}`;
    throw invalidValue(`Value ( ${MaxResults} ) for parameter maxResults is invalid. Expecting a value ${bound}.`);
  }
  const after = NextToken === undefined ? "" : placeIn(NextToken);
  if (after === undefined) throw new ServiceError("InvalidNextToken", `The token '${NextToken}' is invalid`);
  const { page, next } = pageBehind(rows, place, after, MaxResults ?? MOST);
  return { page, token: next === undefined ? {} : { NextToken: next } };
}
