/**
 * How EC2's calls stand in records: by the names of its XML, lists as `Set{items[]}` or `{items[]}`, errors as `Client.CODE`
 * (facts cloudtrail §11; real records).
 */
import type { MemberRef, ServiceModel } from "../../model/shapes.ts";
import type { AuditedCall } from "./record.ts";
import type { TrailRecord } from "./view.ts";

export const isEc2 = (call: AuditedCall): boolean => call.eventSource === "ec2.amazonaws.com";

/** Codes of EC2's failures say whose fault they are. */
export const errorCodeOf = (call: AuditedCall, code: string): string => {
  if (!isEc2(call) || /^(?:Client|Server)\./.test(code)) return code;
  return `${code === "InternalError" || code === "NotImplemented" ? "Server" : "Client"}.${code}`;
};

/** Lists of plain values in requests, as records have them: `instancesSet{items[{instanceId}]}`. */
const SETS: Readonly<Record<string, { readonly set: string; readonly each?: string }>> = {
  InstanceIds: { set: "instancesSet", each: "instanceId" },
  Resources: { set: "resourcesSet", each: "resourceId" },
  Tags: { set: "tagSet" },
  Filters: { set: "filterSet" },
  Values: { set: "valueSet", each: "value" },
  TagSpecifications: { set: "tagSpecificationSet" },
};
/** Members of RunInstances that stand in `instancesSet`. */
const OF_INSTANCES = ["ImageId", "MinCount", "MaxCount"];

const lowerFirst = (name: string): string => name.slice(0, 1).toLowerCase() + name.slice(1);

const isMembers = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);

/** Of a refused call anything may have been asked; what is no structure has no parameters. */
export function ec2Parameters(call: AuditedCall): TrailRecord | null {
  if (!isMembers(call.input)) return null;
  const given = Object.entries(call.input).filter(([, value]) => isWritable(value));
  const isRun = call.operation === "RunInstances";
  const own = isRun ? given.filter(([name]) => OF_INSTANCES.includes(name)) : [];
  const rest = isRun ? given.filter(([name]) => !OF_INSTANCES.includes(name)) : given;
  const members = {
    ...(own.length === 0 ? {} : { instancesSet: { items: [Object.fromEntries(own.map(([name, value]) => [lowerFirst(name), value]))] } }),
    ...Object.fromEntries(rest.map(([name, value]) => asked(name, value))),
  };
  return Object.keys(members).length === 0 ? null : members;
}

const isWritable = (value: unknown): boolean => value !== undefined && typeof value !== "function" && !ArrayBuffer.isView(value);

function asked(name: string, value: unknown): [string, unknown] {
  if (isMembers(value)) return [lowerFirst(name), inner(value, asked)];
  if (!Array.isArray(value)) return [lowerFirst(name), value];
  const { set, each } = SETS[name] ?? { set: `${lowerFirst(name)}Set` };
  const within = set === "tagSpecificationSet" ? specified : asked;
  const items = value.filter(isWritable).map((item: unknown) => {
    if (isMembers(item)) return inner(item, within);
    return each === undefined ? item : { [each]: item };
  });
  return [set, { items }];
}

const inner = (members: Readonly<Record<string, unknown>>, write: (name: string, value: unknown) => [string, unknown]): TrailRecord =>
  Object.fromEntries(
    Object.entries(members)
      .filter(([, value]) => isWritable(value))
      .map(([name, value]) => write(name, value)),
  );

/** Tags in a specification are a plain list. */
function specified(name: string, value: unknown): [string, unknown] {
  if (name !== "Tags" || !Array.isArray(value)) return asked(name, value);
  return ["tags", value.filter(isWritable).map((tag: unknown) => (isMembers(tag) ? inner(tag, asked) : tag))];
}

/** Operations without members of their own answered `_return`. Times are epoch ms. */
export function ec2Elements(call: AuditedCall): TrailRecord {
  const shape = call.model?.operations[call.operation]?.output;
  const members = answered(call.output ?? {}, call.model, shape) as TrailRecord;
  return { requestId: call.requestId, ...(Object.keys(members).length === 0 ? { _return: true } : members) };
}

function answered(value: unknown, model: ServiceModel | undefined, shapeName: string | undefined): unknown {
  const shape = shapeName === undefined ? undefined : model?.shapes[shapeName];
  if (Array.isArray(value))
    return { items: value.map((each) => answered(each, model, shape?.type === "list" ? shape.member.shape : undefined)) };
  if (typeof value !== "object" || value === null) return value;
  const out: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) {
    const ref: MemberRef | undefined = shape?.type === "structure" ? shape.members[name] : undefined;
    if (member !== undefined) out[ref?.locationName ?? lowerFirst(name)] = answered(member, model, ref?.shape);
  }
  return out;
}
