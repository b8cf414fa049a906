/** Targets of rules (facts eventbridge §6, §7): where an event goes, and in what form. */

import { parseEventPath } from "../../language/target-input/event-path.ts";
import { unknownPlaceholder } from "../../language/target-input/template.ts";
import type { Operations, Target } from "../../model/generated/events.ts";
import type { Context } from "../contract.ts";
import { notBuilt } from "../not-built.ts";
import { destinationOf } from "./destination.ts";
import { existingBus, existingRule, invalid, overLimit, ruleId, rules } from "./documents.ts";
import { pageOf } from "./pages.ts";

type In<K extends keyof Operations> = Operations[K]["input"];
type Out<K extends keyof Operations> = Operations[K]["output"];

/** Quota: targets of a rule. */
const MOST_TARGETS = 5;

/** Parameters of target kinds that are not built. */
const FOREIGN = [
  "KinesisParameters",
  "RunCommandParameters",
  "EcsParameters",
  "BatchParameters",
  "HttpParameters",
  "RedshiftDataParameters",
  "SageMakerPipelineParameters",
  "AppSyncParameters",
] as const satisfies readonly (keyof Target)[];

/** The same Id replaces a target. All of the call or nothing. */
export function putTargets(ctx: Context, input: In<"PutTargets">): Out<"PutTargets"> {
  const rule = existingRule(ctx, input.Rule, existingBus(ctx, input.EventBusName));
  for (const target of input.Targets) checkTarget(ctx, target);
  const targets = new Map(rule.targets.map((target) => [target.Id, target]));
  for (const target of input.Targets) targets.set(target.Id, target);
  if (targets.size > MOST_TARGETS) throw overLimit(`A rule has at most ${MOST_TARGETS} targets.`);
  rules(ctx).put(ruleId(rule.bus, rule.name), { ...rule, targets: [...targets.values()] });
  return { FailedEntryCount: 0, FailedEntries: [] };
}

export function removeTargets(ctx: Context, input: In<"RemoveTargets">): Out<"RemoveTargets"> {
  const rule = existingRule(ctx, input.Rule, existingBus(ctx, input.EventBusName));
  rules(ctx).put(ruleId(rule.bus, rule.name), { ...rule, targets: rule.targets.filter(({ Id }) => !input.Ids.includes(Id)) });
  return { FailedEntryCount: 0, FailedEntries: [] };
}

export function listTargetsByRule(ctx: Context, input: In<"ListTargetsByRule">): Out<"ListTargetsByRule"> {
  const rule = existingRule(ctx, input.Rule, existingBus(ctx, input.EventBusName));
  const all = [...rule.targets].sort((a, b) => (a.Id < b.Id ? -1 : 1));
  const { items, NextToken } = pageOf(all, ({ Id }) => Id, input);
  return { Targets: items, ...(NextToken === undefined ? {} : { NextToken }) };
}

/** Throws what PutTargets answers to a target that it does not take. */
export function checkTarget(ctx: Context, target: Target): void {
  const { Id, Arn, Input, InputPath, InputTransformer, DeadLetterConfig } = target;
  const wrongArn = (hint?: string) => invalid(`Parameter ${Arn} is not valid. Reason: Provided Arn is not in correct format.`, hint);
  if (!/^arn:[\w-]+:[\w-]+:[\w-]*:\d*:.+$/.test(Arn))
    throw wrongArn("A target is named by an ARN: arn:aws:sqs:us-east-1:123456789012:name.");
  for (const member of FOREIGN) if (target[member] !== undefined) throw notBuilt(`${member} of a target`);
  const destination = destinationOf(ctx, Arn);
  if ("notBuilt" in destination) throw notBuilt(destination.notBuilt);
  if (destination.kind === "logs" && !destination.name.startsWith("/aws/events/"))
    throw invalid(`Parameter ${Arn} is not valid. Reason: Log group name must start with /aws/events/.`);
  if ([Input, InputPath, InputTransformer].filter((one) => one !== undefined).length > 1)
    throw invalid(`Only one of Input, InputPath, or InputTransformer must be provided for target ${Id}.`);
  if (Input !== undefined && !isJson(Input))
    throw invalid(`JSON syntax error in input for target ${Id}`, "Input is a JSON text; a plain text stands in quotes.");
  if (InputPath !== undefined && parseEventPath(InputPath) === undefined)
    throw invalid(
      `InputPath for target ${Id} is invalid.`,
      "Names with dots or brackets from $ on, and numbers of elements: $.detail.items[0].",
    );
  if (InputTransformer !== undefined) checkTransformer(Id, InputTransformer);
  if (DeadLetterConfig?.Arn !== undefined && !/^arn:aws:sqs:[\w-]+:\d{12}:[\w-]{1,80}$/.test(DeadLetterConfig.Arn))
    throw invalid(
      `Parameter DeadLetterConfig.Arn is not valid. Reason: Provided Arn is not in correct format.`,
      "A standard SQS queue, by its ARN.",
    );
}

function checkTransformer(id: string, { InputPathsMap = {}, InputTemplate }: NonNullable<Target["InputTransformer"]>): void {
  for (const [name, path] of Object.entries(InputPathsMap)) {
    if (!/^[A-Za-z0-9_-]+$/.test(name) || /^aws/i.test(name))
      throw invalid(
        `InputPathsMap for target ${id} contains invalid key ${name}.`,
        "Letters, digits, - and _, and not beginning with AWS.",
      );
    if (parseEventPath(path) === undefined)
      throw invalid(`InputPath for target ${id} is invalid.`, `${name} is ${path}: paths begin with $.`);
  }
  const unknown = unknownPlaceholder({ template: InputTemplate, paths: InputPathsMap });
  if (unknown !== undefined) throw invalid(`InputTemplate for target ${id} contains invalid placeholder ${unknown}.`);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false; // the caller says so
  }
}
