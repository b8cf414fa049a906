/** Stage commands: what people do that is not AWS (attach a file, choose an identity). Journaled like calls. */
import type { Context } from "../services/contract.ts";
import type { Attachment, MaybePromise } from "../store/contract.ts";
import type { ApiReply, StageCommand } from "./contract.ts";

export interface StageTools {
  /** Context of the pseudo-service that owns the command: its documents, agenda items and ids. */
  readonly ctx: Context;
  /** A request of the simulation at this very moment (agents shipping telemetry). */
  call(request: {
    service: string;
    operation: string;
    input?: Readonly<Record<string, unknown>>;
    columns?: object;
  }): MaybePromise<ApiReply>;
  /** Bytes of an attached file; undefined when this browser does not have them. */
  attachment(sha256: string): Promise<{ info: Attachment; bytes: Uint8Array } | undefined>;
  /** Says that a file the command names is not in this browser. */
  missing(file: Attachment): void;
  progress(what: string, done: number, total: number): void;
  breathe(): Promise<void> | undefined;
}

/** Any plain value as a short text for a message; `String()` fails on objects that call themselves otherwise. */
export const shown = (value: unknown): string =>
  typeof value === "string" ? value : (JSON.stringify(value) ?? String(value)).slice(0, 200);

export interface StageDefinition {
  /** Pseudo-service whose documents and agenda it uses. */
  readonly service: string;
  /** Refuses a wrong command with an InputError before it is journaled. Pure. */
  check(command: StageCommand): void;
  run(tools: StageTools, command: StageCommand): MaybePromise<unknown>;
}
