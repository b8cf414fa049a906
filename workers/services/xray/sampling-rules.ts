/** Sampling rules (facts xray §9.1). `Default` is always there: priority 10000, and only its rate and reservoir change. */
import { byPriority, DEFAULT_RULE, type SamplingRule } from "../../language/xray-sampling/rules.ts";
import { ServiceError } from "../../model/errors.ts";
import type { Operations, SamplingRuleRecord } from "../../model/generated/xray.ts";
import type { Context, Scope } from "../contract.ts";
import { invalidRequest } from "./failures.ts";
import { forgetTags, setTags } from "./tags.ts";
import { pageOf } from "./tokens.ts";

export interface RuleDoc extends SamplingRule {
  readonly RuleARN: string;
  readonly ServiceType: string;
  readonly Attributes: Readonly<Record<string, string>>;
  readonly SamplingRateBoost?: { readonly MaxRate: number; readonly CooldownWindowMinutes: number };
  /** Epoch milliseconds. */
  readonly created: number;
  readonly modified: number;
}

const MOST_RULES = 25;
const MOST_ATTRIBUTES = 5;
const PAGE = 100;

const ruleDocs = (ctx: Context) => ctx.docs<RuleDoc>("sampling-rule");
const changeDocs = (ctx: Context) => ctx.docs<{ readonly at: number }>("sampling-change");

const arnOf = (name: string, { account, region }: Scope): string => `arn:aws:xray:${region}:${account}:sampling-rule/${name}`;

interface Named {
  readonly RuleName?: string;
  readonly RuleARN?: string;
}

export const ruleArn = (rule: Named, scope: Scope): readonly string[] => [rule.RuleARN ?? arnOf(rule.RuleName ?? "", scope)];

function defaultRule(ctx: Context): RuleDoc {
  return (
    ruleDocs(ctx).get(DEFAULT_RULE) ?? {
      RuleName: DEFAULT_RULE,
      RuleARN: arnOf(DEFAULT_RULE, ctx),
      ResourceARN: "*",
      Priority: 10_000,
      FixedRate: 0.05,
      ReservoirSize: 1,
      ServiceName: "*",
      ServiceType: "*",
      Host: "*",
      HTTPMethod: "*",
      URLPath: "*",
      Version: 1,
      Attributes: {},
      created: 0,
      modified: 0,
    }
  );
}

/** All rules, Default among them, in the order in which they are tried. */
export const rulesOf = (ctx: Context): readonly RuleDoc[] =>
  [
    ...ruleDocs(ctx)
      .values()
      .filter(({ RuleName }) => RuleName !== DEFAULT_RULE),
    defaultRule(ctx),
  ].sort(byPriority);

export const findRule = (ctx: Context, name: string): RuleDoc | undefined =>
  name === DEFAULT_RULE ? defaultRule(ctx) : ruleDocs(ctx).get(name);

/** When any rule was made, changed or deleted last; epoch milliseconds. */
export const lastRuleChange = (ctx: Context): number => changeDocs(ctx).get("last")?.at ?? 0;

function existing(ctx: Context, { RuleName, RuleARN }: Named): RuleDoc {
  if ((RuleName === undefined) === (RuleARN === undefined)) throw invalidRequest("Specify a rule by either name or ARN, but not both.");
  const found = findRule(ctx, RuleName ?? RuleARN?.split(":sampling-rule/")[1] ?? "");
  if (found === undefined || (RuleARN !== undefined && found.RuleARN !== RuleARN)) throw invalidRequest("Sampling rule does not exist.");
  return found;
}

function checked(rule: RuleDoc): RuleDoc {
  if (rule.Version !== 1) throw invalidRequest("Version must be 1.");
  const attributes = Object.entries(rule.Attributes);
  if (attributes.length > MOST_ATTRIBUTES) throw invalidRequest(`Attributes must not hold more than ${MOST_ATTRIBUTES} pairs.`);
  if (!Number.isInteger(rule.ReservoirSize) || !Number.isInteger(rule.Priority))
    throw invalidRequest("Priority and ReservoirSize are whole numbers.");
  return rule;
}

