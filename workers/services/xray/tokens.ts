/** Page tokens of lists that are ordered by id. Nothing is remembered between pages: a token says after which id the next begins. */
import { badToken } from "./failures.ts";

const MARK = "xray1:";

export const tokenOf = (after: string): string => btoa(encodeURIComponent(MARK + after));

/** What `tokenOf` was given; throws InvalidRequestException on anything else. */
export function readToken(token: string): string {
  const isBase64 = /^[A-Za-z0-9+/]+={0,2}$/.test(token) && token.length % 4 === 0;
  const text = isBase64 ? decoded(atob(token)) : "";
  if (!text.startsWith(MARK)) throw badToken();
  return text.slice(MARK.length);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) throw badToken();
    throw error;
  }
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
  return { items: page.map(([, doc]) => doc), ...(last !== undefined && left.length > size ? { NextToken: tokenOf(last[0]) } : {}) };
}
