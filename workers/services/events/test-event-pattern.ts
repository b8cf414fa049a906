/** EventBridge TestEventPattern: whether an event, with its envelope, meets a pattern (facts eventbridge §3). */
import { explainEvent } from "../../language/event-pattern/explain.ts";
import { flattenEvent, type Leaves } from "../../language/event-pattern/flatten.ts";
import { matchesEvent } from "../../language/event-pattern/match.ts";
import { parseEventPattern } from "../../language/event-pattern/parse.ts";
import { EventPatternError } from "../../language/event-pattern/pattern-error.ts";
import { ServiceError } from "../../model/errors.ts";
import type { Operations } from "../../model/generated/events.ts";
import type { Context } from "../contract.ts";

/** Members of the envelope that the event must have; `resources` and `detail` may be left out. */
const ENVELOPE = ["id", "account", "source", "time", "region", "detail-type"] as const;

type Shapes = Operations["TestEventPattern"];

export function testEventPattern(ctx: Context, { Event = "", EventPattern = "" }: Shapes["input"]): Shapes["output"] {
  const hint = envelopeFault(Event);
  if (hint !== undefined) throw invalidEvent(hint);
  const leaves = leavesOf(Event);
  const pattern = parseEventPattern(EventPattern);
  ctx.explain?.(explainEvent(pattern, leaves));
  return { Result: matchesEvent(pattern, leaves) };
}

const invalidEvent = (hint: string): ServiceError => new ServiceError("ValidationException", "Parameter Event is not valid.", { hint });

/** An event may be JSON and still be nested deeper than it is read. */
function leavesOf(event: string): Leaves {
  try {
    return flattenEvent(event);
  } catch (thrown) {
    if (thrown instanceof EventPatternError) throw invalidEvent(thrown.reason);
    throw thrown;
  }
}

function envelopeFault(text: string): string | undefined {
  let event: unknown;
  try {
    event = JSON.parse(text);
  } catch (thrown) {
    return `The event is not JSON: ${thrown instanceof Error ? thrown.message : String(thrown)}`;
  }
  if (typeof event !== "object" || event === null || Array.isArray(event)) return "The event must be a JSON object.";
  const missing = ENVELOPE.filter((name) => !Object.hasOwn(event, name));
  return missing.length === 0 ? undefined : `The event lacks ${missing.join(", ")}.`;
}
