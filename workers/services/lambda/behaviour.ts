/**
 * What a function does when it runs. Nothing executes its code here: how long it takes, what it logs and how often it fails
 * is told by environment variables, which mean nothing on AWS, so that the same function deploys there.
 *
 *   NEPHOSCOPE_DURATION_MS   `120`, or `80-200`: drawn for each request. Default 20-60
 *   NEPHOSCOPE_LOG           a line that it logs; `{event}` in it stands for the request. Default: the request itself
 *   NEPHOSCOPE_ERROR_RATE    `0` to `1`: the part of requests that end in an exception. Default 0
 *   NEPHOSCOPE_ERROR         the exception's message. Default "Something went wrong"
 *   NEPHOSCOPE_RESPONSE      what it answers, JSON. Default null
 */
import { failed } from "./documents.ts";

export interface Behaviour {
  /** Milliseconds. */
  readonly shortest: number;
  readonly longest: number;
  readonly line: string;
  readonly errorRate: number;
  readonly error: string;
  readonly response: string;
}

export const VARIABLES = {
  duration: "NEPHOSCOPE_DURATION_MS",
  line: "NEPHOSCOPE_LOG",
  errorRate: "NEPHOSCOPE_ERROR_RATE",
  error: "NEPHOSCOPE_ERROR",
  response: "NEPHOSCOPE_RESPONSE",
} as const;

/** Throws `InvalidParameterValueException` that names the variable and its rule. */
export function behaviourOf(environment: Readonly<Record<string, string>>): Behaviour {
  const duration = environment[VARIABLES.duration] ?? "20-60";
  const found = /^(\d{1,6})(?:-(\d{1,6}))?$/.exec(duration);
  const [shortest, longest] = [Number(found?.[1]), Number(found?.[2] ?? found?.[1])];
  if (found === null || longest < shortest) throw wrong(VARIABLES.duration, duration, "milliseconds, or two numbers: 80-200");
  const rate = environment[VARIABLES.errorRate] ?? "0";
  const errorRate = Number(rate);
  if (rate.trim() === "" || !(errorRate >= 0 && errorRate <= 1)) throw wrong(VARIABLES.errorRate, rate, "a number from 0 to 1");
  const response = environment[VARIABLES.response] ?? "null";
  if (!isJson(response)) throw wrong(VARIABLES.response, response, "JSON");
  return {
    shortest,
    longest,
    line: environment[VARIABLES.line] ?? "{event}",
    errorRate,
    error: environment[VARIABLES.error] ?? "Something went wrong",
    response,
  };
}

const wrong = (name: string, found: string, rule: string) =>
  failed("InvalidParameterValueException", `The playground's variable ${name} is "${found}"; it takes ${rule}.`);

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false; // the caller says so
  }
}

/** A part of 1 from 128 bits in hex, at one of their eight words. */
export const drawn = (bits: string, word: number): number => Number.parseInt(bits.slice(word * 4, word * 4 + 4), 16) / 65_536;
