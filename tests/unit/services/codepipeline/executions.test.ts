import { describe, expect, test } from "vitest";
import type { Account } from "../../../../workers/account/account.ts";
import { failure, START } from "../../account/engine-harness.ts";
import { ARN, build, call, deploy, shop, short, source, statuses, told, withRole } from "./pipeline.ts";

const SECOND = 1000;
const start = async (account: Account, more: object = {}): Promise<string> =>
  (await call(account, "StartPipelineExecution", { name: "shop", ...more }))["pipelineExecutionId"] as string;

async function created(more: object = {}): Promise<Account> {
  const account = await withRole();
  await call(account, "CreatePipeline", { pipeline: shop(more) });
  return account;
}

const stages = (...second: object[]) => ({
  stages: [
    { name: "Source", actions: [source()] },
    { name: "Build", actions: second },
    { name: "Deploy", actions: [deploy()] },
  ],
});

describe("an execution", () => {
  test("begins with the pipeline and goes through its stages, actions of one order together, and tells of each step", async () => {
    const account = await created();
    await account.advanceTo(START + 60 * SECOND);
    const events = await told(account);
    expect(short(events, START)).toEqual([
      "+0 Pipeline STARTED",
      "+0 Stage Source STARTED",
      "+0 Action Fetch STARTED",
      "+2 Action Fetch SUCCEEDED",
      "+2 Stage Source SUCCEEDED",
      "+2 Stage Build STARTED",
      "+2 Action Compile STARTED",
      "+2 Action Lint STARTED",
      "+6 Action Lint SUCCEEDED",
      "+12 Action Compile SUCCEEDED",
      "+12 Action Pack STARTED",
      "+22 Action Pack SUCCEEDED",
      "+22 Stage Build SUCCEEDED",
      "+22 Stage Deploy STARTED",
      "+22 Action Release STARTED",
      "+42 Action Release SUCCEEDED",
      "+42 Stage Deploy SUCCEEDED",
      "+42 Pipeline SUCCEEDED",
    ]);
    const id = events[0]?.detail["execution-id"];
    expect(events[0]).toMatchObject({ resources: [ARN], "detail-type": "CodePipeline Pipeline Execution State Change" });
    expect(events[0]?.detail).toEqual({
      pipeline: "shop",
      "execution-id": id,
      "start-time": new Date(START).toISOString(),
      "execution-trigger": { "trigger-type": "CreatePipeline", "trigger-detail": "arn:aws:iam::123456789012:user/developer" },
      state: "STARTED",
      version: 1,
      "pipeline-execution-attempt": 1,
    });
    expect(events[2]?.detail).toMatchObject({
      stage: "Source",
      action: "Fetch",
      "action-execution-id": expect.stringMatching(/^[0-9a-f-]{36}$/),
      region: "us-east-1",
      type: { owner: "AWS", provider: "S3", category: "Source", version: "1" },
    });
    const { pipelineExecution } = await call(account, "GetPipelineExecution", { pipelineName: "shop", pipelineExecutionId: id });
    expect(pipelineExecution).toMatchObject({ status: "Succeeded", pipelineVersion: 1, trigger: { triggerType: "CreatePipeline" } });
  });

  test("ends where an action fails, after those beside it, with what it says", async () => {
    const account = await created(
      stages(
        build("Compile", { NephoscopeOutcome: "Failed", NephoscopeError: "exit status 1" }),
        build("Slow", { NephoscopeSeconds: "30" }),
      ),
    );
    await account.advanceTo(START + 60 * SECOND);
    const events = await told(account);
    expect(short(events, START).slice(-5)).toEqual([
      "+2 Action Slow STARTED",
      "+12 Action Compile FAILED",
      "+32 Action Slow SUCCEEDED",
      "+32 Stage Build FAILED",
      "+32 Pipeline FAILED",
    ]);
    expect(events.at(-4)?.detail["execution-result"]).toEqual({ "external-execution-summary": "exit status 1", "error-code": "JobFailed" });
    const { stageStates } = await call(account, "GetPipelineState", { name: "shop" });
    expect(stageStates).toMatchObject([
      { stageName: "Source", latestExecution: { status: "Succeeded" } },
      {
        stageName: "Build",
        latestExecution: { status: "Failed" },
        actionStates: [{ actionName: "Compile", latestExecution: { status: "Failed", errorDetails: { message: "exit status 1" } } }, {}],
      },
      { stageName: "Deploy", actionStates: [{ actionName: "Release" }] },
    ]);
  });

  test("waits before a stage that is taken, and gives way to a newer one", async () => {
    const account = await created(stages(build("Compile", { NephoscopeSeconds: "100" })));
    await account.advanceTo(START + 5 * SECOND);
    const second = await start(account);
    await account.advanceTo(START + 10 * SECOND);
    const { stageStates } = await call(account, "GetPipelineState", { name: "shop" });
    expect(stageStates).toMatchObject([{}, { inboundExecution: { pipelineExecutionId: second } }, {}]);
    await start(account);
    await account.advanceTo(START + 20 * SECOND);
    expect(await statuses(account)).toEqual(["InProgress", "Superseded", "InProgress"]);
    await account.advanceTo(START + 300 * SECOND);
    expect(await statuses(account)).toEqual(["Succeeded", "Superseded", "Succeeded"]);
    const builds = (await told(account)).filter(({ detail }) => detail["stage"] === "Build" && detail["action"] === undefined);
    expect(short(builds, START)).toEqual([
      "+2 Stage Build STARTED",
      "+102 Stage Build SUCCEEDED",
      "+102 Stage Build STARTED",
      "+202 Stage Build SUCCEEDED",
    ]);
  });

  test.each([
    ["QUEUED", ["+2", "+102", "+202"]],
    ["PARALLEL", ["+2", "+7", "+7"]],
  ])("waits in %s mode for its turn, or for none", async (executionMode, begins) => {
    const account = await created({ ...stages(build("Compile", { NephoscopeSeconds: "100" })), pipelineType: "V2", executionMode });
    await account.advanceTo(START + 5 * SECOND);
    await start(account);
    await start(account);
    await account.advanceTo(START + 400 * SECOND);
    expect(await statuses(account)).toEqual(["Succeeded", "Succeeded", "Succeeded"]);
    const begun = short(await told(account), START).filter((one) => one.endsWith("Stage Build STARTED"));
    expect(begun.map((one) => one.split(" ")[0])).toEqual(begins);
  });

  test("is stopped when its actions end, or at once where they are abandoned", async () => {
    for (const [abandon, last] of [
      [
        false,
        [
          "+5 Pipeline STOPPING",
          "+5 Stage Build STOPPING",
          "+12 Action Compile SUCCEEDED",
          "+12 Stage Build STOPPED",
          "+12 Pipeline STOPPED",
        ],
      ],
      [
        true,
        ["+5 Pipeline STOPPING", "+5 Stage Build STOPPING", "+5 Action Compile ABANDONED", "+5 Stage Build STOPPED", "+5 Pipeline STOPPED"],
      ],
    ] as const) {
      const account = await created(stages(build("Compile")));
      await account.advanceTo(START + 5 * SECOND);
      const id = (await told(account))[0]?.detail["execution-id"];
      const stop = { pipelineName: "shop", pipelineExecutionId: id, abandon, reason: "wrong branch" };
      const refused = async (input: object) => (await failure(call(account, "StopPipelineExecution", { ...stop, ...input }))).code;
      await call(account, "StopPipelineExecution", stop);
      expect(await refused({ abandon: false })).toBe(abandon ? "PipelineExecutionNotStoppableException" : "DuplicatedStopRequestException");
      await account.advanceTo(START + 60 * SECOND);
      const events = await told(account);
      expect(short(events, START).slice(-5)).toEqual(last);
      expect(events.at(-1)?.detail["stop-execution-comments"]).toBe("wrong branch");
      expect(await refused({})).toBe("PipelineExecutionNotStoppableException");
      const { pipelineExecutionSummaries } = await call(account, "ListPipelineExecutions", { pipelineName: "shop" });
      expect(pipelineExecutionSummaries).toMatchObject([{ status: "Stopped", stopTrigger: { reason: "wrong branch" } }]);
    }
  });

  test("is the same one for the same token, and knows its variables", async () => {
    const variables = [{ name: "branch", defaultValue: "main" }, { name: "who" }];
    const account = await withRole();
    const pipeline = shop({ pipelineType: "V2", executionMode: "PARALLEL", variables: variables.slice(0, 1) });
    await call(account, "CreatePipeline", { pipeline });
    const id = await start(account, { clientRequestToken: "one", variables: [{ name: "branch", value: "next" }] });
    expect(await start(account, { clientRequestToken: "one" })).toBe(id);
    const { pipelineExecution } = await call(account, "GetPipelineExecution", { pipelineName: "shop", pipelineExecutionId: id });
    expect(pipelineExecution).toMatchObject({ variables: [{ name: "branch", resolvedValue: "next" }], executionMode: "PARALLEL" });
    await call(account, "UpdatePipeline", { pipeline: { ...pipeline, variables } });
    expect((await failure(start(account))).message).toMatch(/variable 'who' has no default value/);
    expect((await failure(start(account, { variables: [{ name: "x", value: "1" }] }))).message).toMatch(/declares no variable 'x'/);
  });

  test("goes on as it began while its pipeline changes, and ends unheard when that is deleted", async () => {
    const account = await created();
    await account.advanceTo(START + 5 * SECOND);
    await call(account, "UpdatePipeline", { pipeline: shop({ stages: shop().stages.slice(0, 2) }) });
    await account.advanceTo(START + 30 * SECOND);
    expect(short(await told(account), START)).toContain("+22 Stage Deploy STARTED");
    await call(account, "DeletePipeline", { name: "shop" });
    await account.advanceTo(START + 60 * SECOND);
    expect(short(await told(account), START).at(-1)).toBe("+22 Action Release STARTED");
    expect((await failure(call(account, "GetPipelineState", { name: "shop" }))).code).toBe("PipelineNotFoundException");
  });

  test("lasts and fails as was drawn from the seed", async () => {
    const lives = await Promise.all(
      [1, 2].map(async () => {
        const chance = { NephoscopeSeconds: "5-50", NephoscopeOutcome: "0.5" };
        const account = await created(stages(build("Compile", chance), build("Lint", chance)));
        for (let i = 0; i < 5; i++) {
          await account.advanceTo(START + (i + 1) * 200 * SECOND);
          await start(account);
        }
        await account.advanceTo(START + 2000 * SECOND);
        return { told: short(await told(account), START), statuses: await statuses(account) };
      }),
    );
    expect(lives[0]).toEqual(lives[1]);
    expect(new Set(lives[0]?.statuses)).toEqual(new Set(["Succeeded", "Failed"]));
  });
});
