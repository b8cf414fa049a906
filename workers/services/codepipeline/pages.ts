/** Pages of CodePipeline's lists. */
import { ServiceError } from "../../model/errors.ts";
import { pageBehind, placeIn } from "../place-token.ts";

interface Asked {
  readonly maxResults?: number;
  readonly nextToken?: string;
}

/** @param rows in the order of `place`, ascending. */
export function pageOf<T>(
  rows: readonly T[],
  place: (row: T) => string,
  most: number,
  { maxResults = most, nextToken }: Asked,
): { readonly page: readonly T[]; readonly token: { readonly nextToken?: string } } {
  const after = nextToken === undefined ? "" : placeIn(nextToken);
  if (after === undefined) throw new ServiceError("InvalidNextTokenException", "The next token is invalid.");
  const { page, next } = pageBehind(rows, place, after, maxResults);
  return { page, token: next === undefined ? {} : { nextToken: next } };
}
