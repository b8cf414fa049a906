/** DescribeInstances and DescribeInstanceStatus. */
import { ServiceError } from "../../model/errors.ts";
import type { InstanceStatus, InstanceStatusSummary, Operations } from "../../model/generated/ec2.ts";
import type { Context } from "../contract.ts";
import { allInstances, dnsName, type InstanceDoc, instancesOf, monitoringOf, placeOf, stateOf } from "./documents.ts";
import { unlessDryRun } from "./failures.ts";
import { type Filtered, matching } from "./filters.ts";
import { pageOf } from "./pages.ts";
import { reservationOf } from "./run-instances.ts";

type In<K extends keyof Operations> = Operations[K]["input"];
type Out<K extends keyof Operations> = Operations[K]["output"];

const SHARED: Filtered<InstanceDoc>["values"] = {
  "availability-zone": ({ zone }) => [zone],
  "instance-state-name": ({ state }) => [state],
  "instance-state-code": ({ state }) => [String(stateOf(state).Code)],
};

const byInstance = (ctx: Context): Filtered<InstanceDoc> => ({
  values: {
    ...SHARED,
    "instance-id": ({ id }) => [id],
    "instance-type": ({ type }) => [type],
    "image-id": ({ image }) => [image],
    "launch-index": ({ index }) => [String(index)],
    "launch-time": ({ launched }) => [new Date(launched).toISOString()],
    "monitoring-state": (doc) => [monitoringOf(doc)],
    "owner-id": () => [ctx.account],
    "private-dns-name": (doc) => [dnsName(doc)],
    "private-ip-address": ({ address }) => [address],
    "requester-id": ({ requester }) => (requester === undefined ? [] : [requester]),
    "reservation-id": ({ reservation }) => [reservation],
    "client-token": ({ token }) => (token === undefined ? [] : [token]),
  },
  tags: ({ tags }) => tags,
  others:
    /^(?:affinity|architecture|availability-zone-id|block-device-mapping\.|boot-mode|capacity-reservation-|current-instance-boot-mode|dns-name|ebs-optimized|ena-support|enclave-options\.|hibernation-options\.|host-id|hypervisor|iam-instance-profile\.|instance-lifecycle|instance\.group-|ip-address|ipv6-address|kernel-id|key-name|maintenance-options\.|metadata-options\.|network-interface\.|network-performance-options\.|operator\.|outpost-arn|placement-|platform|private-dns-name-options\.|product-code|ramdisk-id|reason|root-device-|source-dest-check|spot-instance-request-id|state-reason-|subnet-id|tenancy|tpm-support|usage-operation|virtualization-type|vpc-id)/,
});

interface Asked {
  readonly InstanceIds?: readonly string[];
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

function rowsOf(ctx: Context, { InstanceIds = [], MaxResults }: Asked): readonly InstanceDoc[] {
  if (InstanceIds.length === 0) return allInstances(ctx);
  if (MaxResults !== undefined) {
    throw new ServiceError("InvalidParameterCombination", "The parameter instancesSet cannot be used with the parameter maxResults");
  }
  const asked = new Set(instancesOf(ctx, InstanceIds).map(({ id }) => id));
  return allInstances(ctx).filter(({ id }) => asked.has(id));
}

export function describeInstances(ctx: Context, input: In<"DescribeInstances">): Out<"DescribeInstances"> {
  const found = rowsOf(ctx, input).filter(matching(input.Filters, byInstance(ctx)));
  unlessDryRun(input);
  const { page, token } = pageOf(found, placeOf, input);
  const reservations = new Map<string, InstanceDoc[]>();
  for (const doc of page) reservations.set(doc.reservation, [...(reservations.get(doc.reservation) ?? []), doc]);
  return { Reservations: [...reservations.values()].map((docs) => reservationOf(ctx, docs)), ...token };
}

export function describeInstanceStatus(ctx: Context, input: In<"DescribeInstanceStatus">): Out<"DescribeInstanceStatus"> {
  const fits = matching(input.Filters, {
    values: SHARED,
    others: /^(?:availability-zone-id|event\.|instance-status\.|system-status\.|operator\.|attached-ebs-status\.)/,
  });
  const shown = rowsOf(ctx, input).filter((doc) => (input.IncludeAllInstances === true || doc.state === "running") && fits(doc));
  unlessDryRun(input);
  const { page, token } = pageOf(shown, placeOf, input);
  return { InstanceStatuses: page.map((doc) => statusOf(ctx, doc)), ...token };
}

/** The first checks after a start or a reboot take two minutes; nothing here makes one fail. */
const FIRST_CHECKS = 120_000;

function statusOf(ctx: Context, doc: InstanceDoc): InstanceStatus {
  const checks = summary(doc.state !== "running" ? undefined : ctx.now - doc.booted >= FIRST_CHECKS);
  return {
    InstanceId: doc.id,
    AvailabilityZone: doc.zone,
    InstanceState: stateOf(doc.state),
    InstanceStatus: checks,
    SystemStatus: checks,
  };
}

function summary(passed: boolean | undefined): InstanceStatusSummary {
  if (passed === undefined) return { Status: "not-applicable" };
  return passed
    ? { Status: "ok", Details: [{ Name: "reachability", Status: "passed" }] }
    : { Status: "initializing", Details: [{ Name: "reachability", Status: "initializing" }] };
}
