/** What may stand at the cursor of an `aws` line. Pure but for the names of resources, which the caller looks up. */
import type { Completion } from "../../api.ts";
import { quoteWord } from "../../language/command-line/quote.ts";
import type { Word } from "../../language/command-line/words.ts";
import { parseCommandLine } from "../../language/command-line/words.ts";
import type { Models } from "../../model/models.ts";
import { shapeOf } from "../../model/models.ts";
import type { ServiceModel, Shape } from "../../model/shapes.ts";
import type { CliArgument } from "./arguments.ts";
import { argumentsOf } from "./arguments.ts";
import { GLOBAL_OPTIONS, OPERATION_OPTIONS } from "./globals.ts";
import { cliOperations, commandOf, serviceOf } from "./names.ts";
import { OWN_COMMANDS } from "./parse-args.ts";
import { resourceKind } from "./resource-kinds.ts";

type Option = Completion["options"][number];

/** Whether an operation of the API model is built here; where nobody says, all are. */
export type IsBuilt = (service: string, operation: string) => boolean;

/** Names of one kind of resource of the account, for completion. */
export type ResourceNames = (kind: string) => Promise<readonly string[]>;

const MOST_OPTIONS = 200;

export interface CompletionSources {
  readonly resources?: ResourceNames;
  readonly isBuilt?: IsBuilt;
}

/** `cursor` is an offset in `line`, which may hold several commands; the answer replaces `from`..`to`. What is built comes first. */
export async function completeLine(
  models: Models,
  line: string,
  cursor: number,
  { resources, isBuilt = () => true }: CompletionSources = {},
): Promise<Completion> {
  const before = parseCommandLine(line.slice(0, cursor));
  const command = before.commands[before.commands.length - 1];
  const startsNew = command === undefined || /[\n;]\s*$|&&\s*$/.test(line.slice(command.to, cursor));
  const words = startsNew ? [] : command.words;
  const last = words[words.length - 1];
  const isInside = last !== undefined && (last.to === cursor || before.problem?.incomplete === true);
  const done = isInside ? words.slice(0, -1) : words;
  const typed = isInside ? last.text : "";
  const from = isInside ? last.from : cursor;
  const found = await candidates(models, done, typed, resources, isBuilt);
  const tail = wordRest(line, cursor);
  const options = found.options.filter((option) => option.text !== typed || found.options.length > 1).slice(0, MOST_OPTIONS);
  return { from, to: cursor + (isInside ? tail : 0), options, ...(found.needed.length === 0 ? {} : { needed: found.needed }) };
}

/** Characters after the cursor that belong to the word it stands in. */
function wordRest(line: string, cursor: number): number {
  return /^[A-Za-z0-9_./:@%+=,-]*/.exec(line.slice(cursor))?.[0].length ?? 0;
}

interface Found {
  readonly options: readonly Option[];
  /** Required options the line does not have yet. */
  readonly needed: readonly string[];
}

async function candidates(
  models: Models,
  done: readonly Word[],
  typed: string,
  resources: ResourceNames | undefined,
  isBuilt: IsBuilt,
): Promise<Found> {
  const only = (options: readonly Option[]): Found => ({ options: matching(options, typed), needed: [] });
  if (done.length === 0) return only([{ text: "aws", kind: "command" }]);
  if (done[0]!.text !== "aws") return only([]);
  const { rest, open } = withoutGlobals(done.slice(1).map((word) => word.text));
  if (open !== undefined) return only(globalValues(open));
  const [command, verb] = rest;
  if (command === undefined) {
    const names = models.services.map(
      (name): Option => ({ text: commandOf(name), kind: "command", ...(hasBuilt(models, name, isBuilt) ? {} : NOT_BUILT) }),
    );
    return only(typed.startsWith("-") ? globalOptions() : builtFirst([...names, { text: "help", kind: "command" }]));
  }
  const service = serviceOf(models, command);
  const model = service === undefined ? undefined : models.get(service);
  if (service === undefined || model === undefined) return only([]);
  const operations = cliOperations(model);
  if (verb === undefined) {
    const own = (OWN_COMMANDS[service] ?? []).map((text): Option => ({ text, kind: "operation" }));
    const names = [...operations.entries()].map(
      ([text, name]): Option => ({ text, kind: "operation", detail: name, ...(isBuilt(service, name) ? {} : NOT_BUILT) }),
    );
    return only(builtFirst([...names, ...own, { text: "help", kind: "operation" }]));
  }
  if (service === "logs" && verb === "tail") return only(await tailOptions(rest.slice(2), resources));
  const operation = operations.get(verb);
  return operation === undefined ? only([]) : optionsOf(model, operation, rest.slice(2), typed, resources);
}

