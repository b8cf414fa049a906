/** A pipeline of three stages, its role, and what its executions tell the default bus. */
import type { Account } from "../../../../workers/account/account.ts";
import { openTestAccount, person } from "../../account/engine-harness.ts";

export const ROLE = "arn:aws:iam::123456789012:role/pipeline";
export const ARN = "arn:aws:codepipeline:us-east-1:123456789012:shop";

export const type = (category: string, provider: string, owner = "AWS") => ({ category, owner, provider, version: "1" });
export const source = (configuration: object = {}) => ({
  name: "Fetch",
  actionTypeId: type("Source", "S3"),
  outputArtifacts: [{ name: "code" }],
  configuration: { NephoscopeSeconds: "2", ...configuration },
});
export const build = (name: string, configuration: object = {}, more: object = {}) => ({
  name,
  actionTypeId: type("Build", "CodeBuild"),
  inputArtifacts: [{ name: "code" }],
  configuration: { NephoscopeSeconds: "10", ...configuration },
  ...more,
});
export const deploy = (configuration: object = {}) => ({
  name: "Release",
  actionTypeId: type("Deploy", "CodeDeploy"),
  inputArtifacts: [{ name: "code" }],
  configuration: { NephoscopeSeconds: "20", ...configuration },
});
const artifactStore = { type: "S3", location: "artifacts" };

export const shop = (more: object = {}) => ({
  name: "shop",
  roleArn: ROLE,
  artifactStore,
  stages: [
    { name: "Source", actions: [source()] },
    { name: "Build", actions: [build("Compile"), build("Lint", { NephoscopeSeconds: "4" }), build("Pack", {}, { runOrder: 2 })] },
    { name: "Deploy", actions: [deploy()] },
  ],
  ...more,
});

const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "codepipeline.amazonaws.com" }, Action: "sts:AssumeRole" }],
});

export async function withRole(): Promise<Account> {
  const account = await openTestAccount();
  const role = { RoleName: "pipeline", AssumeRolePolicyDocument: trust };
  await person(account, "iam", "CreateRole", role, { caller: { kind: "person", principal: "admin" } });
  return account;
}

export const call = async (account: Account, operation: string, input: object = {}): Promise<Record<string, unknown>> =>
  (await person(account, "codepipeline", operation, input)).output as Record<string, unknown>;

export interface Told {
  readonly at: number;
  readonly "detail-type": string;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly resources: readonly string[];
}

/** Oldest first. */
export async function told(account: Account): Promise<readonly Told[]> {
  const question = { limit: 200, source: "aws.codepipeline" };
  const { events } = (await account.look({ service: "events", view: "passed", region: "us-east-1", question })) as {
    events: { at: number; envelope: Omit<Told, "at"> }[];
  };
  return events.map(({ at, envelope }) => ({ ...envelope, at })).reverse();
}

/** `+2 Stage Build STARTED`, seconds after `start`. */
export const short = (events: readonly Told[], start: number): readonly string[] =>
  events.map(({ at, detail, ...event }) => {
    const [, of] = event["detail-type"].split(" ");
    const name = of === "Pipeline" ? "" : ` ${String(detail[of === "Stage" ? "stage" : "action"])}`;
    return `+${(at - start) / 1000} ${of}${name} ${String(detail["state"])}`;
  });

export async function statuses(account: Account): Promise<readonly string[]> {
  const { pipelineExecutionSummaries } = await call(account, "ListPipelineExecutions", { pipelineName: "shop" });
  return (pipelineExecutionSummaries as { status: string }[]).map(({ status }) => status).reverse();
}
