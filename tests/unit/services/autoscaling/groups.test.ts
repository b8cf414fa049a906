import { describe, expect, it } from "vitest";
import { person } from "../../account/engine-harness.ts";
import { openScene, type Scene, sceneWithGroup, webGroup, ZONES } from "./scene.ts";

const lifecycles = async (scene: Scene): Promise<readonly string[]> =>
  (await scene.instances()).map(({ LifecycleState }) => LifecycleState);
const idsOf = async (scene: Scene): Promise<readonly string[]> => (await scene.instances()).map(({ InstanceId }) => InstanceId);

describe("a group keeps its capacity", () => {
  it("launches what is wanted, spread over its zones, tagged with its name, and tells each launch", async () => {
    const scene = await openScene();
    const bus = { Name: "told", EventPattern: '{"source":["aws.autoscaling"]}' };
    await person(scene.account, "sqs", "CreateQueue", { QueueName: "q" });
    await person(scene.account, "events", "PutRule", bus);
    await person(scene.account, "events", "PutTargets", {
      Rule: "told",
      Targets: [{ Id: "q", Arn: "arn:aws:sqs:us-east-1:123456789012:q" }],
    });
    const Tags = [
      { Key: "team", Value: "blue", PropagateAtLaunch: true },
      { Key: "own", Value: "x", PropagateAtLaunch: false },
    ];
    await scene.as("CreateAutoScalingGroup", webGroup({ Tags }));
    expect(await scene.instances()).toEqual([]);
    await scene.at(2);
    expect(await lifecycles(scene)).toEqual(["Pending", "Pending"]);
    expect((await scene.activities()).map(({ StatusCode, Progress }) => [StatusCode, Progress])).toEqual([
      ["InProgress", 50],
      ["InProgress", 50],
    ]);
    await scene.at(30);
    const instances = await scene.instances();
    expect(instances.map(({ AvailabilityZone }) => AvailabilityZone).sort()).toEqual(ZONES);
    expect(instances.every((one) => one.LifecycleState === "InService" && one.HealthStatus === "Healthy")).toBe(true);
    const [first] = await scene.activities();
    expect(first).toMatchObject({
      StatusCode: "Successful",
      Description: expect.stringMatching(/^Launching a new EC2 instance: i-/),
      Cause:
        "At 2026-03-12T09:00:00Z a user request created an AutoScalingGroup changing the desired capacity from 0 to 2.  At 2026-03-12T09:00:01Z an instance was started in response to a difference between desired and actual capacity, increasing the capacity from 0 to 2.",
    });
    const { Reservations } = await scene.ec2("DescribeInstances", {
      Filters: [{ Name: "tag:aws:autoscaling:groupName", Values: ["web"] }],
    });
    expect(JSON.stringify(Reservations)).toContain('"Key":"team"');
    expect(JSON.stringify(Reservations)).not.toContain('"Key":"own"');
    const { Messages } = (await person(scene.account, "sqs", "ReceiveMessage", { QueueUrl: "q", MaxNumberOfMessages: 10 })).output;
    const events = (Messages as { Body: string }[]).map(({ Body }) => JSON.parse(Body) as Record<string, unknown>);
    const group = await scene.group();
    expect(events).toHaveLength(2);
    for (const event of events) {
      const detail = event["detail"] as Record<string, unknown>;
      expect(event).toMatchObject({ source: "aws.autoscaling", "detail-type": "EC2 Instance Launch Successful" });
      expect(event["resources"]).toEqual([group?.AutoScalingGroupARN, expect.stringContaining(String(detail["EC2InstanceId"]))]);
      expect(detail).toMatchObject({
        AutoScalingGroupName: "web",
        StatusCode: "InProgress",
        Origin: "EC2",
        Destination: "AutoScalingGroup",
      });
    }
  });

  it("takes out what is too much from the fuller zone, the oldest first", async () => {
    const scene = await sceneWithGroup({ DesiredCapacity: 3 });
    const before = await scene.instances();
    const full = before.filter(({ AvailabilityZone }) => AvailabilityZone === ZONES[0]).map(({ InstanceId }) => InstanceId);
    expect(full).toHaveLength(2);
    await scene.as("SetDesiredCapacity", { AutoScalingGroupName: "web", DesiredCapacity: 2 });
    await scene.at(32);
    const [leaving] = (await scene.instances()).filter(({ LifecycleState }) => LifecycleState === "Terminating");
    expect(full).toContain(leaving?.InstanceId);
    await scene.at(60);
    expect(await lifecycles(scene)).toEqual(["InService", "InService"]);
    expect((await scene.activities()).at(-1)).toMatchObject({
      StatusCode: "Successful",
      Description: `Terminating EC2 instance: ${leaving?.InstanceId}`,
      Cause: expect.stringMatching(
        /^At 2026-03-12T09:00:30Z a user request explicitly set group desired capacity changing the desired capacity from 3 to 2\. {2}At 2026-03-12T09:00:31Z an instance was taken out of service in response to a difference between desired and actual capacity, shrinking the capacity from 3 to 2\. {2}At 2026-03-12T09:00:31Z instance i-\w+ was selected for termination\.$/,
      ),
    });
  });

  it("replaces an instance that somebody stopped, within about a minute", async () => {
    const scene = await sceneWithGroup();
    const [victim = ""] = await idsOf(scene);
    await scene.ec2("StopInstances", { InstanceIds: [victim] });
    await scene.at(95);
    expect((await scene.instances()).find(({ InstanceId }) => InstanceId === victim)).toMatchObject({
      LifecycleState: "Terminating",
      HealthStatus: "Unhealthy",
    });
    await scene.at(150);
    const now = await idsOf(scene);
    expect([now.length, now.includes(victim)]).toEqual([2, false]);
    const causes = (await scene.activities()).slice(2).map(({ Cause }) => Cause);
    expect(causes).toEqual([
      expect.stringContaining("in response to an EC2 health check indicating it has been terminated or stopped."),
      expect.stringContaining("an instance was launched in response to an unhealthy instance needing to be replaced."),
    ]);
  });

  it("says that it cannot launch, tries again after a while, and at once when it is changed", async () => {
    const scene = await openScene();
    const twenty = { ImageId: "ami-12345678", InstanceType: "t3.micro", MinCount: 20, MaxCount: 20 };
    await scene.ec2("RunInstances", twenty);
    await scene.as("CreateAutoScalingGroup", webGroup({ DesiredCapacity: 1 }));
    await scene.at(50);
    expect(await scene.activities()).toMatchObject([
      {
        StatusCode: "Failed",
        Description: expect.stringMatching(/^Launching a new EC2 instance\. {2}Status Reason: You have requested more instances/),
        StatusMessage: expect.stringMatching(/^You have requested more instances/),
      },
    ]);
    await scene.at(400);
    // After one minute, two and four: the first look at or after each.
    expect((await scene.activities()).map(({ StatusCode }) => StatusCode)).toEqual(["Failed", "Failed", "Failed"]);
    await scene.as("CreateLaunchConfiguration", { LaunchConfigurationName: "other", ImageId: "ami-12345678", InstanceType: "t3.small" });
    await scene.as("UpdateAutoScalingGroup", { AutoScalingGroupName: "web", LaunchConfigurationName: "other" });
    await scene.at(430);
    expect(await lifecycles(scene)).toEqual(["InService"]);
  });

  it("is deleted with its instances when forced, and then its activities are only shown when asked for", async () => {
    const scene = await sceneWithGroup();
    const group = { AutoScalingGroupName: "web" };
    await scene.as("PutScalingPolicy", { ...group, PolicyName: "p", AdjustmentType: "ChangeInCapacity", ScalingAdjustment: 1 });
    expect(await scene.refusal("DeleteAutoScalingGroup", group)).toBe(
      "ResourceInUse: You cannot delete an AutoScalingGroup while there are instances or pending Spot instance request(s) still in the group.",
    );
    await scene.as("DeleteAutoScalingGroup", { ...group, ForceDelete: true });
    expect(await scene.group()).toMatchObject({ Status: "Delete in progress", DesiredCapacity: 0 });
    expect(await scene.refusal("SetDesiredCapacity", { ...group, DesiredCapacity: 1 })).toMatch(/^ScalingActivityInProgress: /);
    await scene.at(60);
    expect(await scene.group()).toBeUndefined();
    expect((await scene.as("DescribePolicies"))["ScalingPolicies"]).toEqual([]);
    expect(await scene.activities()).toEqual([]);
    expect(await scene.activities({ IncludeDeletedGroups: true })).toHaveLength(4);
    await scene.as("DeleteLaunchConfiguration", { LaunchConfigurationName: "small" });
  });

  it("rests when there is nothing to keep", async () => {
    const scene = await sceneWithGroup({ DesiredCapacity: 0 });
    const part = (): string | undefined => scene.account.stateHash({ parts: true }).parts?.["autoscaling"];
    const before = part();
    expect(before).toMatch(/^[0-9a-f]+$/);
    await scene.at(86_400);
    expect(part()).toBe(before);
  });
});

