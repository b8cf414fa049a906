/**
 * How executions go through their pipeline (user guide, How pipeline executions work). A stage has one execution at a time;
 * one that finds it taken waits before it. In SUPERSEDED mode a newer one takes the place of one that waits; in QUEUED mode
 * they wait in their order; in PARALLEL mode none waits. Within a stage the actions of one run order go together, and those
 * of the next begin when all have succeeded.
 */
import { Bug } from "../../model/errors.ts";
import type { ActionDeclaration, PipelineDeclaration, StageDeclaration } from "../../model/generated/codepipeline.ts";
import type { Context } from "../contract.ts";
import { behaviourOf, runOf } from "./behaviour.ts";
import {
  type ActionRun,
  actionKey,
  declarationOf,
  type ExecutionDoc,
  executionAt,
  executionsOf,
  isUnderWay,
  keepExecution,
  orderOf,
  type StageRun,
} from "./documents.ts";
import { tellAction, tellPipeline, tellStage } from "./events.ts";

export const ACTION_ENDS = "action-ends";

interface Ending {
  readonly pipeline: string;
  readonly sequence: number;
  readonly stage: string;
  readonly action: string;
  readonly error?: string;
}

const plan = (ctx: Context, { pipeline, version }: ExecutionDoc): PipelineDeclaration => {
  const declaration = declarationOf(ctx, pipeline, version);
  if (declaration === undefined) throw new Bug(`version ${version} of ${pipeline} is not kept`);
  return declaration;
};

const stageAt = (declaration: PipelineDeclaration, place: number): StageDeclaration => declaration.stages[place] as StageDeclaration;

function changed(ctx: Context, execution: ExecutionDoc, change: Partial<ExecutionDoc>): ExecutionDoc {
  const next = { ...execution, ...change, updated: ctx.now };
  keepExecution(ctx, next);
  return next;
}

function withStage(execution: ExecutionDoc, change: (run: StageRun) => StageRun): Pick<ExecutionDoc, "stages"> {
  return { stages: execution.stages.map((run, at) => (at === execution.stage ? change(run) : run)) };
}

const withAction = (run: StageRun, name: string, change: Partial<ActionRun>): StageRun => ({
  ...run,
  actions: run.actions.map((one) => (one.name === name ? { ...one, ...change } : one)),
});

/** A new execution comes to its first stage. */
export function begin(ctx: Context, execution: ExecutionDoc): void {
  keepExecution(ctx, execution);
  tellPipeline(ctx, execution, "STARTED");
  comeTo(ctx, execution, 0);
}

/** Comes to a stage and enters it, or waits before it. */
function comeTo(ctx: Context, execution: ExecutionDoc, place: number): void {
  const { executionMode = "SUPERSEDED" } = plan(ctx, execution);
  const others = executionsOf(ctx, execution.pipeline).filter((one) => one.id !== execution.id && isUnderWay(one) && one.stage === place);
  if (executionMode === "PARALLEL" || others.length === 0) {
    enter(ctx, changed(ctx, execution, { stage: place, isWaiting: false }));
    return;
  }
  changed(ctx, execution, { stage: place, isWaiting: true });
  if (executionMode === "QUEUED") return;
  for (const older of others)
    if (older.isWaiting) tellPipeline(ctx, changed(ctx, older, { status: "Superseded", isWaiting: false }), "SUPERSEDED");
}

function enter(ctx: Context, execution: ExecutionDoc): void {
  const stage = stageAt(plan(ctx, execution), execution.stage);
  const entered = changed(
    ctx,
    execution,
    withStage(execution, (run) => ({ ...run, status: "InProgress" })),
  );
  tellStage(ctx, entered, stage.name, "STARTED");
  startActions(ctx, entered, stage, Math.min(...stage.actions.map(orderOf)));
}

function startActions(ctx: Context, execution: ExecutionDoc, stage: StageDeclaration, order: number): void {
  let now = execution;
  for (const action of stage.actions.filter((one) => orderOf(one) === order)) {
    const id = ctx.uuid("action");
    const { milliseconds, error } = runOf(behaviourOf(action), ctx.id("run"));
    now = changed(
      ctx,
      now,
      withStage(now, (run) => withAction(run, action.name, { id, status: "InProgress", changed: ctx.now })),
    );
    tellAction(ctx, now, { stage: stage.name, action, id, state: "STARTED" });
    const { pipeline, sequence } = now;
    const payload: Ending = { pipeline, sequence, stage: stage.name, action: action.name, ...(error === undefined ? {} : { error }) };
    ctx.schedule({ at: ctx.now + milliseconds, kind: ACTION_ENDS, key: actionKey(now, stage.name, action.name), payload });
  }
}