function put(ctx: Context, rule: RuleDoc): { readonly SamplingRuleRecord: SamplingRuleRecord } {
  ruleDocs(ctx).put(rule.RuleName, rule);
  changeDocs(ctx).put("last", { at: ctx.now });
  return { SamplingRuleRecord: shownRule(rule) };
}

/** Timestamps of rules are whole seconds. */
const wholeSecond = (time: number): number => Math.floor(time / 1000) * 1000;

export function shownRule({ created, modified, ...SamplingRule }: RuleDoc): SamplingRuleRecord {
  return { SamplingRule, CreatedAt: wholeSecond(created), ModifiedAt: wholeSecond(modified) };
}

export function createSamplingRule(
  ctx: Context,
  input: Operations["CreateSamplingRule"]["input"],
): Operations["CreateSamplingRule"]["output"] {
  const { RuleName, RuleARN, Attributes = {}, ...fields } = input.SamplingRule;
  if (RuleName === undefined) throw invalidRequest("RuleName is required.");
  if (RuleARN !== undefined && RuleARN !== arnOf(RuleName, ctx)) throw invalidRequest("RuleARN does not belong to RuleName.");
  const docs = ruleDocs(ctx);
  if (RuleName === DEFAULT_RULE || docs.has(RuleName)) throw invalidRequest("Sampling rule already exists.");
  if (docs.size - (docs.has(DEFAULT_RULE) ? 1 : 0) >= MOST_RULES) {
    throw new ServiceError("RuleLimitExceededException", `You have reached the maximum number of sampling rules (${MOST_RULES}).`);
  }
  const rule = checked({ ...fields, RuleName, RuleARN: arnOf(RuleName, ctx), Attributes, created: ctx.now, modified: ctx.now });
  if (input.Tags !== undefined) setTags(ctx, rule.RuleARN, input.Tags);
  return put(ctx, rule);
}

/** Members of Default that may change. */
const DEFAULT_CHANGES: ReadonlySet<string> = new Set(["RuleName", "RuleARN", "FixedRate", "ReservoirSize"]);

export function updateSamplingRule(
  ctx: Context,
  input: Operations["UpdateSamplingRule"]["input"],
): Operations["UpdateSamplingRule"]["output"] {
  const { RuleName, RuleARN, ...changes } = input.SamplingRuleUpdate;
  const before = existing(ctx, { ...(RuleName === undefined ? {} : { RuleName }), ...(RuleARN === undefined ? {} : { RuleARN }) });
  if (before.RuleName === DEFAULT_RULE && Object.keys(changes).some((member) => !DEFAULT_CHANGES.has(member))) {
    throw invalidRequest("Invalid update request for default sampling rule", "Of Default only FixedRate and ReservoirSize can change.");
  }
  return put(ctx, checked({ ...before, ...changes, modified: ctx.now }));
}

export function deleteSamplingRule(
  ctx: Context,
  input: Operations["DeleteSamplingRule"]["input"],
): Operations["DeleteSamplingRule"]["output"] {
  const rule = existing(ctx, input);
  if (rule.RuleName === DEFAULT_RULE) throw invalidRequest("The default sampling rule cannot be deleted.");
  ruleDocs(ctx).delete(rule.RuleName);
  forgetTags(ctx, rule.RuleARN);
  changeDocs(ctx).put("last", { at: ctx.now });
  return { SamplingRuleRecord: shownRule(rule) };
}

export function getSamplingRules(ctx: Context, input: Operations["GetSamplingRules"]["input"]): Operations["GetSamplingRules"]["output"] {
  const entries = rulesOf(ctx).map((rule) => [`${String(rule.Priority).padStart(5, "0")}/${rule.RuleName}`, rule] as const);
  const { items, NextToken } = pageOf(entries, input.NextToken, PAGE);
  return { SamplingRuleRecords: items.map(shownRule), ...(NextToken === undefined ? {} : { NextToken }) };
}