describe("terminating an instance of a group", () => {
  it("takes the desired capacity with it, or has the instance replaced", async () => {
    const scene = await sceneWithGroup({ DesiredCapacity: 2, MinSize: 1 });
    const [first, second] = await idsOf(scene);
    const answer = await scene.as("TerminateInstanceInAutoScalingGroup", { InstanceId: first, ShouldDecrementDesiredCapacity: true });
    expect(answer["Activity"]).toMatchObject({
      StatusCode: "InProgress",
      Cause: expect.stringContaining("shrinking the capacity from 2 to 1."),
    });
    await scene.at(60);
    expect([await idsOf(scene), (await scene.group())?.DesiredCapacity]).toEqual([[second], 1]);
    expect(await scene.refusal("TerminateInstanceInAutoScalingGroup", { InstanceId: second, ShouldDecrementDesiredCapacity: true })).toBe(
      "ValidationError: Currently, desiredSize equals minSize (1). Terminating instance without replacement will violate group's min size constraint. Either set shouldDecrementDesiredCapacity flag to false or lower group's min size.",
    );
    await scene.as("TerminateInstanceInAutoScalingGroup", { InstanceId: second, ShouldDecrementDesiredCapacity: false });
    await scene.at(120);
    const now = await idsOf(scene);
    expect([now.length, now[0] === second]).toEqual([1, false]);
    expect(await scene.as("DescribeAutoScalingInstances")).toMatchObject({
      AutoScalingInstances: [{ InstanceId: now[0], AutoScalingGroupName: "web", HealthStatus: "HEALTHY" }],
    });
    expect(await scene.refusal("TerminateInstanceInAutoScalingGroup", { InstanceId: first, ShouldDecrementDesiredCapacity: false })).toBe(
      `ValidationError: Instance Id not found - No managed instance found for instance ID: ${first}`,
    );
  });
});

