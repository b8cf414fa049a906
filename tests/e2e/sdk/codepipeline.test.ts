/** CodePipeline's client is no package of this repository: its requests, which are JSON, are written here as it sends them. */
import { describe, expect, it } from "vitest";
import { person } from "../../unit/account/engine-harness.ts";
import { ARN, shop } from "../../unit/services/codepipeline/pipeline.ts";
import { signed } from "../../unit/wire/fake.ts";
import { openBook } from "./book.ts";

const book = await openBook();
const trust = { Effect: "Allow", Principal: { Service: "codepipeline.amazonaws.com" }, Action: "sts:AssumeRole" };
await person(
  book.account,
  "iam",
  "CreateRole",
  { RoleName: "pipeline", AssumeRolePolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [trust] }) },
  { caller: { kind: "person", principal: "admin" } },
);

async function send(command: object): Promise<unknown> {
  const { operation, input } = command as { operation: string; input: object };
  const headers = {
    ...signed("codepipeline", "us-east-1"),
    "content-type": "application/x-amz-json-1.1",
    "x-amz-target": `CodePipeline_20150709.${operation}`,
  };
  const { response } = await book.settings.requestHandler.handle({ method: "POST", path: "/", headers, body: JSON.stringify(input) });
  const parts: Buffer[] = [];
  for await (const part of response.body) parts.push(part as Buffer);
  const answer = JSON.parse(Buffer.concat(parts).toString() || "{}") as Record<string, unknown>;
  if (response.statusCode < 400) return answer;
  throw Object.assign(new Error(String(answer["message"])), { name: String(answer["__type"]).replace(/^.*#/, "") });
}

/** A request under the operation's name, by which the book keeps count. */
function request(operation: string, input: object): object {
  const command = new (Object.defineProperty(class {}, "name", { value: `${operation}Command` }))();
  return Object.assign(command, { operation, input });
}
const ok = (operation: string, input: object = {}) => book.ok(send, request(operation, input));
const no = (code: string, operation: string, input: object = {}) => book.no(send, request(operation, input), code);

const pipelineExecutionId = "00000000-0000-4000-8000-000000000000";
const missing = "PipelineNotFoundException";

describe("CodePipeline at the wire", () => {
  it("makes, changes and describes pipelines", async () => {
    expect(await ok("CreatePipeline", { pipeline: shop() })).toMatchObject({ pipeline: { name: "shop", version: 1 } });
    await no("PipelineNameInUseException", "CreatePipeline", { pipeline: shop() });
    expect(await ok("UpdatePipeline", { pipeline: shop() })).toMatchObject({ pipeline: { version: 2 } });
    await no("InvalidStructureException", "UpdatePipeline", { pipeline: shop({ stages: shop().stages.slice(0, 1) }) });
    expect((await ok("GetPipeline", { name: "shop" }))["metadata"]).toMatchObject({ pipelineArn: ARN, created: expect.any(Number) });
    await no(missing, "GetPipeline", { name: "none" });
    expect((await ok("ListPipelines"))["pipelines"]).toMatchObject([{ name: "shop", version: 2 }]);
    await no("InvalidNextTokenException", "ListPipelines", { nextToken: "made up" });
    await ok("TagResource", { resourceArn: ARN, tags: [{ key: "team", value: "shop" }] });
    await no("ResourceNotFoundException", "TagResource", { resourceArn: `${ARN}s`, tags: [] });
    expect(await ok("ListTagsForResource", { resourceArn: ARN })).toEqual({ tags: [{ key: "team", value: "shop" }] });
    await no("ResourceNotFoundException", "ListTagsForResource", { resourceArn: `${ARN}s` });
    await ok("UntagResource", { resourceArn: ARN, tagKeys: ["team"] });
    await no("ResourceNotFoundException", "UntagResource", { resourceArn: `${ARN}s`, tagKeys: ["team"] });
  });

  it("starts, follows and stops executions", async () => {
    const { pipelineExecutionId: id } = await ok("StartPipelineExecution", { name: "shop", clientRequestToken: "one" });
    await no(missing, "StartPipelineExecution", { name: "none" });
    const of = { pipelineName: "shop", pipelineExecutionId: id };
    expect((await ok("GetPipelineExecution", of))["pipelineExecution"]).toMatchObject({ status: "InProgress", pipelineVersion: 2 });
    await no("PipelineExecutionNotFoundException", "GetPipelineExecution", { ...of, pipelineExecutionId });
    const { stageStates } = await ok("GetPipelineState", { name: "shop" });
    expect(stageStates).toMatchObject([{ inboundExecution: { pipelineExecutionId: id } }, {}, {}]);
    await no(missing, "GetPipelineState", { name: "none" });
    expect(await ok("StopPipelineExecution", { ...of, abandon: true })).toEqual({ pipelineExecutionId: id });
    await no("PipelineExecutionNotStoppableException", "StopPipelineExecution", of);
    expect((await ok("ListPipelineExecutions", { pipelineName: "shop" }))["pipelineExecutionSummaries"]).toMatchObject([
      { status: "Stopped" },
      { status: "InProgress" },
    ]);
    await no(missing, "ListPipelineExecutions", { pipelineName: "none" });
    await ok("DeletePipeline", { name: "shop" });
    await no("ValidationException", "DeletePipeline", { name: "" });
  });

  it("reaches every operation that is built", () => book.complete("codepipeline"));
});
