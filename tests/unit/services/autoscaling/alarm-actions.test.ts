import { describe, expect, it } from "vitest";
import type { Account } from "../../../../workers/account/account.ts";
import { failure, person, START } from "../../account/engine-harness.ts";
import { openScene, type Scene, sceneWithGroup } from "./scene.ts";

const AUTOMATE = "arn:aws:automate:us-east-1:ec2";

interface Item {
  readonly HistorySummary: string;
  readonly HistoryData: string;
}

async function actions(account: Account, AlarmName = "a"): Promise<readonly string[]> {
  const { output } = await person(account, "cloudwatch", "DescribeAlarmHistory", {
    AlarmName,
    HistoryItemType: "Action",
    ScanBy: "TimestampAscending",
  });
  return (output["AlarmHistoryItems"] as readonly Item[]).map(({ HistorySummary, HistoryData }) => {
    const { actionState, error, notificationResource } = JSON.parse(HistoryData) as Record<string, string | null>;
    expect(HistorySummary).toContain(notificationResource);
    return `${actionState}: ${error}`;
  });
}

const putAlarm = (account: Account, more: object): Promise<unknown> =>
  person(account, "cloudwatch", "PutMetricAlarm", {
    AlarmName: "a",
    Namespace: "Shop",
    MetricName: "Load",
    Statistic: "Average",
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 50,
    ComparisonOperator: "GreaterThanOrEqualToThreshold",
    ...more,
  });
const setState = (account: Account, StateValue: string, more: object = {}): Promise<unknown> =>
  person(account, "cloudwatch", "SetAlarmState", { AlarmName: "a", StateValue, StateReason: "by hand", ...more });

async function sceneWithInstance(): Promise<{ readonly scene: Scene; readonly id: string; readonly state: () => Promise<unknown> }> {
  const scene = await openScene();
  const { Instances } = await scene.ec2("RunInstances", { ImageId: "ami-12345678", MinCount: 1, MaxCount: 1 });
  const [{ InstanceId: id = "" } = {}] = Instances as readonly { InstanceId?: string }[];
  await scene.at(30);
  const state = async (): Promise<unknown> => {
    const { Reservations } = await scene.ec2("DescribeInstances", { InstanceIds: [id] });
    return (Reservations as readonly { Instances: readonly { State: { Name: string } }[] }[])[0]?.Instances[0]?.State.Name;
  };
  return { scene, id, state };
}

describe("an alarm's action on its instance", () => {
  it.each([
    [`${AUTOMATE}:stop`, "stopping"],
    [`${AUTOMATE}:terminate`, "shutting-down"],
    [`${AUTOMATE}:reboot`, "running"],
    [`${AUTOMATE}:recover`, "running"],
    ["arn:aws:swf:us-east-1:123456789012:action/actions/AWS_EC2.InstanceId.Stop/1.0", "stopping"],
  ])("%s leaves it %s, and is in the history", async (arn, expected) => {
    const { scene, id, state } = await sceneWithInstance();
    await putAlarm(scene.account, { AlarmActions: [arn], Dimensions: [{ Name: "InstanceId", Value: id }] });
    await setState(scene.account, "ALARM");
    expect([await state(), await actions(scene.account)]).toEqual([expected, ["Succeeded: null"]]);
  });

  it("is recorded as CloudWatch's call under EC2's name", async () => {
    const { scene, id } = await sceneWithInstance();
    await putAlarm(scene.account, { AlarmActions: [`${AUTOMATE}:stop`], Dimensions: [{ Name: "InstanceId", Value: id }] });
    await setState(scene.account, "ALARM");
    await scene.at(600);
    const { Events } = (
      await person(scene.account, "cloudtrail", "LookupEvents", {
        LookupAttributes: [{ AttributeKey: "EventName", AttributeValue: "StopInstances" }],
      })
    ).output;
    const [event] = Events as readonly { CloudTrailEvent: string; EventSource: string }[];
    expect(event?.EventSource).toBe("ec2.amazonaws.com");
    expect(JSON.parse(event?.CloudTrailEvent ?? "{}")).toMatchObject({
      userIdentity: { type: "AWSService", invokedBy: "cloudwatch.amazonaws.com" },
      requestParameters: { instancesSet: { items: [{ instanceId: id }] } },
      responseElements: { instancesSet: { items: [{ instanceId: id, currentState: { code: 64, name: "stopping" } }] } },
      readOnly: false,
    });
  });

  it("tells of an instance that is not there, and of a metric that is of none", async () => {
    const scene = await openScene();
    await putAlarm(scene.account, { AlarmActions: [`${AUTOMATE}:stop`], Dimensions: [{ Name: "InstanceId", Value: "i-12345678" }] });
    await setState(scene.account, "ALARM");
    await setState(scene.account, "OK");
    await putAlarm(scene.account, { AlarmActions: [`${AUTOMATE}:stop`, `${AUTOMATE}:hibernate`] });
    await setState(scene.account, "ALARM");
    expect(await actions(scene.account)).toEqual([
      "Failed: The instance ID 'i-12345678' does not exist",
      "Failed: The alarm's metric has no dimension InstanceId.",
      `Failed: There is no EC2 action ${AUTOMATE}:hibernate.`,
    ]);
  });
});

