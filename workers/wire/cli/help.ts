/** `help` for the line, a service and an operation, made from the API model; our own words. */
import type { Models } from "../../model/models.ts";
import { shapeOf } from "../../model/models.ts";
import type { ServiceModel, Shape } from "../../model/shapes.ts";
import type { CliArgument } from "./arguments.ts";
import { argumentsOf } from "./arguments.ts";
import type { IsBuilt } from "./complete.ts";
import { GLOBAL_OPTIONS, OPERATION_OPTIONS } from "./globals.ts";
import { cliName, cliOperations, commandOf } from "./names.ts";
import { OWN_COMMANDS } from "./parse-args.ts";
import { UsageError } from "./usage-error.ts";

export interface HelpTopic {
  readonly service?: string;
  readonly operation?: string;
}

export function helpText(models: Models, topic: HelpTopic, isBuilt: IsBuilt = () => true): string {
  const { service, operation } = topic;
  if (service === undefined) return topHelp(models, isBuilt);
  const model = models.get(service);
  if (model === undefined) throw new UsageError(`${service} is not there`);
  return operation === undefined ? serviceHelp(model, isBuilt) : operationHelp(model, operation, isBuilt(service, operation));
}

/** A section of what is not built, where there is any. */
const notBuilt = (names: readonly string[]): readonly Section[] => (names.length === 0 ? [] : [["NOT BUILT HERE", names]]);

function topHelp(models: Models, isBuilt: IsBuilt): string {
  const services = [...models.services].sort();
  const runs = services.filter((service) => Object.keys(models.get(service)?.operations ?? {}).some((name) => isBuilt(service, name)));
  return page("aws", [
    ["SYNOPSIS", ["aws [options] <service> <operation> [parameters]"]],
    [
      "WHAT RUNS HERE",
      [
        "Lines run in the simulated account of this page; no key is needed. Several lines, ; and && work,",
        "a line that ends in \\ goes on. Pipes, redirects, variables and files are not there.",
      ],
    ],
    ["SERVICES", runs.map(commandOf)],
    ...notBuilt(services.filter((service) => !runs.includes(service)).map(commandOf)),
    ["OPTIONS", globalLines()],
    ["MORE", ["aws <service> help", "aws <service> <operation> help"]],
  ]);
}

function serviceHelp(model: ServiceModel, isBuilt: IsBuilt): string {
  const operations = [...cliOperations(model)];
  const runs = operations.filter(([, name]) => isBuilt(model.service, name)).map(([text]) => text);
  const others = operations.filter(([, name]) => !isBuilt(model.service, name)).map(([text]) => text);
  const command = commandOf(model.service);
  return page(`aws ${command}`, [
    ["SYNOPSIS", [`aws ${command} <operation> [parameters]`]],
    ["OPERATIONS", [...runs, ...(OWN_COMMANDS[model.service] ?? [])].sort()],
    ...notBuilt(others.sort()),
    ["MORE", [`aws ${command} <operation> help`]],
  ]);
}

function operationHelp(model: ServiceModel, operation: string, runs: boolean): string {
  const table = argumentsOf(model, operation);
  const synopsis = [`aws ${commandOf(model.service)} ${cliName(operation)}`];
  const options: string[] = [];
  const flags = new Set([...table.values()].filter((argument) => argument.flag === true).map((argument) => argument.name));
  for (const argument of table.values()) {
    if (argument.flag === false) continue;
    const form = flags.has(argument.name) ? `--${argument.name} | --no-${argument.name}` : `--${argument.name} <value>`;
    synopsis.push(argument.required ? form : `[${form}]`);
    options.push(...optionLines(model, argument));
  }
  for (const [name, option] of Object.entries(OPERATION_OPTIONS)) {
    synopsis.push(option.takes ? `[--${name} <value>]` : `[--${name}]`);
    options.push(`--${name}`, `    ${option.help}`);
  }
  return page(`aws ${commandOf(model.service)} ${cliName(operation)}`, [
    ["API", [`${operation} of ${model.metadata.serviceId} (${model.metadata.apiVersion})`]],
    ...(runs ? [] : ([["NOT BUILT HERE", ["AWS has this operation; in this account it answers NotImplemented."]]] as const)),
    ["SYNOPSIS", [synopsis[0]!, ...synopsis.slice(1).map((each) => `  ${each}`)]],
    ["OPTIONS", options],
    ["GLOBAL OPTIONS", globalLines()],
  ]);
}

