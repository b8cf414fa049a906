/**
 * What an action does. Nothing is built or deployed here: how long an action takes and how it ends is told by keys of its
 * `configuration` that mean nothing on AWS.
 *
 *   NephoscopeSeconds   `90`, or `60-120`: drawn for each run. Default: by category, 5 to 60
 *   NephoscopeOutcome   `Succeeded` (default), `Failed`, or `0` to `1`: the part of runs that fail
 *   NephoscopeError     what is said of a run that fails. Default "The action failed"
 *
 * An approval that says none of this is never given: it fails after the seven days that AWS waits.
 */
import { ServiceError } from "../../model/errors.ts";
import type { ActionDeclaration } from "../../model/generated/codepipeline.ts";

export const KEYS = { seconds: "NephoscopeSeconds", outcome: "NephoscopeOutcome", error: "NephoscopeError" } as const;

export interface Behaviour {
  readonly shortest: number;
  readonly longest: number;
  /** Part of runs. */
  readonly failing: number;
  readonly error: string;
}

const WEEK = 604_800;
const SECONDS: Readonly<Record<ActionDeclaration["actionTypeId"]["category"], number>> = {
  Source: 5,
  Build: 60,
  Test: 30,
  Deploy: 45,
  Invoke: 5,
  Compute: 30,
  Approval: WEEK,
};

/** Throws `InvalidActionDeclarationException` that names the key and its rule. */
export function behaviourOf({ name, actionTypeId, configuration = {} }: ActionDeclaration): Behaviour {
  const { category } = actionTypeId;
  const seconds = configuration[KEYS.seconds] ?? String(SECONDS[category]);
  const [, first, second] = /^(\d{1,6})(?:-(\d{1,6}))?$/.exec(seconds) ?? [];
  const [shortest, longest] = [Number(first), Number(second ?? first)];
  const wrong = (key: string, found: string, rule: string): ServiceError =>
    new ServiceError(
      "InvalidActionDeclarationException",
      `The playground's key ${key} of the action '${name}' is "${found}"; it takes ${rule}.`,
    );
  if (first === undefined || longest < shortest || longest > WEEK)
    throw wrong(KEYS.seconds, seconds, `seconds up to ${WEEK}, or two numbers: 60-120`);
  const isForgotten = category === "Approval" && configuration[KEYS.seconds] === undefined;
  const outcome = configuration[KEYS.outcome] ?? (isForgotten ? "Failed" : "Succeeded");
  const failing =
    outcome === "Succeeded" ? 0 : outcome === "Failed" ? 1 : /^(?:0(?:\.\d+)?|1(?:\.0+)?)$/.test(outcome) ? Number(outcome) : NaN;
  if (Number.isNaN(failing)) throw wrong(KEYS.outcome, outcome, "Succeeded, Failed, or the part of runs that fail, 0 to 1");
  const error = configuration[KEYS.error] ?? (isForgotten ? "The approval was not given in seven days" : "The action failed");
  return { shortest, longest, failing, error };
}

/** A part of 1 from bits in hex, at one of their words of 16 bits. */
const drawn = (bits: string, word: number): number => Number.parseInt(bits.slice(word * 4, word * 4 + 4), 16) / 65_536;

export interface Run {
  readonly milliseconds: number;
  /** Absent where it succeeds. */
  readonly error?: string;
}

/** How one run goes; `bits` are its own. */
export function runOf({ shortest, longest, failing, error }: Behaviour, bits: string): Run {
  const milliseconds = Math.round((shortest + (longest - shortest) * drawn(bits, 0)) * 1000);
  return { milliseconds, ...(drawn(bits, 1) < failing ? { error } : {}) };
}
