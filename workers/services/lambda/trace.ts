/** Tracing (facts xray, "Lambda"): whether a request is sampled, and the two segments it then leaves. */
import type { Context } from "../contract.ts";
import { drawn } from "./behaviour.ts";
import type { FunctionDoc } from "./documents.ts";
import type { Run } from "./report.ts";

export interface Traced {
  readonly traceId?: string;
  /** Of the service's segment; the function's own is its child. */
  readonly segmentId?: string;
  readonly functionSegmentId?: string;
  readonly parentId?: string;
  readonly isSampled?: boolean;
}

interface SecondDoc {
  readonly second: number;
}

const RATE = 0.05;

/**
 * The sender's decision counts where it made one; without, a function with active tracing samples one request a second and
 * 5 % of the others, and one with PassThrough none.
 */
export function traceOf(ctx: Context, doc: FunctionDoc, header: string | undefined, bits: string): Traced {
  const given = Object.fromEntries((header ?? "").split(";").map((part) => part.trim().split("=") as [string, string?]));
  const [root, parent, sampled] = [given["Root"], given["Parent"], given["Sampled"]];
  const isOurs = sampled !== "0" && sampled !== "1";
  if (isOurs && doc.tracing === "PassThrough") return {};
  const isSampled = isOurs ? drawsOne(ctx, doc.name, bits) : sampled === "1";
  if (!isSampled) return { isSampled };
  const ids = ctx.id("segment");
  const started = Math.floor(ctx.now / 1000)
    .toString(16)
    .padStart(8, "0");
  return {
    traceId: root ?? `1-${started}-${ctx.id("trace").slice(0, 24)}`,
    segmentId: ids.slice(0, 16),
    functionSegmentId: ids.slice(16),
    ...(parent === undefined ? {} : { parentId: parent }),
    isSampled,
  };
}

function drawsOne(ctx: Context, name: string, bits: string): boolean {
  const second = Math.floor(ctx.now / 1000);
  const docs = ctx.docs<SecondDoc>("sampled-second");
  if (docs.get(name)?.second === second) return drawn(bits, 4) < RATE;
  docs.put(name, { second });
  return true;
}

const seconds = (milliseconds: number): number => Math.round(milliseconds * 1000) / 1_000_000;

/** The segment of the service and the one of the function. */
export function segmentsOf(run: Run, account: string, arn: string): readonly object[] {
  const { traceId, segmentId, functionSegmentId, parentId, name, at, duration, init = 0, error, isTimeout, requestId } = run;
  const begin = at + init;
  const end = begin + duration;
  const outcome = error === undefined ? {} : { fault: true };
  const part = (nth: number, of: string, from: number, to: number, more: object = {}) => ({
    id: `${functionSegmentId?.slice(0, 14)}${nth.toString(16).padStart(2, "0")}`,
    name: of,
    start_time: seconds(from),
    end_time: seconds(to),
    ...more,
  });
  const cause = {
    exceptions: [
      {
        id: `${functionSegmentId?.slice(0, 12)}eeee`,
        message: isTimeout ? "Task timed out" : error,
        type: isTimeout ? "Sandbox.Timedout" : "Error",
      },
    ],
  };
  return [
    {
      id: segmentId,
      trace_id: traceId,
      ...(parentId === undefined ? {} : { parent_id: parentId }),
      name,
      origin: "AWS::Lambda",
      start_time: seconds(at),
      end_time: seconds(end),
      http: { response: { status: error === undefined ? 200 : 500 } },
      aws: { request_id: requestId },
      resource_arn: arn,
      ...outcome,
    },
    {
      id: functionSegmentId,
      trace_id: traceId,
      parent_id: segmentId,
      name,
      origin: "AWS::Lambda::Function",
      start_time: seconds(at),
      end_time: seconds(end),
      aws: { account_id: account, function_arn: arn, resource_names: [name] },
      resource_arn: arn,
      subsegments: [
        ...(init === 0 ? [] : [part(1, "Initialization", at, begin)]),
        part(2, "Invocation", begin, end, error === undefined ? {} : { fault: true, cause }),
        part(3, "Overhead", end, end),
      ],
      ...outcome,
    },
  ];
}
