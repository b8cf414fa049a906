/** A line that cannot become a request: the CLI's own words, its exit code, and a hint of ours. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  readonly exitCode: number;
  readonly hint: string | undefined;
  /** True: the usage block stands above it, as the CLI prints it for mistakes in the shape of the line. */
  readonly withUsage: boolean;

  constructor(message: string, options: { exitCode?: number; hint?: string | undefined; withUsage?: boolean } = {}) {
    super(message);
    this.exitCode = options.exitCode ?? 252;
    this.hint = options.hint;
    this.withUsage = options.withUsage ?? false;
  }
}

export const USAGE = [
  "usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]",
  "To see help text, you can run:",
  "",
  "  aws help",
  "  aws <command> help",
  "  aws <command> <subcommand> help",
  "",
].join("\n");

/** `aws: error: ...` under the usage block. */
export function argumentError(message: string, hint?: string): UsageError {
  return new UsageError(`aws: error: ${message}`, { withUsage: true, hint });
}

export function parameterError(option: string, message: string, hint?: string): UsageError {
  return new UsageError(`Error parsing parameter '${option}': ${message}`, { hint });
}

/** The choice most like `word`, or undefined: smallest edit distance, at most a third of the length. */
export function nearest(word: string, choices: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const choice of choices) {
    const distance = editDistance(word, choice, bestDistance);
    if (distance < bestDistance) {
      best = choice;
      bestDistance = distance;
    }
  }
  return best;
}

function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
