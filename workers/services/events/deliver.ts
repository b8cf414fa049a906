/**
 * Delivery of an event to the targets of a rule: each target by itself, retried with growing pauses where that can help,
 * and sent to the dead-letter queue where it is given up (facts eventbridge §9). AWS does not publish the pauses: here they
 * double from a second to 17 minutes, each with up to half of itself added.
 */
import type { Target } from "../../model/generated/events.ts";
import type { Context } from "../contract.ts";
import { deliverToBus } from "./bus-target.ts";
import { type Attempt, amend, type DeliveryDoc, deliveryLog } from "./deliveries.ts";
import { destinationOf, requestFor } from "./destination.ts";
import { type RuleDoc, ruleArn, ruleId, rules } from "./documents.ts";
import { type DeliveryFailure, failureOf } from "./failures.ts";
import { deliverToLogs } from "./log-target.ts";
import type { Envelope } from "./passed.ts";
import { countRule } from "./rule-metrics.ts";
import { bodyFor } from "./target-input.ts";

/** An event that a rule has matched. */
export interface Taken {
  readonly envelope: Envelope;
  /** Entry of the log of events; a schedule's event has none. */
  readonly passed?: string | undefined;
  readonly trace?: string | undefined;
  /** Buses it has come through by rules. */
  readonly hops: number;
}

/** What goes on with a delivery: all that an attempt needs, as plain data, since it may wait on the agenda. */
interface Consignment {
  readonly id: string;
  readonly bus: string;
  readonly rule: string;
  readonly target: Target;
  readonly body: string;
  readonly envelope: Envelope;
  readonly trace?: string | undefined;
  readonly hops: number;
  readonly at: number;
  readonly attempts: readonly Attempt[];
}

const MOST_RETRIES = 185;
const OLDEST_SECONDS = 86_400;
/** An event that rules send round in a circle stops here; AWS leaves the bill to the account. */
const MOST_HOPS = 8;

/** Hands an event to another bus; given by the composition, since buses hand back to rules. */
export type Forward = (ctx: Context, bus: string, taken: Taken) => void;

export function invoke(ctx: Context, rule: RuleDoc, taken: Taken, forward: Forward): void {
  countRule(ctx, rule, "MatchedEvents");
  countRule(ctx, rule, "TriggeredRules");
  for (const target of rule.targets) start(ctx, rule, target, taken, forward);
}

function start(ctx: Context, rule: RuleDoc, target: Target, taken: Taken, forward: Forward): void {
  const { envelope, passed } = taken;
  const arn = ruleArn(ctx, rule.bus, rule.name);
  const around = { ruleArn: arn, ruleName: rule.name, ingestionTime: `${new Date(ctx.now).toISOString().slice(0, 19)}Z` };
  const input = bodyFor(target, envelope, around);
  const isWhole = target.Input === undefined && target.InputPath === undefined && target.InputTransformer === undefined;
  const doc: DeliveryDoc = {
    bus: rule.bus,
    rule: rule.name,
    ruleArn: arn,
    targetId: target.Id,
    targetArn: target.Arn,
    eventId: envelope.id,
    at: ctx.now,
    ...(passed === undefined ? { envelope } : { passed }),
    ...("body" in input && !isWhole ? { body: input.body } : {}),
    status: "undelivered" in input ? "not sent" : "under way",
    attempts: [],
    ...("undelivered" in input ? { why: input.undelivered } : {}),
  };
  const id = deliveryLog(ctx).append(doc);
  countRule(ctx, rule, "Invocations");
  if ("undelivered" in input) {
    countRule(ctx, rule, "FailedInvocations");
    return;
  }
  const { trace, hops } = taken;
  const common = { id, bus: rule.bus, rule: rule.name, target, body: input.body, envelope, hops, at: ctx.now, attempts: [] };
  attempt(ctx, trace === undefined ? common : { ...common, trace }, forward);
}

function attempt(ctx: Context, consignment: Consignment, forward: Forward): void {
  const { target, envelope, body, hops, trace } = consignment;
  const destination = destinationOf(ctx, target.Arn);
  const settled = (after: Context, error?: DeliveryFailure): void => settle(after, consignment, error);
  const refused = (message: string): void => settled(ctx, { code: "SDK_CLIENT_ERROR", message, isRetried: false });
  if ("notBuilt" in destination) refused(`${destination.notBuilt} is not built.`);
  else if (destination.kind === "logs") {
    const owner = `${ruleId(consignment.bus, consignment.rule)}/${target.Id}`;
    deliverToLogs(ctx, { group: destination.name, target, envelope, body, owner }, settled);
  } else if (destination.kind !== "bus") {
    ctx.emit({
      ...requestFor(ctx, destination.kind, destination.name, consignment),
      sourceArn: ruleArn(ctx, consignment.bus, consignment.rule),
      settled: (after, result) => settled(after, "error" in result ? failureOf(result.error) : undefined),
    });
  } else if (hops >= MOST_HOPS)
    refused(`The event has come through ${MOST_HOPS} buses by rules: the playground takes that for a circle and stops it.`);
  else {
    const rule = ruleArn(ctx, consignment.bus, consignment.rule);
    deliverToBus(ctx, { bus: destination, rule, target, taken: { envelope, trace, hops: hops + 1 } }, settled, forward);
  }
}

