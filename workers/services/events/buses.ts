/** Event buses (facts eventbridge §11): the default one, which every Region has, and custom ones. */
import { ServiceError } from "../../model/errors.ts";
import type { Operations } from "../../model/generated/events.ts";
import type { Context } from "../contract.ts";
import { notBuilt } from "../not-built.ts";
import { busPolicies } from "./bus-policies.ts";
import { type BusDoc, busArn, buses, busNameOf, DEFAULT_BUS, existingBus, invalid, overLimit, rulesOf } from "./documents.ts";
import { pageOf } from "./pages.ts";
import { dropTags, setTags } from "./tags.ts";

type In<K extends keyof Operations> = Operations[K]["input"];
type Out<K extends keyof Operations> = Operations[K]["output"];

/** Quota of an account and Region, the default bus included. */
const MOST_BUSES = 100;

export function createEventBus(
  ctx: Context,
  { Name, EventSourceName, Description, Tags, ...more }: In<"CreateEventBus">,
): Out<"CreateEventBus"> {
  if (EventSourceName !== undefined || Name.startsWith("aws.partner/")) throw notBuilt("A partner event bus");
  for (const member of ["KmsKeyIdentifier", "DeadLetterConfig", "LogConfig"] as const)
    if (more[member] !== undefined) throw notBuilt(`${member} of an event bus`);
  if (Name.includes("/")) throw invalid("Event bus name must not contain '/'.", "Only partner event buses have a slash in their names.");
  if (Name === DEFAULT_BUS || buses(ctx).has(Name))
    throw new ServiceError("ResourceAlreadyExistsException", `Event bus ${Name} already exists.`);
  if (buses(ctx).size + 1 >= MOST_BUSES) throw overLimit(`An account has at most ${MOST_BUSES} event buses in a Region.`);
  const description = Description === undefined ? {} : { description: Description };
  buses(ctx).put(Name, { name: Name, ...description, created: ctx.now, changed: ctx.now });
  const arn = busArn(ctx, Name);
  setTags(ctx, arn, Tags ?? []);
  return { EventBusArn: arn, ...(Description === undefined ? {} : { Description }) };
}

/** Deleting a bus that is not there succeeds. */
export function deleteEventBus(ctx: Context, input: In<"DeleteEventBus">): Out<"DeleteEventBus"> {
  const name = busNameOf(input.Name);
  if (name === DEFAULT_BUS) throw invalid("Cannot delete event bus default.");
  const left = rulesOf(ctx, name).length;
  if (left > 0)
    throw invalid("Event bus can't be deleted since it has rules.", `${name} has ${left}: delete ${left === 1 ? "it" : "them"} first.`);
  buses(ctx).delete(name);
  busPolicies(ctx).delete(name);
  dropTags(ctx, busArn(ctx, name));
  return {};
}

function answerOf(ctx: Context, name: string, bus: BusDoc | undefined) {
  const policy = busPolicies(ctx).get(name)?.text;
  return {
    Name: name,
    Arn: busArn(ctx, name),
    ...(bus?.description === undefined ? {} : { Description: bus.description }),
    ...(policy === undefined ? {} : { Policy: policy }),
    ...(bus === undefined ? {} : { CreationTime: bus.created, LastModifiedTime: bus.changed }),
  };
}

export function listEventBuses(ctx: Context, input: In<"ListEventBuses">): Out<"ListEventBuses"> {
  const prefix = input.NamePrefix ?? "";
  const all = [
    answerOf(ctx, DEFAULT_BUS, undefined),
    ...buses(ctx)
      .values()
      .map((bus) => answerOf(ctx, bus.name, bus)),
  ]
    .filter(({ Name }) => Name.startsWith(prefix))
    .sort((a, b) => (a.Name < b.Name ? -1 : 1));
  const { items, NextToken } = pageOf(all, ({ Name }) => Name, input);
  return { EventBuses: items, ...(NextToken === undefined ? {} : { NextToken }) };
}

export function describeEventBus(ctx: Context, input: In<"DescribeEventBus">): Out<"DescribeEventBus"> {
  const name = existingBus(ctx, input.Name);
  return answerOf(ctx, name, buses(ctx).get(name));
}
