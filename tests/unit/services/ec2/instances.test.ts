import { describe, expect, it } from "vitest";
import type { Instance } from "../../../../workers/model/generated/ec2.ts";
import { ec2 } from "../../../../workers/services/ec2/definition.ts";
import { failure } from "../../account/engine-harness.ts";
import { atOnce, type Harness, harness } from "../harness.ts";

const NOW = Date.UTC(2026, 2, 12, 9);
const SECOND = 1_000;
const IMAGE = "ami-0123456789abcdef0";

const open = (): Harness => harness(ec2, { now: NOW });

interface Described {
  readonly Reservations: readonly { readonly ReservationId: string; readonly Instances: readonly Instance[] }[];
  readonly NextToken?: string;
}

function run(h: Harness, count = 1, more: object = {}): readonly string[] {
  const input = { ImageId: IMAGE, InstanceType: "t3.micro", MinCount: count, MaxCount: count, ...more };
  const { Instances } = atOnce(h.call<{ Instances: readonly Instance[] }>("RunInstances", input));
  return Instances.map(({ InstanceId }) => InstanceId ?? "");
}
const describeAll = (h: Harness, input: object = {}): Described => atOnce(h.call<Described>("DescribeInstances", input));
const listed = (h: Harness, input: object = {}): readonly Instance[] =>
  describeAll(h, input).Reservations.flatMap(({ Instances }) => Instances);
const states = (h: Harness): readonly unknown[] => listed(h).map(({ State }) => State?.Name);
const told = (h: Harness): readonly unknown[] =>
  h.emissions.map(({ input }) => {
    const [entry] = (input as { Entries: readonly { Source: string; DetailType: string; Detail: string; Resources: string[] }[] }).Entries;
    expect(entry).toMatchObject({ Source: "aws.ec2", DetailType: "EC2 Instance State-change Notification" });
    const detail = JSON.parse(entry?.Detail ?? "{}") as { "instance-id": string; state: string };
    expect(entry?.Resources).toEqual([`arn:aws:ec2:us-east-1:123456789012:instance/${detail["instance-id"]}`]);
    return detail.state;
  });
/** Code and message of a refusal. */
async function refusal(h: Harness, operation: string, input: object, overrides = {}): Promise<string> {
  const { code, message } = await failure(Promise.resolve().then(() => h.call(operation, input, overrides)));
  return `${code}: ${message}`;
}

