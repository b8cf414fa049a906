/** The request that a trace began with, as sampling rules see it. */
import type { RuleRecord, SampledRequest, TraceView, WhySampled } from "./answers.ts";
import { TRACES as T } from "./strings.ts";
import { hostOf, member, pathOf } from "./texts.ts";

/** Undefined while the root segment has not come. */
export function requestOf({ spans }: Pick<TraceView, "spans">): SampledRequest | undefined {
  const root = spans.find((span) => span.parent === -1 && span.kind === "segment");
  if (root === undefined) return undefined;
  const request = member(member(root.document, "http"), "request");
  const url = typeof request["url"] === "string" ? request["url"] : undefined;
  const method = typeof request["method"] === "string" ? request["method"] : undefined;
  const origin = typeof root.document["origin"] === "string" ? root.document["origin"] : undefined;
  const [host, path] = [hostOf(url), pathOf(url)];
  return {
    serviceName: root.name,
    ...(origin === undefined ? {} : { serviceType: origin }),
    ...(host === undefined ? {} : { host }),
    ...(method === undefined ? {} : { method }),
    ...(path === undefined ? {} : { path }),
  };
}

/** The rule that a segment itself names: clients write down which one took the request. */
export function saidRule({ spans }: Pick<TraceView, "spans">): string | undefined {
  for (const span of spans) {
    const name = member(member(span.document, "aws"), "xray")["sampling_rule_name"];
    if (typeof name === "string" && name !== "") return name;
  }
  return undefined;
}

export interface RuleLine {
  readonly priority: number;
  readonly name: string;
  readonly looksFor: string;
  readonly result: "taken" | "differs" | "not reached";
  readonly why: string;
}

/** What a rule asks of a request, without what is `*` for all. */
export function looksFor(rule: RuleRecord["SamplingRule"]): string {
  const parts = [
    [rule.HTTPMethod, ""],
    [rule.URLPath, ""],
    [rule.Host, "at "],
    [rule.ServiceName, "service "],
    [rule.ServiceType, "type "],
    [rule.ResourceARN, ""],
  ] as const;
  const said = parts.filter(([value]) => value !== "*").map(([value, lead]) => `${lead}${value}`);
  return said.length === 0 ? "*" : said.join(" ");
}

/** Every rule with what became of it, in the order in which they are tried. */
export function ruleLines(rules: readonly RuleRecord[], { because }: Pick<WhySampled, "because">): readonly RuleLine[] {
  const looked = new Map((because.parts ?? []).map((part) => [part.text, part]));
  return rules.map(({ SamplingRule: rule }): RuleLine => {
    const part = looked.get(rule.RuleName);
    const line = { priority: rule.Priority, name: rule.RuleName, looksFor: looksFor(rule) };
    if (part === undefined) return { ...line, result: "not reached", why: T.notReached };
    return part.verdict ? { ...line, result: "taken", why: T.firstMatch } : { ...line, result: "differs", why: part.reason };
  });
}
