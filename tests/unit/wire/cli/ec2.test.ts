import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseCommandLine } from "../../../../workers/language/command-line/words.ts";
import { modelsOf } from "../../../../workers/model/models.ts";
import type { ServiceModel } from "../../../../workers/model/shapes.ts";
import { lineOf } from "../../../../workers/wire/cli/line-of.ts";
import { parseArgs } from "../../../../workers/wire/cli/parse-args.ts";

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
});
