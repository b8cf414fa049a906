/** How the entries keep in touch with an account at work: breathing, progress, trouble. */
import type { AdvanceHooks } from "./clock.ts";

export interface AccountHooks extends AdvanceHooks {
  /** Real milliseconds of work so far, for the pace of checkpoints. Absent = never by itself. */
  readonly workMillis?: () => number;
  /** Asked in reads that take long, such as a search through all of a log group: a promise lets other work in. Absent = never. */
  readonly breatheInReads?: () => Promise<void> | undefined;
  /** Storage that fails in the background (full, a lost chunk): a sentence for the screen. The account goes on in memory. */
  readonly onTrouble?: (sentence: string) => void;
  readonly onWork?: (what: string, done: number, total: number) => void;
  /** The wall clock, epoch ms: when the account was last used. Absent = the account's own clock. */
  readonly wallClock?: () => number;
}
