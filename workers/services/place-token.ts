/** Page tokens that hold the place they go on from, in base64: nothing is remembered between pages. */

const MARK = "after:";

/** @param place the last id, name or key that was answered. */
export const placeToken = (place: string): string => btoa(String.fromCharCode(...new TextEncoder().encode(MARK + place)));

/** The place in a token; undefined where the text is no token of ours, which the service refuses in its own words. */
export function placeIn(token: string): string | undefined {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(token) || token.length % 4 !== 0) return undefined;
  const text = new TextDecoder().decode(Uint8Array.from(atob(token), (unit) => unit.charCodeAt(0)));
  return text.startsWith(MARK) ? text.slice(MARK.length) : undefined;
}
