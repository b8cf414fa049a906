/** What EC2 keeps: instances by their id, and how they stand in answers. */
import type { Instance, InstanceState } from "../../model/generated/ec2.ts";
import type { Context, Documents, Scope } from "../contract.ts";
import { malformedId, notFound } from "./failures.ts";

export type StateName = "pending" | "running" | "shutting-down" | "terminated" | "stopping" | "stopped";

const CODES: Readonly<Record<StateName, number>> = {
  pending: 0,
  running: 16,
  "shutting-down": 32,
  terminated: 48,
  stopping: 64,
  stopped: 80,
};

export interface InstanceDoc {
  readonly id: string;
  readonly reservation: string;
  /** Place among those that one call launched. */
  readonly index: number;
  readonly image: string;
  readonly type: string;
  readonly zone: string;
  readonly address: string;
  readonly state: StateName;
  /** Last start, epoch ms: what answers call the launch time. */
  readonly launched: number;
  /** Last start or reboot, epoch ms; status checks begin anew with it. */
  readonly booted: number;
  readonly monitoring: boolean;
  readonly tags: Readonly<Record<string, string>>;
  /** When somebody stopped or terminated it. */
  readonly ended?: number;
  /** The service that launched it. */
  readonly requester?: string;
  /** ClientToken of the call that launched it, and what that call asked for. */
  readonly token?: string;
  readonly asked?: string;
}

export const instances = (ctx: Context): Documents<InstanceDoc> => ctx.docs<InstanceDoc>("instance");

export const instanceArn = ({ account, region }: Scope, id: string): string => `arn:aws:ec2:${region}:${account}:instance/${id}`;

/** The instances of these ids, each once; one that is not there refuses all. */
export function instancesOf(ctx: Context, ids: readonly string[]): readonly InstanceDoc[] {
  const docs = instances(ctx);
  const unique = [...new Set(ids)];
  for (const id of unique) if (!/^i-(?:[0-9a-f]{8}|[0-9a-f]{17})$/.test(id)) throw malformedId(id);
  const missing = unique.filter((id) => !docs.has(id));
  if (missing.length > 0) throw notFound(missing);
  return unique.flatMap((id) => docs.get(id) ?? []);
}

/** Oldest first, in the order in which one call launched them; a place in it also stands in page tokens. */
export const placeOf = ({ launched, reservation, index }: InstanceDoc): string =>
  `${String(launched).padStart(15, "0")}|${reservation}|${String(index).padStart(5, "0")}`;

export const allInstances = (ctx: Context): readonly InstanceDoc[] =>
  [...instances(ctx).values()].sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));

export const stateOf = (name: StateName): Required<InstanceState> => ({ Code: CODES[name], Name: name });

export const monitoringOf = ({ monitoring, state }: InstanceDoc): "disabled" | "enabled" | "pending" =>
  monitoring ? (state === "pending" ? "pending" : "enabled") : "disabled";

export const tagList = (tags: Readonly<Record<string, string>>): readonly { readonly Key: string; readonly Value: string }[] =>
  Object.keys(tags)
    .sort((a, b) => (a < b ? -1 : 1))
    .map((Key) => ({ Key, Value: tags[Key] ?? "" }));

export const dnsName = ({ address, zone }: Pick<InstanceDoc, "address" | "zone">): string => {
  const region = zone.slice(0, -1);
  return `ip-${address.replaceAll(".", "-")}.${region === "us-east-1" ? "ec2" : `${region}.compute`}.internal`;
};

/** As DescribeInstances and RunInstances answer it. There is no network here: no subnet, group or public address. */
export function answerOf(doc: InstanceDoc): Instance {
  const gone = doc.state === "terminated";
  return {
    InstanceId: doc.id,
    ImageId: doc.image,
    InstanceType: doc.type as NonNullable<Instance["InstanceType"]>, // checked against the model when it was launched
    State: stateOf(doc.state),
    LaunchTime: doc.launched,
    AmiLaunchIndex: doc.index,
    Placement: { AvailabilityZone: doc.zone, GroupName: "", Tenancy: "default" },
    Monitoring: { State: monitoringOf(doc) },
    PrivateDnsName: gone ? "" : dnsName(doc),
    PublicDnsName: "",
    ...(gone ? {} : { PrivateIpAddress: doc.address }),
    StateTransitionReason: doc.ended === undefined ? "" : `User initiated (${when(doc.ended)})`,
    ...reasonOf(doc),
    Architecture: "x86_64",
    RootDeviceName: "/dev/xvda",
    RootDeviceType: "ebs",
    VirtualizationType: "hvm",
    ...(doc.token === undefined ? {} : { ClientToken: doc.token }),
    Tags: tagList(doc.tags),
  };
}

function reasonOf({ state, ended }: InstanceDoc): Pick<Instance, "StateReason"> {
  if (state === "pending") return { StateReason: { Code: "pending", Message: "pending" } };
  if (ended === undefined) return {};
  const Code = "Client.UserInitiatedShutdown";
  return { StateReason: { Code, Message: `${Code}: User initiated shutdown` } };
}

const when = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19).replace("T", " ")} GMT`;