describe("groups that cannot be", () => {
  it.each([
    [{ LaunchConfigurationName: "none" }, "ValidationError: Launch configuration name not found - Launch configuration none not found"],
    [{ MinSize: 3, MaxSize: 2 }, "ValidationError: Max bound, 2, must be greater than or equal to min bound, 3"],
    [{ DesiredCapacity: 11 }, "ValidationError: Desired capacity:11 must be between the specified min size:0 and max size:10"],
    [{ AvailabilityZones: [] }, "ValidationError: At least one Availability Zone or VPC Subnet is required."],
    [{ AvailabilityZones: ["us-east-1z"] }, "ValidationError: The availability zone 'us-east-1z' does not exist."],
    [
      { LaunchTemplate: { LaunchTemplateName: "small" } },
      "NotImplemented: The parameter LaunchTemplate of CreateAutoScalingGroup is not built in Nephoscope.",
    ],
    [{ HealthCheckType: "ELB" }, "NotImplemented: The health check ELB is not built in Nephoscope."],
    [
      { TerminationPolicies: ["OldestLaunchTemplate"] },
      "NotImplemented: The termination policy OldestLaunchTemplate is not built in Nephoscope.",
    ],
    [{ Tags: [{ Key: "aws:x" }] }, "ValidationError: The tag key 'aws:x' begins with aws:, which is reserved."],
  ])("are refused: %j", async (more, expected) => {
    const scene = await openScene();
    expect(await scene.refusal("CreateAutoScalingGroup", webGroup(more))).toBe(expected);
    expect(await scene.group()).toBeUndefined();
  });

  it("or are there already, or not there", async () => {
    const scene = await sceneWithGroup({ DesiredCapacity: 1, MinSize: 1 });
    expect(await scene.refusal("CreateAutoScalingGroup", webGroup())).toBe(
      "AlreadyExists: AutoScalingGroup by this name already exists - A group with the name web already exists",
    );
    const none = { AutoScalingGroupName: "none", DesiredCapacity: 1 };
    expect(await scene.refusal("SetDesiredCapacity", none)).toBe(
      "ValidationError: AutoScalingGroup name not found - AutoScalingGroup 'none' not found",
    );
    const web = { AutoScalingGroupName: "web" };
    expect(await scene.refusal("SetDesiredCapacity", { ...web, DesiredCapacity: 11 })).toBe(
      "ValidationError: New SetDesiredCapacity value 11 is above max value 10 for the AutoScalingGroup.",
    );
    expect(await scene.refusal("SetDesiredCapacity", { ...web, DesiredCapacity: 0 })).toBe(
      "ValidationError: New SetDesiredCapacity value 0 is below min value 1 for the AutoScalingGroup.",
    );
    await scene.as("UpdateAutoScalingGroup", { ...web, MinSize: 3 });
    expect(await scene.group()).toMatchObject({ MinSize: 3, DesiredCapacity: 3 });
    expect(await scene.refusal("DeleteLaunchConfiguration", { LaunchConfigurationName: "small" })).toBe(
      "ResourceInUse: Cannot delete launch configuration small because it is attached to AutoScalingGroup web",
    );
    expect(await scene.refusal("DescribeAutoScalingGroups", { NextToken: "x" })).toBe(
      "InvalidNextToken: The NextToken value is not valid.",
    );
  });
});
