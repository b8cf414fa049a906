/** Launch configurations: what a group's instances are launched as. They cannot be changed, only replaced. */
import type { Operations } from "../../model/generated/autoscaling.ts";
import type { Context } from "../contract.ts";
import { arnOf, groups, type LaunchDoc, launches } from "./documents.ts";
import { alreadyExists, inUse, invalid, onlyBuilt } from "./failures.ts";
import { pageOf } from "./pages.ts";

type In<K extends keyof Operations> = Operations[K]["input"];
type Out<K extends keyof Operations> = Operations[K]["output"];

export const noLaunch = (name: string): Error => invalid(`Launch configuration name not found - Launch configuration ${name} not found`);

export function createLaunchConfiguration(ctx: Context, input: In<"CreateLaunchConfiguration">): Out<"CreateLaunchConfiguration"> {
  const { LaunchConfigurationName: name, ImageId: image, InstanceType: type } = input;
  onlyBuilt("CreateLaunchConfiguration", input, ["LaunchConfigurationName", "ImageId", "InstanceType", "InstanceMonitoring"]);
  if (launches(ctx).has(name)) {
    throw alreadyExists(`Launch Configuration by this name already exists - A launch configuration already exists with the name ${name}`);
  }
  if (image === undefined || type === undefined)
    throw invalid("Valid requests must contain either the InstanceID parameter or both the ImageId and InstanceType parameters.");
  if (!/^ami-(?:[0-9a-f]{8}|[0-9a-f]{17})$/.test(image)) {
    throw invalid(
      `AMI cannot be described - Invalid id: "${image}" (expecting "ami-...")`,
      "Any well-formed id will do here: ami-0123456789abcdef0.",
    );
  }
  if (!/^[a-z][a-z0-9-]*\.[a-z0-9-]+$/.test(type)) throw invalid(`Invalid instance type: '${type}'`);
  const arn = arnOf(ctx, "launchConfiguration", ctx.uuid("launch-configuration"), `launchConfigurationName/${name}`);
  launches(ctx).put(name, { name, arn, image, type, monitoring: input.InstanceMonitoring?.Enabled !== false, created: ctx.now });
  return {};
}

export function describeLaunchConfigurations(ctx: Context, input: In<"DescribeLaunchConfigurations">): Out<"DescribeLaunchConfigurations"> {
  const { LaunchConfigurationNames: names = [] } = input;
  const found = launches(ctx)
    .values()
    .filter(({ name }) => names.length === 0 || names.includes(name));
  const { page, token } = pageOf(found, ({ name }) => name, input);
  return { LaunchConfigurations: page.map(answerOf), ...token };
}

const answerOf = ({ name, arn, image, type, monitoring, created }: LaunchDoc) => ({
  LaunchConfigurationName: name,
  LaunchConfigurationARN: arn,
  ImageId: image,
  KeyName: "",
  SecurityGroups: [],
  UserData: "",
  InstanceType: type,
  BlockDeviceMappings: [],
  InstanceMonitoring: { Enabled: monitoring },
  CreatedTime: created,
  EbsOptimized: false,
});

export function deleteLaunchConfiguration(ctx: Context, input: In<"DeleteLaunchConfiguration">): Out<"DeleteLaunchConfiguration"> {
  const name = input.LaunchConfigurationName;
  if (!launches(ctx).has(name)) throw noLaunch(name);
  const user = groups(ctx)
    .values()
    .find(({ launch }) => launch === name);
  if (user !== undefined) throw inUse(`Cannot delete launch configuration ${name} because it is attached to AutoScalingGroup ${user.name}`);
  launches(ctx).delete(name);
  return {};
}
