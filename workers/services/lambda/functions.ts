/** Functions: made, described, changed, deleted. */
import { ServiceError } from "../../model/errors.ts";
import type { Operations } from "../../model/generated/lambda.ts";
import { sha256 } from "../../model/sha256.ts";
import type { Context } from "../contract.ts";
import { isTrusted, roleOf } from "../roles.ts";
import { behaviourOf } from "./behaviour.ts";
import { environmentsOf, existing, type FunctionDoc, failed, functionArn, functions } from "./documents.ts";

type In<K extends keyof Operations> = Operations[K]["input"];
type Out<K extends keyof Operations> = Operations[K]["output"];

const NAME = /^[a-zA-Z0-9-_]{1,64}$/;
const MOST_VARIABLES_BYTES = 4096;
const PAGE = 50;
const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

export function createFunction(ctx: Context, input: In<"CreateFunction">): Out<"CreateFunction"> {
  const { FunctionName: name, Role: role, Code, Runtime, Handler } = input;
  if (!NAME.test(name))
    throw failed("InvalidParameterValueException", `Function name ${name} is not valid: letters, digits, - and _, at most 64.`);
  if (functions(ctx).has(name)) throw failed("ResourceConflictException", `Function already exist: ${name}`, 409);
  checkRole(ctx, name, role);
  const code = Code.ZipFile ?? new TextEncoder().encode(`${Code.S3Bucket ?? ""}/${Code.S3Key ?? ""}${Code.ImageUri ?? ""}`);
  if (input.PackageType !== "Image" && (Runtime === undefined || Handler === undefined))
    throw failed(
      "InvalidParameterValueException",
      "Runtime and Handler are mandatory parameters for functions created with deployment packages.",
    );
  const doc: FunctionDoc = {
    name,
    ...(Runtime === undefined ? {} : { runtime: Runtime }),
    role,
    ...(Handler === undefined ? {} : { handler: Handler }),
    description: input.Description ?? "",
    timeoutSeconds: input.Timeout ?? 3,
    memoryMegabytes: input.MemorySize ?? 128,
    environment: checkedVariables(input.Environment?.Variables),
    tracing: input.TracingConfig?.Mode ?? "PassThrough",
    architecture: input.Architectures?.[0] ?? "x86_64",
    codeBytes: code.length,
    codeSha256: base64OfHex(sha256(code)),
    ...(input.LoggingConfig?.LogGroup === undefined ? {} : { logGroup: input.LoggingConfig.LogGroup }),
    tags: input.Tags ?? {},
    revision: ctx.uuid("revision"),
    changed: ctx.now,
    statements: {},
  };
  functions(ctx).put(name, doc);
  return configuration(ctx, doc);
}

/** The role must be one of the account that Lambda may assume for the function. */
function checkRole(ctx: Context, name: string, arn: string): void {
  const role = roleOf(ctx, arn);
  if (role !== undefined && isTrusted(role, "lambda.amazonaws.com", functionArn(ctx, name))) return;
  throw new ServiceError("InvalidParameterValueException", "The role defined for the function cannot be assumed by Lambda.", {
    details: { Type: "User" },
    hint:
      role === undefined
        ? `There is no role ${arn} in this account.`
        : `The trust policy of ${role.RoleName} must let lambda.amazonaws.com do sts:AssumeRole.`,
  });
}

/** With a revision that is not the present one the call is refused. */
export function updateFunctionConfiguration(ctx: Context, input: In<"UpdateFunctionConfiguration">): Out<"UpdateFunctionConfiguration"> {
  const doc = existing(ctx, input.FunctionName);
  if (input.RevisionId !== undefined && input.RevisionId !== doc.revision)
    throw failed(
      "PreconditionFailedException",
      "The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id",
      412,
    );
  if (input.Role !== undefined) checkRole(ctx, doc.name, input.Role);
  const changed: FunctionDoc = {
    ...doc,
    ...(input.Runtime === undefined ? {} : { runtime: input.Runtime }),
    ...(input.Handler === undefined ? {} : { handler: input.Handler }),
    ...(input.LoggingConfig?.LogGroup === undefined ? {} : { logGroup: input.LoggingConfig.LogGroup }),
    role: input.Role ?? doc.role,
    description: input.Description ?? doc.description,
    timeoutSeconds: input.Timeout ?? doc.timeoutSeconds,
    memoryMegabytes: input.MemorySize ?? doc.memoryMegabytes,
    environment: input.Environment === undefined ? doc.environment : checkedVariables(input.Environment.Variables),
    tracing: input.TracingConfig?.Mode ?? doc.tracing,
    revision: ctx.uuid("revision"),
    changed: ctx.now,
  };
  functions(ctx).put(doc.name, changed);
  // Changed functions start in new environments.
  environmentsOf(ctx).delete(doc.name);
  return configuration(ctx, changed);
}

