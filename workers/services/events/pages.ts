/** Pages of a list in order of names. A token holds the last name of its page. */
import { pageBehind, placeIn } from "../place-token.ts";
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
  const { page, next } = pageBehind(items, nameOf, NextToken === undefined ? "" : nameIn(NextToken), Limit);
  return { items: page, ...(next === undefined ? {} : { NextToken: next }) };
}

function nameIn(token: string): string {
  const name = placeIn(token);
  if (name === undefined) throw invalid("Token is invalid.");
  return name;
}
