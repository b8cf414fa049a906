/**
 * The format in which an account travels (link, file): the scenario, the commands, the clock and the sender's hash.
 *
 *   { format: 1, engine, title, note?, seed, start, account?, region?, setup?: [...], commands: [...], clock, hash, files?: [...] }
 *
 * A command is `{id, at, command}` as the journal holds it, or an `aws` line (see scenario-lines.ts).
 *
 * A file may carry the bytes of attachments as base64; a link never does. Everything is validated: what is wrong is
 * named by its path, unknown members are listed and ignored.
 */
import * as v from "valibot";
import { Bug, InputError } from "../model/errors.ts";
import type { Attachment, JournalRecord, Plain } from "../store/contract.ts";
import { fromPlain, REGION } from "./commands.ts";
import { MOMENT_MAX, type Scenario } from "./contract.ts";
import { ENGINE } from "./engine-version.ts";
import { type CommandLines, hasLines, withLines, withoutLines } from "./scenario-lines.ts";

export { hasLines };

export interface CarriedFile extends Attachment {
  readonly base64?: string;
}

export interface ScenarioFile extends Scenario {
  readonly engine: number;
  readonly commands: readonly JournalRecord[];
  readonly clock: number;
  readonly hash?: string;
  readonly files?: readonly CarriedFile[];
}

export interface ReadScenario {
  readonly file: ScenarioFile;
  /** Paths of members that this version does not know. */
  readonly unknown: readonly string[];
}

const moment = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MOMENT_MAX));
const text = (max: number) => v.pipe(v.string(), v.maxLength(max));
const region = v.pipe(v.string(), v.regex(REGION, "must be an AWS Region such as us-east-1"));
const plainObject = v.custom<Record<string, Plain>>(
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  "must be an object",
);

const callCommand = v.object({
  type: v.literal("call"),
  service: text(40),
  operation: text(80),
  input: plainObject,
  region,
  kind: v.picklist(["person", "program"]),
  principal: text(128),
  via: v.picklist(["form", "terminal", "sdk", "endpoint", "lesson"]),
  userAgent: v.optional(text(1024)),
  sourceIp: v.optional(text(64)),
});
const stageCommand = v.object({ type: v.literal("stage"), command: v.intersect([v.looseObject({ kind: text(40) }), plainObject]), region });
const record = v.object({
  id: v.pipe(v.number(), v.integer(), v.minValue(1)),
  at: moment,
  command: v.variant("type", [callCommand, stageCommand]),
});
const carried = v.object({
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, "must be 64 hexadecimal digits")),
  name: text(255),
  bytes: v.pipe(v.number(), v.integer(), v.minValue(0)),
  base64: v.optional(v.string()),
});
const schema = v.object({
  format: v.literal(1, "must be 1: this page reads scenario format 1"),
  engine: v.pipe(v.number(), v.integer(), v.minValue(1)),
  title: text(200),
  note: v.optional(text(10_000)),
  seed: text(100),
  start: moment,
  account: v.optional(v.pipe(v.string(), v.regex(/^\d{12}$/, "must be 12 digits"))),
  region: v.optional(region),
  commands: v.pipe(v.array(record), v.maxLength(100_000)),
  clock: moment,
  hash: v.optional(v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/, "must be 32 hexadecimal digits"))),
  files: v.optional(v.pipe(v.array(carried), v.maxLength(100))),
});

/** Members that this version does not know, by path. What a request or stage command holds is its handler's business. */
function unknownMembers(file: Readonly<Record<string, unknown>>): readonly string[] {
  const found: string[] = [];
  const look = (value: object, known: object, path: string): void => {
    for (const name of Object.keys(value)) if (!Object.hasOwn(known, name)) found.push(`${path}${name}`);
  };
  look(file, schema.entries, "");
  for (const [i, one] of (file.commands as { readonly command: { readonly type: string } }[]).entries()) {
    look(one, record.entries, `commands[${i}].`);
    look(one.command, one.command.type === "call" ? callCommand.entries : stageCommand.entries, `commands[${i}].command.`);
  }
  for (const [i, one] of ((file.files ?? []) as object[]).entries()) look(one, carried.entries, `files[${i}].`);
  return found;
}

