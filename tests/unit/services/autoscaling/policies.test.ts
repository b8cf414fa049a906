import { describe, expect, it } from "vitest";
import type { StepAdjustment } from "../../../../workers/model/generated/autoscaling.ts";
import { adjusted, stepFor } from "../../../../workers/services/autoscaling/execute-policy.ts";
import { type Scene, sceneWithGroup } from "./scene.ts";

const step = (low: number | undefined, high: number | undefined, ScalingAdjustment: number): StepAdjustment => ({
  ...(low === undefined ? {} : { MetricIntervalLowerBound: low }),
  ...(high === undefined ? {} : { MetricIntervalUpperBound: high }),
  ScalingAdjustment,
});

describe("the step of a breach", () => {
  const out = [step(0, 10, 1), step(10, 20, 2), step(20, undefined, 3)];
  const back = [step(-10, 0, -1), step(undefined, -10, -2)];
  it.each([
    [out, 0, 1],
    [out, 9.9, 1],
    [out, 10, 2],
    [out, 20, 3],
    [out, 1e9, 3],
    [out, -1, undefined],
    [back, 0, -1],
    [back, -9.9, -1],
    [back, -10, -2],
    [back, -10.1, -2],
    [back, 1, undefined],
  ])("of %j at %f is %s", (steps, breach, expected) => {
    expect(stepFor(steps, breach)?.ScalingAdjustment).toBe(expected);
  });
});

describe("an adjustment", () => {
  const bounds = { min: 1, max: 20 };
  it.each([
    ["ChangeInCapacity", 3, 4, undefined, 7],
    ["ChangeInCapacity", -3, 2, undefined, 1],
    ["ExactCapacity", 5, 9, undefined, 5],
    ["ExactCapacity", 50, 9, undefined, 20],
    // Parts of an instance: 12.7 counts as 12, 0.67 as 1, -0.58 as -1, -6.67 as -6.
    ["PercentChangeInCapacity", 127, 10, undefined, 20],
    ["PercentChangeInCapacity", 27, 10, undefined, 12],
    ["PercentChangeInCapacity", 10, 5, undefined, 6],
    ["PercentChangeInCapacity", -10, 5, undefined, 4],
    ["PercentChangeInCapacity", -67, 10, undefined, 4],
    ["PercentChangeInCapacity", 10, 10, 3, 13],
    ["PercentChangeInCapacity", -10, 10, 3, 7],
    ["PercentChangeInCapacity", 0, 10, 3, 10],
  ] as const)("%s by %d of %d, at least %s, is %d", (adjustment, by, base, least, expected) => {
    expect(adjusted({ adjustment, ...(least === undefined ? {} : { least }) }, by, base, bounds)).toBe(expected);
  });
});

const GROUP = { AutoScalingGroupName: "web" };
const desired = async (scene: Scene): Promise<number | undefined> => (await scene.group())?.DesiredCapacity;
const put = (scene: Scene, PolicyName: string, more: object): Promise<Record<string, unknown>> =>
  scene.as("PutScalingPolicy", { ...GROUP, PolicyName, AdjustmentType: "ChangeInCapacity", ...more });

describe("a simple policy", () => {
  it("changes the capacity, then keeps the group from others that honour its cooldown until that is over", async () => {
    const scene = await sceneWithGroup();
    await put(scene, "more", { ScalingAdjustment: 1, Cooldown: 60 });
    const execute = { ...GROUP, PolicyName: "more", HonorCooldown: true };
    await scene.as("ExecutePolicy", execute);
    expect(await desired(scene)).toBe(3);
    const blocked = /^ScalingActivityInProgress: Scaling activity [0-9a-f-]{36} is in progress and blocking this action$/;
    expect(await scene.refusal("ExecutePolicy", execute)).toMatch(blocked);
    await scene.at(90);
    expect((await scene.activities()).at(-1)?.Cause).toMatch(
      /^At 2026-03-12T09:00:30Z a user request executed policy more changing the desired capacity from 2 to 3\. {2}/,
    );
    // In service after about half a minute; the cooldown of 60 seconds began with that.
    expect(await scene.refusal("ExecutePolicy", execute)).toMatch(blocked);
    expect(await scene.refusal("SetDesiredCapacity", { ...GROUP, DesiredCapacity: 1, HonorCooldown: true })).toMatch(blocked);
    await scene.as("ExecutePolicy", { ...GROUP, PolicyName: "more" });
    expect(await desired(scene)).toBe(4);
    await scene.at(240);
    await scene.as("ExecutePolicy", execute);
    expect(await desired(scene)).toBe(5);
  });

  it("takes the group's cooldown where it has none, and starts none where it changes nothing", async () => {
    const scene = await sceneWithGroup({ DefaultCooldown: 1000, MaxSize: 3 });
    const { PolicyARN } = await put(scene, "more", { ScalingAdjustment: 5 });
    const execute = { PolicyName: PolicyARN, HonorCooldown: true };
    await scene.as("ExecutePolicy", execute);
    expect(await desired(scene)).toBe(3);
    await scene.at(900);
    expect(await scene.refusal("ExecutePolicy", execute)).toMatch(/^ScalingActivityInProgress: /);
    await scene.at(1100);
    await scene.as("ExecutePolicy", execute);
    await scene.as("ExecutePolicy", execute);
    expect(await desired(scene)).toBe(3);
  });
});