/** The agenda's item: an action ends as was drawn when it began. */
export function endAction(ctx: Context, payload: object): void {
  const { pipeline, sequence, stage: stageName, action: name, error } = payload as Ending;
  const execution = executionAt(ctx, pipeline, sequence);
  if (execution === undefined || !isUnderWay(execution)) return;
  const stage = stageAt(plan(ctx, execution), execution.stage);
  const action = stage.actions.find((one) => one.name === name) as ActionDeclaration;
  const status = error === undefined ? "Succeeded" : "Failed";
  const ended = changed(
    ctx,
    execution,
    withStage(execution, (run) => withAction(run, name, { status, changed: ctx.now, ...(error === undefined ? {} : { error }) })),
  );
  const run = ended.stages[ended.stage] as StageRun;
  const id = run.actions.find((one) => one.name === name)?.id ?? "";
  tellAction(ctx, ended, { stage: stageName, action, id, state: error === undefined ? "SUCCEEDED" : "FAILED", error });
  if (run.actions.some((one) => one.status === "InProgress")) return;
  goOn(ctx, ended, stage, run);
}

/** All that ran has ended: the next actions, the next stage, or the end. */
function goOn(ctx: Context, execution: ExecutionDoc, stage: StageDeclaration, run: StageRun): void {
  if (run.actions.some(({ status }) => status === "Failed")) {
    leave(ctx, execution, "Failed");
    return;
  }
  if (execution.status === "Stopping") {
    leave(ctx, execution, "Stopped");
    return;
  }
  const left = stage.actions.filter((action) => run.actions.find(({ name }) => name === action.name)?.status === undefined);
  if (left.length > 0) startActions(ctx, execution, stage, Math.min(...left.map(orderOf)));
  else leave(ctx, execution, "Succeeded");
}

const TOLD = { Succeeded: "SUCCEEDED", Failed: "FAILED", Stopped: "STOPPED" } as const;

/** Leaves its stage, which another may enter now; goes on to the next one where it succeeded and there is one. */
function leave(ctx: Context, execution: ExecutionDoc, status: keyof typeof TOLD): void {
  const place = execution.stage;
  const declaration = plan(ctx, execution);
  const isLast = place === declaration.stages.length - 1;
  const isEnd = status !== "Succeeded" || isLast;
  const left = changed(ctx, execution, {
    ...withStage(execution, (run) => ({ ...run, status })),
    ...(isEnd ? { status } : {}),
  });
  tellStage(ctx, left, stageAt(declaration, place).name, TOLD[status]);
  if (isEnd) tellPipeline(ctx, left, TOLD[status]);
  else comeTo(ctx, left, place + 1);
  letIn(ctx, execution.pipeline, place);
}

/** The oldest that waits before a stage that nobody is in enters it. */
export function letIn(ctx: Context, pipeline: string, place: number): void {
  const there = executionsOf(ctx, pipeline).filter((one) => isUnderWay(one) && one.stage === place);
  const next = there.find(({ isWaiting }) => isWaiting);
  if (next === undefined || there.some(({ isWaiting }) => !isWaiting)) return;
  enter(ctx, changed(ctx, next, { isWaiting: false }));
}

/** Stops one that is under way: at once where it waits or its actions are abandoned, else when these have ended. */
export function stop(ctx: Context, execution: ExecutionDoc, isAbandoned: boolean, reason: string | undefined): void {
  const why = reason === undefined ? {} : { stopReason: reason };
  const stage = stageAt(plan(ctx, execution), execution.stage);
  if (execution.isWaiting) {
    tellPipeline(ctx, changed(ctx, execution, { ...why, status: "Stopped", isWaiting: false }), "STOPPED");
    return;
  }
  let now = changed(ctx, execution, {
    ...why,
    status: "Stopping",
    ...withStage(execution, (run) => ({ ...run, status: "Stopping" })),
  });
  if (execution.status !== "Stopping") {
    tellPipeline(ctx, now, "STOPPING");
    tellStage(ctx, now, stage.name, "STOPPING");
  }
  if (!isAbandoned) return;
  for (const { name, status, id = "" } of (now.stages[now.stage] as StageRun).actions) {
    if (status !== "InProgress") continue;
    ctx.unschedule(ACTION_ENDS, actionKey(now, stage.name, name));
    now = changed(
      ctx,
      now,
      withStage(now, (run) => withAction(run, name, { status: "Abandoned", changed: ctx.now })),
    );
    const action = stage.actions.find((one) => one.name === name) as ActionDeclaration;
    tellAction(ctx, now, { stage: stage.name, action, id, state: "ABANDONED" });
  }
  leave(ctx, now, "Stopped");
}