describe("the life of an instance", () => {
  it("runs after 15 seconds, stops after 20, starts again, is terminated, and is forgotten after an hour; each state is told", async () => {
    const h = open();
    const InstanceIds = run(h);
    expect(states(h)).toEqual(["pending"]);
    await h.advanceTo(NOW + 14 * SECOND);
    expect(states(h)).toEqual(["pending"]);
    await h.advanceTo(NOW + 15 * SECOND);
    expect(states(h)).toEqual(["running"]);
    expect(await h.call("StopInstances", { InstanceIds })).toEqual({
      StoppingInstances: [
        { InstanceId: InstanceIds[0], CurrentState: { Code: 64, Name: "stopping" }, PreviousState: { Code: 16, Name: "running" } },
      ],
    });
    await h.advanceTo(NOW + 35 * SECOND);
    expect(listed(h)[0]).toMatchObject({
      State: { Code: 80, Name: "stopped" },
      StateTransitionReason: "User initiated (2026-03-12 09:00:15 GMT)",
      StateReason: { Code: "Client.UserInitiatedShutdown", Message: "Client.UserInitiatedShutdown: User initiated shutdown" },
    });
    await h.call("StartInstances", { InstanceIds });
    expect(listed(h)[0]).toMatchObject({ StateTransitionReason: "", LaunchTime: NOW + 35 * SECOND });
    await h.advanceTo(NOW + 60 * SECOND);
    await h.call("TerminateInstances", { InstanceIds });
    await h.advanceTo(NOW + 80 * SECOND);
    expect(states(h)).toEqual(["terminated"]);
    await h.advanceTo(NOW + 80 * SECOND + 3_600 * SECOND);
    expect(states(h)).toEqual([]);
    expect(told(h)).toEqual(["pending", "running", "stopping", "stopped", "pending", "running", "shutting-down", "terminated"]);
  });

  it("is terminated out of any state, and what was on its way does not come", async () => {
    const h = open();
    const InstanceIds = run(h);
    await h.call("TerminateInstances", { InstanceIds });
    await h.advanceTo(NOW + 60 * SECOND);
    expect(told(h)).toEqual(["pending", "shutting-down", "terminated"]);
  });

  it("stays where it is when it is there already", async () => {
    const h = open();
    const InstanceIds = run(h);
    await h.advanceTo(NOW + 15 * SECOND);
    const running = { Code: 16, Name: "running" };
    expect(await h.call("StartInstances", { InstanceIds })).toEqual({
      StartingInstances: [{ InstanceId: InstanceIds[0], CurrentState: running, PreviousState: running }],
    });
    expect(told(h)).toEqual(["pending", "running"]);
  });

  it("keeps its state over a reboot, whose status checks begin anew", async () => {
    const h = open();
    const InstanceIds = run(h);
    const status = (): unknown =>
      atOnce(
        h.call<{ InstanceStatuses: readonly { InstanceStatus: { Status: string } }[] }>("DescribeInstanceStatus", {}),
      ).InstanceStatuses.map(({ InstanceStatus }) => InstanceStatus.Status);
    expect(status()).toEqual([]);
    await h.advanceTo(NOW + 15 * SECOND);
    expect(status()).toEqual(["initializing"]);
    await h.advanceTo(NOW + 120 * SECOND);
    expect(status()).toEqual(["ok"]);
    await h.call("RebootInstances", { InstanceIds });
    expect([status(), states(h), told(h)]).toEqual([["initializing"], ["running"], ["pending", "running"]]);
    await h.call("StopInstances", { InstanceIds });
    expect(await h.call("DescribeInstanceStatus", { IncludeAllInstances: true })).toMatchObject({
      InstanceStatuses: [{ InstanceState: { Name: "stopping" }, InstanceStatus: { Status: "not-applicable" } }],
    });
  });

  it("is monitored in detail when asked", async () => {
    const h = open();
    const InstanceIds = run(h);
    const monitoring = (): unknown => listed(h)[0]?.Monitoring;
    expect(monitoring()).toEqual({ State: "disabled" });
    const [InstanceId] = InstanceIds;
    expect(await h.call("MonitorInstances", { InstanceIds })).toEqual({
      InstanceMonitorings: [{ InstanceId, Monitoring: { State: "pending" } }],
    });
    await h.advanceTo(NOW + 15 * SECOND);
    expect(monitoring()).toEqual({ State: "enabled" });
    expect(await h.call("UnmonitorInstances", { InstanceIds })).toMatchObject({
      InstanceMonitorings: [{ Monitoring: { State: "disabling" } }],
    });
    expect(monitoring()).toEqual({ State: "disabled" });
    run(h, 1, { Monitoring: { Enabled: true } });
    expect(listed(h)[1]?.Monitoring).toEqual({ State: "pending" });
  });
});

