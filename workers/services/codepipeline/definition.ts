/** The little of AWS CodePipeline that observability touches: pipelines that go through their stages and tell of it. */
import type { Operations } from "../../model/generated/codepipeline.ts";
import { type Operation, operation, type Scope, type ServiceDefinition } from "../contract.ts";
import { handedTo } from "../passes.ts";
import { pipelineArn } from "./documents.ts";
import * as executions from "./executions.ts";
import * as pipelines from "./pipelines.ts";
import { ACTION_ENDS, endAction } from "./run.ts";
import { listTagsForResource, tagResource, untagResource } from "./tags.ts";

type Declared = { readonly pipeline: { readonly name: string; readonly roleArn: string } };
const onDeclared = ({ pipeline }: Declared, scope: Scope) => [pipelineArn(scope, pipeline.name)];
const onName = ({ name }: { readonly name: string }, scope: Scope) => [pipelineArn(scope, name)];
const onPipeline = ({ pipelineName }: { readonly pipelineName: string }, scope: Scope) => [pipelineArn(scope, pipelineName)];
const onTagged = ({ resourceArn }: { readonly resourceArn: string }) => [resourceArn];
const ofRole = ({ pipeline }: Declared) => handedTo("codepipeline.amazonaws.com", pipeline.roleArn);
const reading = { effect: "none", trail: "management-read" } as const;
const writing = { effect: "state", trail: "management-write" } as const;

type Table = { readonly [K in keyof Operations]?: Omit<Operation<Operations[K]["input"], Operations[K]["output"]>, "action"> };

const table: Table = {
  CreatePipeline: { ...writing, resources: onDeclared, passes: ofRole, handle: pipelines.createPipeline },
  UpdatePipeline: { ...writing, resources: onDeclared, passes: ofRole, handle: pipelines.updatePipeline },
  GetPipeline: { ...reading, resources: onName, handle: pipelines.getPipeline },
  DeletePipeline: { ...writing, resources: onName, handle: pipelines.deletePipeline },
  ListPipelines: { ...reading, handle: pipelines.listPipelines },
  StartPipelineExecution: { ...writing, resources: onName, handle: executions.startPipelineExecution },
  StopPipelineExecution: { ...writing, resources: onPipeline, handle: executions.stopPipelineExecution },
  GetPipelineExecution: { ...reading, resources: onPipeline, handle: executions.getPipelineExecution },
  ListPipelineExecutions: { ...reading, resources: onPipeline, handle: executions.listPipelineExecutions },
  GetPipelineState: { ...reading, resources: onName, handle: executions.getPipelineState },
  TagResource: { ...writing, resources: onTagged, handle: tagResource },
  UntagResource: { ...writing, resources: onTagged, handle: untagResource },
  ListTagsForResource: { ...reading, resources: onTagged, handle: listTagsForResource },
};

export const codepipeline: ServiceDefinition = {
  name: "codepipeline",
  principal: "codepipeline.amazonaws.com",
  eventSource: "codepipeline.amazonaws.com",
  operations: Object.fromEntries(
    Object.entries(table).map(([name, entry]) => [
      name,
      operation({ ...(entry as Omit<Operation, "action">), action: `codepipeline:${name}` }),
    ]),
  ),
  agenda: { [ACTION_ENDS]: (ctx, item) => endAction(ctx, item.payload) },
};