/** Commands hold what `toPlain` writes; escapes that cannot be read are named by their command. */
function checkCommands(file: ScenarioFile): void {
  for (const [i, { command }] of file.commands.entries()) {
    const [held, member] = "input" in (command as object) ? [(command as { input: Plain }).input, "input"] : [command, "command"];
    try {
      fromPlain(held);
    } catch (thrown) {
      if (!(thrown instanceof InputError)) throw thrown;
      const path = `commands[${i}].command.${member}`;
      throw new InputError(`This scenario cannot be opened: ${path}: ${thrown.message}`, {
        path,
        found: thrown.found,
        allowed: thrown.allowed,
      });
    }
  }
}

const pathOf = (issue: v.BaseIssue<unknown>): string =>
  (issue.path ?? [])
    .map((part) => (typeof part.key === "number" ? `[${part.key}]` : `.${String(part.key)}`))
    .join("")
    .replace(/^\./, "");

/** The JSON of a scenario file, not yet looked at. Throws InputError. */
export function parseScenario(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch (error) {
    throw new InputError(`This is not a scenario: the text is not JSON (${(error as Error).message}).`, {
      path: "",
      allowed: "a JSON object",
    });
  }
}

/**
 * Reads the text of a scenario file (or of an unpacked link). Throws InputError naming the first wrong path. A file that
 * has `aws` lines (`hasLines`) needs the command line to read them.
 */
export function readScenarioFile(json: string, lines?: CommandLines): ReadScenario {
  let value = parseScenario(json);
  let ofLines: readonly string[] = [];
  if (hasLines(value)) {
    if (lines === undefined) throw new Bug("a scenario with aws lines was read without the command line");
    const plain = withoutLines(value as Readonly<Record<string, unknown>>, lines);
    [value, ofLines] = [plain.file, plain.unknown];
  }
  const result = v.safeParse(schema, value);
  if (!result.success) {
    const issue = result.issues[0];
    const path = pathOf(issue);
    throw new InputError(`This scenario cannot be opened: ${path === "" ? "it" : path} ${describe(issue)}.`, {
      path,
      found: issue.received,
      allowed: issue.expected ?? issue.message,
    });
  }
  checkOrder(result.output as ScenarioFile);
  checkCommands(result.output as ScenarioFile);
  return { file: result.output as ScenarioFile, unknown: [...unknownMembers(value as Record<string, unknown>), ...ofLines] };
}

const describe = (issue: v.BaseIssue<unknown>): string =>
  issue.received === "undefined"
    ? "is missing"
    : issue.message.startsWith("must")
      ? issue.message
      : `should be ${issue.expected ?? "different"}, found ${issue.received}`;

/** Commands go forward in id and time, and the clock is not before the last of them. */
function checkOrder(file: ScenarioFile): void {
  let [id, at] = [0, file.start];
  for (const [i, command] of file.commands.entries()) {
    if (command.id <= id)
      throw new InputError(`This scenario cannot be opened: commands[${i}].id must be greater than the one before.`, {
        path: `commands[${i}].id`,
        found: String(command.id),
      });
    if (command.at < at)
      throw new InputError(`This scenario cannot be opened: commands[${i}].at lies before the command ahead of it.`, {
        path: `commands[${i}].at`,
        found: String(command.at),
      });
    [id, at] = [command.id, command.at];
  }
  if (file.clock < at)
    throw new InputError("This scenario cannot be opened: clock lies before the last command.", {
      path: "clock",
      found: String(file.clock),
    });
}

/** The account as a scenario file. With `lines` it is written for people: a line for every command that a line says exactly. */
export function writeScenarioFile(
  scenario: Scenario,
  commands: readonly JournalRecord[],
  clock: number,
  hash: string,
  files: readonly CarriedFile[],
  lines?: CommandLines,
): string {
  const foot = { clock, hash, ...(files.length === 0 ? {} : { files }) };
  if (lines === undefined) return JSON.stringify({ ...scenario, engine: ENGINE, commands, ...foot } satisfies ScenarioFile);
  return JSON.stringify({ ...scenario, engine: ENGINE, commands: withLines(commands, scenario, lines), ...foot }, undefined, 1);
}
