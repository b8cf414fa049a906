/** `aws logs tail`: one of the CLI's own commands, on top of FilterLogEvents. */
import { parseIsoTime } from "../../model/validate-time.ts";
import { splitArgs } from "./argv.ts";
import { argumentError, UsageError } from "./usage-error.ts";

const OPTIONS: Readonly<Record<string, { takes: "none" | "one" | "many"; choices?: readonly string[] }>> = {
  since: { takes: "one" },
  follow: { takes: "none" },
  format: { takes: "one", choices: ["detailed", "short", "json"] },
  "filter-pattern": { takes: "one" },
  "log-stream-names": { takes: "many" },
  "log-stream-name-prefix": { takes: "one" },
};

type Answer = Readonly<Record<string, unknown>>;

/** Events of a group since a moment (default ten minutes ago), one a line, as the CLI prints them. */
export async function tail(words: readonly string[], now: number, filter: (input: Answer) => Promise<Answer>): Promise<string> {
  const { options, rest } = splitArgs(words, (name) => OPTIONS[name]);
  const [group, ...extra] = rest;
  if (group === undefined) throw argumentError("the following arguments are required: group_name");
  if (extra.length > 0) throw new UsageError(`Unknown options: ${extra.join(", ")}`, { withUsage: true });
  if (options.has("follow")) {
    throw new UsageError("--follow is not there: a line answers once", {
      hint: "run it again for what is new, or open Live Tail on the Logs page",
    });
  }
  const one = (name: string): string | undefined => options.get(name)?.[0];
  const names = options.get("log-stream-names");
  const prefix = one("log-stream-name-prefix");
  const pattern = one("filter-pattern");
  const isArn = group.startsWith("arn:");
  const output = await filter({
    ...(isArn ? { logGroupIdentifier: group } : { logGroupName: group }),
    startTime: sinceMoment(one("since") ?? "10m", now),
    ...(pattern === undefined ? {} : { filterPattern: pattern }),
    ...(names === undefined ? {} : { logStreamNames: names }),
    ...(prefix === undefined ? {} : { logStreamNamePrefix: prefix }),
  });
  const events = (output["events"] ?? []) as readonly {
    readonly timestamp?: number;
    readonly message?: string;
    readonly logStreamName?: string;
  }[];
  const format = one("format") ?? "detailed";
  return events.map((event) => `${eventLine(event, format)}\n`).join("");
}

function eventLine(
  event: { readonly timestamp?: number; readonly message?: string; readonly logStreamName?: string },
  format: string,
): string {
  const iso = new Date(event.timestamp ?? 0).toISOString();
  const message = event.message ?? "";
  const detailed = `${iso.slice(0, 23)}000+00:00 ${event.logStreamName ?? ""}`;
  if (format === "short") return `${iso.slice(0, 19)} ${message}`;
  if (format === "json") return `${detailed} ${prettyJson(message)}`;
  return `${detailed} ${message}`;
}

/** JSON messages over several lines; others as they are. */
function prettyJson(message: string): string {
  try {
    return `\n${JSON.stringify(JSON.parse(message), undefined, 4)}`;
  } catch {
    // Not JSON: the format shows it unchanged.
    return message;
  }
}

const UNIT_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

function sinceMoment(text: string, now: number): number {
  const relative = /^(\d+)([smhdw])$/.exec(text);
  if (relative !== null) return now - Number(relative[1]) * UNIT_MS[relative[2]!]!;
  const ms = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) * 1000 : parseIsoTime(text);
  if (ms === undefined)
    throw new UsageError(`Invalid value for --since: ${text}`, { hint: "write 5m, 1h, 2d, or a time as 2026-03-12T09:14:00Z" });
  return ms;
}
