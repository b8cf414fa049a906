/** Pages of a list in order of names. A token holds the last name of its page. */
import { placeIn, placeToken } from "../place-token.ts";
import { invalid } from "./documents.ts";

const MOST = 100;

export interface PageRequest {
  readonly NextToken?: string | undefined;
  readonly Limit?: number | undefined;
}

/** @param nameOf ascending over `items`. */
export function pageOf<T>(
  items: readonly T[],
  nameOf: (item: T) => string,
  { NextToken, Limit = MOST }: PageRequest,
): {
  readonly items: readonly T[];
  readonly NextToken?: string;
} {
  const after = NextToken === undefined ? undefined : nameIn(NextToken);
  const rest = after === undefined ? items : items.filter((item) => nameOf(item) > after);
  const page = rest.slice(0, Limit);
  const last = page[page.length - 1];
  return last === undefined || page.length === rest.length ? { items: page } : { items: page, NextToken: placeToken(nameOf(last)) };
}

function nameIn(token: string): string {
  const name = placeIn(token);
  if (name === undefined) throw invalid("Token is invalid.");
  return name;
}
