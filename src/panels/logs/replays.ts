/** Replays of attached files: which paces make sense, and what one that ships is doing. */
import type { Attached, Replay } from "./answers.ts";
import { SQUEEZES } from "./strings.ts";

const MINUTE = 60_000;

/** Minutes that a file of this span can be squeezed into: fewer than it has. */
export const squeezesFor = (spanMs: number): readonly number[] => SQUEEZES.filter((minutes) => minutes * MINUTE < spanMs);

export const isShipping = (replay: Replay): boolean => replay.shipped < replay.rows;

/** One entry for each file's content: a file that was imported and replayed is attached twice. */
export function filesOf(attached: readonly Attached[]): readonly Attached[] {
  return [...new Map(attached.map((file) => [file.sha256, file])).values()];
}
