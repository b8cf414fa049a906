/** An `aws` line, split into words, to what it asks for: a call, help, a skeleton, or one of the CLI's own commands. */
import type { Models } from "../../model/models.ts";
import { structureOf } from "../../model/models.ts";
import type { ServiceModel } from "../../model/shapes.ts";
import type { CliArgument } from "./arguments.ts";
import { argumentsOf, hasCount } from "./arguments.ts";
import { columns, splitArgs } from "./argv.ts";
import { GLOBAL_OPTIONS, OPERATION_OPTIONS } from "./globals.ts";
import { metricDatumValue } from "./metric-datum.ts";
import { cliName, cliOperations, commandsOf, serviceOf } from "./names.ts";
import type { Paging } from "./paginators.ts";
import { paginatorOf } from "./paginators.ts";
import { argumentError, nearest, UsageError } from "./usage-error.ts";
import { internalForm, json, optionValue, refuseFiles } from "./values.ts";

export interface Globals {
  readonly region?: string;
  readonly profile?: string;
  readonly output: "json" | "text" | "table";
  readonly query?: string;
  readonly paginate: boolean;
}

export type Invocation =
  | {
      readonly kind: "call";
      readonly service: string;
      readonly operation: string;
      /** Internal form. */
      readonly input: Readonly<Record<string, unknown>>;
      readonly globals: Globals;
      /** Set when the CLI pages through this call. */
      readonly paging?: Paging;
    }
  | { readonly kind: "help"; readonly service?: string; readonly operation?: string }
  | { readonly kind: "skeleton"; readonly service: string; readonly operation: string }
  | { readonly kind: "version" }
  | { readonly kind: "logs-tail"; readonly words: readonly string[]; readonly globals: Globals };

/** Commands of the CLI that are no operations of the service. */
export const OWN_COMMANDS: Readonly<Record<string, readonly string[]>> = { logs: ["tail"] };

/** `words` start after `aws`. Throws `UsageError`. */
export function parseArgs(models: Models, words: readonly string[]): Invocation {
  const top = splitArgs(words, (name) => {
    const option = GLOBAL_OPTIONS[name];
    if (name === "version") return { takes: "none" };
    if (option === undefined) return undefined;
    const choices = name === "output" ? undefined : option.choices;
    return { takes: option.takes ? "one" : "none", ...(choices === undefined ? {} : { choices }) };
  });
  if (top.options.has("version")) return { kind: "version" };
  const globals = globalsOf(top.options);
  const [command, verb, ...rest] = top.rest;
  if (command === undefined) throw argumentError("the following arguments are required: command");
  if (command === "help") return { kind: "help" };
  const service = serviceOf(models, command);
  const model = service === undefined ? undefined : models.get(service);
  if (service === undefined || model === undefined)
    throw invalidChoice("command", command, commandsOf(models), "only these services are simulated here; the AWS CLI itself has many more");
  if (verb === undefined) throw argumentError("the following arguments are required: operation");
  if (verb === "help") return { kind: "help", service };
  if (OWN_COMMANDS[service]?.includes(verb) === true) return { kind: "logs-tail", words: rest, globals };
  const operations = cliOperations(model);
  const operation = operations.get(verb);
  if (operation === undefined) {
    if (verb === "wait") throw new UsageError("aws: error: wait is not there: play the clock, then ask again", { withUsage: true });
    throw invalidChoice("operation", verb, [...operations.keys(), ...(OWN_COMMANDS[service] ?? []), "help"]);
  }
  if (rest.length === 1 && rest[0] === "help") return { kind: "help", service, operation };
  return parseOperation(model, operation, rest, globals);
}

