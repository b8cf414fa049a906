/** Page tokens that hold the place they go on from, in base64: nothing is remembered between pages. */

const MARK = "after:";

/** @param place the last id, name or key that was answered. */
export const placeToken = (place: string): string => btoa(String.fromCharCode(...new TextEncoder().encode(MARK + place)));

/** One page of rows that ascend by `place`: those behind `after`, at most so many, and the token of the next page where there is one. */
export function pageBehind<T>(
  rows: readonly T[],
  place: (row: T) => string,
  after: string,
  most: number,
): { readonly page: readonly T[]; readonly next?: string } {
  const rest = rows.filter((row) => place(row) > after);
  const page = rest.slice(0, most);
  const last = page.at(-1);
  return last !== undefined && rest.length > page.length ? { page, next: placeToken(place(last)) } : { page };
}

/** The place in a token; undefined where the text is no token of ours, which the service refuses in its own words. */
export function placeIn(token: string): string | undefined {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(token) || token.length % 4 !== 0) return undefined;
  const text = new TextDecoder().decode(Uint8Array.from(atob(token), (unit) => unit.charCodeAt(0)));
  return text.startsWith(MARK) ? text.slice(MARK.length) : undefined;
}
