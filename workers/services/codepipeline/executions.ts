/** Executions: begun, stopped, described; and where they stand in their pipeline. */
import { ServiceError } from "../../model/errors.ts";
import type { ActionExecution, Operations, PipelineDeclaration } from "../../model/generated/codepipeline.ts";
import type { Context } from "../contract.ts";
import { notBuilt } from "../not-built.ts";
import {
  type ActionRun,
  declarationOf,
  type ExecutionDoc,
  executionsOf,
  existing,
  forgetOld,
  isUnderWay,
  type PipelineDoc,
  pipelines,
} from "./documents.ts";
import { pageOf } from "./pages.ts";
import { begin, stop } from "./run.ts";

type In<K extends keyof Operations> = Operations[K]["input"];
type Out<K extends keyof Operations> = Operations[K]["output"];

/** Of a pipeline, in QUEUED and PARALLEL mode. */
const MOST_UNDER_WAY = 50;

export function startPipelineExecution(ctx: Context, input: In<"StartPipelineExecution">): Out<"StartPipelineExecution"> {
  const doc = existing(ctx, input.name);
  if (input.sourceRevisions !== undefined && input.sourceRevisions.length > 0) throw notBuilt("A source revision of one's own");
  const token = input.clientRequestToken;
  // The same token again is the same call again.
  const known = token === undefined ? undefined : executionsOf(ctx, doc.name).find((one) => one.token === token);
  if (known !== undefined) return { pipelineExecutionId: known.id };
  if (executionsOf(ctx, doc.name).filter(isUnderWay).length >= MOST_UNDER_WAY)
    throw new ServiceError(
      "ConcurrentPipelineExecutionsLimitExceededException",
      `The pipeline '${doc.name}' has reached the limit of ${MOST_UNDER_WAY} executions that are in progress`,
    );
  const trigger = { type: "StartPipelineExecution", detail: ctx.identity.arn ?? ctx.identity.id } as const;
  return { pipelineExecutionId: startExecution(ctx, doc, trigger, input.variables ?? [], token) };
}

type Given = readonly { readonly name: string; readonly value: string }[];

/** Answers the id of the new execution. */
export function startExecution(
  ctx: Context,
  doc: PipelineDoc,
  trigger: ExecutionDoc["trigger"],
  given: Given,
  token: string | undefined,
): string {
  const declaration = declarationOf(ctx, doc.name, doc.version) as PipelineDeclaration;
  const variables = resolved(declaration, given);
  const id = ctx.uuid("execution");
  pipelines(ctx).put(doc.name, { ...doc, next: doc.next + 1 });
  begin(ctx, {
    pipeline: doc.name,
    sequence: doc.next,
    id,
    version: doc.version,
    status: "InProgress",
    started: ctx.now,
    updated: ctx.now,
    trigger,
    ...(token === undefined ? {} : { token }),
    variables,
    stage: 0,
    isWaiting: false,
    stages: declaration.stages.map(({ name, actions }) => ({ name, actions: actions.map((action) => ({ name: action.name })) })),
  });
  forgetOld(ctx, doc.name);
  return id;
}

function resolved({ variables = [] }: PipelineDeclaration, given: Given): Given {
  const unknown = given.find(({ name }) => !variables.some((one) => one.name === name));
  if (unknown !== undefined) throw new ServiceError("ValidationException", `The pipeline declares no variable '${unknown.name}'`);
  return variables.map(({ name, defaultValue }) => {
    const value = given.find((one) => one.name === name)?.value ?? defaultValue;
    if (value === undefined) throw new ServiceError("ValidationException", `The variable '${name}' has no default value and none is given`);
    return { name, value };
  });
}

export function stopPipelineExecution(ctx: Context, input: In<"StopPipelineExecution">): Out<"StopPipelineExecution"> {
  const { pipelineName, pipelineExecutionId, abandon = false, reason } = input;
  const execution = executionsOf(ctx, existing(ctx, pipelineName).name).find(({ id }) => id === pipelineExecutionId);
  if (execution === undefined || !isUnderWay(execution))
    throw new ServiceError(
      "PipelineExecutionNotStoppableException",
      `The pipeline execution '${pipelineExecutionId}' of '${pipelineName}' is not in progress and cannot be stopped`,
    );
  if (execution.status === "Stopping" && !abandon)
    throw new ServiceError("DuplicatedStopRequestException", `The pipeline execution '${pipelineExecutionId}' is already being stopped`);
  stop(ctx, execution, abandon, reason);
  return { pipelineExecutionId };
}

