/** What Lambda keeps: functions, and what is running of them. */
import { ServiceError } from "../../model/errors.ts";
import type { CreateFunctionRequest } from "../../model/generated/lambda.ts";
import type { Context, Documents, Scope } from "../contract.ts";

export interface FunctionDoc {
  readonly name: string;
  readonly runtime?: CreateFunctionRequest["Runtime"];
  readonly role: string;
  readonly handler?: string;
  readonly description: string;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly tracing: "Active" | "PassThrough";
  readonly architecture: "x86_64" | "arm64";
  readonly codeBytes: number;
  readonly codeSha256: string;
  readonly logGroup?: string;
  /** Reserved concurrency. */
  readonly reserved?: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly revision: string;
  /** Epoch milliseconds. */
  readonly changed: number;
  /** Statements of the function's own policy, by id. */
  readonly statements: Readonly<Record<string, object>>;
}

/** Execution environments of a function: until when each is busy, epoch milliseconds, and the log stream it writes. */
export interface EnvironmentsDoc {
  readonly environments: readonly { readonly busyUntil: number; readonly stream: string }[];
}

export const functions = (ctx: Context): Documents<FunctionDoc> => ctx.docs<FunctionDoc>("function");
export const environmentsOf = (ctx: Context): Documents<EnvironmentsDoc> => ctx.docs<EnvironmentsDoc>("environments");

export const functionArn = ({ region, account }: Scope, name: string): string => `arn:aws:lambda:${region}:${account}:function:${name}`;

/** A name, a partial ARN (`account:function:name`) or a whole one, with or without `$LATEST`. */
export function nameOf(given: string): string {
  const parts = given.split(":");
  const at = parts.lastIndexOf("function");
  return (at === -1 ? parts[0] : parts[at + 1]) ?? given;
}

export function existing(ctx: Context, given: string, qualifier?: string): FunctionDoc {
  const name = nameOf(given);
  const found = functions(ctx).get(name);
  const itsQualifier = qualifier ?? qualifierOf(given);
  if (found !== undefined && (itsQualifier === undefined || itsQualifier === "$LATEST")) return found;
  const arn = functionArn(ctx, name) + (itsQualifier === undefined ? "" : `:${itsQualifier}`);
  throw failed("ResourceNotFoundException", `Function not found: ${arn}`, 404);
}

function qualifierOf(given: string): string | undefined {
  const parts = given.split(":");
  const at = parts.lastIndexOf("function");
  return at === -1 ? parts[1] : parts[at + 2];
}

export const failed = (code: string, message: string, status = 400): ServiceError =>
  new ServiceError(code, message, { status, details: { Type: status >= 500 ? "Server" : "User" } });
