/** Page tokens of lists that are ordered by id. Nothing is remembered between pages: a token says after which id the next begins. */
import { placeIn, placeToken } from "../place-token.ts";
import { badToken } from "./failures.ts";

/** The place in a token; throws InvalidRequestException where it is none. */
export function readToken(token: string): string {
  const place = placeIn(token);
  if (place === undefined) throw badToken();
  return place;
}

export function pageOf<D>(
  entries: readonly (readonly [string, D])[],
  token: string | undefined,
  size: number,
): { readonly items: readonly D[]; readonly NextToken?: string } {
  const after = token === undefined ? undefined : readToken(token);
  const left = after === undefined ? entries : entries.filter(([id]) => id > after);
  const page = left.slice(0, size);
  const last = page.at(-1);
  return { items: page.map(([, doc]) => doc), ...(last !== undefined && left.length > size ? { NextToken: placeToken(last[0]) } : {}) };
}
