import { describe, expect, it } from "vitest";
import { type AccountFacts, mailsText, metricStep, stepsOf } from "../../../../src/panels/home/steps.ts";

const PATHS = { group: (name: string) => `/logs/${name}`, filter: (name: string) => `/logs/${name}/filters/new` };
const EMPTY: AccountFacts = {
  groups: [],
  filters: [],
  metrics: [],
  alarms: [],
  subscriptions: 0,
  unconfirmed: 0,
  notifications: 0,
  confirmations: 0,
  attached: [],
  shipping: [],
};
const GROUP = { ...EMPTY, groups: [{ logGroupName: "g" }] };
const FILTER = { ...GROUP, filters: [{ filterName: "f", logGroupName: "g", namespace: "Shop", metricName: "Failed" }] };
const METRIC = { namespace: "Shop", metricName: "Failed", dimensions: "" };
const next = (facts: AccountFacts) => stepsOf(facts, PATHS).find((step) => !step.done);

describe("the way from a log line to an alarm", () => {
  it("begins with a log, then its filter", () => {
    expect(next(EMPTY)).toMatchObject({ id: "log", path: "/" });
    expect(next(GROUP)).toMatchObject({ id: "filter", path: "/logs/g/filters/new" });
  });

  it("says what the metric waits for, and leads there", () => {
    expect(next(FILTER)).toMatchObject({ id: "metric", path: "/logs/g?tab=filters", hint: expect.stringContaining("put events") });
    expect(next({ ...FILTER, attached: ["g"] })?.hint).toContain("replay the file");
    expect(next({ ...FILTER, attached: ["g"], shipping: ["g"] })?.hint).toContain("Let the clock run");
    // A metric of something else is not the filter's.
    expect(next({ ...FILTER, metrics: [{ ...METRIC, metricName: "Other" }] })?.id).toBe("metric");
  });

  it("leads to the metric itself once it has datapoints, with its dimensions", () => {
    const facts = { ...FILTER, metrics: [{ ...METRIC, dimensions: "Code=500" }] };
    expect(metricStep(facts, PATHS)).toEqual({ path: "/metrics?namespace=Shop&metric=Failed&dimensions=Code%3D500" });
    expect(next(facts)).toMatchObject({ id: "alarm", path: expect.stringContaining("namespace=Shop&metric=Failed") });
  });

  it("counts a person only once the subscription is confirmed", () => {
    const facts = { ...FILTER, metrics: [METRIC], alarms: [{ AlarmName: "a", StateValue: "OK" as const }], unconfirmed: 1 };
    expect(next(facts)).toMatchObject({ id: "person", hint: expect.stringContaining("inbox") });
    expect(next({ ...facts, subscriptions: 1 })?.id).toBe("fire");
  });

  it("tells confirmation mails from those of alarms", () => {
    expect(mailsText({ notifications: 0, confirmations: 0 })).toBe("no mail");
    expect(mailsText({ notifications: 0, confirmations: 1 })).toBe("1 confirmation mail");
    expect(mailsText({ notifications: 2, confirmations: 1 })).toBe("2 mails");
  });
});
