/** Pipelines: made, described, changed, deleted. */
import { ServiceError } from "../../model/errors.ts";
import type { Operations, PipelineDeclaration } from "../../model/generated/codepipeline.ts";
import type { Context } from "../contract.ts";
import { notBuilt } from "../not-built.ts";
import { isTrusted, roleOf } from "../roles.ts";
import {
  actionKey,
  declarationOf,
  executionsOf,
  existing,
  forgetPipeline,
  keepDeclaration,
  type PipelineDoc,
  pipelineArn,
  pipelines,
} from "./documents.ts";
import { startExecution } from "./executions.ts";
import { pageOf } from "./pages.ts";
import { ACTION_ENDS } from "./run.ts";
import { checkStructure } from "./structure.ts";
import { checkedTags } from "./tags.ts";

type In<K extends keyof Operations> = Operations[K]["input"];
type Out<K extends keyof Operations> = Operations[K]["output"];

const MOST_PIPELINES = 1_000;

/** A new pipeline begins its first execution at once. */
export function createPipeline(ctx: Context, { pipeline, tags = [] }: In<"CreatePipeline">): Out<"CreatePipeline"> {
  const { name } = pipeline;
  if (pipelines(ctx).has(name))
    throw new ServiceError("PipelineNameInUseException", `A pipeline with the name '${name}' already exists in account '${ctx.account}'`);
  if (pipelines(ctx).size >= MOST_PIPELINES)
    throw new ServiceError("LimitExceededException", `An account has at most ${MOST_PIPELINES} pipelines in a Region`);
  const declaration = checked(ctx, pipeline);
  const doc: PipelineDoc = { name, version: 1, created: ctx.now, updated: ctx.now, tags: checkedTags([], tags), next: 1 };
  pipelines(ctx).put(name, doc);
  keepDeclaration(ctx, declaration, 1);
  startExecution(ctx, doc, { type: "CreatePipeline", detail: ctx.identity.arn ?? ctx.identity.id }, [], undefined);
  return { pipeline: { ...declaration, version: 1 }, ...(doc.tags.length === 0 ? {} : { tags: doc.tags }) };
}

/** Executions that are under way go on as they began. */
export function updatePipeline(ctx: Context, { pipeline }: In<"UpdatePipeline">): Out<"UpdatePipeline"> {
  const doc = existing(ctx, pipeline.name);
  const declaration = checked(ctx, pipeline);
  const version = doc.version + 1;
  pipelines(ctx).put(doc.name, { ...doc, version, updated: ctx.now });
  keepDeclaration(ctx, declaration, version);
  return { pipeline: { ...declaration, version } };
}

/** What is asked for, as it is kept: with the settings that AWS gives where nothing is said. */
function checked(ctx: Context, pipeline: PipelineDeclaration): PipelineDeclaration {
  const role = roleOf(ctx, pipeline.roleArn);
  if (role === undefined || !isTrusted(role, "codepipeline.amazonaws.com", pipelineArn(ctx, pipeline.name)))
    throw new ServiceError(
      "InvalidStructureException",
      `CodePipeline is not authorized to perform AssumeRole on role ${pipeline.roleArn}`,
      {
        hint: "The role must exist and its trust policy must let codepipeline.amazonaws.com assume it.",
      },
    );
  checkStructure(pipeline);
  for (const { actions } of pipeline.stages)
    for (const { region } of actions) if (region !== undefined && region !== ctx.region) throw notBuilt("An action in another Region");
  return { executionMode: "SUPERSEDED", pipelineType: "V1", ...pipeline };
}

export function getPipeline(ctx: Context, { name, version }: In<"GetPipeline">): Out<"GetPipeline"> {
  const doc = existing(ctx, name);
  const pipeline = declarationOf(ctx, name, version ?? doc.version);
  if (pipeline === undefined)
    throw new ServiceError("PipelineVersionNotFoundException", `The pipeline '${name}' does not have a version ${version}`);
  return { pipeline, metadata: { pipelineArn: pipelineArn(ctx, name), created: doc.created, updated: doc.updated } };
}

/** Deleting a pipeline that is not there succeeds. What is under way ends unheard. */
export function deletePipeline(ctx: Context, { name }: In<"DeletePipeline">): Out<"DeletePipeline"> {
  const doc = pipelines(ctx).get(name);
  if (doc === undefined) return {};
  for (const execution of executionsOf(ctx, name))
    for (const stage of execution.stages)
      for (const action of stage.actions)
        if (action.status === "InProgress") ctx.unschedule(ACTION_ENDS, actionKey(execution, stage.name, action.name));
  forgetPipeline(ctx, doc);
  return {};
}

export function listPipelines(ctx: Context, input: In<"ListPipelines">): Out<"ListPipelines"> {
  const { page, token } = pageOf(pipelines(ctx).values(), ({ name }) => name, MOST_PIPELINES, input);
  return {
    pipelines: page.map(({ name, version, created, updated }) => {
      const { pipelineType = "V1", executionMode = "SUPERSEDED" } = declarationOf(ctx, name, version) ?? {};
      return { name, version, pipelineType, executionMode, created, updated };
    }),
    ...token,
  };
}