const shared = ({ id, status, trigger }: ExecutionDoc, { executionMode = "SUPERSEDED" }: PipelineDeclaration) =>
  ({
    pipelineExecutionId: id,
    status,
    trigger: { triggerType: trigger.type, triggerDetail: trigger.detail },
    executionMode,
    executionType: "STANDARD",
  }) as const;

const planOf = (ctx: Context, { pipeline, version }: ExecutionDoc): PipelineDeclaration =>
  declarationOf(ctx, pipeline, version) as PipelineDeclaration;

export function getPipelineExecution(ctx: Context, input: In<"GetPipelineExecution">): Out<"GetPipelineExecution"> {
  const { pipelineName, pipelineExecutionId } = input;
  const execution = executionsOf(ctx, existing(ctx, pipelineName).name).find(({ id }) => id === pipelineExecutionId);
  if (execution === undefined)
    throw new ServiceError(
      "PipelineExecutionNotFoundException",
      `The pipeline '${pipelineName}' does not have an execution with id '${pipelineExecutionId}'`,
    );
  return {
    pipelineExecution: {
      pipelineName,
      pipelineVersion: execution.version,
      ...shared(execution, planOf(ctx, execution)),
      artifactRevisions: [],
      variables: execution.variables.map(({ name, value }) => ({ name, resolvedValue: value })),
    },
  };
}

/** Newest first. */
export function listPipelineExecutions(ctx: Context, input: In<"ListPipelineExecutions">): Out<"ListPipelineExecutions"> {
  const stage = input.filter?.succeededInStage?.stageName;
  const rows = executionsOf(ctx, existing(ctx, input.pipelineName).name)
    .filter(({ stages }) => stage === undefined || stages.some(({ name, status }) => name === stage && status === "Succeeded"))
    .reverse();
  const { page, token } = pageOf(rows, ({ sequence }) => String(99_999_999 - sequence), 100, input);
  return {
    pipelineExecutionSummaries: page.map((execution) => ({
      ...shared(execution, planOf(ctx, execution)),
      startTime: execution.started,
      lastUpdateTime: execution.updated,
      sourceRevisions: [],
      ...(execution.stopReason === undefined ? {} : { stopTrigger: { reason: execution.stopReason } }),
    })),
    ...token,
  };
}

/** Each stage with the newest execution that came into it, and the one that waits before it. */
export function getPipelineState(ctx: Context, { name }: In<"GetPipelineState">): Out<"GetPipelineState"> {
  const doc = existing(ctx, name);
  const { stages } = declarationOf(ctx, name, doc.version) as PipelineDeclaration;
  const newest = [...executionsOf(ctx, name)].reverse();
  return {
    pipelineName: name,
    pipelineVersion: doc.version,
    stageStates: stages.map((stage) => {
      const runs = newest.flatMap((execution) => {
        const run = execution.stages.find((one) => one.name === stage.name);
        return run?.status === undefined ? [] : [{ execution, run, status: run.status }];
      });
      const waiting = newest
        .filter((one) => one.isWaiting && one.stages[one.stage]?.name === stage.name)
        .map(({ id }) => ({ pipelineExecutionId: id, status: "InProgress", type: "STANDARD" }) as const);
      const [latest] = runs;
      return {
        stageName: stage.name,
        ...(waiting[0] === undefined ? {} : { inboundExecution: waiting[0], inboundExecutions: waiting }),
        inboundTransitionState: { enabled: true },
        actionStates: stage.actions.map((action) => {
          const run = latest?.run.actions.find((one) => one.name === action.name);
          return { actionName: action.name, ...(run?.status === undefined ? {} : { latestExecution: shownRun(run) }) };
        }),
        ...(latest === undefined
          ? {}
          : { latestExecution: { pipelineExecutionId: latest.execution.id, status: latest.status, type: "STANDARD" as const } }),
      };
    }),
    created: doc.created,
    updated: doc.updated,
  };
}

const shownRun = ({ id, status, changed, error }: ActionRun): ActionExecution => ({
  ...(id === undefined ? {} : { actionExecutionId: id }),
  ...(status === undefined ? {} : { status }),
  ...(changed === undefined ? {} : { lastStatusChange: changed }),
  ...(error === undefined ? {} : { summary: error, errorDetails: { code: "JobFailed", message: error } }),
});
