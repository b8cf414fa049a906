/** Event buses: the default one, which every Region has. Custom buses come later and are refused by name till then. */
import { ServiceError } from "../../model/errors.ts";
import type { Operations } from "../../model/generated/events.ts";
import type { Context } from "../contract.ts";

const busArn = (ctx: Context): string => `arn:aws:events:${ctx.region}:${ctx.account}:event-bus/default`;

export function listEventBuses(ctx: Context, input: Operations["ListEventBuses"]["input"]): Operations["ListEventBuses"]["output"] {
  // One page holds all there is, so no token was ever given.
  if (input.NextToken !== undefined) throw new ServiceError("ValidationException", "Token is invalid.");
  if (!"default".startsWith(input.NamePrefix ?? "")) return { EventBuses: [] };
  return { EventBuses: [{ Name: "default", Arn: busArn(ctx) }] };
}

export function describeEventBus(ctx: Context, input: Operations["DescribeEventBus"]["input"]): Operations["DescribeEventBus"]["output"] {
  const name = input.Name ?? "default";
  if (name !== "default" && name !== busArn(ctx)) {
    throw new ServiceError("ResourceNotFoundException", `Event bus ${name.slice(name.lastIndexOf("/") + 1)} does not exist.`);
  }
  return { Name: "default", Arn: busArn(ctx) };
}
