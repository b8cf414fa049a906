/** Tokens of pages: the last key or name that was answered, in base64 of its UTF-8. */
import { invalidArgument } from "./failures.ts";

export const tokenOf = (key: string): string => btoa(String.fromCharCode(...new TextEncoder().encode(key)));

export function placeIn(token: string): string {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(token) || token.length % 4 !== 0)
    throw invalidArgument("The continuation token provided is incorrect");
  return new TextDecoder().decode(Uint8Array.from(atob(token), (character) => character.charCodeAt(0)));
}
