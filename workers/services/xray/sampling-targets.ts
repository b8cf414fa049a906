/**
 * What clients report and what they are given (facts xray §9.4): a rule's reservoir is shared among the clients seen in the
 * last 30 seconds, by how many requests they had.
 */
import type { Operations, SamplingTargetDocument, UnprocessedStatistics } from "../../model/generated/xray.ts";
import type { Context } from "../contract.ts";
import { invalidRequest } from "./failures.ts";
import { findRule, lastRuleChange, type RuleDoc } from "./sampling-rules.ts";
import { pageOf } from "./tokens.ts";

/** The last report of a client about a rule. */
export interface ClientDoc {
  readonly rule: string;
  readonly client: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly requests: number;
}

interface WindowDoc {
  readonly rule: string;
  /** Begin of its ten seconds, epoch milliseconds. */
  readonly from: number;
  readonly requests: number;
  readonly borrowed: number;
  readonly sampled: number;
}

const SEEN_MS = 30_000;
const QUOTA_MS = 300_000;
const INTERVAL_SECONDS = 10;
const WINDOW_MS = 10_000;
/** How long windows are kept. */
const WINDOWS_MS = 3_600_000;
const PAGE = 100;
const CLIENT = /^[0-9A-Fa-f]{24}$/;

const clientDocs = (ctx: Context) => ctx.docs<ClientDoc>("sampling-client");
const windowDocs = (ctx: Context) => ctx.docs<WindowDoc>("sampling-window");

export function getSamplingTargets(
  ctx: Context,
  input: Operations["GetSamplingTargets"]["input"],
): Operations["GetSamplingTargets"]["output"] {
  forgetOld(ctx);
  const targets: SamplingTargetDocument[] = [];
  const unprocessed: UnprocessedStatistics[] = [];
  for (const { RuleName, ClientID, RequestCount, SampledCount, BorrowCount = 0 } of input.SamplingStatisticsDocuments) {
    if (!CLIENT.test(ClientID)) throw invalidRequest("ClientID must be 24 hexadecimal digits.");
    const rule = findRule(ctx, RuleName);
    if (rule === undefined) {
      unprocessed.push({ RuleName, ErrorCode: "RuleNotFound", Message: `Sampling rule ${RuleName} does not exist.` });
      continue;
    }
    clientDocs(ctx).put(`${RuleName}/${ClientID}`, { rule: RuleName, client: ClientID, at: ctx.now, requests: RequestCount });
    count(ctx, {
      rule: RuleName,
      from: Math.floor(ctx.now / WINDOW_MS) * WINDOW_MS,
      requests: RequestCount,
      borrowed: BorrowCount,
      sampled: SampledCount,
    });
    targets.push({
      RuleName,
      FixedRate: rule.FixedRate,
      ReservoirQuota: quotas(ctx, rule).get(ClientID) ?? 0,
      ReservoirQuotaTTL: ctx.now + QUOTA_MS,
      Interval: INTERVAL_SECONDS,
    });
  }
  const boosts = (input.SamplingBoostStatisticsDocuments ?? []).map(({ RuleName }) => ({
    RuleName,
    ErrorCode: "BoostNotSupported",
    Message: "Nephoscope does not raise sampling rates on anomalies.",
  }));
  return {
    SamplingTargetDocuments: targets,
    LastRuleModification: lastRuleChange(ctx),
    UnprocessedStatistics: unprocessed,
    ...(boosts.length === 0 ? {} : { UnprocessedBoostStatistics: boosts }),
  };
}

/** Each client's part of a rule's reservoir: rounded down, and what is left over goes to the busiest. */
export function quotas(ctx: Context, rule: RuleDoc): ReadonlyMap<string, number> {
  const seen = clientDocs(ctx)
    .values()
    .filter(({ rule: name, at }) => name === rule.RuleName && at > ctx.now - SEEN_MS);
  const all = seen.reduce((sum, { requests }) => sum + requests, 0);
  const share = (requests: number): number => (all === 0 ? 1 / seen.length : requests / all);
  const found = new Map(seen.map(({ client, requests }) => [client, Math.floor(rule.ReservoirSize * share(requests))]));
  let busiest: ClientDoc | undefined;
  for (const each of seen) if (busiest === undefined || each.requests > busiest.requests) busiest = each;
  if (busiest !== undefined) {
    const given = [...found.values()].reduce((sum, quota) => sum + quota, 0);
    found.set(busiest.client, (found.get(busiest.client) ?? 0) + rule.ReservoirSize - given);
  }
  return found;
}

const windowId = ({ from, rule }: WindowDoc): string => `${String(from).padStart(15, "0")}/${rule}`;

function count(ctx: Context, added: WindowDoc): void {
  const docs = windowDocs(ctx);
  const held = docs.get(windowId(added));
  docs.put(windowId(added), {
    ...added,
    requests: added.requests + (held?.requests ?? 0),
    borrowed: added.borrowed + (held?.borrowed ?? 0),
    sampled: added.sampled + (held?.sampled ?? 0),
  });
}

function forgetOld(ctx: Context): void {
  for (const [id, { from }] of windowDocs(ctx).entries()) {
    if (from >= ctx.now - WINDOWS_MS) break; // ids ascend with time
    windowDocs(ctx).delete(id);
  }
  for (const [id, { at }] of clientDocs(ctx).entries()) if (at < ctx.now - QUOTA_MS) clientDocs(ctx).delete(id);
}

export function getSamplingStatisticSummaries(
  ctx: Context,
  input: Operations["GetSamplingStatisticSummaries"]["input"],
): Operations["GetSamplingStatisticSummaries"]["output"] {
  const { items, NextToken } = pageOf(windowDocs(ctx).entries(), input.NextToken, PAGE);
  return {
    SamplingStatisticSummaries: items.map(({ rule, from, requests, borrowed, sampled }) => ({
      RuleName: rule,
      Timestamp: from,
      RequestCount: requests,
      BorrowCount: borrowed,
      SampledCount: sampled,
    })),
    ...(NextToken === undefined ? {} : { NextToken }),
  };
}