const NOT_BUILT = { notBuilt: true } as const;

/** What runs, in alphabetical order, then what AWS has and this does not. `help` stays with what runs. */
function builtFirst(options: readonly Option[]): Option[] {
  const place = (option: Option): string => `${option.notBuilt === true ? 1 : 0}${option.text}`;
  return [...options].sort((a, b) => (place(a) < place(b) ? -1 : 1));
}

function hasBuilt(models: Models, service: string, isBuilt: IsBuilt): boolean {
  return Object.keys(models.get(service)?.operations ?? {}).some((operation) => isBuilt(service, operation));
}

async function optionsOf(
  model: ServiceModel,
  operation: string,
  words: readonly string[],
  typed: string,
  resources: ResourceNames | undefined,
): Promise<Found> {
  const table = argumentsOf(model, operation);
  const given = new Set(words.filter((word) => word.startsWith("--")).map((word) => word.slice(2).split("=")[0]!));
  const hasJson = given.has("cli-input-json") || given.has("generate-cli-skeleton");
  const needed = hasJson
    ? []
    : [...table.values()].filter((argument) => argument.required && !given.has(argument.name)).map((argument) => `--${argument.name}`);
  const open = openArgument(table, words);
  if (open !== undefined && !typed.startsWith("--")) {
    const values = await valuesOf(model, operation, open.argument, typed, resources);
    // A list may end here: offer the next option too.
    if (!open.mayEnd || typed !== "") return { options: values, needed };
    return { options: [...values, ...unused(model, table, given)], needed };
  }
  const rest = unused(model, table, given);
  const help: Option[] = words.length === 0 ? [{ text: "help", kind: "option" }] : [];
  return {
    options: matching([...rest, ...help, ...(typed.startsWith("--") ? [...operationOptions(), ...globalOptions()] : [])], typed),
    needed,
  };
}

/** The option whose value comes next, if any. */
function openArgument(
  table: ReadonlyMap<string, CliArgument>,
  words: readonly string[],
): { argument: CliArgument; mayEnd: boolean } | undefined {
  let at = words.length - 1;
  while (at >= 0 && !words[at]!.startsWith("--")) at--;
  const argument = at < 0 ? undefined : table.get(words[at]!.slice(2));
  if (argument === undefined || argument.takes === "none") return undefined;
  const values = words.length - 1 - at;
  if (argument.takes === "one") return values === 0 ? { argument, mayEnd: false } : undefined;
  return { argument, mayEnd: values > 0 };
}

function unused(model: ServiceModel, table: ReadonlyMap<string, CliArgument>, given: ReadonlySet<string>): Option[] {
  const free = [...table.values()].filter((argument) => !given.has(argument.name));
  const ordered = [...free.filter((argument) => argument.required), ...free.filter((argument) => !argument.required)];
  return ordered.map((argument) => ({ text: `--${argument.name}`, kind: "option", detail: detailOf(model, argument) }));
}

function detailOf(model: ServiceModel, argument: CliArgument): string {
  const type =
    argument.takes === "none"
      ? "flag"
      : argument.shape.type === "list"
        ? `list of ${shapeOf(model, argument.shape.member.shape).type}`
        : argument.shape.type;
  return argument.required ? `${type}, required` : type;
}