describe("a step policy", () => {
  const steps = { PolicyType: "StepScaling", EstimatedInstanceWarmup: 120, StepAdjustments: [step(0, 10, 1), step(10, undefined, 3)] };
  const at = (MetricValue: number): object => ({ ...GROUP, PolicyName: "steps", MetricValue, BreachThreshold: 50 });

  it("does not count instances that warm up: the same step adds none, a larger one only what is left", async () => {
    const scene = await sceneWithGroup();
    await put(scene, "steps", steps);
    await scene.as("ExecutePolicy", at(55));
    expect(await desired(scene)).toBe(3);
    await scene.at(100);
    await scene.as("ExecutePolicy", at(55));
    expect(await desired(scene)).toBe(3);
    await scene.as("ExecutePolicy", at(65));
    expect(await desired(scene)).toBe(5);
    await scene.at(400);
    await scene.as("ExecutePolicy", at(55));
    expect(await desired(scene)).toBe(6);
  });

  it("takes none away while instances warm up", async () => {
    const scene = await sceneWithGroup();
    await put(scene, "steps", steps);
    await put(scene, "less", { PolicyType: "StepScaling", StepAdjustments: [step(undefined, 0, -1)] });
    await scene.as("ExecutePolicy", at(55));
    await scene.at(60);
    const less = { ...GROUP, PolicyName: "less", MetricValue: 10, BreachThreshold: 20 };
    expect(await scene.refusal("ExecutePolicy", less)).toBe(
      "ScalingActivityInProgress: Instances of the group web are warming up; it does not scale in meanwhile",
    );
    await scene.at(400);
    await scene.as("ExecutePolicy", less);
    expect(await desired(scene)).toBe(2);
  });

  it.each([
    [{ PolicyName: "steps" }, "MetricValue and BreachThreshold are required for policy type StepScaling"],
    [at(40), "No step adjustment found for metric value 40 and breach threshold 50"],
    [{ ...at(55), HonorCooldown: true }, "HonorCooldown is not supported by policy type StepScaling"],
    [
      { ...GROUP, PolicyName: "simple", MetricValue: 1, BreachThreshold: 1 },
      "MetricValue and BreachThreshold are not supported by policy type SimpleScaling",
    ],
    [{ ...GROUP, PolicyName: "off" }, "The scaling policy off is disabled"],
    [{ ...GROUP, PolicyName: "none" }, "PolicyName not found - No scaling policy found with the name none"],
  ])("is not executed by %j", async (input, message) => {
    const scene = await sceneWithGroup();
    await put(scene, "steps", steps);
    await put(scene, "simple", { ScalingAdjustment: 1 });
    await put(scene, "off", { ScalingAdjustment: 1, Enabled: false });
    expect(await scene.refusal("ExecutePolicy", { ...GROUP, ...input })).toBe(`ValidationError: ${message}`);
    expect(await desired(scene)).toBe(2);
  });
});

