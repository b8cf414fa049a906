/** Which pipelines AWS takes (user guide, Pipeline structure reference): stages, actions, and what they hand on. */
import { ServiceError } from "../../model/errors.ts";
import type { ActionDeclaration, PipelineDeclaration, StageDeclaration } from "../../model/generated/codepipeline.ts";
import { notBuilt } from "../not-built.ts";
import { behaviourOf } from "./behaviour.ts";
import { orderOf } from "./documents.ts";

const invalid = (message: string, hint?: string): ServiceError =>
  new ServiceError("InvalidStructureException", message, hint === undefined ? {} : { hint });

const [LEAST_STAGES, MOST_STAGES, MOST_ACTIONS] = [2, 50, 50];

/** Throws `InvalidStructureException` and its kin for what AWS refuses, `NotImplemented` for what is not built. */
export function checkStructure(pipeline: PipelineDeclaration): void {
  const { stages } = pipeline;
  checkSettings(pipeline);
  if (stages.length < LEAST_STAGES)
    throw invalid(`Pipeline has only ${stages.length} stage(s). There should be a minimum of ${LEAST_STAGES} stages in a pipeline`);
  if (stages.length > MOST_STAGES)
    throw invalid(`Pipeline has ${stages.length} stages. There should be a maximum of ${MOST_STAGES} stages in a pipeline`);
  const twice = repeated(stages.map(({ name }) => name));
  if (twice !== undefined) throw invalid(`Stage name must be unique within a pipeline. The stage name '${twice}' is used more than once`);
  for (const stage of stages) checkStage(stage);
  const [first, ...later] = stages;
  if (first === undefined || first.actions.some((action) => !isSource(action)))
    throw invalid("Pipeline should start with a stage that only contains source actions");
  for (const stage of later) {
    const stray = stage.actions.find(isSource);
    if (stray !== undefined)
      throw invalid(`Stage '${stage.name}' has the source action '${stray.name}': only the first stage may contain source actions`);
  }
  checkArtifacts(stages);
}

const isSource = ({ actionTypeId }: ActionDeclaration): boolean => actionTypeId.category === "Source";

function repeated(names: readonly string[]): string | undefined {
  return names.find((name, at) => names.indexOf(name) !== at);
}

function checkSettings({
  artifactStore,
  artifactStores,
  executionMode,
  pipelineType,
  triggers,
  variables = [],
}: PipelineDeclaration): void {
  if ((artifactStore === undefined) === (artifactStores === undefined))
    throw invalid("A pipeline has either artifactStore or artifactStores", "artifactStores is for actions in several Regions.");
  if (pipelineType !== "V2") {
    if (executionMode === "QUEUED" || executionMode === "PARALLEL")
      throw invalid(`The execution mode ${executionMode} needs a pipeline of type V2`);
    if (variables.length > 0) throw invalid("Variables at the pipeline level need a pipeline of type V2");
  }
  if (triggers !== undefined && triggers.length > 0) throw notBuilt("A trigger of a pipeline");
  const twice = repeated(variables.map(({ name }) => name));
  if (twice !== undefined) throw invalid(`The variable '${twice}' is declared more than once`);
}

function checkStage({ name, actions, ...more }: StageDeclaration): void {
  for (const member of ["blockers", "beforeEntry", "onSuccess", "onFailure"] as const)
    if (more[member] !== undefined) throw notBuilt(`${member} of a stage`);
  if (actions.length === 0 || actions.length > MOST_ACTIONS)
    throw new ServiceError(
      "InvalidStageDeclarationException",
      `Stage '${name}' has ${actions.length} actions: a stage has at least 1 and at most ${MOST_ACTIONS}`,
    );
  const twice = repeated(actions.map((action) => action.name));
  if (twice !== undefined) throw invalid(`Action name must be unique within a stage. Stage '${name}' has more than one action '${twice}'`);
  for (const action of actions) checkAction(action);
}

/** Providers of AWS's own, by category (user guide, Valid action providers). */
const PROVIDERS: Readonly<Record<string, readonly string[]>> = {
  Source: ["S3", "ECR", "CodeCommit", "CodeStarSourceConnection"],
  Build: ["CodeBuild", "ECRBuildAndPublish"],
  Test: ["CodeBuild", "DeviceFarm"],
  Deploy: [
    ...["S3", "CloudFormation", "CloudFormationStackSet", "CloudFormationStackInstances", "CodeDeploy", "CodeDeployToECS", "ECS"],
    ...["ElasticBeanstalk", "OpsWorks", "ServiceCatalog", "AppConfig", "EC2", "EKS", "Lambda"],
  ],
  Invoke: ["Lambda", "StepFunctions", "InspectorScan", "CodePipeline"],
  Approval: ["Manual"],
  Compute: ["Commands"],
};

function checkAction(action: ActionDeclaration): void {
  const { name, actionTypeId, inputArtifacts = [], outputArtifacts = [] } = action;
  const { category, owner, provider, version } = actionTypeId;
  const wrong = (message: string): ServiceError => new ServiceError("InvalidActionDeclarationException", message);
  if (owner === "AWS" && (version !== "1" || PROVIDERS[category]?.includes(provider) !== true))
    throw wrong(
      `ActionType (Category: '${category}', Provider: '${provider}', Owner: 'AWS', Version: '${version}') in action '${name}' is not available`,
    );
  if (category === "Source" && inputArtifacts.length > 0)
    throw wrong(`Action '${name}' declares ${inputArtifacts.length} input artifacts: a source action has none`);
  if (category === "Source" && outputArtifacts.length === 0) throw wrong(`Action '${name}' declares 0 output artifacts: a source has one`);
  if (category === "Approval" && inputArtifacts.length + outputArtifacts.length > 0)
    throw wrong(`Action '${name}' declares artifacts: an approval has none`);
  if (category === "Build" && inputArtifacts.length === 0)
    throw wrong(`Action '${name}' declares 0 input artifacts: a build has at least one`);
  behaviourOf(action);
}

/** Every artifact is made once, and before it is used. */
function checkArtifacts(stages: readonly StageDeclaration[]): void {
  const made = new Set<string>();
  for (const stage of stages) {
    const orders = [...new Set(stage.actions.map(orderOf))].sort((a, b) => a - b);
    for (const order of orders) {
      const together = stage.actions.filter((action) => orderOf(action) === order);
      for (const { name, inputArtifacts = [] } of together)
        for (const artifact of inputArtifacts)
          if (!made.has(artifact.name))
            throw invalid(
              `Input artifact '${artifact.name}' of the action '${name}' in stage '${stage.name}' must be the output of an action that runs before it`,
            );
      for (const { name, outputArtifacts = [] } of together)
        for (const artifact of outputArtifacts) {
          if (made.has(artifact.name))
            throw invalid(
              `Output artifact name must be unique within a pipeline. '${artifact.name}' of the action '${name}' is made twice`,
            );
          made.add(artifact.name);
        }
    }
  }
}
