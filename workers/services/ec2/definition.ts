/** The little of Amazon EC2 that observability touches: instances that come, run, stop and go, and tell of it. They run nothing. */
import type { Operations } from "../../model/generated/ec2.ts";
import { type Operation, operation, type Scope, type ServiceDefinition } from "../contract.ts";
import * as change from "./change-instances.ts";
import { describeInstanceStatus, describeInstances } from "./describe-instances.ts";
import { instanceArn } from "./documents.ts";
import { runInstances } from "./run-instances.ts";
import { arrive, forget } from "./state.ts";
import { createTags, deleteTags, describeTags } from "./tags.ts";

type Entry<K extends keyof Operations> = Omit<Operation<Operations[K]["input"], Operations[K]["output"]>, "action">;
const entry = <K extends keyof Operations>(name: K, parts: Entry<K>): Operation =>
  operation<Operations[K]>({ ...parts, action: `ec2:${name}` });

const reading = { effect: "none", trail: "management-read" } as const;
const writing = { effect: "state", trail: "management-write" } as const;
const arns = (ids: readonly string[], scope: Scope): readonly string[] => ids.map((id) => instanceArn(scope, id));
const onInstances = {
  ...writing,
  resources: (input: { readonly InstanceIds: readonly string[] }, scope: Scope) => arns(input.InstanceIds, scope),
};
const onTagged = {
  ...writing,
  resources: (input: { readonly Resources: readonly string[] }, scope: Scope) => arns(input.Resources, scope),
};

type Run = Operations["RunInstances"]["input"];

/** The instances are not there yet: policies are asked about any. */
const launched = ({ ImageId }: Run, scope: Scope): readonly string[] => [
  instanceArn(scope, "*"),
  ...(ImageId === undefined ? [] : [`arn:aws:ec2:${scope.region}::image/${ImageId}`]),
];

function launchKeys({ InstanceType, TagSpecifications = [] }: Run) {
  const tags = TagSpecifications.flatMap(({ Tags }) => Tags ?? []);
  return {
    "ec2:InstanceType": InstanceType ?? "m1.small",
    ...Object.fromEntries(tags.map(({ Key, Value }) => [`aws:RequestTag/${Key}`, Value ?? ""])),
    ...(tags.length === 0 ? {} : { "aws:TagKeys": tags.map(({ Key }) => Key ?? "") }),
  };
}

export const ec2: ServiceDefinition = {
  name: "ec2",
  principal: "ec2.amazonaws.com",
  eventSource: "ec2.amazonaws.com",
  operations: {
    RunInstances: entry("RunInstances", { ...writing, resources: launched, keys: launchKeys, handle: runInstances }),
    DescribeInstances: entry("DescribeInstances", { ...reading, handle: describeInstances }),
    DescribeInstanceStatus: entry("DescribeInstanceStatus", { ...reading, handle: describeInstanceStatus }),
    StartInstances: entry("StartInstances", { ...onInstances, handle: change.startInstances }),
    StopInstances: entry("StopInstances", { ...onInstances, handle: change.stopInstances }),
    RebootInstances: entry("RebootInstances", { ...onInstances, handle: change.rebootInstances }),
    TerminateInstances: entry("TerminateInstances", { ...onInstances, handle: change.terminateInstances }),
    MonitorInstances: entry("MonitorInstances", { ...onInstances, handle: change.monitorInstances }),
    UnmonitorInstances: entry("UnmonitorInstances", { ...onInstances, handle: change.unmonitorInstances }),
    CreateTags: entry("CreateTags", { ...onTagged, handle: createTags }),
    DeleteTags: entry("DeleteTags", { ...onTagged, handle: deleteTags }),
    DescribeTags: entry("DescribeTags", { ...reading, handle: describeTags }),
  },
  agenda: { arrive, forget },
};
