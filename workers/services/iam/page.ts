/** Pages of IAM: `MaxItems` and an opaque `Marker` that holds the last id answered. */
import { placeIn, placeToken } from "../place-token.ts";
import { invalidInput } from "./documents.ts";

interface Wanted {
  readonly Marker?: string;
  readonly MaxItems?: number;
}

interface Rest {
  readonly IsTruncated: boolean;
  readonly Marker?: string;
}

/** Items ascending by `idOf`. */
export function pageOf<D>(
  items: readonly D[],
  idOf: (item: D) => string,
  { Marker, MaxItems = 100 }: Wanted,
): readonly [readonly D[], Rest] {
  const after = Marker === undefined ? undefined : idIn(Marker);
  const from = after === undefined ? 0 : items.findIndex((item) => idOf(item) > after);
  if (from < 0) return [[], { IsTruncated: false }];
  const page = items.slice(from, from + MaxItems);
  const last = page.at(-1);
  if (last === undefined || from + MaxItems >= items.length) return [page, { IsTruncated: false }];
  return [page, { IsTruncated: true, Marker: placeToken(idOf(last)) }];
}

function idIn(marker: string): string {
  const id = placeIn(marker);
  if (id === undefined) throw invalidInput("Invalid Marker.");
  return id;
}
