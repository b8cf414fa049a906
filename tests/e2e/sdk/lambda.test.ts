import * as lambda from "@aws-sdk/client-lambda";
import { describe, expect, it } from "vitest";
import { person } from "../../unit/account/engine-harness.ts";
import { openBook } from "./book.ts";

const book = await openBook();
const client = new lambda.LambdaClient(book.settings);
const send = (command: object): Promise<unknown> => client.send(command as never);
const ok = (command: object) => book.ok(send, command);
const no = (command: object, name: string) => book.no(send, command, name);

const [FunctionName, none] = ["answer", { FunctionName: "none" }];
const missing = "ResourceNotFoundException";
const made = {
  FunctionName,
  Role: "arn:aws:iam::123456789012:role/answer",
  Runtime: "nodejs22.x",
  Handler: "index.handler",
  Code: { ZipFile: new Uint8Array(3) },
  Environment: { Variables: { NEPHOSCOPE_RESPONSE: '{"ok":true}' } },
} as const;

const trust = { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" };
await person(
  book.account,
  "iam",
  "CreateRole",
  { RoleName: "answer", AssumeRolePolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [trust] }) },
  { caller: { kind: "person", principal: "admin" } },
);

describe("the SDK's client for lambda", () => {
  it("makes, describes and changes functions", async () => {
    const created = await ok(new lambda.CreateFunctionCommand(made));
    expect(created["FunctionArn"]).toBe("arn:aws:lambda:us-east-1:123456789012:function:answer");
    await no(new lambda.CreateFunctionCommand(made), "ResourceConflictException");
    await no(new lambda.CreateFunctionCommand({ ...made, FunctionName: "other", Role: `${made.Role}s` }), "InvalidParameterValueException");
    expect((await ok(new lambda.GetFunctionCommand({ FunctionName })))["Configuration"]).toMatchObject({ State: "Active" });
    await no(new lambda.GetFunctionCommand(none), missing);
    expect((await ok(new lambda.GetFunctionConfigurationCommand({ FunctionName })))["Timeout"]).toBe(3);
    await no(new lambda.GetFunctionConfigurationCommand(none), missing);
    expect((await ok(new lambda.UpdateFunctionConfigurationCommand({ FunctionName, Timeout: 9 })))["Timeout"]).toBe(9);
    await no(new lambda.UpdateFunctionConfigurationCommand(none), missing);
    expect((await ok(new lambda.ListFunctionsCommand({})))["Functions"]).toHaveLength(1);
    await no(new lambda.ListFunctionsCommand({ MaxItems: 0 }), "ValidationException");
  });

  it("invokes them", async () => {
    const Payload = new TextEncoder().encode('{"a":1}');
    const answer = await ok(new lambda.InvokeCommand({ FunctionName, Payload }));
    expect(answer["StatusCode"]).toBe(200);
    expect(answer["ExecutedVersion"]).toBe("$LATEST");
    expect(new TextDecoder().decode(answer["Payload"] as Uint8Array)).toBe('{"ok":true}');
    expect((await ok(new lambda.InvokeCommand({ FunctionName, Payload, InvocationType: "Event" })))["StatusCode"]).toBe(202);
    await no(new lambda.InvokeCommand({ FunctionName, Payload: new TextEncoder().encode("{") }), "InvalidRequestContentException");
    const reserved = { FunctionName, ReservedConcurrentExecutions: 0 };
    await ok(new lambda.PutFunctionConcurrencyCommand(reserved));
    await no(new lambda.PutFunctionConcurrencyCommand({ ...reserved, ...none }), missing);
    await no(new lambda.InvokeCommand({ FunctionName, Payload }), "TooManyRequestsException");
    expect((await ok(new lambda.GetFunctionConcurrencyCommand({ FunctionName })))["ReservedConcurrentExecutions"]).toBe(0);
    await no(new lambda.GetFunctionConcurrencyCommand(none), missing);
    await ok(new lambda.DeleteFunctionConcurrencyCommand({ FunctionName }));
    await no(new lambda.DeleteFunctionConcurrencyCommand(none), missing);
  });

  it("says who else may invoke them", async () => {
    const permission = { FunctionName, StatementId: "rule", Action: "lambda:InvokeFunction", Principal: "events.amazonaws.com" };
    await ok(new lambda.AddPermissionCommand(permission));
    await no(new lambda.AddPermissionCommand(permission), "ResourceConflictException");
    expect((await ok(new lambda.GetPolicyCommand({ FunctionName })))["Policy"]).toContain("events.amazonaws.com");
    await ok(new lambda.RemovePermissionCommand({ FunctionName, StatementId: "rule" }));
    await no(new lambda.RemovePermissionCommand({ FunctionName, StatementId: "rule" }), missing);
    await no(new lambda.GetPolicyCommand({ FunctionName }), missing);
    await ok(new lambda.DeleteFunctionCommand({ FunctionName }));
    await no(new lambda.DeleteFunctionCommand({ FunctionName }), missing);
  });

  it("reaches every operation that is built", () => book.complete("lambda"));
});
