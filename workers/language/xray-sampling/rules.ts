/** Which sampling rule a request falls under (facts xray §9.2). */
import type { Because } from "../because.ts";
import { fitsPattern } from "../policy/glob.ts";

export interface SamplingRule {
  readonly RuleName: string;
  readonly Priority: number;
  readonly FixedRate: number;
  readonly ReservoirSize: number;
  readonly ServiceName: string;
  readonly ServiceType?: string;
  readonly Host: string;
  readonly HTTPMethod: string;
  readonly URLPath: string;
  readonly ResourceARN: string;
  readonly Attributes?: Readonly<Record<string, string>>;
  readonly Version: number;
}

/** What is known of a request; what is not known, or empty, fits every pattern. */
export interface SampledRequest {
  readonly serviceName?: string;
  readonly serviceType?: string;
  readonly host?: string;
  readonly method?: string;
  readonly path?: string;
}

export const DEFAULT_RULE = "Default";

const FIELDS = [
  ["ServiceName", "serviceName"],
  ["ServiceType", "serviceType"],
  ["Host", "host"],
  ["HTTPMethod", "method"],
  ["URLPath", "path"],
] as const;

/** Anchored, without regard to case; `*` any run, `?` one character. */
export const fitsSampling = (value: string | undefined, pattern: string): boolean =>
  value === undefined || value === "" || fitsPattern(value.toLowerCase(), pattern.toLowerCase());

/** By priority, then by name. */
export const byPriority = (a: SamplingRule, b: SamplingRule): number =>
  a.Priority - b.Priority || (a.RuleName < b.RuleName ? -1 : a.RuleName > b.RuleName ? 1 : 0);

/**
 * The first rule that fits, undefined where none does. With a recorder every rule up to that one says why.
 * @param rules in any order
 */
export function matchingRule(rules: readonly SamplingRule[], request: SampledRequest, record?: Because[]): SamplingRule | undefined {
  for (const rule of [...rules].sort(byPriority)) {
    const parts: Because[] | undefined = record === undefined ? undefined : [];
    const skipped = reasonToSkip(rule);
    const fits = skipped === undefined && (rule.RuleName === DEFAULT_RULE || fieldsFit(rule, request, parts));
    record?.push(because(rule, fits, skipped, parts ?? []));
    if (fits) return rule;
  }
  return undefined;
}

/** SDKs take only rules that they understand whole. */
function reasonToSkip({ RuleName, Version, ResourceARN, Attributes, ServiceType }: SamplingRule): string | undefined {
  if (RuleName === DEFAULT_RULE) return undefined;
  if (Version !== 1) return "SDKs know version 1 only";
  if (ResourceARN !== "*") return "SDKs skip rules for one resource";
  if (Attributes !== undefined && Object.keys(Attributes).length > 0) return "SDKs skip rules with attributes";
  return ServiceType === undefined ? "SDKs skip rules without a service type" : undefined;
}

function fieldsFit(rule: SamplingRule, request: SampledRequest, parts: Because[] | undefined): boolean {
  let fits = true;
  for (const [member, name] of FIELDS) {
    const pattern = rule[member] ?? "*";
    const value = request[name];
    const holds = fitsSampling(value, pattern);
    fits &&= holds;
    if (parts === undefined) {
      if (!holds) return false;
      continue;
    }
    const isKnown = value !== undefined && value !== "";
    parts.push({
      text: `${member} ${pattern}`,
      from: 0,
      to: 0,
      verdict: holds,
      ...(isKnown ? { found: value } : {}),
      reason: isKnown ? (holds ? "fits" : "does not fit") : "not known of the request, so it fits",
    });
  }
  return fits;
}

function because(rule: SamplingRule, verdict: boolean, skipped: string | undefined, parts: readonly Because[]): Because {
  const failed = parts.filter((part) => !part.verdict).map((part) => part.text);
  const met = rule.RuleName === DEFAULT_RULE ? "the last rule fits every request" : "every field fits";
  return {
    text: rule.RuleName,
    from: 0,
    to: 0,
    verdict,
    reason: skipped ?? (verdict ? met : `does not fit: ${failed.join(", ")}`),
    ...(parts.length === 0 ? {} : { parts }),
  };
}