function parseOperation(model: ServiceModel, operation: string, words: readonly string[], globals: Globals): Invocation {
  const table = argumentsOf(model, operation);
  const { options, rest } = splitArgs(words, (name) => {
    if (name === "generate-cli-skeleton") return { takes: "maybe", choices: ["input", "output"] };
    return table.get(name) ?? (OPERATION_OPTIONS[name] === undefined ? undefined : { takes: "one" });
  });
  const skeleton = options.get("generate-cli-skeleton");
  if (skeleton !== undefined) {
    if (skeleton[0] === "output") throw new UsageError("--generate-cli-skeleton output is not there; without a value it prints the input");
    return { kind: "skeleton", service: model.service, operation };
  }
  const inputJson = options.get("cli-input-json")?.[0];
  if (inputJson === undefined) {
    const missing = [...table.values()]
      .filter((argument) => argument.required && !options.has(argument.name))
      .map((argument) => `--${argument.name}`);
    if (missing.length > 0) throw argumentError(`the following arguments are required: ${missing.join(", ")}`, unknownHint(rest, table));
  }
  if (rest.length > 0) throw new UsageError(`Unknown options: ${rest.join(", ")}`, { withUsage: true, hint: unknownHint(rest, table) });

  const input: Record<string, unknown> = {};
  const datum: Record<string, unknown> = {};
  const paging: { -readonly [K in keyof Paging]: Paging[K] } = {};
  for (const [name, values] of options) {
    const argument = table.get(name);
    if (argument === undefined) continue;
    if (argument.form === "paging" && globals.paginate) readPaging(model, argument, values, paging);
    else if (argument.form === "paging") throw pagingConflict(options);
    else if (argument.form === "metric-datum") {
      if (options.has("metric-data")) throw mixedMetricData(argument);
      refuseFiles(`--${name}`, values);
      datum[argument.member] = metricDatumValue(`--${name}`, argument.member, values[0] ?? "");
    } else if (argument.form === "count") Object.assign(input, countsOf(values[0] ?? ""));
    else input[argument.member] = argument.takes === "none" ? argument.flag : optionValue(model, argument, values);
  }
  if (Object.keys(datum).length > 0) input["MetricData"] = [datum];
  if (inputJson !== undefined) {
    refuseFiles("--cli-input-json", [inputJson]);
    const given = json(inputJson, "--cli-input-json");
    const structure = structureOf(model, model.operations[operation]?.input);
    if (typeof given !== "object" || given === null || Array.isArray(given))
      throw new UsageError("Error parsing parameter 'cli-input-json': a JSON object is needed");
    const shaped = structure === undefined ? given : (internalForm(model, structure, given, "input") as object);
    for (const [key, value] of Object.entries(shaped)) if (!Object.hasOwn(input, key)) input[key] = value;
  }
  if (hasCount(model, operation)) for (const member of ["MinCount", "MaxCount"]) input[member] ??= 1;
  const paginator = paginatorOf(model.service, operation);
  const isManual =
    paginator !== undefined &&
    (input[paginator.token] !== undefined || (paginator.limit !== undefined && input[paginator.limit] !== undefined));
  if (isManual && Object.keys(paging).length > 0) throw pagingConflict(options);
  const call = { kind: "call", service: model.service, operation, input, globals } as const;
  return paginator === undefined || !globals.paginate || isManual ? call : { ...call, paging };
}

/** `3`, or `1:3`. */
function countsOf(text: string): Readonly<Record<string, number>> {
  const [, least, most = least] = /^(\d{1,9})(?::(\d{1,9}))?$/.exec(text) ?? [];
  if (least === undefined) throw new UsageError("count parameter should be of the form 1 or 1:3");
  return { MinCount: Number(least), MaxCount: Number(most) };
}

function readPaging(
  model: ServiceModel,
  argument: CliArgument,
  values: readonly string[],
  paging: { -readonly [K in keyof Paging]: Paging[K] },
): void {
  const value = optionValue(model, argument, values);
  if (argument.member === "StartingToken") paging.startingToken = String(value);
  else if (argument.member === "PageSize") paging.pageSize = Number(value);
  else paging.maxItems = Number(value);
}

function pagingConflict(options: ReadonlyMap<string, unknown>): UsageError {
  const used = ["starting-token", "page-size", "max-items"].filter((name) => options.has(name)).map((name) => `--${name}`);
  return new UsageError(`Error during pagination: Cannot specify --no-paginate along with pagination arguments: ${used.join(", ")}`);
}

function mixedMetricData(argument: CliArgument): UsageError {
  const key = argument.name.replaceAll("-", "_");
  return new UsageError(`The key "${key}" cannot be specified when one of the following keys are also specified: metric_data`);
}

function globalsOf(options: ReadonlyMap<string, readonly string[]>): Globals {
  const one = (name: string): string | undefined => options.get(name)?.[0];
  const output = one("output") ?? "json";
  if (output !== "json" && output !== "text" && output !== "table") {
    const isOther = ["yaml", "yaml-stream", "off"].includes(output);
    throw argumentError(
      `argument --output: Invalid choice, valid choices are:\n\n${columns(["json", "text", "table"])}`,
      isOther ? `${output} is not there; json, text and table are` : undefined,
    );
  }
  const region = one("region");
  if (region !== undefined && !/^[a-z]{2}(?:-[a-z]+)+-\d+$/.test(region)) {
    throw new UsageError(`Provided region_name '${region}' doesn't match a supported format.`, { exitCode: 255 });
  }
  const query = one("query");
  const profile = one("profile");
  return {
    output,
    paginate: !options.has("no-paginate"),
    ...(region === undefined ? {} : { region }),
    ...(query === undefined ? {} : { query }),
    ...(profile === undefined ? {} : { profile }),
  };
}

function invalidChoice(what: string, word: string, choices: readonly string[], hint?: string): UsageError {
  const like = nearest(word, choices);
  const meant = like === undefined ? "" : `\n\nInvalid choice: '${word}', maybe you meant:\n\n  * ${like}`;
  return argumentError(
    `argument ${what}: Invalid choice, valid choices are:\n\n${columns(choices)}${meant}`,
    like === undefined ? hint : undefined,
  );
}

function unknownHint(rest: readonly string[], table: ReadonlyMap<string, unknown>): string | undefined {
  const word = rest.find((each) => each.startsWith("--"));
  if (word === undefined) {
    return rest.length === 0 ? undefined : "a text with spaces is one value only inside single quotes";
  }
  const name = word.slice(2).split("=")[0]!;
  const like = nearest(name, [...table.keys(), ...Object.keys(GLOBAL_OPTIONS)]) ?? nearest(cliName(name), table.keys());
  return like === undefined ? undefined : `${word} is not an option here; maybe you meant --${like}`;
}
