/** A log group as a target: a stream of the rule's own is made in it with the first event. */
import { ServiceError } from "../../model/errors.ts";
import type { Target } from "../../model/generated/events.ts";
import { parseIsoTime } from "../../model/validate-time.ts";
import type { Context } from "../contract.ts";
import { type DeliveryFailure, failureOf } from "./failures.ts";
import type { Envelope } from "./passed.ts";
import { logLineOf } from "./target-input.ts";

interface StreamDoc {
  readonly group: string;
  readonly stream: string;
}

export interface LogDelivery {
  readonly group: string;
  readonly target: Target;
  readonly envelope: Envelope;
  readonly body: string;
  /** Rule and target: they write one stream. */
  readonly owner: string;
}

type Settled = (ctx: Context, failure: DeliveryFailure | undefined) => void;

export function deliverToLogs(ctx: Context, delivery: LogDelivery, settled: Settled): void {
  const { group, owner, target, envelope, body } = delivery;
  const line = logLineOf(target, envelope, body, parseIsoTime(envelope.time) ?? ctx.now);
  if ("undelivered" in line) {
    settled(ctx, { code: "INVALID_PARAMETER", message: line.undelivered, isRetried: false });
    return;
  }
  const known = ctx.docs<StreamDoc>("log-stream").get(owner);
  const stream = known?.group === group ? known.stream : ctx.uuid("log-stream");
  ctx.docs<StreamDoc>("log-stream").put(owner, { group, stream });
  ctx.emit({
    service: "logs",
    operation: "CreateLogStream",
    input: { logGroupName: group, logStreamName: stream },
    settled: (after, made) => {
      const isThere = "error" in made && made.error instanceof ServiceError && made.error.code === "ResourceAlreadyExistsException";
      if ("error" in made && !isThere) {
        settled(after, failureOf(made.error));
        return;
      }
      after.emit({
        service: "logs",
        operation: "PutLogEvents",
        input: { logGroupName: group, logStreamName: stream, logEvents: [line] },
        settled: (last, put) => settled(last, "error" in put ? failureOf(put.error) : rejected(put.output)),
      });
    },
  });
}

/** PutLogEvents answers well and says what it did not take: lines of more than two hours ahead or fourteen days ago. */
function rejected(output: unknown): DeliveryFailure | undefined {
  const info = (output as { readonly rejectedLogEventsInfo?: object }).rejectedLogEventsInfo;
  if (info === undefined || Object.keys(info).length === 0) return undefined;
  return { code: "INVALID_PARAMETER", message: `The log group did not take the line: ${Object.keys(info).join(", ")}.`, isRetried: false };
}
