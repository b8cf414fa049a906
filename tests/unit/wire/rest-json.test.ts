import { describe, expect, it } from "vitest";
import { loadModels } from "../../../workers/model/models.ts";
import type { OperationModel, ServiceModel } from "../../../workers/model/shapes.ts";
import type { HttpRequest } from "../../../workers/wire/http.ts";
import { decodeRestJson, restJsonOperation, restJsonReply } from "../../../workers/wire/rest-json.ts";

const lambda = (await loadModels()).get("lambda") as ServiceModel;
const encoder = new TextEncoder();
const request = (method: string, path: string, more: Partial<HttpRequest> = {}): HttpRequest => ({
  method,
  path,
  query: "",
  headers: {},
  body: new Uint8Array(0),
  ...more,
});
const operation = (name: string): OperationModel => lambda.operations[name] as OperationModel;
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

describe("REST-JSON", () => {
  it.each([
    ["GET", "/2015-03-31/functions", "ListFunctions"],
    ["GET", "/2015-03-31/functions/", "ListFunctions"],
    ["GET", "/2015-03-31/functions/f", "GetFunction"],
    ["POST", "/2015-03-31/functions/f/invocations", "Invoke"],
    ["PATCH", "/2015-03-31/functions", undefined],
    ["GET", "/2015-03-31", undefined],
  ])("finds the operation of %s %s", (method, path, name) => {
    expect(restJsonOperation(lambda, request(method, path))?.operation.name).toBe(name);
  });

  it("reads members from path, query, headers and body", () => {
    const headers = { "x-amz-invocation-type": "Event" };
    const invoked = request("POST", "/2015-03-31/functions/arn%3Aaws%3Alambda/invocations", { headers, query: "Qualifier=%24LATEST" });
    expect(decodeRestJson(lambda, operation("Invoke"), invoked, encoder.encode('{"a":1}'))).toEqual({
      FunctionName: "arn:aws:lambda",
      Qualifier: "$LATEST",
      InvocationType: "Event",
      Payload: encoder.encode('{"a":1}'),
    });
    const listed = request("GET", "/2015-03-31/functions", { query: "MaxItems=5" });
    expect(decodeRestJson(lambda, operation("ListFunctions"), listed, new Uint8Array(0))).toEqual({ MaxItems: 5 });
    const reserved = request("PUT", "/2017-10-31/functions/f/concurrency");
    const body = encoder.encode('{"ReservedConcurrentExecutions":3}');
    expect(decodeRestJson(lambda, operation("PutFunctionConcurrency"), reserved, body)).toEqual({
      FunctionName: "f",
      ReservedConcurrentExecutions: 3,
    });
  });

  it("leaves a badly escaped path as it is, for the operation to refuse", () => {
    expect(restJsonOperation(lambda, request("GET", "/2015-03-31/functions/%E0"))?.labels).toEqual({ FunctionName: "%E0" });
  });

  it("answers with status, headers and a body that is the payload", () => {
    const output = { StatusCode: 200, FunctionError: "Unhandled", ExecutedVersion: "$LATEST", Payload: encoder.encode("null") };
    const reply = restJsonReply(lambda, operation("Invoke"), "id", output);
    expect(reply).toMatchObject({ status: 200, headers: { "x-amz-function-error": "Unhandled", "x-amz-executed-version": "$LATEST" } });
    expect(text(reply.body)).toBe("null");
    expect(restJsonReply(lambda, operation("Invoke"), "id", { StatusCode: 202 })).toMatchObject({ status: 202, body: new Uint8Array(0) });
    expect(text(restJsonReply(lambda, operation("GetFunctionConcurrency"), "id", { ReservedConcurrentExecutions: 1 }).body)).toBe(
      '{"ReservedConcurrentExecutions":1}',
    );
  });
});
