/** A view for the screen of a target: what it would be sent of an event, or what is wrong with it. */
import { ServiceError } from "../../model/errors.ts";
import type { Target } from "../../model/generated/events.ts";
import { parseIsoTime } from "../../model/validate-time.ts";
import type { Context } from "../contract.ts";
import { destinationOf } from "./destination.ts";
import { busNameOf, ruleArn } from "./documents.ts";
import type { Envelope } from "./passed.ts";
import { bodyFor, logLineOf } from "./target-input.ts";
import { checkTarget } from "./targets.ts";

export interface TargetQuestion {
  readonly target: Target;
  /** JSON text; without one only the target is checked. */
  readonly event?: string;
  readonly rule?: string;
  readonly bus?: string;
}

export type TargetTrial =
  /** What PutTargets would answer. */
  | { readonly error: string; readonly hint?: string }
  /** Why nothing would be sent. */
  | { readonly undelivered: string }
  /** What would be sent. */
  | { readonly body?: string };

/** A target against an event, as a delivery would make it; nothing is sent. */
export function tryTarget(ctx: Context, { target, event = "", rule = "rule", bus }: TargetQuestion): TargetTrial {
  try {
    checkTarget(ctx, target);
  } catch (thrown) {
    if (!(thrown instanceof ServiceError)) throw thrown;
    return { error: thrown.message, ...(thrown.hint === undefined ? {} : { hint: thrown.hint }) };
  }
  const envelope = event.trim() === "" ? undefined : envelopeOf(event);
  if (envelope === undefined) return {};
  const ruleName = rule === "" ? "rule" : rule;
  const arn = ruleArn(ctx, busNameOf(bus), ruleName);
  const input = bodyFor(target, envelope, { ruleArn: arn, ruleName, ingestionTime: `${new Date(ctx.now).toISOString().slice(0, 19)}Z` });
  const destination = destinationOf(ctx, target.Arn);
  if ("undelivered" in input || !("kind" in destination) || destination.kind !== "logs") return input;
  const line = logLineOf(target, envelope, input.body, parseIsoTime(envelope.time ?? "") ?? ctx.now);
  return "undelivered" in line ? line : { body: line.message };
}

/** Undefined for a text that is no JSON object: the event's own field says so. */
function envelopeOf(text: string): Envelope | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Envelope) : undefined;
  } catch {
    return undefined;
  }
}
