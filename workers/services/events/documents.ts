/** What EventBridge keeps: buses, and rules with their targets. */
import { ServiceError } from "../../model/errors.ts";
import type { Target } from "../../model/generated/events.ts";
import type { Context, Documents, Scope } from "../contract.ts";
import { ALL_CALLS, ASKED } from "../reading-calls.ts";

export interface BusDoc {
  readonly name: string;
  readonly description?: string;
  /** Epoch milliseconds. */
  readonly created: number;
  readonly changed: number;
}

export type RuleState = "ENABLED" | "DISABLED" | typeof ALL_CALLS;

export interface RuleDoc {
  readonly bus: string;
  readonly name: string;
  readonly state: RuleState;
  readonly pattern?: string;
  readonly schedule?: string;
  readonly description?: string;
  readonly roleArn?: string;
  /** When the rule was made or its schedule last changed, epoch milliseconds: where a rate begins. */
  readonly since: number;
  /** In the order they were put. */
  readonly targets: readonly Target[];
}

export const DEFAULT_BUS = "default";

export const buses = (ctx: Context): Documents<BusDoc> => ctx.docs<BusDoc>("bus");
/** Keyed by bus and name, so that rules come by bus and then by name. */
export const rules = (ctx: Context): Documents<RuleDoc> => ctx.docs<RuleDoc>("rule");
export const ruleId = (bus: string, name: string): string => `${bus}/${name}`;

/** A rule is there, in a new state perhaps, or gone: what CloudTrail is asked to send to the bus follows. */
export function keepRule(ctx: Context, bus: string, name: string, rule: RuleDoc | undefined): void {
  if (rule === undefined) rules(ctx).delete(ruleId(bus, name));
  else rules(ctx).put(ruleId(bus, name), rule);
  const asked = ctx.docs(ASKED);
  if (rule?.state !== ALL_CALLS && !asked.has(bus)) return;
  if (!rulesOf(ctx, bus).some(({ state }) => state === ALL_CALLS)) asked.delete(bus);
  else if (!asked.has(bus)) asked.put(bus, {});
}

export const busArn = ({ region, account }: Scope, bus: string): string => `arn:aws:events:${region}:${account}:event-bus/${bus}`;

export function ruleArn({ region, account }: Scope, bus: string, name: string): string {
  return `arn:aws:events:${region}:${account}:rule/${bus === DEFAULT_BUS ? name : `${bus}/${name}`}`;
}

/** The bus that a request means: a name or an ARN, the default one where it says nothing. */
export function busNameOf(given: string | undefined): string {
  if (given === undefined) return DEFAULT_BUS;
  return given.startsWith("arn:") ? given.slice(given.indexOf("/") + 1) : given;
}

const isThere = (ctx: Context, bus: string): boolean => bus === DEFAULT_BUS || buses(ctx).has(bus);

/** Undefined where this account and Region have no such bus. */
export function knownBus(ctx: Context, given: string | undefined): string | undefined {
  const bus = busNameOf(given);
  const isOurs = given === undefined || !given.startsWith("arn:") || given === busArn(ctx, bus);
  return isOurs && isThere(ctx, bus) ? bus : undefined;
}

/** Where the bus of an ARN stands that is another account's; undefined where it is no such bus, or none is there. */
export function scopeOfForeignBus(ctx: Context, given: string | undefined): Scope | undefined {
  const [, , service, region = "", account = ""] = given?.split(":") ?? [];
  if (given === undefined || service !== "events" || account === ctx.account || region !== ctx.region) return undefined;
  const scope: Scope = { account, region };
  const bus = busNameOf(given);
  return bus === DEFAULT_BUS || ctx.peek<BusDoc>("events", "bus", scope).has(bus) ? scope : undefined;
}

export function existingBus(ctx: Context, given: string | undefined): string {
  const bus = knownBus(ctx, given);
  if (bus === undefined) throw new ServiceError("ResourceNotFoundException", `Event bus ${busNameOf(given)} does not exist.`);
  return bus;
}

export function existingRule(ctx: Context, name: string, bus: string): RuleDoc {
  const rule = rules(ctx).get(ruleId(bus, name));
  if (rule === undefined) throw new ServiceError("ResourceNotFoundException", `Rule ${name} does not exist on EventBus ${bus}.`);
  return rule;
}

export function rulesOf(ctx: Context, bus: string): readonly RuleDoc[] {
  return rules(ctx)
    .values()
    .filter((rule) => rule.bus === bus);
}

export const invalid = (message: string, hint?: string): ServiceError =>
  new ServiceError("ValidationException", message, hint === undefined ? {} : { hint });

export const overLimit = (hint: string): ServiceError =>
  new ServiceError("LimitExceededException", "The requested resource exceeds the maximum number allowed.", { hint });
