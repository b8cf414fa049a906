import { describe, expect, it } from "vitest";
import { START } from "../../unit/account/engine-harness.ts";
import { openBook } from "./book.ts";
import { formClient, tag } from "./form-client.ts";

const book = await openBook();
const { ok, no } = formClient(book, "ec2", "2016-11-15");
const gone = { "InstanceId.1": "i-0123456789abcdef0" };
const one = { MinCount: "1", MaxCount: "1" };

describe("EC2 at the wire", () => {
  it("runs, lists, tags, stops, starts, reboots and terminates", async () => {
    const tags = {
      "TagSpecification.1.ResourceType": "instance",
      "TagSpecification.1.Tag.1.Key": "Name",
      "TagSpecification.1.Tag.1.Value": "web",
    };
    const run = await ok("RunInstances", { ImageId: "ami-12345678", InstanceType: "t3.micro", ...one, ...tags });
    const id = { "InstanceId.1": tag(run, "instanceId") };
    expect(run).toContain("<instanceState><code>0</code><name>pending</name></instanceState>");
    await no("InvalidAMIID.Malformed", "RunInstances", { ImageId: "x", ...one });
    await no("InvalidParameterValue", "RunInstances", { ImageId: "ami-12345678", InstanceType: "t3.enormous", ...one });
    await no("MissingParameter", "RunInstances", { ImageId: "ami-12345678" });
    await book.account.advanceTo(START + 20_000);
    expect(await ok("DescribeInstances", { "Filter.1.Name": "instance-state-name", "Filter.1.Value.1": "running" })).toContain(
      id["InstanceId.1"],
    );
    await no("InvalidInstanceID.NotFound", "DescribeInstances", gone);
    expect(await ok("DescribeInstanceStatus")).toContain("<name>reachability</name><status>initializing</status>");
    await no("InvalidInstanceID.NotFound", "DescribeInstanceStatus", gone);
    const resource = { "ResourceId.1": id["InstanceId.1"] };
    expect(await ok("CreateTags", { ...resource, "Tag.1.Key": "a", "Tag.1.Value": "1" })).toContain("<return>true</return>");
    await no("InvalidID", "CreateTags", { "ResourceId.1": "vol-12345678", "Tag.1.Key": "a" });
    expect(await ok("DescribeTags", { "Filter.1.Name": "key", "Filter.1.Value.1": "a" })).toContain("<value>1</value>");
    await no("InvalidParameterValue", "DescribeTags", { "Filter.1.Name": "colour" });
    await ok("DeleteTags", { ...resource, "Tag.1.Key": "a" });
    await no("InvalidInstanceID.NotFound", "DeleteTags", { "ResourceId.1": gone["InstanceId.1"] });
    expect(await ok("MonitorInstances", id)).toContain("<monitoring><state>pending</state></monitoring>");
    await no("InvalidInstanceID.NotFound", "MonitorInstances", gone);
    expect(await ok("UnmonitorInstances", id)).toContain("<state>disabling</state>");
    await no("InvalidInstanceID.NotFound", "UnmonitorInstances", gone);
    await ok("RebootInstances", id);
    await no("InvalidInstanceID.Malformed", "RebootInstances", { "InstanceId.1": "web" });
    expect(await ok("StopInstances", id)).toContain("<currentState><code>64</code><name>stopping</name></currentState>");
    await no("DryRunOperation", "StopInstances", { ...id, DryRun: "true" });
    await no("IncorrectInstanceState", "StartInstances", id);
    await book.account.advanceTo(START + 60_000);
    expect(await ok("StartInstances", id)).toContain("<name>pending</name>");
    expect(await ok("TerminateInstances", id)).toContain("<currentState><code>32</code><name>shutting-down</name></currentState>");
    await no("InvalidInstanceID.NotFound", "TerminateInstances", gone);
  });

  it("and none is left out", () => book.complete("ec2"));
});