describe("policies", () => {
  it("are put, put again under the same ARN, described by group, name and kind, and deleted", async () => {
    const scene = await sceneWithGroup();
    const { PolicyARN } = await put(scene, "p", { ScalingAdjustment: 1 });
    expect(PolicyARN).toMatch(
      /^arn:aws:autoscaling:us-east-1:123456789012:scalingPolicy:[0-9a-f-]{36}:autoScalingGroupName\/web:policyName\/p$/,
    );
    await put(scene, "q", { PolicyType: "StepScaling", StepAdjustments: [step(0, undefined, 1)], MetricAggregationType: "Maximum" });
    expect((await put(scene, "p", { ScalingAdjustment: 2, Cooldown: 5 }))["PolicyARN"]).toBe(PolicyARN);
    const alarm = { Namespace: "N", MetricName: "m", Statistic: "Average", Period: 60, EvaluationPeriods: 1, Threshold: 1 };
    await scene.account.call({
      service: "cloudwatch",
      operation: "PutMetricAlarm",
      input: { AlarmName: "high", ...alarm, ComparisonOperator: "GreaterThanThreshold", AlarmActions: [PolicyARN] },
      region: "us-east-1",
      caller: { kind: "person", principal: "developer" },
      via: "form",
    });
    const described = async (input: object): Promise<unknown> => (await scene.as("DescribePolicies", input))["ScalingPolicies"];
    expect(await described({ ...GROUP, PolicyNames: ["p"] })).toEqual([
      {
        ...GROUP,
        PolicyName: "p",
        PolicyARN,
        PolicyType: "SimpleScaling",
        AdjustmentType: "ChangeInCapacity",
        ScalingAdjustment: 2,
        Cooldown: 5,
        StepAdjustments: [],
        Alarms: [{ AlarmName: "high", AlarmARN: "arn:aws:cloudwatch:us-east-1:123456789012:alarm:high" }],
        Enabled: true,
      },
    ]);
    expect(await described({ PolicyTypes: ["StepScaling"] })).toMatchObject([{ PolicyName: "q", MetricAggregationType: "Maximum" }]);
    await scene.as("DeletePolicy", { PolicyName: PolicyARN });
    expect(await described(GROUP)).toMatchObject([{ PolicyName: "q" }]);
    expect(await scene.refusal("DeletePolicy", { ...GROUP, PolicyName: "p" })).toMatch(/^ValidationError: PolicyName not found/);
    expect(await scene.refusal("DescribePolicies", { AutoScalingGroupName: "none" })).toBe("ValidationError: Group none not found");
  });

  it.each([
    [{ PolicyType: "TargetTrackingScaling" }, "NotImplemented: The policy type TargetTrackingScaling is not built in Nephoscope."],
    [{ PolicyType: "Other" }, /^ValidationError: Unsupported policy type: Other\. Valid values are: /],
    [
      { AdjustmentType: "Double" },
      "ValidationError: Adjustment type must be one of ChangeInCapacity, ExactCapacity, PercentChangeInCapacity",
    ],
    [{}, "ValidationError: ScalingAdjustment is required for policy type SimpleScaling"],
    [
      { ScalingAdjustment: 1, StepAdjustments: [step(0, 1, 1)] },
      "ValidationError: StepAdjustments is not supported by policy type SimpleScaling",
    ],
    [{ ScalingAdjustment: 1, MinAdjustmentMagnitude: 1 }, /^ValidationError: MinAdjustmentMagnitude is not supported/],
    [{ PolicyType: "StepScaling" }, "ValidationError: At least one StepAdjustment is required for policy type StepScaling"],
    [{ PolicyType: "StepScaling", Cooldown: 1 }, "ValidationError: Cooldown is not supported by policy type StepScaling"],
    [
      { PolicyType: "StepScaling", StepAdjustments: [step(0, 10, 1), step(5, undefined, 2)] },
      "ValidationError: StepAdjustment intervals can't overlap",
    ],
    [
      { PolicyType: "StepScaling", StepAdjustments: [step(10, undefined, 2), step(0, 5, 1)] },
      "ValidationError: There can't be a gap between StepAdjustment intervals",
    ],
    [{ PolicyType: "StepScaling", StepAdjustments: [step(5, 5, 1)] }, /^ValidationError: MetricIntervalLowerBound must be less than/],
  ])("that cannot be are refused: %j", async (more, expected) => {
    const scene = await sceneWithGroup({ DesiredCapacity: 0 });
    const said = await scene.refusal("PutScalingPolicy", { ...GROUP, PolicyName: "p", AdjustmentType: "ChangeInCapacity", ...more });
    expect(said).toEqual(typeof expected === "string" ? expected : expect.stringMatching(expected));
  });
});
