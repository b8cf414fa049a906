/** The searches that are compared with native programs. */
import { matchKept } from "../../workers/kernels/kept.ts";
import { TROUBLE_TERMS } from "./data.ts";
import type { MatchGround } from "./match-bench.ts";

export const TERM_SETS: readonly (readonly string[])[] = [
  [TROUBLE_TERMS[0]!],
  ["ERROR"],
  TROUBLE_TERMS.slice(0, 3),
  TROUBLE_TERMS.slice(3, 8),
  TROUBLE_TERMS,
  // Shorter than grams: by pairs, and by fingerprints.
  ["ERROR", "WARN", "fatal"],
  ["Error", "Exception", "timed out", "refused", "denied"],
];

export interface Searched {
  readonly ms: number;
  readonly matching: number;
}

/** One run of the kernel over the whole log. */
export function searchOnce({ host, kept }: MatchGround, terms: readonly string[]): Searched {
  const encoder = new TextEncoder();
  const program = { all: [], any: terms.map((term) => encoder.encode(term)), none: [] };
  const began = performance.now();
  const matching = matchKept(host, program, kept).length;
  return { ms: performance.now() - began, matching };
}