describe("launching", () => {
  it("makes one reservation of all, with the tags asked for, in the zone asked for", () => {
    const h = open();
    const TagSpecifications = [{ ResourceType: "instance", Tags: [{ Key: "Name", Value: "web" }] }];
    run(h, 2, { TagSpecifications, Placement: { AvailabilityZone: "us-east-1c" } });
    const { Reservations } = describeAll(h);
    expect(Reservations).toHaveLength(1);
    expect(Reservations[0]).toMatchObject({
      OwnerId: "123456789012",
      Instances: [0, 1].map((AmiLaunchIndex) => ({
        AmiLaunchIndex,
        ImageId: IMAGE,
        InstanceType: "t3.micro",
        Placement: { AvailabilityZone: "us-east-1c" },
        Tags: [{ Key: "Name", Value: "web" }],
      })),
    });
    expect(listed(h).every(({ InstanceId = "" }) => /^i-[0-9a-f]{17}$/.test(InstanceId))).toBe(true);
  });

  it("answers a repeated call by its token, once", async () => {
    const h = open();
    const ids = run(h, 1, { ClientToken: "t" });
    expect(run(h, 1, { ClientToken: "t" })).toEqual(ids);
    expect(states(h)).toEqual(["pending"]);
    const other = { ImageId: IMAGE, MinCount: 1, MaxCount: 1, ClientToken: "t" };
    expect(await refusal(h, "RunInstances", other)).toMatch(/^IdempotentParameterMismatch: /);
  });

  it("launches what fits under the limit of twenty of a type, or nothing", async () => {
    const h = open();
    run(h, 18);
    const more = { ImageId: IMAGE, InstanceType: "t3.micro", MinCount: 1, MaxCount: 5 };
    expect(((await h.call("RunInstances", more)) as { Instances: unknown[] }).Instances).toHaveLength(2);
    expect(await refusal(h, "RunInstances", more)).toMatch(
      /^InstanceLimitExceeded: You have requested more instances \(21\) than your current/,
    );
    expect(run(h, 1, { InstanceType: "t3.small" })).toHaveLength(1);
    const first = listed(h)[0]?.InstanceId;
    await h.call("TerminateInstances", { InstanceIds: [first] });
    await h.advanceTo(NOW + 20 * SECOND);
    expect(run(h)).toHaveLength(1);
  });

  const base = { ImageId: IMAGE, MinCount: 1, MaxCount: 1 };
  it.each([
    [{ ImageId: undefined }, "MissingParameter: The request must contain the parameter ImageId"],
    [{ ImageId: "linux" }, 'InvalidAMIID.Malformed: Invalid id: "linux" (expecting "ami-...")'],
    [{ MinCount: 0 }, "InvalidParameterValue: Value ( 0 ) for parameter minCount is invalid. Expecting a value greater than 0."],
    [{ MinCount: 2 }, "InvalidParameterValue: Value ( 1 ) for parameter maxCount is invalid. Expecting a value no less than minCount, 2."],
    [{ Placement: { AvailabilityZone: "eu-west-1a" } }, "InvalidParameterValue: Invalid availability zone: [eu-west-1a]"],
    [{ Placement: { Tenancy: "dedicated" } }, "NotImplemented: Placement.Tenancy of RunInstances is not built in Nephoscope."],
    [{ KeyName: "k" }, "NotImplemented: The parameter KeyName of RunInstances is not built in Nephoscope."],
    [{ TagSpecifications: [{ ResourceType: "volume" }] }, "NotImplemented: Tagging volume in RunInstances is not built in Nephoscope."],
    [
      { TagSpecifications: [{ ResourceType: "instance", Tags: [{ Key: "aws:x", Value: "" }] }] },
      "InvalidParameterValue: Tag keys starting with 'aws:' are reserved for internal use",
    ],
    [{ DryRun: true }, "DryRunOperation: Request would have succeeded, but DryRun flag is set."],
  ])("refuses %j", async (more, expected) => {
    const h = open();
    expect(await refusal(h, "RunInstances", { ...base, ...more })).toBe(expected);
    expect([states(h), h.emissions]).toEqual([[], []]);
  });

  it("lets a service set reserved tags", () => {
    const h = open();
    const identity = { id: "autoscaling.amazonaws.com", type: "AWSService", accountId: "123456789012" } as const;
    const TagSpecifications = [{ ResourceType: "instance", Tags: [{ Key: "aws:autoscaling:groupName", Value: "g" }] }];
    atOnce(h.call("RunInstances", { ...base, TagSpecifications }, { identity }));
    expect(describeAll(h).Reservations[0]).toMatchObject({ RequesterId: "autoscaling.amazonaws.com" });
  });
});

describe("changing instances", () => {
  const GONE = "i-0123456789abcdef0";
  it.each([
    ["StopInstances", [GONE], `InvalidInstanceID.NotFound: The instance ID '${GONE}' does not exist`],
    ["StartInstances", ["web"], 'InvalidInstanceID.Malformed: Invalid id: "web"'],
    ["TerminateInstances", [GONE, "i-12345678"], `InvalidInstanceID.NotFound: The instance IDs '${GONE}, i-12345678' do not exist`],
  ])("%s refuses %j, and touches none of the others", async (operation, ids, expected) => {
    const h = open();
    const own = run(h);
    await h.advanceTo(NOW + 15 * SECOND);
    expect(await refusal(h, operation, { InstanceIds: [...own, ...ids] })).toBe(expected);
    expect(states(h)).toEqual(["running"]);
  });

  it("refuses ways that do not lead from where the instance is", async () => {
    const h = open();
    const InstanceIds = run(h);
    const [id] = InstanceIds;
    const wrong = (word: string): string => `IncorrectInstanceState: The instance '${id}' is not in a state from which it can be ${word}.`;
    expect(await refusal(h, "StopInstances", { InstanceIds })).toBe(wrong("stopped"));
    expect(await refusal(h, "RebootInstances", { InstanceIds })).toBe(wrong("rebooted"));
    await h.call("TerminateInstances", { InstanceIds });
    expect(await refusal(h, "StartInstances", { InstanceIds })).toBe(wrong("started"));
    expect(await refusal(h, "MonitorInstances", { InstanceIds })).toBe(wrong("monitored"));
    expect(await refusal(h, "StopInstances", { InstanceIds, Hibernate: true })).toMatch(/^NotImplemented: /);
  });
});
