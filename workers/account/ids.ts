/**
 * Ids that look random and are not: hash(seed, kind, owner, the owner's own counter). The owner of a person's command is
 * its journal record, that of simulated work its agenda item; so a command that is inserted or undone renumbers nothing else.
 */
import { digestTexts } from "../model/digest.ts";

/** Counts what one cause (a command, an agenda item) has made so far. */
export interface Owner {
  readonly key: string;
  next(): number;
}

export function createOwner(key: string): Owner {
  let count = 0;
  return { key, next: () => count++ };
}

/** 32 hex digits. */
export function makeId(seed: string, kind: string, owner: Owner): string {
  return digestTexts(seed, kind, owner.key, String(owner.next())).hex();
}

/** The same bits as a version 4 UUID. */
export function makeUuid(seed: string, kind: string, owner: Owner): string {
  const hex = makeId(seed, kind, owner);
  const variant = ((Number.parseInt(hex[16] as string, 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}
