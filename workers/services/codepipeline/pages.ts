/** Pages of CodePipeline's lists. */
import { ServiceError } from "../../model/errors.ts";
import { placeIn, placeToken } from "../place-token.ts";

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
  const rest = rows.filter((row) => place(row) > after);
  const page = rest.slice(0, maxResults);
  const last = page.at(-1);
  return { page, token: last !== undefined && rest.length > page.length ? { nextToken: placeToken(place(last)) } : {} };
}
