import { describe, expect, it } from "vitest";
import { START } from "../../unit/account/engine-harness.ts";
import { openBook } from "./book.ts";
import { formClient, tag } from "./form-client.ts";

const book = await openBook();
const { ok, no } = formClient(book, "autoscaling", "2011-01-01");
const launch = { LaunchConfigurationName: "small" };
const group = { AutoScalingGroupName: "web" };
const none = { AutoScalingGroupName: "none" };

describe("Auto Scaling at the wire", () => {
  it("keeps launch configurations and groups", async () => {
    await ok("CreateLaunchConfiguration", { ...launch, ImageId: "ami-12345678", InstanceType: "t3.micro" });
    await no("AlreadyExists", "CreateLaunchConfiguration", { ...launch, ImageId: "ami-12345678", InstanceType: "t3.micro" });
    expect(await ok("DescribeLaunchConfigurations")).toContain("<InstanceMonitoring><Enabled>true</Enabled></InstanceMonitoring>");
    await no("InvalidNextToken", "DescribeLaunchConfigurations", { NextToken: "x" });
    const sizes = { MinSize: "1", MaxSize: "3", "AvailabilityZones.member.1": "us-east-1a" };
    await ok("CreateAutoScalingGroup", { ...group, ...launch, ...sizes });
    await no("AlreadyExists", "CreateAutoScalingGroup", { ...group, ...launch, ...sizes });
    await no("ResourceInUse", "DeleteLaunchConfiguration", launch);
    await ok("UpdateAutoScalingGroup", { ...group, MaxSize: "4" });
    await no("ValidationError", "UpdateAutoScalingGroup", { ...none, MaxSize: "4" });
    await ok("SetDesiredCapacity", { ...group, DesiredCapacity: "2" });
    await no("ValidationError", "SetDesiredCapacity", { ...group, DesiredCapacity: "5" });
    await book.account.advanceTo(START + 30_000);
    const described = await ok("DescribeAutoScalingGroups", { "AutoScalingGroupNames.member.1": "web" });
    expect(described.match(/<LifecycleState>InService<\/LifecycleState>/g)).toHaveLength(2);
    await no("ValidationError", "DescribeAutoScalingGroups", { MaxRecords: "101" });
    expect(await ok("DescribeScalingActivities", group)).toContain("<StatusCode>Successful</StatusCode>");
    await no("ValidationError", "DescribeScalingActivities", none);
    const InstanceId = tag(await ok("DescribeAutoScalingInstances"), "InstanceId");
    await no("ValidationError", "DescribeAutoScalingInstances", { MaxRecords: "51" });
    const terminate = { InstanceId, ShouldDecrementDesiredCapacity: "true" };
    expect(await ok("TerminateInstanceInAutoScalingGroup", terminate)).toContain("<StatusCode>InProgress</StatusCode>");
    await no("ScalingActivityInProgress", "TerminateInstanceInAutoScalingGroup", terminate);
  });

  it("keeps and executes policies, and deletes", async () => {
    const policy = { ...group, PolicyName: "more" };
    const change = { AdjustmentType: "ChangeInCapacity", ScalingAdjustment: "1" };
    expect(tag(await ok("PutScalingPolicy", { ...policy, ...change }), "PolicyARN")).toContain(":policyName/more");
    await no("NotImplemented", "PutScalingPolicy", { ...policy, ...change, PolicyType: "TargetTrackingScaling" });
    expect(await ok("DescribePolicies", group)).toContain("<ScalingAdjustment>1</ScalingAdjustment>");
    await no("ValidationError", "DescribePolicies", none);
    await ok("ExecutePolicy", { ...policy, HonorCooldown: "true" });
    await no("ScalingActivityInProgress", "ExecutePolicy", { ...policy, HonorCooldown: "true" });
    await ok("DeletePolicy", policy);
    await no("ValidationError", "DeletePolicy", policy);
    await no("ResourceInUse", "DeleteAutoScalingGroup", group);
    await ok("DeleteAutoScalingGroup", { ...group, ForceDelete: "true" });
    await book.account.advanceTo(START + 120_000);
    await ok("DeleteLaunchConfiguration", launch);
  });

  it("and none is left out", () => book.complete("autoscaling"));
});