describe("an alarm's scaling action", () => {
  async function withPolicy(policy: object, more: object = {}): Promise<Scene> {
    const scene = await sceneWithGroup();
    const named = { AutoScalingGroupName: "web", PolicyName: "p", AdjustmentType: "ChangeInCapacity" };
    const { PolicyARN } = await scene.as("PutScalingPolicy", { ...named, ...policy });
    await putAlarm(scene.account, { AlarmActions: [PolicyARN], ...more });
    return scene;
  }
  const desired = async (scene: Scene): Promise<number | undefined> => (await scene.group())?.DesiredCapacity;
  const put = (scene: Scene, Value: number, seconds: number): Promise<unknown> =>
    person(scene.account, "cloudwatch", "PutMetricData", {
      Namespace: "Shop",
      MetricData: [{ MetricName: "Load", Value, Timestamp: START + seconds * 1000 }],
    });
  const STEPS = [
    { MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 20, ScalingAdjustment: 1 },
    { MetricIntervalLowerBound: 20, ScalingAdjustment: 3 },
  ];
  const stepped = { PolicyType: "StepScaling", EstimatedInstanceWarmup: 60, StepAdjustments: STEPS };

  it("takes the step of the datapoint that breached, and of later ones every minute while the alarm lasts", async () => {
    const scene = await withPolicy(stepped);
    await put(scene, 55, 30);
    await scene.at(61);
    expect(await desired(scene)).toBe(3);
    await put(scene, 80, 90);
    // A minute after the change the alarm acts again, with the newest datapoint: 80 is 30 over the threshold.
    await scene.at(180);
    expect(await desired(scene)).toBe(5);
    expect(await actions(scene.account)).toEqual(["Succeeded: null"]);
    const causes = (await scene.activities()).map(({ Cause }) => Cause);
    expect(causes[2]).toMatch(
      /^At 2026-03-12T09:01:00Z a monitor alarm a in state ALARM triggered policy p changing the desired capacity from 2 to 3\. {2}/,
    );
  });

  it("of a simple policy waits for the cooldown, and history tells when that changes", async () => {
    const scene = await withPolicy({ ScalingAdjustment: 1, Cooldown: 100 }, { TreatMissingData: "ignore" });
    await setState(scene.account, "ALARM");
    expect(await desired(scene)).toBe(3);
    await scene.at(145);
    expect(await desired(scene)).toBe(3);
    await scene.at(260);
    expect(await desired(scene)).toBe(4);
    const told = await actions(scene.account);
    expect(told.slice(0, 3)).toEqual([
      "Succeeded: null",
      expect.stringMatching(/^Failed: Scaling activity .* blocking this action$/),
      "Succeeded: null",
    ]);
  });

  it("ends with the state, with the actions, and with the alarm", async () => {
    for (const end of [
      (scene: Scene) => setState(scene.account, "OK"),
      (scene: Scene) => person(scene.account, "cloudwatch", "DisableAlarmActions", { AlarmNames: ["a"] }),
      (scene: Scene) => person(scene.account, "cloudwatch", "DeleteAlarms", { AlarmNames: ["a"] }),
    ]) {
      const scene = await withPolicy({ ScalingAdjustment: 1, Cooldown: 1 }, { TreatMissingData: "ignore" });
      await setState(scene.account, "ALARM");
      await end(scene);
      await scene.at(600);
      expect(await desired(scene)).toBe(3);
    }
  });

  it("set by hand takes the value from the reason data; without one a step policy cannot tell its step", async () => {
    const scene = await withPolicy(stepped);
    await setState(scene.account, "ALARM");
    expect(await actions(scene.account)).toEqual(["Failed: MetricValue and BreachThreshold are required for policy type StepScaling"]);
    await setState(scene.account, "OK");
    await setState(scene.account, "ALARM", { StateReasonData: '{"version":"1.0","recentDatapoints":[10,75]}' });
    expect(await desired(scene)).toBe(5);
    for (const StateReasonData of ["{}", '{"recentDatapoints":7}', '{"recentDatapoints":["x"]}']) {
      await setState(scene.account, "OK");
      await setState(scene.account, "ALARM", { StateReasonData });
    }
    expect(await desired(scene)).toBe(5);
  });

  it("tells of a policy that is gone", async () => {
    const scene = await withPolicy({ ScalingAdjustment: 1 });
    await scene.as("DeletePolicy", { AutoScalingGroupName: "web", PolicyName: "p" });
    await setState(scene.account, "ALARM");
    expect(await actions(scene.account)).toEqual([
      expect.stringMatching(/^Failed: PolicyName not found - No scaling policy found with the name arn:/),
    ]);
  });
});

