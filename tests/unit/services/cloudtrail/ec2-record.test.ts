import { describe, expect, it } from "vitest";
import { loadModels } from "../../../../workers/model/models.ts";
import { type AuditedCall, trailRecord } from "../../../../workers/services/cloudtrail/record.ts";

const model = (await loadModels()).get("ec2");
const account = "123456789012";

const recorded = (operation: string, more: Partial<AuditedCall>) =>
  trailRecord({
    identity: { id: "developer", type: "IAMUser", accountId: account, userName: "developer" },
    eventSource: "ec2.amazonaws.com",
    operation,
    region: "us-east-1",
    time: Date.UTC(2026, 2, 12, 9),
    requestId: "r",
    eventId: "e",
    input: {},
    trail: "management-write",
    via: "terminal",
    ...(model === undefined ? {} : { model }),
    ...more,
  });

describe("records of EC2", () => {
  it("write RunInstances with sets of items", () => {
    const record = recorded("RunInstances", {
      input: {
        ImageId: "ami-1",
        MinCount: 1,
        MaxCount: 2,
        InstanceType: "t3.micro",
        Monitoring: { Enabled: true },
        TagSpecifications: [{ ResourceType: "instance", Tags: [{ Key: "Name", Value: "web" }] }],
      },
      output: {
        ReservationId: "r-1",
        OwnerId: account,
        Groups: [],
        Instances: [{ InstanceId: "i-1", State: { Code: 0, Name: "pending" }, LaunchTime: 1, Tags: [{ Key: "Name", Value: "web" }] }],
      },
    });
    expect(record).toMatchObject({ eventSource: "ec2.amazonaws.com", eventName: "RunInstances", readOnly: false });
    expect(record["requestParameters"]).toEqual({
      instancesSet: { items: [{ imageId: "ami-1", minCount: 1, maxCount: 2 }] },
      instanceType: "t3.micro",
      monitoring: { enabled: true },
      tagSpecificationSet: { items: [{ resourceType: "instance", tags: [{ key: "Name", value: "web" }] }] },
    });
    expect(record["responseElements"]).toEqual({
      requestId: "r",
      reservationId: "r-1",
      ownerId: account,
      groupSet: { items: [] },
      instancesSet: {
        items: [
          {
            instanceId: "i-1",
            instanceState: { code: 0, name: "pending" },
            launchTime: 1,
            tagSet: { items: [{ key: "Name", value: "web" }] },
          },
        ],
      },
    });
  });

  it("write ids, resources and filters as sets, and a bare success as _return", () => {
    const stop = recorded("StopInstances", { input: { InstanceIds: ["i-1", "i-2"] } });
    expect(stop["requestParameters"]).toEqual({ instancesSet: { items: [{ instanceId: "i-1" }, { instanceId: "i-2" }] } });
    const tag = recorded("CreateTags", { input: { Resources: ["i-1"], Tags: [{ Key: "a", Value: "b" }] }, output: {} });
    expect(tag["requestParameters"]).toEqual({
      resourcesSet: { items: [{ resourceId: "i-1" }] },
      tagSet: { items: [{ key: "a", value: "b" }] },
    });
    expect(tag["responseElements"]).toEqual({ requestId: "r", _return: true });
    const list = recorded("DescribeInstances", { trail: "management-read", input: { Filters: [{ Name: "image-id", Values: ["ami-1"] }] } });
    expect(list["requestParameters"]).toEqual({ filterSet: { items: [{ name: "image-id", valueSet: { items: [{ value: "ami-1" }] } }] } });
    expect(list["responseElements"]).toBeNull();
  });

  it.each([
    ["UnauthorizedOperation", "Client.UnauthorizedOperation"],
    ["InvalidInstanceID.NotFound", "Client.InvalidInstanceID.NotFound"],
    ["NotImplemented", "Server.NotImplemented"],
  ])("write the error %s as %s", (code, expected) => {
    expect(recorded("StopInstances", { error: { code, message: "m" } })).toMatchObject({ errorCode: expected, errorMessage: "m" });
  });

  it("name the instance as their resource", () => {
    const arn = `arn:aws:ec2:us-east-1:${account}:instance/i-1`;
    expect(recorded("StopInstances", { resources: [arn] })["resources"]).toEqual([
      { accountId: account, type: "AWS::EC2::Instance", ARN: arn },
    ]);
  });
});
