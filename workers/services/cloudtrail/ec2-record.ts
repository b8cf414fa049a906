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

export function ec2Parameters(call: AuditedCall): TrailRecord | null {
  const given = Object.entries(call.input).filter(([, value]) => value !== undefined && typeof value !== "function");
  const isRun = call.operation === "RunInstances";
  const own = isRun ? given.filter(([name]) => OF_INSTANCES.includes(name)) : [];
  const rest = isRun ? given.filter(([name]) => !OF_INSTANCES.includes(name)) : given;
  const members = {
    ...(own.length === 0 ? {} : { instancesSet: { items: [Object.fromEntries(own.map(([name, value]) => [lowerFirst(name), value]))] } }),
    ...Object.fromEntries(rest.map(([name, value]) => asked(name, value))),
  };
  return Object.keys(members).length === 0 ? null : members;
}

function asked(name: string, value: unknown): [string, unknown] {
  if (!Array.isArray(value)) {
    if (typeof value !== "object" || value === null) return [lowerFirst(name), value];
    return [lowerFirst(name), Object.fromEntries(Object.entries(value).map(([inner, each]) => asked(inner, each)))];
  }
  const { set, each } = SETS[name] ?? { set: `${lowerFirst(name)}Set` };
  const items = value.map((item: unknown) => {
    if (typeof item !== "object" || item === null) return each === undefined ? item : { [each]: item };
    return Object.fromEntries(
      Object.entries(item).map(([inner, of]) => (set === "tagSpecificationSet" && inner === "Tags" ? tagsOf(of) : asked(inner, of))),
    );
  });
  return [set, { items }];
}

/** Tags in a specification are a plain list. */
const tagsOf = (tags: unknown): [string, unknown] => [
  "tags",
  Array.isArray(tags)
    ? tags.map((tag: object) => Object.fromEntries(Object.entries(tag).map(([name, value]) => [lowerFirst(name), value])))
    : tags,
];

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
