import { describe, expect, test } from "vitest";
import type { Account } from "../../../../workers/account/account.ts";
import { failure, openTestAccount, person, START } from "../../account/engine-harness.ts";
import { ARN, build, call, deploy, ROLE, shop, source, type, withRole } from "./pipeline.ts";

const create = (account: Account, more: object = {}) => call(account, "CreatePipeline", { pipeline: shop(more) });
const [first, second, third] = shop().stages;
const approval = { name: "Ask", actionTypeId: type("Approval", "Manual") };
const withStages = (...stages: unknown[]) => ({ stages });

describe("a pipeline", () => {
  test("is kept in every version, described, listed and deleted", async () => {
    const account = await withRole();
    const made = await call(account, "CreatePipeline", { pipeline: shop(), tags: [{ key: "team", value: "shop" }] });
    expect(made).toMatchObject({ pipeline: { name: "shop", version: 1, pipelineType: "V1" }, tags: [{ key: "team" }] });
    await account.advanceTo(START + 1000);
    await call(account, "UpdatePipeline", { pipeline: shop(withStages(first, second)) });
    const { pipeline, metadata } = await call(account, "GetPipeline", { name: "shop" });
    expect(pipeline).toMatchObject({ version: 2, stages: [{ name: "Source" }, { name: "Build" }] });
    expect(metadata).toMatchObject({ pipelineArn: ARN, created: START, updated: START + 1000 });
    expect((await call(account, "GetPipeline", { name: "shop", version: 1 }))["pipeline"]).toMatchObject({
      stages: [{}, {}, { name: "Deploy" }],
    });
    expect(await call(account, "ListPipelines")).toMatchObject({
      pipelines: [{ name: "shop", version: 2, pipelineType: "V1", executionMode: "SUPERSEDED" }],
    });
    await call(account, "DeletePipeline", { name: "shop" });
    await call(account, "DeletePipeline", { name: "shop" });
    expect(await call(account, "ListPipelines")).toEqual({ pipelines: [] });
  });

  test("is paged, and so are its executions", async () => {
    const account = await withRole();
    for (const name of ["a", "b", "c"]) await create(account, { name });
    const page = await call(account, "ListPipelines", { maxResults: 2 });
    expect(page["pipelines"]).toMatchObject([{ name: "a" }, { name: "b" }]);
    expect(await call(account, "ListPipelines", { nextToken: page["nextToken"] })).toMatchObject({ pipelines: [{ name: "c" }] });
    expect((await failure(call(account, "ListPipelines", { nextToken: "made up" }))).code).toBe("InvalidNextTokenException");
    for (let i = 0; i < 2; i++) await call(account, "StartPipelineExecution", { name: "a" });
    const newest = await call(account, "ListPipelineExecutions", { pipelineName: "a", maxResults: 2 });
    const rest = await call(account, "ListPipelineExecutions", { pipelineName: "a", nextToken: newest["nextToken"] });
    const triggers = (answer: Record<string, unknown>) =>
      (answer["pipelineExecutionSummaries"] as { trigger: { triggerType: string } }[]).map(({ trigger }) => trigger.triggerType);
    expect([...triggers(newest), ...triggers(rest)]).toEqual(["StartPipelineExecution", "StartPipelineExecution", "CreatePipeline"]);
  });

  test("has tags", async () => {
    const account = await withRole();
    await create(account);
    await call(account, "TagResource", { resourceArn: ARN, tags: [{ key: "a", value: "1" }] });
    await call(account, "TagResource", {
      resourceArn: ARN,
      tags: [
        { key: "a", value: "2" },
        { key: "b", value: "" },
      ],
    });
    await call(account, "UntagResource", { resourceArn: ARN, tagKeys: ["b"] });
    expect(await call(account, "ListTagsForResource", { resourceArn: ARN })).toEqual({ tags: [{ key: "a", value: "2" }] });
    const refused = async (resourceArn: string, key = "a") =>
      (await failure(call(account, "TagResource", { resourceArn, tags: [{ key, value: "" }] }))).code;
    expect(await refused(`${ARN}s`)).toBe("ResourceNotFoundException");
    expect(await refused(`${ARN}:a:b`)).toBe("InvalidArnException");
    expect(await refused(ARN, "aws:x")).toBe("InvalidTagsException");
  });

  test("leaves a record of each call with the pipeline as its resource", async () => {
    const account = await withRole();
    await create(account);
    const lookup = { LookupAttributes: [{ AttributeKey: "EventName", AttributeValue: "CreatePipeline" }] };
    const { output } = await person(account, "cloudtrail", "LookupEvents", lookup);
    expect(output["Events"]).toMatchObject([
      { EventSource: "codepipeline.amazonaws.com", Resources: [{ ResourceType: "AWS::CodePipeline::Pipeline", ResourceName: ARN }] },
    ]);
  });

  test.each([
    ["one stage", withStages(first), "InvalidStructureException", /only 1 stage\(s\)\. There should be a minimum of 2 stages/],
    ["a stage name twice", withStages(first, second, second), "InvalidStructureException", /'Build' is used more than once/],
    ["no source at the start", withStages(second, third), "InvalidStructureException", /^Pipeline should start with a stage that only/],
    [
      "something else beside the source",
      withStages({ name: "Source", actions: [source(), approval] }, third),
      "InvalidStructureException",
      /^Pipeline should start with a stage that only contains source actions$/,
    ],
    [
      "a source later on",
      withStages(first, { name: "More", actions: [{ ...source(), outputArtifacts: [{ name: "more" }] }] }),
      "InvalidStructureException",
      /only the first stage may contain source actions/,
    ],
    [
      "an action name twice",
      withStages(first, { name: "Build", actions: [build("A"), build("A")] }),
      "InvalidStructureException",
      /Stage 'Build' has more than one action 'A'/,
    ],
    ["an empty stage", withStages(first, { name: "None", actions: [] }), "InvalidStageDeclarationException", /'None' has 0 actions/],
    [
      "an artifact that nobody makes",
      withStages(first, { name: "Deploy", actions: [{ ...deploy(), inputArtifacts: [{ name: "binary" }] }] }),
      "InvalidStructureException",
      /'binary' of the action 'Release' in stage 'Deploy' must be the output of an action that runs before it/,
    ],
    [
      "an artifact of an action beside it",
      withStages(first, {
        name: "Build",
        actions: [build("A", {}, { outputArtifacts: [{ name: "b" }] }), build("B", {}, { inputArtifacts: [{ name: "b" }] })],
      }),
      "InvalidStructureException",
      /Input artifact 'b'/,
    ],
    [
      "an artifact that is made twice",
      withStages(first, { name: "Build", actions: [build("A", {}, { outputArtifacts: [{ name: "code" }] })] }),
      "InvalidStructureException",
      /'code' of the action 'A' is made twice/,
    ],
    [
      "a provider that AWS does not have",
      withStages(first, { name: "Build", actions: [build("A", {}, { actionTypeId: type("Build", "Make") })] }),
      "InvalidActionDeclarationException",
      /Provider: 'Make', Owner: 'AWS', Version: '1'\) in action 'A' is not available/,
    ],
    ["no artifact store", { artifactStore: undefined }, "InvalidStructureException", /either artifactStore or artifactStores/],
    ["a queue in a pipeline of type V1", { executionMode: "QUEUED" }, "InvalidStructureException", /needs a pipeline of type V2/],
    [
      "a role that is not there",
      { roleArn: `${ROLE}s` },
      "InvalidStructureException",
      /^CodePipeline is not authorized to perform AssumeRole/,
    ],
    ["a name with blanks", { name: "my shop" }, "ValidationException", /'pipeline.name' failed to satisfy constraint/],
    [
      "a trigger",
      { triggers: [{ providerType: "CodeStarSourceConnection", gitConfiguration: { sourceActionName: "Fetch" } }] },
      "NotImplemented",
      /trigger/,
    ],
    [
      "a span of seconds that runs backwards",
      withStages(first, { name: "Build", actions: [build("A", { NephoscopeSeconds: "9-3" })] }),
      "InvalidActionDeclarationException",
      /NephoscopeSeconds of the action 'A' is "9-3"/,
    ],
    [
      "an outcome that is none",
      withStages(first, { name: "Build", actions: [build("A", { NephoscopeOutcome: "Maybe" })] }),
      "InvalidActionDeclarationException",
      /NephoscopeOutcome of the action 'A' is "Maybe"; it takes Succeeded, Failed/,
    ],
  ])("is refused with %s", async (_, more, code, message) => {
    const refused = await failure(create(await withRole(), more));
    expect(refused.message).toMatch(message);
    expect(refused.code).toBe(code);
  });

  test("that is there is not made again; one that is not there is not found", async () => {
    const account = await withRole();
    await create(account);
    expect(await failure(create(account))).toMatchObject({
      code: "PipelineNameInUseException",
      message: "A pipeline with the name 'shop' already exists in account '123456789012'",
    });
    for (const [operation, input] of [
      ["GetPipeline", { name: "none" }],
      ["UpdatePipeline", { pipeline: shop({ name: "none" }) }],
      ["StartPipelineExecution", { name: "none" }],
      ["GetPipelineState", { name: "none" }],
      ["ListPipelineExecutions", { pipelineName: "none" }],
    ] as const)
      expect(await failure(call(account, operation, input))).toMatchObject({
        code: "PipelineNotFoundException",
        message: "Account '123456789012' does not have a pipeline with name 'none'",
      });
    expect((await failure(call(account, "GetPipeline", { name: "shop", version: 7 }))).code).toBe("PipelineVersionNotFoundException");
    const pipelineExecutionId = "00000000-0000-4000-8000-000000000000";
    const of = { pipelineName: "shop", pipelineExecutionId };
    expect((await failure(call(account, "GetPipelineExecution", of))).code).toBe("PipelineExecutionNotFoundException");
  });

  test("hands its role on: the caller must be allowed to", async () => {
    const account = await openTestAccount();
    const caller = { kind: "person", principal: "auditor" } as const;
    const denied = await failure(person(account, "codepipeline", "CreatePipeline", { pipeline: shop() }, { caller }));
    expect(denied.code).toBe("AccessDeniedException");
  });
});
