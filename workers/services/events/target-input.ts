/** What a target is sent of an event (facts eventbridge §7). */

import { parseEventPath, valueAt } from "../../language/target-input/event-path.ts";
import { type Rendered, renderInput, type Surroundings } from "../../language/target-input/template.ts";
import type { Target } from "../../model/generated/events.ts";
import type { Envelope } from "./passed.ts";

/** The body, or why nothing is sent. A path that finds nothing sends `null`. */
export function bodyFor(target: Target, envelope: Envelope, around: Surroundings): Rendered {
  const { Input, InputPath, InputTransformer } = target;
  if (Input !== undefined) return { body: Input };
  if (InputPath !== undefined) return { body: JSON.stringify(valueAt(envelope, parseEventPath(InputPath) ?? []) ?? null) };
  if (InputTransformer === undefined) return { body: JSON.stringify(envelope) };
  const input = { template: InputTransformer.InputTemplate, paths: InputTransformer.InputPathsMap ?? {} };
  return renderInput(input, envelope as unknown as Readonly<Record<string, unknown>>, around);
}

export interface LogLine {
  /** Epoch milliseconds. */
  readonly timestamp: number;
  readonly message: string;
}

/** A log group takes the event at its time; a transformed input must give both: `{"timestamp": ..., "message": ...}`. */
export function logLineOf(target: Target, envelope: Envelope, body: string, time: number): LogLine | { readonly undelivered: string } {
  if (target.InputTransformer === undefined) return { timestamp: time, message: body };
  const parsed = objectOf(body);
  const { timestamp, message } = parsed ?? {};
  const at = typeof timestamp === "number" ? timestamp : timestamp === envelope.time ? time : undefined;
  if (at === undefined || message === undefined)
    return { undelivered: 'The template of a log group gives {"timestamp": <time>, "message": <text>}; this one gave something else.' };
  return { timestamp: at, message: typeof message === "string" ? message : JSON.stringify(message) };
}

function objectOf(text: string): { readonly timestamp?: unknown; readonly message?: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined; // a text template: not what a log group takes
  }
}
