/** Start, stop, reboot, terminate, and detailed monitoring: each changes all the instances it names, or none. */
import type { Operations } from "../../model/generated/ec2.ts";
import type { Context } from "../contract.ts";
import { notBuilt } from "../not-built.ts";
import { type InstanceDoc, instances, instancesOf, type StateName, stateOf } from "./documents.ts";
import { unlessDryRun, wrongState } from "./failures.ts";
import { enter } from "./state.ts";

type In<K extends keyof Operations> = Operations[K]["input"];
type Out<K extends keyof Operations> = Operations[K]["output"];

interface Way {
  /** States it leads away from. */
  readonly from: readonly StateName[];
  /** States in which there is nothing to do. */
  readonly done: readonly StateName[];
  readonly to: StateName;
  /** For the error: "can be started". */
  readonly word: string;
}

const START: Way = { from: ["stopped"], done: ["pending", "running"], to: "pending", word: "started" };
const STOP: Way = { from: ["running"], done: ["stopping", "stopped"], to: "stopping", word: "stopped" };
const TERMINATE: Way = {
  from: ["pending", "running", "stopping", "stopped"],
  done: ["shutting-down", "terminated"],
  to: "shutting-down",
  word: "terminated",
};

interface Named {
  readonly InstanceIds: readonly string[];
  readonly DryRun?: boolean;
}

type Change = Pick<
  Required<NonNullable<Out<"StopInstances">["StoppingInstances"]>[number]>,
  "InstanceId" | "CurrentState" | "PreviousState"
>;

function go(ctx: Context, input: Named, way: Way, also: (doc: InstanceDoc) => InstanceDoc): readonly Change[] {
  const docs = instancesOf(ctx, input.InstanceIds);
  const stuck = docs.find(({ state }) => !way.from.includes(state) && !way.done.includes(state));
  if (stuck !== undefined) throw wrongState(stuck.id, way.word);
  unlessDryRun(input);
  return docs.map((doc) => {
    const { state } = way.done.includes(doc.state) ? doc : enter(ctx, also(doc), way.to);
    return { InstanceId: doc.id, CurrentState: stateOf(state), PreviousState: stateOf(doc.state) };
  });
}

export function startInstances(ctx: Context, input: In<"StartInstances">): Out<"StartInstances"> {
  const started = ({ ended: _, ...doc }: InstanceDoc): InstanceDoc => ({ ...doc, launched: ctx.now, booted: ctx.now });
  return { StartingInstances: go(ctx, input, START, started) };
}

export function stopInstances(ctx: Context, input: In<"StopInstances">): Out<"StopInstances"> {
  if (input.Hibernate === true) throw notBuilt("Hibernating instances");
  return { StoppingInstances: go(ctx, input, STOP, (doc) => ({ ...doc, ended: ctx.now })) };
}

export function terminateInstances(ctx: Context, input: In<"TerminateInstances">): Out<"TerminateInstances"> {
  return { TerminatingInstances: go(ctx, input, TERMINATE, (doc) => ({ ...doc, ended: ctx.now })) };
}

/** A reboot leaves the state as it is; only the status checks begin anew. */
export function rebootInstances(ctx: Context, input: In<"RebootInstances">): Out<"RebootInstances"> {
  const docs = instancesOf(ctx, input.InstanceIds);
  const stuck = docs.find(({ state }) => state !== "running");
  if (stuck !== undefined) throw wrongState(stuck.id, "rebooted");
  unlessDryRun(input);
  for (const doc of docs) instances(ctx).put(doc.id, { ...doc, booted: ctx.now });
  return {};
}

function monitored(ctx: Context, input: Named, monitoring: boolean): Out<"MonitorInstances"> {
  const docs = instancesOf(ctx, input.InstanceIds);
  const stuck = docs.find(({ state }) => state === "terminated" || state === "shutting-down");
  if (stuck !== undefined) throw wrongState(stuck.id, monitoring ? "monitored" : "unmonitored");
  unlessDryRun(input);
  const [before, after] = monitoring ? (["pending", "enabled"] as const) : (["disabling", "disabled"] as const);
  return {
    InstanceMonitorings: docs.map((doc) => {
      instances(ctx).put(doc.id, { ...doc, monitoring });
      return { InstanceId: doc.id, Monitoring: { State: doc.monitoring === monitoring ? after : before } };
    }),
  };
}

export const monitorInstances = (ctx: Context, input: In<"MonitorInstances">): Out<"MonitorInstances"> => monitored(ctx, input, true);

export const unmonitorInstances = (ctx: Context, input: In<"UnmonitorInstances">): Out<"UnmonitorInstances"> =>
  monitored(ctx, input, false);