describe("rights on EC2 and Auto Scaling", () => {
  it("are judged at the door by action and instance, in the words of each service, and recorded so", async () => {
    const { scene, id } = await sceneWithInstance();
    const { account } = scene;
    const admin = { caller: { kind: "person", principal: "admin" } } as const;
    const statement = { Effect: "Allow", Action: ["ec2:StopInstances", "autoscaling:Describe*"], Resource: "*" };
    await person(account, "iam", "CreateUser", { UserName: "op" }, admin);
    const deny = { Effect: "Deny", Action: "ec2:*", Resource: `arn:aws:ec2:us-east-1:123456789012:instance/${id}` };
    const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [statement, deny] });
    await person(account, "iam", "PutUserPolicy", { UserName: "op", PolicyName: "p", PolicyDocument }, admin);
    const as = { caller: { kind: "person", principal: "op" } } as const;
    expect(await failure(person(account, "ec2", "StopInstances", { InstanceIds: [id] }, as))).toMatchObject({
      code: "UnauthorizedOperation",
      message: expect.stringMatching(/^You are not authorized to perform this operation\. .*ec2:StopInstances.*with an explicit deny/),
    });
    await person(account, "autoscaling", "DescribeAutoScalingGroups", {}, as);
    expect(
      await failure(person(account, "autoscaling", "SetDesiredCapacity", { AutoScalingGroupName: "g", DesiredCapacity: 1 }, as)),
    ).toMatchObject({
      code: "AccessDenied",
      message: expect.stringContaining(
        "autoscaling:SetDesiredCapacity on resource: arn:aws:autoscaling:us-east-1:123456789012:autoScalingGroup:*:autoScalingGroupName/g",
      ),
    });
    await scene.at(600);
    const { Events } = (
      await person(account, "cloudtrail", "LookupEvents", { LookupAttributes: [{ AttributeKey: "Username", AttributeValue: "op" }] })
    ).output;
    const codes = (Events as readonly { CloudTrailEvent: string }[]).map(
      ({ CloudTrailEvent }) => (JSON.parse(CloudTrailEvent) as { errorCode?: string }).errorCode,
    );
    expect(codes.sort()).toEqual(["AccessDenied", "Client.UnauthorizedOperation", undefined]);
  });
});