async function valuesOf(
  model: ServiceModel,
  operation: string,
  argument: CliArgument,
  typed: string,
  resources: ResourceNames | undefined,
): Promise<Option[]> {
  const shape = argument.shape.type === "list" ? shapeOf(model, argument.shape.member.shape) : argument.shape;
  if (argument.form === "metric-datum" && argument.member === "Unit") return matching(unitOptions(model), typed);
  if (shape.type === "structure" && !typed.startsWith("{") && !typed.startsWith("[")) return shorthandOptions(model, shape, typed);
  const fixed = enumOptions(shape);
  if (fixed.length > 0) return matching(fixed, typed);
  const kind = resourceKind(model.service, operation, argument.member);
  if (kind === undefined || resources === undefined) return [];
  const names = await resources(kind);
  return names
    .filter((name) => name.startsWith(typed))
    .slice(0, MOST_OPTIONS)
    .map((name): Option => ({ text: quoteWord(name), kind: "resource", detail: kind }));
}

/** Inside `A=1,B=`: the next member's name, or the values of the one begun. The options carry the whole word. */
function shorthandOptions(model: ServiceModel, shape: Shape, typed: string): Option[] {
  if (shape.type !== "structure") return [];
  const cut = Math.max(typed.lastIndexOf(","), -1) + 1;
  const head = typed.slice(0, cut);
  const part = typed.slice(cut);
  const equals = part.indexOf("=");
  if (equals < 0) {
    const used = new Set(head.split(",").map((each) => each.split("=")[0]));
    return Object.entries(shape.members)
      .filter(([name]) => name.startsWith(part) && !used.has(name))
      .map(([name, ref]) => ({ text: `${head}${name}=`, kind: "value", detail: shapeOf(model, ref.shape).type }));
  }
  const name = part.slice(0, equals);
  const ref = Object.hasOwn(shape.members, name) ? shape.members[name] : undefined;
  if (ref === undefined) return [];
  return matching(
    enumOptions(shapeOf(model, ref.shape)).map((option) => ({ ...option, text: `${head}${name}=${option.text}` })),
    typed,
  );
}

function enumOptions(shape: Shape): Option[] {
  if (shape.type === "string") return (shape.enum ?? []).map((text): Option => ({ text: quoteWord(text), kind: "value" }));
  return [];
}

function unitOptions(model: ServiceModel): Option[] {
  const unit = model.shapes["StandardUnit"];
  return unit === undefined ? [] : enumOptions(unit);
}

async function tailOptions(words: readonly string[], resources: ResourceNames | undefined): Promise<Option[]> {
  const options = ["--since", "--format", "--filter-pattern", "--log-stream-names", "--log-stream-name-prefix"].map(
    (text): Option => ({ text, kind: "option" }),
  );
  if (words[words.length - 1] === "--format") return ["detailed", "short", "json"].map((text): Option => ({ text, kind: "value" }));
  if (words.length > 0 || resources === undefined) return options;
  const names = await resources("logGroup");
  return [...names.map((name): Option => ({ text: quoteWord(name), kind: "resource", detail: "logGroup" })), ...options];
}

/** Takes global options and their values out; `open` is one that still waits for its value. */
function withoutGlobals(words: readonly string[]): { rest: string[]; open?: string } {
  const rest: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    const name = word.startsWith("--") ? word.slice(2) : "";
    const option = Object.hasOwn(GLOBAL_OPTIONS, name) ? GLOBAL_OPTIONS[name] : undefined;
    if (option === undefined) rest.push(word);
    else if (option.takes && ++at >= words.length) return { rest, open: name };
  }
  return { rest };
}

function globalOptions(): Option[] {
  return Object.entries(GLOBAL_OPTIONS)
    .filter(([, option]) => option.help !== "Nothing to do here")
    .map(([name, option]) => ({ text: `--${name}`, kind: "option", detail: option.help }));
}

function operationOptions(): Option[] {
  return Object.entries(OPERATION_OPTIONS).map(([name, option]) => ({ text: `--${name}`, kind: "option", detail: option.help }));
}

function globalValues(name: string): Option[] {
  const fixed =
    name === "region"
      ? ["us-east-1", "us-east-2", "us-west-2", "eu-west-1", "eu-central-1", "ap-northeast-1"]
      : (GLOBAL_OPTIONS[name]?.choices ?? []);
  return fixed.map((text): Option => ({ text, kind: "value" }));
}

function matching(options: readonly Option[], typed: string): Option[] {
  return options.filter((option) => option.text.startsWith(typed) || option.text.replace(/^'/, "").startsWith(typed));
}
