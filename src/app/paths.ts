/** Addresses inside the page. Names are encoded: a log group's own slashes are not the router's. */

/** An alarm named `new` is written so that its address is not that of the form. */
export const alarmPath = (name: string): string => `/alarms/${name === "new" ? "%6Eew" : encodeURIComponent(name)}`;
export const NEW_ALARM_PATH = "/alarms/new";
export const logGroupPath = (name: string): string => `/logs/${encodeURIComponent(name)}`;
export const newFilterPath = (group: string): string => `/logs/${encodeURIComponent(group)}/filters/new`;

export const RULES_PATH = "/events/rules";
/** A rule of a bus; `verb` edit = its form. */
export const rulePath = (bus: string, name: string, verb: "" | "/edit" = ""): string =>
  `${RULES_PATH}/${encodeURIComponent(bus)}/${encodeURIComponent(name)}${verb}`;
export const busRulesPath = (bus: string): string => `${RULES_PATH}?bus=${encodeURIComponent(bus)}`;

/** A user or a role, a managed policy, the simulator. */
export const principalPath = (kind: "user" | "role", name: string): string => `/iam/${kind}s/${encodeURIComponent(name)}`;
export const policyPath = (arn: string): string => `/iam/policies/${encodeURIComponent(arn)}`;
export const simulatorPath = (question: { readonly principal?: string; readonly action?: string; readonly resource?: string }): string =>
  `/iam/simulator?${new URLSearchParams(question as Record<string, string>).toString()}`;

export const trailPath = (name: string): string => `/trails/trail/${encodeURIComponent(name)}`;
export const bucketPath = (name: string): string => `/trails/buckets/${encodeURIComponent(name)}`;

export const TRACES_PATH = "/traces";
export const SAMPLING_PATH = `${TRACES_PATH}/sampling`;
export const GROUPS_PATH = `${TRACES_PATH}/groups`;
export const tracePath = (id: string): string => `${TRACES_PATH}/${encodeURIComponent(id)}`;

/** A route parameter as it was before it was encoded; undefined when there is none or it is not an encoding. */
export function decodedParam(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** The page of the resource that an ARN names; undefined where there is none. */
export function arnPath(arn: string): string | undefined {
  const [, , service, , , ...rest] = arn.split(":");
  const name = rest.join(":");
  if (service === "cloudwatch" && name.startsWith("alarm:")) return alarmPath(name.slice("alarm:".length));
  if (service === "logs" && name.startsWith("log-group:")) return logGroupPath(name.slice("log-group:".length).split(":")[0] ?? "");
  if (service === "sns") return "/inbox";
  if (service === "sqs") return `/queues?queue=${encodeURIComponent(name)}`;
  if (service === "iam") {
    const [kind, ...path] = name.split("/");
    const last = path.at(-1) ?? "";
    return kind === "user" || kind === "role" ? principalPath(kind, last) : kind === "policy" ? policyPath(arn) : undefined;
  }
  if (service === "xray") return name.startsWith("group/") ? GROUPS_PATH : name.startsWith("sampling-rule/") ? SAMPLING_PATH : undefined;
  if (service === "cloudtrail" && name.startsWith("trail/")) return trailPath(name.slice("trail/".length));
  if (service === "s3") return bucketPath(name.split("/")[0] ?? "");
  if (service === "events" && name.startsWith("event-bus/")) return busRulesPath(name.slice("event-bus/".length));
  if (service === "events" && name.startsWith("rule/")) {
    const [bus, rule] = name.slice("rule/".length).split("/") as [string, string?];
    return rule === undefined ? rulePath("default", bus) : rulePath(bus, rule);
  }
  return undefined;
}

/** What an ARN ends in: the name a person knows. */
export function arnName(arn: string): string {
  const parts = arn.split(":");
  if (parts.length < 6) return arn;
  const name = parts.slice(5).join(":");
  if (parts[2] === "logs")
    return name
      .replace(/^log-group:/, "")
      .replace(/:log-stream:/, " › ")
      .replace(/:\*$/, "");
  return name.replace(/^(alarm:|event-bus\/|rule\/|role\/|user\/|function:|dashboard\/|trail\/|sampling-rule\/|group\/)/, "");
}

/** The event history, narrowed to the calls on one resource. */
export const touchedPath = (resource: string): string => `/trail?resource=${encodeURIComponent(resource)}`;
