/**
 * Which calls touched a resource. `on`: the record names it as its resource, or its own service was asked by that name
 * (refused calls have no resources in their record, only parameters). `names`: a call on something else that has the
 * resource's ARN among its parameters, as an alarm that notifies a topic does.
 */
import { ATTRIBUTES, type TrailRecord, viewOf } from "./view.ts";

export type Relation = "on" | "names";

/** Event sources whose first word is not the service of their ARNs. */
const SOURCES: Readonly<Record<string, string>> = { monitoring: "cloudwatch" };

/** `resource` is an ARN, or the name at its end (then of any service). */
export function relationOf(record: TrailRecord, resource: string): Relation | undefined {
  const view = viewOf(record);
  if (resource === "") return undefined;
  if (ATTRIBUTES["ResourceName"]?.(view).includes(resource)) return "on";
  const parts = resource.split(":");
  const isArn = resource.startsWith("arn:") && parts.length >= 6;
  const service = isArn ? parts[2] : undefined;
  const name = isArn ? nameIn(parts.slice(5).join(":")) : resource;
  const source = (view.eventSource ?? "").split(".")[0] ?? "";
  const isOwn = service === undefined || (SOURCES[source] ?? source) === service;
  let relation: Relation | undefined;
  for (const text of texts(record["requestParameters"])) {
    if (text === name || (!text.startsWith("arn:") && text.endsWith(`/${name}`))) {
      if (isOwn) return "on";
    } else if (text === resource || (text.startsWith("arn:") && (text.endsWith(`:${name}`) || text.endsWith(`/${name}`)) && !isArn)) {
      if (isOwn && service !== undefined) return "on";
      relation = "names";
    }
  }
  return relation;
}

/** `alarm:cpu` -> `cpu`, `log-group:/a/b` -> `/a/b`, `event-bus/default` -> `default`, `topic` -> `topic`. */
function nameIn(rest: string): string {
  const kind = /^(?:alarm|log-group|function|secret):|^(?:event-bus|rule|role|user|trail|dashboard|key|instance)\//.exec(rest);
  return kind === null ? rest : (rest.slice(kind[0].length).split(":")[0] ?? "");
}

function* texts(value: unknown): Generator<string> {
  if (typeof value === "string") yield value;
  else if (Array.isArray(value)) for (const each of value) yield* texts(each);
  else if (typeof value === "object" && value !== null) for (const each of Object.values(value)) yield* texts(each);
}
