/** The function's own policy: who else may invoke it. */
import type { Operations } from "../../model/generated/lambda.ts";
import type { Context } from "../contract.ts";
import { existing, type FunctionDoc, failed, functionArn, functions, nameOf } from "./documents.ts";

type In<K extends keyof Operations> = Operations[K]["input"];
type Out<K extends keyof Operations> = Operations[K]["output"];

export function addPermission(ctx: Context, input: In<"AddPermission">): Out<"AddPermission"> {
  const doc = existing(ctx, input.FunctionName, input.Qualifier);
  const { StatementId, Action, Principal, SourceArn, SourceAccount } = input;
  if (doc.statements[StatementId] !== undefined)
    throw failed(
      "ResourceConflictException",
      `The statement id (${StatementId}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
      409,
    );
  if (!/^(lambda:[*]|lambda:[a-zA-Z]+|[*])$/.test(Action))
    throw failed("InvalidParameterValueException", `The action ${Action} is not one of Lambda's.`);
  const condition = {
    ...(SourceArn === undefined ? {} : { ArnLike: { "AWS:SourceArn": SourceArn } }),
    ...(SourceAccount === undefined ? {} : { StringEquals: { "AWS:SourceAccount": SourceAccount } }),
  };
  const statement = {
    Sid: StatementId,
    Effect: "Allow",
    Principal: principalOf(Principal),
    Action,
    Resource: functionArn(ctx, doc.name),
    ...(Object.keys(condition).length === 0 ? {} : { Condition: condition }),
  };
  functions(ctx).put(doc.name, { ...doc, statements: { ...doc.statements, [StatementId]: statement } });
  return { Statement: JSON.stringify(statement) };
}

function principalOf(principal: string): object | string {
  if (principal === "*") return "*";
  if (/^\d{12}$/.test(principal)) return { AWS: `arn:aws:iam::${principal}:root` };
  return principal.startsWith("arn:") ? { AWS: principal } : { Service: principal };
}

export function removePermission(ctx: Context, input: In<"RemovePermission">): Out<"RemovePermission"> {
  const doc = existing(ctx, input.FunctionName, input.Qualifier);
  if (doc.statements[input.StatementId] === undefined) throw noPolicy(`Statement ${input.StatementId} is not found in resource policy.`);
  const { [input.StatementId]: _, ...statements } = doc.statements;
  functions(ctx).put(doc.name, { ...doc, statements });
  return {};
}

export function getPolicy(ctx: Context, input: In<"GetPolicy">): Out<"GetPolicy"> {
  const doc = existing(ctx, input.FunctionName, input.Qualifier);
  const Statement = Object.values(doc.statements);
  if (Statement.length === 0) throw noPolicy("The resource you requested does not exist.");
  return { Policy: JSON.stringify({ Version: "2012-10-17", Id: "default", Statement }), RevisionId: doc.revision };
}

/** Documents are never mutated. */
const texts = new WeakMap<FunctionDoc, string>();

/** Text of the function's policy for the door: one without statements lets nobody in but whom IAM allows. */
export function functionPolicy(ctx: Context, arn: string): string | undefined {
  const doc = arn === "*" ? undefined : functions(ctx).get(nameOf(arn));
  if (doc === undefined) return undefined;
  let text = texts.get(doc);
  if (text === undefined) {
    text = JSON.stringify({ Version: "2012-10-17", Statement: Object.values(doc.statements) });
    texts.set(doc, text);
  }
  return text;
}

const noPolicy = (message: string) => failed("ResourceNotFoundException", message, 404);
