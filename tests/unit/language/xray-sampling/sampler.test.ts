import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseLocalRules, SDK_LOCAL_RULES } from "../../../../workers/language/xray-sampling/local-rules.ts";
import { decide, newReservoir, report, withTarget } from "../../../../workers/language/xray-sampling/reservoir.ts";
import { matchingRule, type SamplingRule } from "../../../../workers/language/xray-sampling/rules.ts";
import { newSampler, sampleRequest } from "../../../../workers/language/xray-sampling/sampler.ts";

const rule = (changes: Partial<SamplingRule>): SamplingRule => ({
  RuleName: "r",
  Priority: 100,
  FixedRate: 0,
  ReservoirSize: 1,
  ServiceName: "*",
  ServiceType: "*",
  Host: "*",
  HTTPMethod: "*",
  URLPath: "*",
  ResourceARN: "*",
  Version: 1,
  ...changes,
});
const never = (): number => {
  throw new Error("the rate was asked");
};

describe("a client's sampler", () => {
  it("decides by local rules before it has fetched any, and when they are over an hour old", () => {
    const call = { request: { path: "/x" }, time: 10_000, random: () => 0.99, localRules: SDK_LOCAL_RULES };
    const first = sampleRequest(newSampler(), call);
    expect(first).toMatchObject({ isSampled: true, rule: "local/default", decision: "take" });
    expect(first.because.reason).toBe("rules were never fetched, so local rules decide: number 1 of 1 in this second");
    expect(sampleRequest(first.next, call)).toMatchObject({ isSampled: false, decision: "no" });
    const fetched = { ...newSampler(), rules: [rule({})], fetched: 10_000 - 3600 };
    expect(sampleRequest(fetched, call).rule).toBe("r");
    expect(sampleRequest({ ...fetched, fetched: 10_000 - 3601 }, call)).toMatchObject({
      rule: "local/default",
      because: { reason: expect.stringContaining("over an hour ago") },
    });
  });

  it("says of every rule up to the one that fits why it does not", () => {
    const rules = [
      rule({ RuleName: "put", Priority: 1, HTTPMethod: "PUT" }),
      rule({ RuleName: "arn", Priority: 2, ResourceARN: "arn:aws:x" }),
      rule({ RuleName: "api", Priority: 3, URLPath: "/api/*" }),
      rule({ RuleName: "Default", Priority: 10_000 }),
    ];
    const { because, rule: found } = sampleRequest(
      { ...newSampler(), rules, fetched: 5 },
      { request: { method: "get", path: "/API/1" }, time: 6, random: never, localRules: SDK_LOCAL_RULES },
    );
    expect(found).toBe("api");
    expect(because.parts?.map(({ text, verdict, reason }) => [text, verdict, reason])).toEqual([
      ["put", false, "does not fit: HTTPMethod PUT"],
      ["arn", false, "SDKs skip rules for one resource"],
      ["api", true, "every field fits"],
    ]);
    expect(because.reason).toContain("may be borrowed");
  });

  it("keeps one reservoir per rule and starts counting again after a report", () => {
    const rules = [rule({ RuleName: "a", URLPath: "/a" }), rule({ RuleName: "b", URLPath: "/b" })];
    let state = { ...newSampler(), rules, fetched: 0 };
    for (const path of ["/a", "/b", "/a"]) {
      const sampled = sampleRequest(state, { request: { path }, time: 1, random: () => 0.9, localRules: SDK_LOCAL_RULES });
      state = { ...sampled.next, rules, fetched: 0 };
    }
    const { counted, next } = report(state.reservoirs["a"] ?? newReservoir(rules[0] as SamplingRule));
    expect(counted).toEqual({ RequestCount: 2, SampledCount: 0, BorrowCount: 1 });
    expect(report(next).counted).toEqual({ RequestCount: 0, SampledCount: 0, BorrowCount: 0 });
    expect(next.borrowed).toBe(1);
  });

  it("never takes more than the quota in a second, nor borrows twice, whatever comes", () => {
    const event = fc.record({
      step: fc.constantFrom(0, 0.3, 1),
      quota: fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }),
      ttl: fc.constantFrom(-5, 5),
    });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), fc.integer({ min: 0, max: 5 }), (events, ReservoirSize) => {
        let reservoir = newReservoir({ ReservoirSize, FixedRate: 0 });
        let time = 100;
        const seen = new Map<string, number>();
        for (const { step, quota, ttl } of events) {
          time += step;
          if (quota !== undefined && step === 1)
            reservoir = withTarget(reservoir, { ReservoirQuota: quota, ReservoirQuotaTTL: time + ttl });
          const { decision, next } = decide(reservoir, time, () => 0);
          const key = `${Math.floor(time)} ${decision}`;
          seen.set(key, (seen.get(key) ?? 0) + 1);
          if (decision === "take") expect(next.taken).toBeLessThanOrEqual(next.quota ?? 0);
          if (decision === "borrow") expect(seen.get(key)).toBe(1);
          if (ReservoirSize === 0) expect(decision).not.toBe("borrow");
          reservoir = next;
        }
        const { counted } = report(reservoir);
        expect(counted.RequestCount).toBe(events.length);
        expect(counted.SampledCount + counted.BorrowCount).toBeLessThanOrEqual(counted.RequestCount);
      }),
    );
  });

  it("finds the same rule whatever the order of the list", () => {
    const some = fc.array(
      fc
        .record({
          RuleName: fc.constantFrom("a", "b", "c", "d"),
          Priority: fc.integer({ min: 1, max: 3 }),
          Host: fc.constantFrom("*", "x*", "?"),
        })
        .map(rule),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(some, fc.constantFrom("x", "xy", "y"), (rules, host) => {
        const names = new Map(rules.map((each) => [each.RuleName, each]));
        const list = [...names.values()];
        expect(matchingRule([...list].reverse(), { host })).toEqual(matchingRule(list, { host }));
      }),
    );
  });

  it("names the member of a local rules file that is wrong", () => {
    expect(() => parseLocalRules({ version: 2, default: { fixed_target: 1, rate: 0.05 }, rules: [{ host: "*" }] })).toThrow(
      "rules[0].http_method",
    );
    expect(() => parseLocalRules({ version: 3 })).toThrow("version");
    expect(() => parseLocalRules({ version: 2, default: { fixed_target: 0.5, rate: 0.05 } })).toThrow("default.fixed_target");
  });
});