function settle(ctx: Context, consignment: Consignment, error: DeliveryFailure | undefined): void {
  const attempts = [...consignment.attempts, { at: ctx.now, ...(error === undefined ? {} : { error }) }];
  if (error === undefined) {
    amend(ctx, consignment.id, { status: "delivered", attempts });
    return;
  }
  const exhausted = error.isRetried ? exhaustedBy(ctx, consignment, attempts.length - 1) : undefined;
  if (error.isRetried && exhausted === undefined) tryLater(ctx, { ...consignment, attempts });
  else giveUp(ctx, { ...consignment, attempts }, error, exhausted);
}

function giveUp(ctx: Context, consignment: Consignment, error: DeliveryFailure, exhausted: Condition | undefined): void {
  const { id, target, attempts } = consignment;
  const rule = rules(ctx).get(ruleId(consignment.bus, consignment.rule));
  if (rule !== undefined) countRule(ctx, rule, "FailedInvocations");
  const queueArn = target.DeadLetterConfig?.Arn;
  const why = exhausted === undefined ? `${error.code}: trying again would not mend it.` : `${exhausted} is reached.`;
  if (queueArn === undefined) {
    amend(ctx, id, { status: "dropped", attempts, why });
    return;
  }
  amend(ctx, id, { status: "dead letter", attempts, why, deadLetter: { queueArn } });
  bury(ctx, consignment, queueArn, error, exhausted);
}

type Condition = "MaximumRetryAttempts" | "MaximumEventAgeInSeconds";

function exhaustedBy(ctx: Context, { target, at }: Consignment, retries: number): Condition | undefined {
  const { MaximumRetryAttempts = MOST_RETRIES, MaximumEventAgeInSeconds = OLDEST_SECONDS } = target.RetryPolicy ?? {};
  if (retries >= MaximumRetryAttempts) return "MaximumRetryAttempts";
  return ctx.now - at >= MaximumEventAgeInSeconds * 1000 ? "MaximumEventAgeInSeconds" : undefined;
}

/** Not after the event has become too old: then the last attempt is made at that moment. */
function tryLater(ctx: Context, consignment: Consignment): void {
  const { id, attempts, at, target } = consignment;
  const pause = 1000 * (1 << Math.min(attempts.length - 1, 10));
  const jitter = Math.floor((Number.parseInt(ctx.id("backoff").slice(0, 4), 16) / 65_536) * (pause / 2));
  const oldest = at + (target.RetryPolicy?.MaximumEventAgeInSeconds ?? OLDEST_SECONDS) * 1000;
  const next = Math.max(ctx.now + 1000, Math.min(ctx.now + pause + jitter, oldest));
  amend(ctx, id, { status: "retrying", attempts, next });
  ctx.schedule({ kind: "retry", key: id, at: next, payload: consignment });
}

/** The agenda's item `retry`: key = delivery. A target that was removed meanwhile gets its event all the same, as on AWS. */
export function retry(ctx: Context, payload: object, forward: Forward): void {
  const consignment = payload as Consignment;
  const rule = rules(ctx).get(ruleId(consignment.bus, consignment.rule));
  if (rule !== undefined) countRule(ctx, rule, "RetryInvocationAttempts");
  attempt(ctx, consignment, forward);
}

/** Sends what was not delivered to the dead-letter queue, with the reason. */
function bury(ctx: Context, consignment: Consignment, queueArn: string, error: DeliveryFailure, exhausted: Condition | undefined): void {
  const [, , , region, account, name] = queueArn.split(":");
  const text = (StringValue: string) => ({ DataType: "String", StringValue });
  ctx.emit({
    service: "sqs",
    operation: "SendMessage",
    ...(region === undefined ? {} : { region }),
    input: {
      QueueUrl: `https://sqs.${region}.amazonaws.com/${account}/${name}`,
      MessageBody: consignment.body,
      MessageAttributes: {
        RULE_ARN: text(ruleArn(ctx, consignment.bus, consignment.rule)),
        TARGET_ARN: text(consignment.target.Arn),
        ERROR_CODE: text(error.code),
        ERROR_MESSAGE: text(error.message),
        RETRY_ATTEMPTS: { DataType: "Number", StringValue: String(consignment.attempts.length - 1) },
        ...(exhausted === undefined ? {} : { EXHAUSTED_RETRY_CONDITION: text(exhausted) }),
      },
    },
    settled: (after, result) => {
      const rule = rules(after).get(ruleId(consignment.bus, consignment.rule));
      if (rule !== undefined) countRule(after, rule, "error" in result ? "InvocationsFailedToBeSentToDlq" : "InvocationsSentToDlq");
      if ("error" in result)
        amend(after, consignment.id, { status: "dropped", deadLetter: { queueArn, error: failureOf(result.error).message } });
    },
  });
}
