import type { PlainFailure } from "../../workers/api.ts";

/** Whatever a promise of the worker rejected with, as the one form the screens know. */
export function asFailure(thrown: unknown): PlainFailure {
  if (typeof thrown === "object" && thrown !== null && "kind" in thrown && "code" in thrown && "message" in thrown) {
    return thrown as PlainFailure;
  }
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  return { kind: "bug", code: error.name, message: error.message, ...(error.stack === undefined ? {} : { hint: error.stack }) };
}
