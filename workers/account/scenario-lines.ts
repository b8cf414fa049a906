/**
 * A scenario file's commands as `aws` lines, which people read and write:
 *
 *   setup: ["aws logs create-log-group --log-group-name /shop"]        each at the start, before all commands
 *   commands: [{at?, aws: "aws ...", via?, userAgent?, sourceIp?, kind?, id?}]
 *
 * `at` is epoch milliseconds or an ISO 8601 moment, by default that of the command before; `--region` and `--profile`
 * name Region and identity. A line stands for one request, as the terminal would send it. Reading turns lines into the
 * commands that the journal holds; writing takes a line only where reading it gives the same command again, to the letter.
 */
import { InputError } from "../model/errors.ts";
import { parseIsoTime } from "../model/validate-time.ts";
import type { JournalRecord, Plain } from "../store/contract.ts";
import { type CallCommand, fromPlain, toPlain } from "./commands.ts";

/** What a line asks for. */
export interface LineRequest {
  readonly service: string;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly region?: string;
  readonly principal?: string;
  /** As what the terminal would announce itself. */
  readonly userAgent: string;
}

/** The command line, which stands above the account: given by who reads or writes a file. */
export interface CommandLines {
  /** Throws InputError where the line is none, asks for more than one request, or only prints. */
  read(line: string): LineRequest;
  /** A line with `--region` and `--profile` where they are given; undefined when there is none. */
  write(request: Omit<LineRequest, "userAgent">): string | undefined;
}

const DEFAULT_REGION = "us-east-1";
const DEFAULT_PRINCIPAL = "developer";
const KNOWN = ["id", "at", "aws", "via", "kind", "userAgent", "sourceIp"];

interface LineRecord {
  readonly id?: number;
  readonly at?: number | string;
  readonly aws: string;
  readonly via?: string;
  readonly kind?: string;
  readonly userAgent?: string;
  readonly sourceIp?: string;
}

type Members = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Members => typeof value === "object" && value !== null && !Array.isArray(value);

/** Whether a file has lines at all: only then the command line is needed. */
export function hasLines(value: unknown): boolean {
  if (!isObject(value)) return false;
  return "setup" in value || (Array.isArray(value.commands) && value.commands.some((one) => isObject(one) && "aws" in one));
}

const refuse = (path: string, why: string, found: unknown): never => {
  throw new InputError(`This scenario cannot be opened: ${path} ${why}.`, {
    path,
    found: typeof found === "string" ? found : typeof found,
  });
};

/** A line that cannot be read is named by its place; the command line's own words say why. */
function lineAt(lines: CommandLines, line: unknown, path: string): LineRequest {
  if (typeof line !== "string") return refuse(path, "must be an aws line", line);
  try {
    return lines.read(line);
  } catch (thrown) {
    if (!(thrown instanceof InputError)) throw thrown;
    throw new InputError(`This scenario cannot be opened: ${path}: ${thrown.message}`, { path, found: line, allowed: thrown.allowed });
  }
}

function momentAt(value: unknown, path: string, before: unknown): unknown {
  if (value === undefined) return before;
  if (typeof value !== "string") return value;
  return parseIsoTime(value) ?? refuse(path, "must be epoch milliseconds or a moment such as 2026-03-12T09:20:00Z", value);
}

/**
 * The file with every line turned into the command it stands for; all else is left as it is, for the file's own rules.
 * Also the paths of members of lines that are not known.
 */
export function withoutLines(file: Members, lines: CommandLines): { readonly file: Members; readonly unknown: readonly string[] } {
  const { setup, ...rest } = file;
  const unknown: string[] = [];
  const region = typeof file.region === "string" ? file.region : DEFAULT_REGION;
  const records: unknown[] = [];
  let [id, at] = [0, file.start];
  const add = (record: LineRecord, path: string): void => {
    const { service, operation, input, ...asked } = lineAt(lines, record.aws, path);
    const via = record.via ?? "terminal";
    const userAgent = record.userAgent ?? (via === "terminal" ? asked.userAgent : undefined);
    id = record.id ?? id + 1;
    const command = {
      type: "call",
      service,
      operation,
      input: toPlain(input),
      region: asked.region ?? region,
      kind: record.kind ?? "person",
      principal: asked.principal ?? DEFAULT_PRINCIPAL,
      via,
      ...(userAgent === undefined ? {} : { userAgent }),
      ...(record.sourceIp === undefined ? {} : { sourceIp: record.sourceIp }),
    };
    records.push({ id, at, command });
  };
  if (setup !== undefined && !Array.isArray(setup)) refuse("setup", "must be a list of aws lines", setup);
  for (const [i, line] of ((setup ?? []) as unknown[]).entries()) add({ aws: line as string }, `setup[${i}]`);
  for (const [i, one] of (Array.isArray(file.commands) ? file.commands : []).entries()) {
    if (isObject(one) && "aws" in one) {
      for (const name of Object.keys(one)) if (!KNOWN.includes(name)) unknown.push(`commands[${i}].${name}`);
      at = momentAt(one.at, `commands[${i}].at`, at);
      add(one as unknown as LineRecord, `commands[${i}].aws`);
      continue;
    }
    records.push(one);
    if (isObject(one)) [id, at] = [typeof one.id === "number" ? one.id : id, one.at];
  }
  // A list that is none is refused where it stands.
  const isList = file.commands === undefined || Array.isArray(file.commands);
  return { file: { ...rest, commands: isList ? records : file.commands }, unknown };
}

/** The journal with a line in place of every command that a line says exactly. */
export function withLines(
  commands: readonly JournalRecord[],
  scenario: { readonly start: number; readonly region?: string },
  lines: CommandLines,
): readonly (JournalRecord | LineRecord)[] {
  let [id, at] = [0, scenario.start];
  return commands.map((record) => {
    const command = record.command as unknown as CallCommand;
    const line = command.type === "call" ? lineOf(command, scenario.region ?? DEFAULT_REGION, lines) : undefined;
    const written =
      line === undefined
        ? record
        : {
            ...(record.id === id + 1 ? {} : { id: record.id }),
            ...(record.at === at ? {} : { at: new Date(record.at).toISOString() }),
            ...line,
          };
    [id, at] = [record.id, record.at];
    return written;
  });
}

function lineOf(command: CallCommand, home: string, lines: CommandLines): LineRecord | undefined {
  const { service, operation, region, principal, via, kind, userAgent, sourceIp } = command;
  const aws = lines.write({
    service,
    operation,
    input: fromPlain(command.input) as LineRequest["input"],
    ...(region === home ? {} : { region }),
    ...(principal === DEFAULT_PRINCIPAL ? {} : { principal }),
  });
  if (aws === undefined) return undefined;
  let read: LineRequest;
  try {
    read = lines.read(aws);
  } catch (thrown) {
    if (thrown instanceof InputError) return undefined;
    throw thrown;
  }
  const usual = via === "terminal" ? read.userAgent : undefined;
  const isSame =
    read.service === service &&
    read.operation === operation &&
    (read.region ?? home) === region &&
    (read.principal ?? DEFAULT_PRINCIPAL) === principal &&
    JSON.stringify(toPlain(read.input)) === JSON.stringify(command.input satisfies Plain) &&
    // A terminal's line always announces itself; one without cannot be said.
    !(usual !== undefined && userAgent === undefined);
  if (!isSame) return undefined;
  return {
    aws,
    ...(via === "terminal" ? {} : { via }),
    ...(kind === "person" ? {} : { kind }),
    ...(userAgent === usual || userAgent === undefined ? {} : { userAgent }),
    ...(sourceIp === undefined ? {} : { sourceIp }),
  };
}
