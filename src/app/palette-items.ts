/** What the palette can find: a list of providers, so a panel can add its own resources. */
import type { Client } from "../client/context.ts";
import type { GlyphName } from "../ui/Glyph.tsx";
import { alarmPath, busRulesPath, logGroupPath, principalPath, rulePath, tracePath, trailPath } from "./paths.ts";

export interface PaletteItem {
  readonly id: string;
  readonly group: "goTo" | "moments" | "actions";
  readonly label: string;
  /** Of a moment: when it was. Moments stand in the order of time, newest first. */
  readonly at?: number;
  /** What it is, at the right. */
  readonly kind: string;
  readonly glyph: GlyphName;
  /** Class with the service's hue. */
  readonly hue?: string;
  readonly mono?: boolean;
  /** Found only by a text that begins so: of an id nobody types the middle. */
  readonly begins?: string;
  readonly state?: "OK" | "ALARM" | "INSUFFICIENT_DATA";
  readonly run: () => void;
  /** The same as an aws line, for Ctrl Enter. */
  readonly line?: string;
}

export interface PaletteTools {
  readonly client: Client;
  readonly navigate: (path: string) => void;
}

/** Answers items for a text of at least one character; the palette filters and orders them. */
export type PaletteProvider = (text: string, tools: PaletteTools) => Promise<readonly PaletteItem[]>;

type Row = Readonly<Record<string, unknown>>;
const rows = (list: unknown): readonly Row[] => (Array.isArray(list) ? (list as readonly Row[]) : []);

const alarms: PaletteProvider = async (_text, { client, navigate }) => {
  const reply = await client.api.read({ service: "cloudwatch", operation: "DescribeAlarms", input: {} });
  return rows(reply.output["MetricAlarms"]).map((alarm): PaletteItem => {
    const name = String(alarm["AlarmName"]);
    return {
      id: `alarm ${name}`,
      group: "goTo",
      label: name,
      kind: "Alarm",
      glyph: "alarm",
      hue: "sv-metrics",
      state: alarm["StateValue"] as "OK",
      run: () => navigate(alarmPath(name)),
      line: `aws cloudwatch describe-alarms --alarm-names ${quoted(name)}`,
    };
  });
};

const logGroups: PaletteProvider = async (_text, { client, navigate }) => {
  const reply = await client.api.read({ service: "logs", operation: "DescribeLogGroups", input: {} });
  return rows(reply.output["logGroups"]).map((group): PaletteItem => {
    const name = String(group["logGroupName"]);
    return {
      id: `group ${name}`,
      group: "goTo",
      label: name,
      kind: "Log group",
      glyph: "logs",
      hue: "sv-logs",
      run: () => navigate(logGroupPath(name)),
      line: `aws logs describe-log-streams --log-group-name ${quoted(name)}`,
    };
  });
};

const metrics: PaletteProvider = async (_text, { client, navigate }) => {
  const reply = await client.api.read({ service: "cloudwatch", operation: "ListMetrics", input: {} });
  return rows(reply.output["Metrics"]).map((metric): PaletteItem => {
    const dimensions = rows(metric["Dimensions"]).map((one) => `${one["Name"]}=${one["Value"]}`);
    const [space, name] = [String(metric["Namespace"]), String(metric["MetricName"])];
    return {
      id: `metric ${space} ${name} ${dimensions.join(",")}`,
      group: "goTo",
      label: `${space} › ${name}${dimensions.length === 0 ? "" : `, ${dimensions.join(", ")}`}`,
      kind: "Metric",
      glyph: "metrics",
      hue: "sv-metrics",
      run: () =>
        navigate(
          `/metrics?namespace=${encodeURIComponent(space)}&metric=${encodeURIComponent(name)}&dimensions=${encodeURIComponent(dimensions.join(","))}`,
        ),
      line: `aws cloudwatch list-metrics --namespace ${quoted(space)} --metric-name ${quoted(name)}`,
    };
  });
};