function checkedVariables(variables: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  if (bytesOf(JSON.stringify(variables)) > MOST_VARIABLES_BYTES)
    throw failed(
      "InvalidParameterValueException",
      "Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit.",
    );
  behaviourOf(variables);
  return variables;
}

export function getFunction(ctx: Context, input: In<"GetFunction">): Out<"GetFunction"> {
  const doc = existing(ctx, input.FunctionName, input.Qualifier);
  return {
    Configuration: configuration(ctx, doc),
    ...(Object.keys(doc.tags).length === 0 ? {} : { Tags: doc.tags }),
    ...(doc.reserved === undefined ? {} : { Concurrency: { ReservedConcurrentExecutions: doc.reserved } }),
  };
}

export function getFunctionConfiguration(ctx: Context, input: In<"GetFunctionConfiguration">): Out<"GetFunctionConfiguration"> {
  return configuration(ctx, existing(ctx, input.FunctionName, input.Qualifier));
}

/** The marker is the last name of the page before. */
export function listFunctions(ctx: Context, { Marker, MaxItems = PAGE }: In<"ListFunctions">): Out<"ListFunctions"> {
  const rest = functions(ctx)
    .values()
    .filter(({ name }) => Marker === undefined || name > Marker);
  const page = rest.slice(0, Math.min(PAGE, MaxItems));
  const last = page[page.length - 1];
  return {
    Functions: page.map((doc) => configuration(ctx, doc)),
    ...(last === undefined || page.length === rest.length ? {} : { NextMarker: last.name }),
  };
}

export function deleteFunction(ctx: Context, input: In<"DeleteFunction">): Out<"DeleteFunction"> {
  const { name } = existing(ctx, input.FunctionName, input.Qualifier);
  functions(ctx).delete(name);
  environmentsOf(ctx).delete(name);
  return {};
}

export function putFunctionConcurrency(ctx: Context, input: In<"PutFunctionConcurrency">): Out<"PutFunctionConcurrency"> {
  const doc = existing(ctx, input.FunctionName);
  functions(ctx).put(doc.name, { ...doc, reserved: input.ReservedConcurrentExecutions });
  return { ReservedConcurrentExecutions: input.ReservedConcurrentExecutions };
}

export function getFunctionConcurrency(ctx: Context, input: In<"GetFunctionConcurrency">): Out<"GetFunctionConcurrency"> {
  const { reserved } = existing(ctx, input.FunctionName);
  return reserved === undefined ? {} : { ReservedConcurrentExecutions: reserved };
}

export function deleteFunctionConcurrency(ctx: Context, input: In<"DeleteFunctionConcurrency">): Out<"DeleteFunctionConcurrency"> {
  const { reserved: _, ...doc } = existing(ctx, input.FunctionName);
  functions(ctx).put(doc.name, doc);
  return {};
}

const base64OfHex = (hex: string): string =>
  btoa(String.fromCharCode(...(hex.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16))));

export function logGroupOf({ name, logGroup }: FunctionDoc): string {
  return logGroup ?? `/aws/lambda/${name}`;
}

function configuration(ctx: Context, doc: FunctionDoc): Out<"GetFunctionConfiguration"> {
  return {
    FunctionName: doc.name,
    FunctionArn: functionArn(ctx, doc.name),
    ...(doc.runtime === undefined ? {} : { Runtime: doc.runtime }),
    Role: doc.role,
    ...(doc.handler === undefined ? {} : { Handler: doc.handler }),
    CodeSize: doc.codeBytes,
    Description: doc.description,
    Timeout: doc.timeoutSeconds,
    MemorySize: doc.memoryMegabytes,
    LastModified: new Date(doc.changed).toISOString().replace("Z", "+0000"),
    CodeSha256: doc.codeSha256,
    Version: "$LATEST",
    ...(Object.keys(doc.environment).length === 0 ? {} : { Environment: { Variables: doc.environment } }),
    TracingConfig: { Mode: doc.tracing },
    RevisionId: doc.revision,
    State: "Active",
    LastUpdateStatus: "Successful",
    PackageType: doc.runtime === undefined ? "Image" : "Zip",
    Architectures: [doc.architecture],
    EphemeralStorage: { Size: 512 },
    LoggingConfig: { LogFormat: "Text", LogGroup: logGroupOf(doc) },
  };
}
