/** Page tokens that hold all they need: nothing is remembered between pages. */
import type { ServiceError } from "../../model/errors.ts";
import { badToken } from "./failures.ts";

/** @param kind the operation, so that a token of one is refused by another. */
export function pageToken(kind: string, place: string | number): string {
  return toHex(JSON.stringify([kind, place]));
}

/** @param refusal what a token that is none is refused with; the operations differ. */
export function placeOf(kind: string, token: string | undefined, refusal: () => ServiceError = badToken): string | number | undefined {
  if (token === undefined) return undefined;
  const parsed = parse(fromHex(token));
  if (!Array.isArray(parsed) || parsed[0] !== kind || !["string", "number"].includes(typeof parsed[1])) throw refusal();
  return parsed[1] as string | number;
}

function parse(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return undefined; // the caller refuses it
  }
}

const toHex = (text: string): string => [...new TextEncoder().encode(text)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

function fromHex(token: string): string | undefined {
  if (!/^(?:[0-9a-f]{2})+$/.test(token)) return undefined;
  return new TextDecoder().decode(Uint8Array.from(token.match(/../g) as string[], (pair) => Number.parseInt(pair, 16)));
}