/** Files that were imported: their lines can be shipped once more. */
const replays: PaletteProvider = async (_text, { client, navigate }) => {
  const region = client.pulse()?.region ?? "us-east-1";
  const look = (view: string): Promise<unknown> => client.api.look({ service: "world", view, region });
  const [files, under] = await Promise.all([look("attached"), look("replays")]);
  const shipping = rows(under).filter((one) => Number(one["shipped"]) < Number(one["rows"]));
  const items = rows(files).map((file): PaletteItem => {
    const [name, sha256] = [String(file["name"]), String(file["sha256"])];
    const group = String((file["mapping"] as Row | undefined)?.["logGroupName"] ?? "");
    const now = shipping.find((one) => one["sha256"] === sha256 && one["logGroupName"] === group);
    return {
      id: `replay ${sha256} ${group}`,
      group: "actions",
      label: `Replay ${name}`,
      kind: now === undefined ? "File" : `ships now, ${now["shipped"]} of ${now["rows"]}`,
      glyph: "replay",
      hue: "sv-logs",
      run: () => navigate(`${logGroupPath(group)}?replay=${sha256}`),
    };
  });
  return [...new Map(items.map((item) => [item.id, item])).values()];
};

const principals: PaletteProvider = async (_text, { client, navigate }) => {
  const region = client.pulse()?.region ?? "us-east-1";
  const found = await client.api.look({ service: "iam", view: "principals", region });
  return rows(found).map((row): PaletteItem => {
    const [name, kind] = [String(row["name"]), row["kind"] === "role" ? "role" : "user"] as const;
    return {
      id: `principal ${String(row["arn"])}`,
      group: "goTo",
      label: name,
      kind: kind === "role" ? "IAM role" : "IAM user",
      glyph: kind === "role" ? "key" : "user",
      hue: "sv-iam",
      run: () => navigate(principalPath(kind, name)),
      line: `aws iam get-${kind} --${kind}-name ${quoted(name)}`,
    };
  });
};

const trails: PaletteProvider = async (_text, { client, navigate }) => {
  const region = client.pulse()?.region ?? "us-east-1";
  const found = await client.api.look({ service: "cloudtrail", view: "trails", region });
  return rows(found).map((row): PaletteItem => {
    const name = String(row["Name"]);
    return {
      id: `trail ${String(row["TrailARN"])}`,
      group: "goTo",
      label: name,
      kind: "Trail",
      glyph: "store",
      hue: "sv-trail",
      run: () => navigate(trailPath(name)),
      line: `aws cloudtrail get-trail-status --name ${quoted(name)}`,
    };
  });
};

const isInUse = ({ client }: PaletteTools, service: string): boolean => client.pulse()?.inUse.includes(service) ?? false;

/** Rules with their bus, and the buses. */
const rules: PaletteProvider = async (_text, tools) => {
  if (!isInUse(tools, "events")) return [];
  const { client, navigate } = tools;
  const read = async (operation: string, input: Row): Promise<Row> =>
    (await client.api.read({ service: "events", operation, input })).output;
  const buses = rows((await read("ListEventBuses", {}))["EventBuses"]).map((bus) => String(bus["Name"]));
  const found = await Promise.all(buses.map(async (bus) => rows((await read("ListRules", { EventBusName: bus }))["Rules"])));
  const look = { group: "goTo", hue: "sv-events" } as const;
  return buses.flatMap((bus, at): PaletteItem[] => [
    {
      ...look,
      id: `bus ${bus}`,
      label: bus,
      kind: "Event bus",
      glyph: "bus",
      run: () => navigate(busRulesPath(bus)),
      line: `aws events list-rules --event-bus-name ${quoted(bus)}`,
    },
    ...(found[at] ?? []).map((rule): PaletteItem => {
      const name = String(rule["Name"]);
      return {
        ...look,
        id: `rule ${bus} ${name}`,
        label: bus === "default" ? name : `${bus} › ${name}`,
        kind: bus === "default" ? "Rule, default bus" : "Rule",
        glyph: "rule",
        run: () => navigate(rulePath(bus, name)),
        line: `aws events describe-rule --name ${quoted(name)}${bus === "default" ? "" : ` --event-bus-name ${quoted(bus)}`}`,
      };
    }),
  ]);
};

