/**
 * Another bus as a rule's target (user guide, Sending and receiving events between event buses). A target with a role acts in
 * it; one without acts as the rule's account: in its own, a bus lets it in unless the bus's policy denies, another account's
 * bus must allow it. AWS wants a role of every such target that is made today; the playground does not make one learn roles first.
 */
import { evaluateAccess } from "../../language/policy/evaluate.ts";
import type { RequestContext } from "../../language/policy/glob.ts";
import { parsePolicy } from "../../language/policy/parse.ts";
import type { Target } from "../../model/generated/events.ts";
import type { Context, Emission, Scope } from "../contract.ts";
import { isTrusted, roleMay, roleOf } from "../roles.ts";
import { policyOfBus } from "./bus-policies.ts";
import type { Forward, Taken } from "./deliver.ts";
import { type DeliveryFailure, failureOf } from "./failures.ts";
import type { Envelope } from "./passed.ts";

/** An event on its way to a bus of another account or Region. */
export interface PassedOn {
  /** ARN. */
  readonly bus: string;
  readonly envelope: Envelope;
  readonly trace?: string | undefined;
  readonly hops: number;
}

export const passOn = (to: Scope, columns: PassedOn): Emission => ({ service: "events", operation: "PutEvents", ...to, columns });

export interface BusDelivery {
  readonly bus: { readonly name: string; readonly scope: Scope };
  /** ARN. */
  readonly rule: string;
  readonly target: Target;
  readonly taken: Taken;
}

type Settled = (ctx: Context, failure?: DeliveryFailure) => void;

export function deliverToBus(ctx: Context, { bus, rule, target, taken }: BusDelivery, settled: Settled, forward: Forward): void {
  const { envelope, trace, hops } = taken;
  const { account, region } = bus.scope;
  const refused = refusal(ctx, rule, target, envelope, account);
  if (refused !== undefined) {
    settled(ctx, { code: "NO_PERMISSIONS", message: refused, isRetried: false });
    return;
  }
  if (account === ctx.account && region === ctx.region) {
    settled(ctx);
    forward(ctx, bus.name, taken);
    return;
  }
  // A new id is made where an event comes to another Region.
  const sent = region === ctx.region ? envelope : { ...envelope, id: ctx.uuid("event") };
  ctx.emit({
    ...passOn(bus.scope, { bus: target.Arn, envelope: sent, trace, hops }),
    sourceArn: rule,
    settled: (after, result) => settled(after, "error" in result ? failureOf(result.error) : undefined),
  });
}

/** Why the bus does not take the event of that rule; undefined where it does. */
function refusal(ctx: Context, rule: string, target: Target, envelope: Envelope, account: string): string | undefined {
  if (envelope.account !== ctx.account && account !== ctx.account)
    return "An event that came from another account is not passed on to a third one.";
  const resourcePolicy = policyOfBus(ctx, target.Arn);
  const context: RequestContext = {
    "aws:SourceArn": rule,
    "aws:SourceAccount": ctx.account,
    "events:source": envelope.source,
    "events:detail-type": envelope["detail-type"],
  };
  const action = "events:PutEvents";
  const denied = (who: string): string => `${who} is not authorized to perform: ${action} on resource: ${target.Arn}`;
  if (target.RoleArn !== undefined) {
    const role = roleOf(ctx, target.RoleArn);
    if (role === undefined || !isTrusted(role, "events.amazonaws.com", rule))
      return `EventBridge cannot assume the role ${target.RoleArn}.`;
    return roleMay(ctx, role, { action, resource: target.Arn, resourcePolicy, context }) ? undefined : denied(role.Arn);
  }
  const arn = `arn:aws:iam::${ctx.account}:root`;
  const policies = resourcePolicy === undefined ? {} : { resource: [parsePolicy(resourcePolicy, "resource")] };
  const principal = { type: "Root", arn, account: ctx.account } as const;
  const { isAllowed } = evaluateAccess(policies, { principal, action, resource: target.Arn, resourceAccount: account, context });
  return isAllowed ? undefined : denied(arn);
}
