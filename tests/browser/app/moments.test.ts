import { afterEach, describe, expect, it } from "vitest";
import { minuteOf, minutePath, showMoment } from "../../../src/app/moments.ts";
import { arnName, arnPath } from "../../../src/app/paths.ts";
import { rangeChoice, setRangeChoice } from "../../../src/app/time-range.ts";
import { cursorTime, unpin } from "../../../src/charts/cursor.ts";

const NOON = Date.UTC(2026, 2, 12, 12);
const MINUTE = 60_000;

afterEach(() => {
  unpin();
  setRangeChoice({ kind: "last", minutes: 60 });
});

describe("a moment on every page", () => {
  it("is the minute of its address, and nothing when the address holds none", () => {
    const path = minutePath("/trail", NOON + 12_345);
    expect(path).toBe(`/trail?minute=${NOON}`);
    expect(minuteOf(String(NOON + 12_345))).toEqual({ from: NOON, to: NOON + MINUTE - 1 });
    for (const odd of [undefined, "", "noon", "-1", "1e9", "99999999999999999999"]) expect(minuteOf(odd)).toBeUndefined();
  });
  it("pins the cursor and leaves a range alone that holds it", () => {
    showMoment(NOON - 5 * MINUTE, NOON);
    expect(cursorTime()).toBe(NOON - 5 * MINUTE);
    expect(rangeChoice()).toEqual({ kind: "last", minutes: 60 });
  });
  it("moves a range that does not hold it around it", () => {
    showMoment(NOON - 300 * MINUTE + 5, NOON);
    expect(rangeChoice()).toEqual({ kind: "fixed", from: NOON - 315 * MINUTE, to: NOON - 285 * MINUTE });
  });
});

describe("an ARN", () => {
  it.each([
    ["arn:aws:cloudwatch:us-east-1:123456789012:alarm:a b", "a b", "/alarms/a%20b"],
    ["arn:aws:logs:us-east-1:123456789012:log-group:/shop/web:*", "/shop/web", "/logs/%2Fshop%2Fweb"],
    ["arn:aws:logs:us-east-1:123456789012:log-group:/shop/web:log-stream:i-1", "/shop/web › i-1", "/logs/%2Fshop%2Fweb"],
    ["arn:aws:sns:us-east-1:123456789012:on-call", "on-call", "/inbox"],
    ["arn:aws:sqs:us-east-1:123456789012:jobs", "jobs", "/queues?queue=jobs"],
    ["arn:aws:events:us-east-1:123456789012:event-bus/default", "default", "/events/rules?bus=default"],
    ["arn:aws:events:us-east-1:123456789012:rule/orders", "orders", "/events/rules/default/orders"],
    ["arn:aws:events:us-east-1:123456789012:rule/side/orders", "side/orders", "/events/rules/side/orders"],
    ["arn:aws:iam::123456789012:role/deployer", "deployer", "/iam/roles/deployer"],
    ["arn:aws:xray:us-east-1:123456789012:sampling-rule/checkout", "checkout", "/traces/sampling"],
    ["arn:aws:xray:us-east-1:123456789012:group/slow/A1", "slow/A1", "/traces/groups"],
    ["not an arn", "not an arn", undefined],
  ])("%s has a name and, where there is one, a page", (arn, name, path) => {
    expect(arnName(arn)).toBe(name);
    expect(arnPath(arn)).toBe(path);
  });
});
