/** Which resource a member of an input names, for completion. The kinds are those of `workers/browser/resource-names.ts`. */

const BY_MEMBER: Readonly<Record<string, string>> = {
  logGroupName: "logGroup",
  logGroupNames: "logGroup",
  logGroupIdentifier: "logGroup",
  logGroupNamePrefix: "logGroup",
  AlarmName: "alarm",
  AlarmNames: "alarm",
  AlarmNamePrefix: "alarm",
  AlarmActions: "topicArn",
  OKActions: "topicArn",
  InsufficientDataActions: "topicArn",
  TopicArn: "topicArn",
  TargetArn: "topicArn",
  SubscriptionArn: "subscriptionArn",
  QueueUrl: "queueUrl",
  Namespace: "metricNamespace",
  MetricName: "metricName",
  logStreamName: "logStream",
  logStreamNames: "logStream",
  EventBusName: "eventBus",
  Rule: "rule",
  DashboardName: "dashboard",
  DashboardNames: "dashboard",
  GroupName: "xrayGroup",
  RuleName: "samplingRule",
  TrailName: "trail",
  UserName: "user",
  RoleName: "role",
  RoleArn: "roleArn",
  PolicyArn: "policyArn",
  InstanceId: "instance",
  InstanceIds: "instance",
  AutoScalingGroupName: "autoScalingGroup",
  AutoScalingGroupNames: "autoScalingGroup",
  LaunchConfigurationName: "launchConfiguration",
  LaunchConfigurationNames: "launchConfiguration",
};

/** A bare `Name` means what the operation is about. */
const BARE_NAME: readonly (readonly [string, RegExp, string])[] = [
  ["events", /Rule$/, "rule"],
  ["events", /EventBus$/, "eventBus"],
  ["cloudtrail", /Trail|Logging/, "trail"],
];

export function resourceKind(service: string, operation: string, member: string): string | undefined {
  if (member === "Name") return BARE_NAME.find(([of, verb]) => of === service && verb.test(operation))?.[2];
  if (operation.startsWith("Create") && /[nN]ame$/.test(member)) return undefined;
  return BY_MEMBER[member];
}