function optionLines(model: ServiceModel, argument: CliArgument): string[] {
  const { shape } = argument;
  const kind = argument.takes === "none" ? "flag" : typeName(model, shape);
  const lines = [`--${argument.name} (${kind})${argument.required ? " required" : ""}`];
  const element = shape.type === "list" ? shapeOf(model, shape.member.shape) : shape;
  if (element.type === "string" && element.enum !== undefined) lines.push(`    one of: ${element.enum.join(", ")}`);
  const { min, max } = shape as { min?: number; max?: number };
  if (min !== undefined || max !== undefined) {
    const what = shape.type === "string" ? "characters" : shape.type === "list" ? "elements" : "value";
    lines.push(`    ${what}: ${min ?? 0} to ${max ?? "any"}`);
  }
  const short = argument.form === "member" ? shorthandForm(model, shape, 0) : undefined;
  if (short !== undefined) lines.push(`    shorthand: ${short}${shape.type === "list" ? " ..." : ""}`, "    or JSON in single quotes");
  if (argument.form === "metric-datum" && argument.member === "Dimensions")
    lines.push("    as: InstanceType=t2.micro,AvailabilityZone=us-east-1a");
  if (argument.form === "metric-datum" && argument.member === "StatisticValues")
    lines.push("    as: Sum=1,Minimum=0,Maximum=1,SampleCount=2");
  if (shape.type === "timestamp") lines.push("    as: 2026-03-12T09:14:00Z, or seconds since 1970");
  return lines;
}

function typeName(model: ServiceModel, shape: Shape): string {
  if (shape.type === "list") return `list of ${typeName(model, shapeOf(model, shape.member.shape))}`;
  return shape.type === "blob" ? "bytes in base64" : shape.type;
}

/** `Name=string,Value=string`; undefined where shorthand does not apply. */
function shorthandForm(model: ServiceModel, shape: Shape, depth: number): string | undefined {
  if (shape.type === "list") {
    const member = shapeOf(model, shape.member.shape);
    return member.type === "structure" || member.type === "map" ? shorthandForm(model, member, depth) : undefined;
  }
  if (shape.type === "map") return `key=${shapeOf(model, shape.value.shape).type}`;
  if (shape.type !== "structure") return undefined;
  const members = Object.entries(shape.members).map(([name, ref]) => {
    const of = shapeOf(model, ref.shape);
    const inner = depth > 1 ? undefined : shorthandForm(model, of, depth + 1);
    if (inner !== undefined) return `${name}=${of.type === "list" ? `[{${inner}}]` : `{${inner}}`}`;
    return `${name}=${of.type === "list" ? `[${shapeOf(model, of.member.shape).type}]` : of.type}`;
  });
  return members.join(",");
}

function globalLines(): string[] {
  return Object.entries(GLOBAL_OPTIONS)
    .filter(([, option]) => option.help !== "Nothing to do here")
    .map(
      ([name, option]) =>
        `${`--${name}`.padEnd(18)} ${option.help}${option.choices === undefined ? "" : ` (${option.choices.join(", ")})`}`,
    );
}

type Section = readonly [title: string, lines: readonly string[]];

function page(name: string, sections: readonly Section[]): string {
  const blocks = sections.map(([title, lines]) => `${title}\n${lines.map((line) => `    ${line}`).join("\n")}\n`);
  return `NAME\n    ${name}\n\n${blocks.join("\n")}`;
}
