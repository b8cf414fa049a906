/** What CodePipeline tells the default bus (user guide, Monitoring CodePipeline events). */
import type { ActionDeclaration } from "../../model/generated/codepipeline.ts";
import type { Context } from "../contract.ts";
import { type ExecutionDoc, pipelineArn } from "./documents.ts";

export type State =
  | "STARTED"
  | "SUCCEEDED"
  | "FAILED"
  | "CANCELED"
  | "SUPERSEDED"
  | "STOPPING"
  | "STOPPED"
  /** Of an action only. */
  | "ABANDONED";

const stamp = (ms: number): string => new Date(ms).toISOString();

function emit(ctx: Context, of: "Pipeline" | "Stage" | "Action", execution: ExecutionDoc, own: object): void {
  const detail = {
    pipeline: execution.pipeline,
    "execution-id": execution.id,
    "start-time": stamp(execution.started),
    ...own,
    version: execution.version,
    "pipeline-execution-attempt": 1,
  };
  const entry = {
    Source: "aws.codepipeline",
    DetailType: `CodePipeline ${of} Execution State Change`,
    Detail: JSON.stringify(detail),
    Resources: [pipelineArn(ctx, execution.pipeline)],
    Time: ctx.now,
  };
  ctx.emit({ service: "events", operation: "PutEvents", input: { Entries: [entry] } });
}

export function tellPipeline(ctx: Context, execution: ExecutionDoc, state: State): void {
  const { trigger, stopReason } = execution;
  emit(ctx, "Pipeline", execution, {
    ...(state === "STARTED" ? { "execution-trigger": { "trigger-type": trigger.type, "trigger-detail": trigger.detail } } : {}),
    ...((state === "STOPPING" || state === "STOPPED") && stopReason !== undefined ? { "stop-execution-comments": stopReason } : {}),
    state,
  });
}

export const tellStage = (ctx: Context, execution: ExecutionDoc, stage: string, state: State): void =>
  emit(ctx, "Stage", execution, { stage, state });

export interface ToldAction {
  readonly stage: string;
  readonly action: ActionDeclaration;
  readonly id: string;
  readonly state: State;
  readonly error?: string | undefined;
}

export function tellAction(ctx: Context, execution: ExecutionDoc, { stage, action, id, state, error }: ToldAction): void {
  const { owner, provider, category, version } = action.actionTypeId;
  emit(ctx, "Action", execution, {
    stage,
    ...(error === undefined ? {} : { "execution-result": { "external-execution-summary": error, "error-code": "JobFailed" } }),
    "action-execution-id": id,
    action: action.name,
    state,
    region: action.region ?? ctx.region,
    type: { owner, provider, category, version },
  });
}
