/** An account with a launch configuration `small`, for groups: what the tests of Auto Scaling ask and look at. */
import type { Account } from "../../../../workers/account/account.ts";
import type { Activity, AutoScalingGroup, Instance } from "../../../../workers/model/generated/autoscaling.ts";
import { failure, openTestAccount, person, START } from "../../account/engine-harness.ts";

export const ZONES = ["us-east-1a", "us-east-1b"];

export interface Scene {
  readonly account: Account;
  /** Seconds since the start. */
  at(seconds: number): Promise<void>;
  as(operation: string, input?: object): Promise<Record<string, unknown>>;
  ec2(operation: string, input?: object): Promise<Record<string, unknown>>;
  group(name?: string): Promise<AutoScalingGroup | undefined>;
  instances(): Promise<readonly Instance[]>;
  /** Oldest first. */
  activities(more?: object): Promise<readonly Activity[]>;
  /** Code and message of a refusal. */
  refusal(operation: string, input: object): Promise<string>;
}

export async function openScene(): Promise<Scene> {
  const account = await openTestAccount();
  const call = async (service: string, operation: string, input: object = {}): Promise<Record<string, unknown>> =>
    (await person(account, service, operation, input)).output;
  const as = (operation: string, input: object = {}) => call("autoscaling", operation, input);
  await as("CreateLaunchConfiguration", { LaunchConfigurationName: "small", ImageId: "ami-12345678", InstanceType: "t3.micro" });
  const group = async (name = "web"): Promise<AutoScalingGroup | undefined> =>
    ((await as("DescribeAutoScalingGroups", { AutoScalingGroupNames: [name] }))["AutoScalingGroups"] as AutoScalingGroup[])[0];
  return {
    account,
    as,
    group,
    ec2: (operation, input) => call("ec2", operation, input),
    at: async (seconds) => void (await account.advanceTo(START + seconds * 1_000)),
    instances: async () => (await group())?.Instances ?? [],
    activities: async (more = {}) => [...((await as("DescribeScalingActivities", more))["Activities"] as Activity[])].reverse(),
    refusal: async (operation, input) => {
      const { code, message } = await failure(as(operation, input));
      return `${code}: ${message}`;
    },
  };
}

export const webGroup = (more: object = {}): object => ({
  AutoScalingGroupName: "web",
  LaunchConfigurationName: "small",
  MinSize: 0,
  MaxSize: 10,
  DesiredCapacity: 2,
  AvailabilityZones: ZONES,
  ...more,
});

/** A scene with the group `web`, whose instances are in service from the thirtieth second on. */
export async function sceneWithGroup(more: object = {}): Promise<Scene> {
  const scene = await openScene();
  await scene.as("CreateAutoScalingGroup", webGroup(more));
  await scene.at(30);
  return scene;
}
