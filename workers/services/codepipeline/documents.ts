/** What CodePipeline keeps: pipelines with all their versions, and their executions. */
import { ServiceError } from "../../model/errors.ts";
import type {
  ActionDeclaration,
  ActionExecution,
  ExecutionTrigger,
  PipelineDeclaration,
  PipelineExecution,
  StageExecution,
  Tag,
} from "../../model/generated/codepipeline.ts";
import type { Context, Documents, Scope } from "../contract.ts";

export interface PipelineDoc {
  readonly name: string;
  /** The newest; all are kept as `version` documents. */
  readonly version: number;
  /** Epoch milliseconds. */
  readonly created: number;
  readonly updated: number;
  readonly tags: readonly Tag[];
  /** Number of the next execution. */
  readonly next: number;
}

export interface ActionRun {
  readonly name: string;
  readonly id?: string;
  readonly status?: NonNullable<ActionExecution["status"]>;
  /** Epoch milliseconds. */
  readonly changed?: number;
  /** What went wrong. */
  readonly error?: string;
}

export interface StageRun {
  readonly name: string;
  /** Absent before it is entered. */
  readonly status?: StageExecution["status"];
  readonly actions: readonly ActionRun[];
}

export interface ExecutionDoc {
  readonly pipeline: string;
  /** From 1, in the order of their beginnings. */
  readonly sequence: number;
  readonly id: string;
  /** Of the pipeline, when it began. */
  readonly version: number;
  readonly status: NonNullable<PipelineExecution["status"]>;
  /** Epoch milliseconds. */
  readonly started: number;
  readonly updated: number;
  readonly trigger: { readonly type: NonNullable<ExecutionTrigger["triggerType"]>; readonly detail: string };
  /** `clientRequestToken` of the call that began it. */
  readonly token?: string;
  readonly stopReason?: string;
  readonly variables: readonly { readonly name: string; readonly value: string }[];
  /** Place of the stage that it is in, or waits for. */
  readonly stage: number;
  readonly isWaiting: boolean;
  readonly stages: readonly StageRun[];
}

interface VersionDoc {
  readonly declaration: PipelineDeclaration;
}

/** Executions of a pipeline that are kept; AWS keeps those of twelve months. */
const KEPT = 200;

export const pipelines = (ctx: Context): Documents<PipelineDoc> => ctx.docs<PipelineDoc>("pipeline");
const versions = (ctx: Context): Documents<VersionDoc> => ctx.docs<VersionDoc>("version");
const executions = (ctx: Context): Documents<ExecutionDoc> => ctx.docs<ExecutionDoc>("execution");

export const pipelineArn = ({ region, account }: Scope, name: string): string => `arn:aws:codepipeline:${region}:${account}:${name}`;

const numbered = (pipeline: string, n: number): string => `${pipeline}/${String(n).padStart(8, "0")}`;

export function existing(ctx: Context, name: string): PipelineDoc {
  const found = pipelines(ctx).get(name);
  if (found !== undefined) return found;
  throw new ServiceError("PipelineNotFoundException", `Account '${ctx.account}' does not have a pipeline with name '${name}'`);
}

/** Undefined where there is no such version. */
export const declarationOf = (ctx: Context, name: string, version: number): PipelineDeclaration | undefined =>
  versions(ctx).get(numbered(name, version))?.declaration;

export const keepDeclaration = (ctx: Context, declaration: PipelineDeclaration, version: number): void =>
  versions(ctx).put(numbered(declaration.name, version), { declaration: { ...declaration, version } });

/** Of one pipeline, oldest first. */
export const executionsOf = (ctx: Context, pipeline: string): readonly ExecutionDoc[] =>
  executions(ctx)
    .values()
    .filter((one) => one.pipeline === pipeline);

export const executionAt = (ctx: Context, pipeline: string, sequence: number): ExecutionDoc | undefined =>
  executions(ctx).get(numbered(pipeline, sequence));

export const keepExecution = (ctx: Context, doc: ExecutionDoc): void => executions(ctx).put(numbered(doc.pipeline, doc.sequence), doc);

export const isUnderWay = ({ status }: ExecutionDoc): boolean => status === "InProgress" || status === "Stopping";

/** The oldest that are done go, beyond the number that is kept. */
export function forgetOld(ctx: Context, pipeline: string): void {
  const all = executionsOf(ctx, pipeline);
  for (const old of all.slice(0, Math.max(0, all.length - KEPT)))
    if (!isUnderWay(old)) executions(ctx).delete(numbered(pipeline, old.sequence));
}

export function forgetPipeline(ctx: Context, doc: PipelineDoc): void {
  for (const { sequence } of executionsOf(ctx, doc.name)) executions(ctx).delete(numbered(doc.name, sequence));
  for (let version = 1; version <= doc.version; version++) versions(ctx).delete(numbered(doc.name, version));
  pipelines(ctx).delete(doc.name);
}

/** Key of the agenda's item that ends an action. */
export const actionKey = ({ pipeline, sequence }: ExecutionDoc, stage: string, action: string): string =>
  `${pipeline}/${sequence}/${stage}/${action}`;

export const orderOf = ({ runOrder = 1 }: ActionDeclaration): number => runOrder;
