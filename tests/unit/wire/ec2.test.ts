import { describe, expect, it } from "vitest";
import { ServiceError } from "../../../workers/model/errors.ts";
import { fakeDoor, formRequest, REQUEST_ID, signed, textOf, wireOver } from "./fake.ts";

async function asked(fields: Record<string, string>): Promise<Readonly<Record<string, unknown>>> {
  const door = fakeDoor();
  const reply = await (await wireOver(door))(formRequest({ Version: "2016-11-15", ...fields }, signed("ec2")));
  if (door.asked[0] === undefined) throw new Error(textOf(reply));
  return door.asked[0].input;
}

async function answered(action: string, output: Record<string, unknown>): Promise<string> {
  return textOf(await (await wireOver(fakeDoor(() => output)))(formRequest({ Action: action }, signed("ec2"))));
}

describe("EC2's form of the Query protocol", () => {
  it("reads flattened lists and capitalised names, in order", async () => {
    const fields = {
      Action: "RunInstances",
      ImageId: "ami-1",
      MinCount: "1",
      MaxCount: "2",
      "Monitoring.Enabled": "true",
      "Placement.AvailabilityZone": "us-east-1b",
      "TagSpecification.1.ResourceType": "instance",
      "TagSpecification.1.Tag.2.Key": "b",
      "TagSpecification.1.Tag.1.Key": "a",
      "TagSpecification.1.Tag.1.Value": "1",
      DryRun: "false",
    };
    expect(await asked(fields)).toEqual({
      ImageId: "ami-1",
      MinCount: 1,
      MaxCount: 2,
      Monitoring: { Enabled: true },
      Placement: { AvailabilityZone: "us-east-1b" },
      TagSpecifications: [{ ResourceType: "instance", Tags: [{ Key: "a", Value: "1" }, { Key: "b" }] }],
      DryRun: false,
    });
    const filters = { "Filter.1.Name": "instance-state-name", "Filter.1.Value.1": "running", "Filter.1.Value.2": "pending" };
    expect(await asked({ Action: "DescribeInstances", ...filters, "InstanceId.1": "i-1" })).toEqual({
      Filters: [{ Name: "instance-state-name", Values: ["running", "pending"] }],
      InstanceIds: ["i-1"],
    });
    expect(await asked({ Action: "DeleteTags", "ResourceId.1": "i-1", "Tag.1.Key": "a" })).toEqual({
      Resources: ["i-1"],
      Tags: [{ Key: "a" }],
    });
  });

  it("answers without a result element, with lists of items", async () => {
    const output = {
      Reservations: [
        {
          ReservationId: "r-1",
          Groups: [],
          Instances: [{ InstanceId: "i-1", LaunchTime: 1704067200000, State: { Code: 16, Name: "running" } }],
        },
      ],
    };
    expect(await answered("DescribeInstances", output)).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<DescribeInstancesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15">' +
        `<requestId>${REQUEST_ID}</requestId><reservationSet><item><reservationId>r-1</reservationId><groupSet/>` +
        "<instancesSet><item><instanceId>i-1</instanceId><instanceState><code>16</code><name>running</name></instanceState>" +
        "<launchTime>2024-01-01T00:00:00Z</launchTime></item></instancesSet></item></reservationSet></DescribeInstancesResponse>",
    );
    expect(await answered("CreateTags", {})).toContain(`<requestId>${REQUEST_ID}</requestId><return>true</return></CreateTagsResponse>`);
  });

  it("refuses with its own envelope", async () => {
    const door = fakeDoor(() => {
      throw new ServiceError("UnauthorizedOperation", "You are not <authorized>", { status: 403 });
    });
    const reply = await (await wireOver(door))(formRequest({ Action: "StopInstances" }, signed("ec2")));
    expect(reply.status).toBe(403);
    expect(textOf(reply)).toMatch(
      /^<\?xml version="1.0" encoding="UTF-8"\?>\n<Response><Errors><Error><Code>UnauthorizedOperation<\/Code><Message>You are not &lt;authorized&gt;<\/Message><\/Error><\/Errors><RequestID>[0-9a-f-]{36}<\/RequestID><\/Response>$/,
    );
  });
});
