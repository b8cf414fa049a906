import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { resourceNames } from "../../../../workers/browser/resource-names.ts";
import { parseCommandLine } from "../../../../workers/language/command-line/words.ts";
import { loadModels, modelsOf } from "../../../../workers/model/models.ts";
import type { ServiceModel } from "../../../../workers/model/shapes.ts";
import { lineOf } from "../../../../workers/wire/cli/line-of.ts";
import { parseArgs } from "../../../../workers/wire/cli/parse-args.ts";
import { runLine } from "../../../../workers/wire/cli/run.ts";
import { openTestAccount, START } from "../../account/engine-harness.ts";

const generated = (name: string): ServiceModel =>
  JSON.parse(readFileSync(new URL(`../../../../workers/model/generated/${name}.json`, import.meta.url), "utf8")) as ServiceModel;
const models = modelsOf([generated("ec2"), generated("autoscaling")]);

function inputOf(line: string): unknown {
  const [command] = parseCommandLine(line).commands;
  const invocation = parseArgs(
    models,
    (command?.words ?? []).slice(1).map(({ text }) => text),
  );
  return invocation.kind === "call" ? invocation.input : invocation.kind;
}

describe("aws ec2 and aws autoscaling", () => {
  it.each([
    ["--count 3", { MinCount: 3, MaxCount: 3 }],
    ["--count 1:3", { MinCount: 1, MaxCount: 3 }],
    ["", { MinCount: 1, MaxCount: 1 }],
    [`--cli-input-json '{"MinCount":2,"MaxCount":4}'`, { MinCount: 2, MaxCount: 4 }],
  ])("take the number of instances as %s", (words, counts) => {
    const line = `aws ec2 run-instances --image-id ami-1 --tag-specifications 'ResourceType=instance,Tags=[{Key=Name,Value=web}]' ${words}`;
    const input = { ImageId: "ami-1", TagSpecifications: [{ ResourceType: "instance", Tags: [{ Key: "Name", Value: "web" }] }], ...counts };
    expect(inputOf(line)).toEqual(input);
  });

  it.each(["x", "1:", "-1", ":2"])("refuse the number %s", (count) => {
    expect(() => inputOf(`aws ec2 run-instances --image-id ami-1 --count=${count}`)).toThrow(
      "count parameter should be of the form 1 or 1:3",
    );
  });

  it("write what they read", () => {
    for (const [service, operation, line] of [
      ["ec2", "RunInstances", "aws ec2 run-instances --image-id ami-1 --instance-type t3.micro --count 1:3"],
      ["ec2", "StopInstances", "aws ec2 stop-instances --instance-ids i-1 i-2"],
      ["ec2", "DescribeInstances", "aws ec2 describe-instances --filters Name=instance-state-name,Values=[running]"],
      ["autoscaling", "SetDesiredCapacity", "aws autoscaling set-desired-capacity --auto-scaling-group-name g --desired-capacity 2"],
    ] as const) {
      const input = inputOf(line) as Record<string, unknown>;
      expect(inputOf(lineOf(models, service, operation, input))).toEqual(input);
    }
  });

  it("work in the terminal, from the launch to the state in EventBridge's log group", async () => {
    const account = await openTestAccount();
    const all = await loadModels();
    const options = () => ({ identity: "developer", region: "us-east-1", now: account.now });
    const run = async (line: string): Promise<string> => {
      const { stdout, stderr } = await runLine({ call: (request) => account.call(request) }, all, line, options());
      return stderr === "" ? stdout.trim() : stderr.trim();
    };
    await run("aws logs create-log-group --log-group-name /aws/events/states");
    await run(`aws events put-rule --name states --event-pattern '{"detail-type":["EC2 Instance State-change Notification"]}'`);
    await run("aws events put-targets --rule states --targets Id=l,Arn=arn:aws:logs:us-east-1:123456789012:log-group:/aws/events/states");
    await run(
      "aws autoscaling create-launch-configuration --launch-configuration-name small --image-id ami-12345678 --instance-type t3.micro",
    );
    const sizes = "--min-size 1 --max-size 3 --availability-zones us-east-1a";
    await run(`aws autoscaling create-auto-scaling-group --auto-scaling-group-name web --launch-configuration-name small ${sizes}`);
    expect(await run("aws ec2 run-instances --image-id ami-12345678 --count 2 --query 'Instances[].State.Name' --output text")).toBe(
      "pending\tpending",
    );
    await account.advanceTo(START + 30_000);
    const running = "--filters Name=instance-state-name,Values=running --query 'length(Reservations[].Instances[])'";
    expect(await run(`aws ec2 describe-instances ${running}`)).toBe("3");
    expect(
      await run("aws autoscaling describe-auto-scaling-groups --query 'AutoScalingGroups[0].Instances[].LifecycleState' --output text"),
    ).toBe("InService");
    expect(await run("aws ec2 stop-instances --instance-ids i-12345678")).toBe(
      "An error occurred (InvalidInstanceID.NotFound) when calling the StopInstances operation: The instance ID 'i-12345678' does not exist",
    );
    const told = "--log-group-name /aws/events/states --query 'length(events)'";
    expect(await run(`aws logs filter-log-events ${told} --filter-pattern '{ $.detail.state = "running" }'`)).toBe("3");
    expect(await resourceNames(account, "us-east-1", "instance")).toHaveLength(3);
    expect(await resourceNames(account, "us-east-1", "autoScalingGroup")).toEqual(["web"]);
    expect(await resourceNames(account, "us-east-1", "launchConfiguration")).toEqual(["small"]);
  });
});