const NEWEST_TRACES = 200;

function traceItem(id: string, { navigate }: Pick<PaletteTools, "navigate">, more: string): PaletteItem {
  return {
    id: `trace ${id}`,
    group: "goTo",
    label: id,
    kind: more === "" ? "Trace" : `Trace, ${more}`,
    glyph: "trace",
    hue: "sv-xray",
    mono: true,
    begins: "1-",
    run: () => navigate(tracePath(id)),
    line: `aws xray batch-get-traces --trace-ids ${id}`,
  };
}

/** The newest traces, for an id that is half typed. */
const traces: PaletteProvider = async (_text, tools) => {
  if (!isInUse(tools, "xray")) return [];
  const { client } = tools;
  const { start = 0, clock = 0, region = "us-east-1" } = client.pulse() ?? {};
  const question = { expression: "", from: start, to: clock + 1, limit: NEWEST_TRACES };
  const found = (await client.api.look({ service: "xray", view: "filterPreview", region, question })) as { readonly newest?: unknown };
  return rows(found.newest).map((trace) => {
    const { HttpMethod, HttpURL } = (trace["Http"] ?? {}) as { readonly HttpMethod?: string; readonly HttpURL?: string };
    return traceItem(String(trace["Id"]), tools, [HttpMethod, HttpURL].filter((part) => part !== undefined).join(" "));
  });
};

/** The trace that a text names, whatever stands around the id: a header, a log line; W3C's form too. */
export function pastedTrace(text: string, tools: Pick<PaletteTools, "navigate">): PaletteItem | undefined {
  const [, time, rest] =
    /(?:^|[^0-9a-f])1-([0-9a-f]{8})-([0-9a-f]{24})(?![0-9a-f])/i.exec(text) ??
    /^(?:[0-9a-f]{2}-)?([0-9a-f]{8})([0-9a-f]{24})(?:-|$)/i.exec(text) ??
    [];
  return time === undefined || rest === undefined ? undefined : traceItem(`1-${time}-${rest}`.toLowerCase(), tools, "");
}

export const providers: PaletteProvider[] = [alarms, logGroups, metrics, rules, traces, principals, trails, replays];

function quoted(text: string): string {
  return /^[\w./:@=,+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** How well a text is found in a label: undefined = not at all, lower = better (whole, start, word start, inside, in order). */
export function matchRank(label: string, text: string): number | undefined {
  if (text === "") return 3;
  const [hay, needle] = [label.toLowerCase(), text.toLowerCase()];
  const at = hay.indexOf(needle);
  if (hay === needle) return 0;
  if (at === 0) return 1;
  if (at > 0) return /[^a-z0-9]/.test(hay[at - 1] ?? "") ? 2 : 3;
  let from = 0;
  for (const letter of needle) {
    const found = hay.indexOf(letter, from);
    if (found < 0) return undefined;
    from = found + 1;
  }
  return needle.length < 3 ? undefined : 4;
}

/** A label cut at the found text, for marking it. */
export function marked(label: string, text: string): readonly { readonly text: string; readonly isHit: boolean }[] {
  const at = text === "" ? -1 : label.toLowerCase().indexOf(text.toLowerCase());
  if (at < 0) return [{ text: label, isHit: false }];
  return [
    { text: label.slice(0, at), isHit: false },
    { text: label.slice(at, at + text.length), isHit: true },
    { text: label.slice(at + text.length), isHit: false },
  ].filter((piece) => piece.text !== "");
}
