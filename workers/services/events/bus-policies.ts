/**
 * The policy of an event bus: who else may put events on it (user guide, Permissions for event buses). PutPermission takes
 * one statement, or the whole text, which then replaces what there was. Messages: moto's and localstack's tests.
 */
import { parsePolicy } from "../../language/policy/parse.ts";
import type { Policy } from "../../language/policy/tree.ts";
import { ServiceError } from "../../model/errors.ts";
import type { Operations } from "../../model/generated/events.ts";
import type { Context, Scope } from "../contract.ts";
import { busArn, buses, busNameOf, DEFAULT_BUS, existingBus, invalid } from "./documents.ts";

type In<K extends keyof Operations> = Operations[K]["input"];
type Out<K extends keyof Operations> = Operations[K]["output"];

/** By the bus's name; the default bus has no document of its own that it could stand in. */
export interface BusPolicyDoc {
  readonly text: string;
}

/** Characters. */
const LONGEST_POLICY = 10_240;
const ONLY_ACTION = "events:PutEvents";

export const busPolicies = (ctx: Context) => ctx.docs<BusPolicyDoc>("bus-policy");

export function putPermission(ctx: Context, input: In<"PutPermission">): Out<"PutPermission"> {
  const bus = existingBus(ctx, input.EventBusName);
  const { Policy: whole, Action, Principal, StatementId, Condition } = input;
  if (whole === undefined) return keep(ctx, bus, withStatement(ctx, bus, input));
  if ([Action, Principal, StatementId, Condition].some((member) => member !== undefined))
    throw notValid("Policy", "It takes the place of Action, Principal, StatementId and Condition.");
  checkLength(whole);
  checkPolicy(whole, busArn(ctx, bus));
  return keep(ctx, bus, whole);
}

export function removePermission(ctx: Context, input: In<"RemovePermission">): Out<"RemovePermission"> {
  const bus = existingBus(ctx, input.EventBusName);
  if (input.RemoveAllPermissions === true) return keep(ctx, bus, undefined);
  if (input.StatementId === undefined) throw notValid("StatementId", "StatementId is a required argument.");
  const known = busPolicies(ctx).get(bus);
  if (known === undefined) throw new ServiceError("ResourceNotFoundException", "EventBus does not have a policy.");
  const { Statement, ...around } = written(known.text);
  const left = Statement.filter(({ Sid }) => Sid !== input.StatementId);
  if (left.length === Statement.length)
    throw new ServiceError("ResourceNotFoundException", "Statement with the provided id does not exist.");
  return keep(ctx, bus, left.length === 0 ? undefined : JSON.stringify({ ...around, Statement: left }));
}

function keep(ctx: Context, bus: string, text: string | undefined): Record<string, never> {
  if (text === undefined) busPolicies(ctx).delete(bus);
  else {
    checkLength(text);
    busPolicies(ctx).put(bus, { text });
  }
  const doc = buses(ctx).get(bus);
  if (doc !== undefined) buses(ctx).put(bus, { ...doc, changed: ctx.now });
  return {};
}

type Written = Readonly<Record<string, unknown>> & { readonly Statement: readonly { readonly Sid?: unknown }[] };

/** A policy that was checked, with its statements in a list. */
function written(text: string): Written {
  const { Statement, ...around } = JSON.parse(text) as Record<string, unknown>;
  return { ...around, Statement: (Array.isArray(Statement) ? Statement : [Statement]) as Written["Statement"] };
}

function withStatement(ctx: Context, bus: string, input: In<"PutPermission">): string {
  const { Action, Principal, StatementId, Condition } = input;
  if (Action !== ONLY_ACTION)
    throw invalid("Provided value in parameter 'action' is not supported.", `A statement allows ${ONLY_ACTION}; a Policy can do more.`);
  if (Principal === undefined) throw notValid("Principal", "Principal is a required argument.");
  if (StatementId === undefined) throw notValid("StatementId", "StatementId is a required argument.");
  if (Condition !== undefined && (Condition.Type !== "StringEquals" || Condition.Key !== "aws:PrincipalOrgID"))
    throw notValid("Condition", "Type is StringEquals and Key is aws:PrincipalOrgID.");
  const statement = {
    Sid: StatementId,
    Effect: "Allow",
    Principal: Principal === "*" ? "*" : { AWS: `arn:aws:iam::${Principal}:root` },
    Action,
    Resource: busArn(ctx, bus),
    ...(Condition === undefined ? {} : { Condition: { [Condition.Type]: { [Condition.Key]: Condition.Value } } }),
  };
  const known = busPolicies(ctx).get(bus);
  const { Statement, ...around } = known === undefined ? { Version: "2012-10-17", Statement: [] } : written(known.text);
  return JSON.stringify({ ...around, Statement: [...Statement.filter(({ Sid }) => Sid !== StatementId), statement] });
}

/** A reason that begins with a place in the policy is told as such, too: `Statement[0].Action: ...`. */
const notValid = (parameter: string, reason: string): ServiceError =>
  invalid(`Parameter ${parameter} is not valid. Reason: ${reason}`, reason.startsWith("Statement[") ? reason : undefined);

function checkLength(text: string): void {
  if (text.length <= LONGEST_POLICY) return;
  throw new ServiceError("PolicyLengthExceededException", `The policy of an event bus has at most ${LONGEST_POLICY} characters.`, {
    hint: `This Policy would have ${text.length}.`,
  });
}

/** Statements are about the bus itself or its rules, and about EventBridge's actions. */
function checkPolicy(text: string, bus: string): void {
  const rules = bus.replace(/:event-bus\/(.*)$/, (_, name: string) => `:rule/${name === DEFAULT_BUS ? "" : `${name}/`}`);
  for (const { resources, actions, index } of parsed(text).statements) {
    const wrong = (member: string, reason: string): ServiceError => notValid("Policy", `Statement[${index}]${member}: ${reason}`);
    if (resources === undefined) throw wrong("", "A statement has Resource.");
    const stray = resources.patterns.find((one) => one !== "*" && one !== bus && !one.startsWith(rules) && !/[*?]/.test(one));
    if (stray !== undefined) throw wrong(".Resource", `${stray} is not this bus, ${bus}, or one of its rules.`);
    const foreign = actions.patterns.find((one) => one !== "*" && !/^events:/i.test(one));
    if (foreign !== undefined) throw wrong(".Action", `${foreign} is not one of EventBridge's.`);
  }
}

function parsed(text: string): Policy {
  try {
    return parsePolicy(text, "resource");
  } catch (thrown) {
    if (thrown instanceof ServiceError) throw notValid("Policy", thrown.hint ?? thrown.message);
    throw thrown;
  }
}

/** Text of the policy of a bus, by the ARN of the bus or of one of its rules, in whichever account it stands. */
export function policyOfBus(ctx: Context, arn: string): string | undefined {
  const [, , service, region, account, ...rest] = arn.split(":");
  if (service !== "events" || region === undefined || account === undefined) return undefined;
  const scope: Scope = { account, region };
  const [kind, name = "", more] = rest.join(":").split("/");
  const bus = kind === "event-bus" ? busNameOf(arn) : kind === "rule" ? (more === undefined ? DEFAULT_BUS : name) : undefined;
  return bus === undefined ? undefined : ctx.peek<BusPolicyDoc>("events", "bus-policy", scope).get(bus)?.text;
}
