/** Page tokens and event ids. Nothing is remembered between pages: a token says where the next page begins, and when it was made. */
import { digestTexts } from "../../model/digest.ts";
import { DAY } from "./documents.ts";
import { badToken } from "./failures.ts";

/** A place between events: before every event whose (timestamp, ingestion, sequence) is not less. */
export interface Boundary {
  readonly timestamp: number;
  readonly ingestion: number;
  readonly sequence: number;
}

const MINUTE = 60_000;
const padded = (value: number, width: number): string => String(value).padStart(width, "0");

/** Decimal digits that follow from texts. */
function digits(width: number, ...texts: readonly string[]): string {
  let out = "";
  for (let round = 0; out.length < width; round++) {
    for (const word of digestTexts(String(round), ...texts).words()) out += padded(word, 10);
  }
  return out.slice(0, width);
}

/** 56 digits that name an event: its time first, so that ids of one stream sort by time. */
export function eventId(group: string, stream: string, timestamp: number, sequence: number): string {
  return `3${padded(timestamp, 14)}${digits(41, group, stream, String(sequence))}`;
}

/** What PutLogEvents returns and nobody needs any more. */
export const sequenceToken = (group: string, stream: string, events: number): string => `49${digits(54, group, stream, String(events))}`;

/**
 * `f/` or `b/` and 56 digits: timestamp, ingestion time and sequence of the boundary (14 each), the minute the token was made
 * in (8), and 5 digits that tie it to the stream.
 */
export function streamToken(direction: "f" | "b", owner: string, boundary: Boundary, now: number): string {
  const { timestamp, ingestion, sequence } = boundary;
  const body = `3${padded(timestamp, 14)}${padded(ingestion, 14)}${padded(sequence, 14)}${padded(Math.floor(now / MINUTE), 8)}`;
  return `${direction}/${body}${digits(5, owner, body)}`;
}

export function readStreamToken(token: string, owner: string, now: number): { readonly direction: "f" | "b"; readonly boundary: Boundary } {
  const found = /^([fb])\/(3(\d{14})(\d{14})(\d{14})(\d{8}))(\d{5})$/.exec(token);
  if (found === null || found[7] !== digits(5, owner, found[2]!) || now - Number(found[6]) * MINUTE > DAY + MINUTE) throw badToken();
  return {
    direction: found[1] as "f" | "b",
    boundary: { timestamp: Number(found[3]), ingestion: Number(found[4]), sequence: Number(found[5]) },
  };
}

/** Any other page token: base64url of JSON. `owner` is what the pages are of; a token of anything else is refused. */
export function pageToken(owner: string, place: readonly (string | number)[], now: number): string {
  const text = JSON.stringify([digits(8, owner), Math.floor(now / MINUTE), ...place]);
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

/** The place in a token of `owner`; undefined without a token. Tokens last 24 hours. */
export function readPageToken(owner: string, token: string | undefined, now: number): readonly (string | number)[] | undefined {
  if (token === undefined) return undefined;
  const [check, minute, ...place] = parsed(token);
  if (check !== digits(8, owner) || typeof minute !== "number" || now - minute * MINUTE > DAY + MINUTE) throw badToken();
  return place as (string | number)[];
}

function parsed(token: string): readonly unknown[] {
  if (!/^[A-Za-z0-9_-]+$/.test(token)) throw badToken();
  try {
    const bytes = Uint8Array.from(atob(token.replaceAll("-", "+").replaceAll("_", "/")), (character) => character.charCodeAt(0));
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (Array.isArray(value) && value.every((item) => typeof item === "string" || typeof item === "number")) return value;
  } catch (error) {
    // atob says InvalidCharacterError, JSON.parse SyntaxError: both mean that the text is no token of ours.
    if (!(error instanceof SyntaxError) && !(error instanceof DOMException)) throw error;
  }
  throw badToken();
}

/** One page of sorted items and the token of the next; `nameOf` must be unique and ascending. */
export function pageOf<T>(
  owner: string,
  items: readonly T[],
  nameOf: (item: T) => string,
  request: { readonly nextToken?: string; readonly limit?: number },
  now: number,
): { readonly page: readonly T[]; readonly nextToken?: string } {
  const limit = request.limit ?? 50;
  const after = readPageToken(owner, request.nextToken, now)?.[0];
  const from = after === undefined ? 0 : items.findIndex((item) => nameOf(item) > String(after));
  const page = from < 0 ? [] : items.slice(from, from + limit);
  const last = page[page.length - 1];
  if (last === undefined || from + limit >= items.length) return { page };
  return { page, nextToken: pageToken(owner, [nameOf(last)], now) };
}
