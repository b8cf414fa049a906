/** What a request leaves behind when it ends: lines in its environment's stream, points, segments. */
import { ServiceError } from "../../model/errors.ts";
import type { Context } from "../contract.ts";
import { functionArn } from "./documents.ts";
import { count } from "./metrics.ts";
import { segmentsOf, type Traced } from "./trace.ts";

/** One request in one environment. Plain data: it waits on the agenda for its end. */
export interface Run extends Traced {
  readonly name: string;
  readonly requestId: string;
  /** Start, epoch milliseconds. */
  readonly at: number;
  /** Milliseconds, without the start of the environment. */
  readonly duration: number;
  /** Start of a cold environment, milliseconds. */
  readonly init?: number;
  readonly error?: string;
  readonly isTimeout: boolean;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  readonly usedMegabytes: number;
  readonly group: string;
  readonly stream: string;
  /** What the function's code logs. */
  readonly line: string;
}

export function report(ctx: Context, run: Run): void {
  count(ctx, run.name, "Invocations", "Count", 1, run.at);
  count(ctx, run.name, "Duration", "Milliseconds", run.duration, run.at);
  count(ctx, run.name, "Errors", "Count", run.error === undefined ? 0 : 1, run.at);
  writeLines(ctx, run);
  if (run.isSampled === true)
    ctx.emit({
      service: "xray",
      operation: "PutTraceSegments",
      input: { TraceSegmentDocuments: segmentsOf(run, ctx.account, functionArn(ctx, run.name)).map((one) => JSON.stringify(one)) },
    });
}

interface Line {
  readonly timestamp: number;
  readonly message: string;
}

function linesOf(run: Run): readonly Line[] {
  const { requestId, at, duration, init, error } = run;
  const begin = at + Math.ceil(init ?? 0);
  const end = begin + Math.ceil(duration);
  const line = (timestamp: number, message: string): Line => ({ timestamp, message: `${message}\n` });
  const of = (timestamp: number, level: string, text: string) =>
    line(timestamp, `${new Date(timestamp).toISOString()}\t${requestId}\t${level}\t${text}`);
  const lines = [line(begin, `START RequestId: ${requestId} Version: $LATEST`), of(begin, "INFO", run.line)];
  if (run.isTimeout)
    lines.push(line(end, `${new Date(end).toISOString()} ${requestId} Task timed out after ${run.timeoutSeconds.toFixed(2)} seconds`));
  else if (error !== undefined)
    lines.push(
      of(end, "ERROR", `Invoke Error \t${JSON.stringify({ errorType: "Error", errorMessage: error, stack: [`Error: ${error}`] })}`),
    );
  lines.push(line(end, `END RequestId: ${requestId}`), line(end, reportLine(run)));
  return lines;
}

function reportLine({ requestId, duration, init, memoryMegabytes, usedMegabytes, traceId, segmentId, isSampled }: Run): string {
  const fields = [
    `REPORT RequestId: ${requestId}`,
    `Duration: ${duration.toFixed(2)} ms`,
    `Billed Duration: ${Math.ceil(duration + (init ?? 0))} ms`,
    `Memory Size: ${memoryMegabytes} MB`,
    `Max Memory Used: ${usedMegabytes} MB`,
    ...(init === undefined ? [] : [`Init Duration: ${init.toFixed(2)} ms`]),
    ...(traceId === undefined || isSampled !== true ? [] : [`XRAY TraceId: ${traceId}`, `SegmentId: ${segmentId}`, "Sampled: true"]),
  ];
  return fields.map((field) => `${field}\t`).join("");
}

/** The group is made by the first request, as Lambda does it; a group or stream that is there already is no failure. */
function writeLines(ctx: Context, run: Run): void {
  const { group, stream } = run;
  const made =
    (operation: string, input: object, next: (after: Context) => void) =>
    (before: Context): void =>
      before.emit({
        service: "logs",
        operation,
        input: input as Readonly<Record<string, unknown>>,
        settled: (after, result) => {
          const isThere =
            "error" in result && result.error instanceof ServiceError && result.error.code === "ResourceAlreadyExistsException";
          if (!("error" in result) || isThere) next(after);
        },
      });
  const put = (after: Context): void =>
    after.emit({
      service: "logs",
      operation: "PutLogEvents",
      input: { logGroupName: group, logStreamName: stream, logEvents: linesOf(run) },
    });
  const streamFirst = made("CreateLogStream", { logGroupName: group, logStreamName: stream }, put);
  made("CreateLogGroup", { logGroupName: group }, streamFirst)(ctx);
}
