/** The little of AWS Lambda that observability touches: functions that run when they are invoked, log, count and trace. */
import type { Operations } from "../../model/generated/lambda.ts";
import { type Context, type Operation, operation, type Scope, type ServiceDefinition } from "../contract.ts";
import { handedTo } from "../passes.ts";
import { functionArn, functions, nameOf } from "./documents.ts";
import * as table from "./functions.ts";
import { endRun, type InvokeColumns, invoke, runQueued } from "./invoke.ts";
import { addPermission, functionPolicy, getPolicy, removePermission } from "./permissions.ts";

const onFunction = ({ FunctionName }: { readonly FunctionName: string }, scope: Scope) => [functionArn(scope, nameOf(FunctionName))];
const onRole = ({ Role }: { readonly Role?: string }) => handedTo("lambda.amazonaws.com", Role);
const reading = { effect: "none", trail: "management-read" } as const;
const writing = { effect: "state", trail: "management-write", resources: onFunction } as const;

type Entry<K extends keyof Operations> = Omit<Operation<Operations[K]["input"], Operations[K]["output"]>, "action">;
/** `Invoke` needs `lambda:InvokeFunction`; the others are called like their actions. */
const entry = <K extends keyof Operations>(name: K, parts: Entry<K>, action: string = name): Operation =>
  operation<Operations[K]>({ ...parts, action: `lambda:${action}` });

export const lambda: ServiceDefinition = {
  name: "lambda",
  principal: "lambda.amazonaws.com",
  eventSource: "lambda.amazonaws.com",
  operations: {
    CreateFunction: entry("CreateFunction", { ...writing, passes: onRole, handle: table.createFunction }),
    GetFunction: entry("GetFunction", { ...reading, resources: onFunction, handle: table.getFunction }),
    GetFunctionConfiguration: entry("GetFunctionConfiguration", {
      ...reading,
      resources: onFunction,
      handle: table.getFunctionConfiguration,
    }),
    UpdateFunctionConfiguration: entry("UpdateFunctionConfiguration", {
      ...writing,
      passes: onRole,
      handle: table.updateFunctionConfiguration,
    }),
    ListFunctions: entry("ListFunctions", { ...reading, handle: table.listFunctions }),
    DeleteFunction: entry("DeleteFunction", { ...writing, handle: table.deleteFunction }),
    Invoke: entry(
      "Invoke",
      {
        effect: "state",
        trail: "data",
        resources: onFunction,
        handle: invoke,
        columns: (ctx, columns) => invoke(ctx, columns as InvokeColumns),
      },
      "InvokeFunction",
    ),
    AddPermission: entry("AddPermission", { ...writing, handle: addPermission }),
    RemovePermission: entry("RemovePermission", { ...writing, handle: removePermission }),
    GetPolicy: entry("GetPolicy", { ...reading, resources: onFunction, handle: getPolicy }),
    PutFunctionConcurrency: entry("PutFunctionConcurrency", { ...writing, handle: table.putFunctionConcurrency }),
    GetFunctionConcurrency: entry("GetFunctionConcurrency", { ...reading, resources: onFunction, handle: table.getFunctionConcurrency }),
    DeleteFunctionConcurrency: entry("DeleteFunctionConcurrency", { ...writing, handle: table.deleteFunctionConcurrency }),
  },
  resourcePolicy: functionPolicy,
  agenda: { run: (ctx, item) => runQueued(ctx, item.payload), end: (ctx, item) => endRun(ctx, item.payload) },
  looks: {
    /** Names of the functions, for choosing one. */
    names: (ctx: Context) => functions(ctx).ids(),
  },
};
