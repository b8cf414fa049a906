/** A Logs service on its own, with a group `g` and a stream `s` where wanted. */
import { expect } from "vitest";
import { ServiceError } from "../../../../workers/model/errors.ts";
import { logs } from "../../../../workers/services/logs/definition.ts";
import { createLogStore } from "../../../../workers/store/logs/log-store.ts";
import { type Harness, harness } from "../harness.ts";

export const NOW = 1_700_000_000_000;
export const MINUTE = 60_000;
export const HOUR = 3_600_000;
export const DAY = 86_400_000;

export function account(): Harness {
  return harness(logs, { now: NOW, logStore: createLogStore });
}

export async function withStream(): Promise<Harness> {
  const self = account();
  await self.call("CreateLogGroup", { logGroupName: "g" });
  await self.call("CreateLogStream", { logGroupName: "g", logStreamName: "s" });
  return self;
}

export type Line = readonly [timestamp: number, message: string];

export const put = <T = Record<string, unknown>>(self: Harness, lines: readonly Line[], logStreamName = "s"): T =>
  self.call("PutLogEvents", {
    logGroupName: "g",
    logStreamName,
    logEvents: lines.map(([timestamp, message]) => ({ timestamp, message })),
  }) as T;

export function columnsOf(lines: readonly Line[]): { timestamps: Float64Array; offsets: Uint32Array; bytes: Uint8Array } {
  const parts = lines.map(([, message]) => new TextEncoder().encode(message));
  const offsets = new Uint32Array(parts.length + 1);
  parts.forEach((part, i) => {
    offsets[i + 1] = offsets[i]! + part.length;
  });
  const bytes = new Uint8Array(offsets[parts.length]!);
  parts.forEach((part, i) => {
    bytes.set(part, offsets[i]);
  });
  return { timestamps: Float64Array.from(lines, ([timestamp]) => timestamp), offsets, bytes };
}

/** Runs something that must be refused; answers its code and message. */
export async function refusal(run: () => unknown): Promise<{ code: string; message: string }> {
  try {
    await run();
  } catch (error) {
    expect(error).toBeInstanceOf(ServiceError);
    const { code, message } = error as ServiceError;
    return { code, message };
  }
  return expect.unreachable("nothing was refused");
}

export async function messages(self: Harness, input: object = {}): Promise<string[]> {
  const { events } = await self.call<{ events: { message: string }[] }>("FilterLogEvents", { logGroupName: "g", ...input });
  return events.map(({ message }) => message);
}

export interface MetricColumns {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[];
  readonly Unit: string;
  readonly timestamps: Float64Array;
  readonly values: Float64Array;
}

/** What metric filters sent to CloudWatch, without Logs' own metrics. */
export const published = (self: Harness): MetricColumns[] =>
  self.emissions.map(({ columns }) => columns as MetricColumns).filter(({ Namespace }) => Namespace !== "AWS/Logs");
