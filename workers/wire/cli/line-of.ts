/** The reverse of the parser: a request as the shortest readable `aws` line. Forms show it, the journal exports it. */
import { quoteWord } from "../../language/command-line/quote.ts";
import { parseCommandLine } from "../../language/command-line/words.ts";
import { Bug } from "../../model/errors.ts";
import type { Models } from "../../model/models.ts";
import { shapeOf, structureOf } from "../../model/models.ts";
import type { ServiceModel, Shape } from "../../model/shapes.ts";
import type { CliArgument } from "./arguments.ts";
import { argumentsOf, COUNTS, hasCount } from "./arguments.ts";
import { looksLikeOption } from "./argv.ts";
import { cliName, commandOf } from "./names.ts";
import { parseArgs } from "./parse-args.ts";
import { base64 } from "./printable.ts";
import { UsageError } from "./usage-error.ts";
import { internalForm } from "./values.ts";

type Input = Readonly<Record<string, unknown>>;

/**
 * A line that `parseArgs` takes back to the same input (timestamps as epoch milliseconds). Where options cannot say it
 * (control characters, a text that starts with `file://`, members the model does not know) it is `--cli-input-json`.
 * `region`: adds `--region`.
 */
export function lineOf(models: Models, service: string, operation: string, input: Input, region?: string): string {
  const model = models.get(service);
  if (model === undefined || model.operations[operation] === undefined) throw new Bug(`no line for ${service} ${operation}`);
  const structure = structureOf(model, model.operations[operation]?.input);
  const given = withoutUndefined(input);
  const head = `aws ${commandOf(service)} ${cliName(operation)}`;
  const foot = region === undefined ? "" : ` --region ${region}`;
  const plain = optionsLine(model, operation, given);
  if (plain !== undefined) {
    const line = [head, ...plain].join(" ") + foot;
    const wanted =
      structure === undefined ? given : safely(() => internalForm(model, structure, wireForm(model, structure, given), "input"));
    if (wanted !== undefined && same(inputOf(models, line), wanted)) return line;
  }
  return `${head} --cli-input-json ${quoteWord(jsonText(structure === undefined ? given : wireForm(model, structure, given)))}${foot}`;
}

function inputOf(models: Models, line: string): unknown {
  return safely(() => {
    const words =
      parseCommandLine(line)
        .commands[0]?.words.slice(1)
        .map((word) => word.text) ?? [];
    const invocation = parseArgs(models, words);
    return invocation.kind === "call" && invocation.globals.paginate ? invocation.input : undefined;
  });
}

function safely<T>(attempt: () => T): T | undefined {
  try {
    return attempt();
  } catch (error) {
    // Not sayable in options: the caller takes the JSON form.
    if (error instanceof UsageError) return undefined;
    throw error;
  }
}

function optionsLine(model: ServiceModel, operation: string, input: Input): string[] | undefined {
  const table = argumentsOf(model, operation);
  const byMember = new Map(
    [...table.values()]
      .filter((argument) => argument.form === "member" && argument.flag !== false)
      .map((argument) => [argument.member, argument]),
  );
  const out: string[] = [];
  const datum = model.service === "cloudwatch" && operation === "PutMetricData" ? datumOptions(input["MetricData"]) : undefined;
  for (const [member, value] of Object.entries(input)) {
    if (hasCount(model, operation) && COUNTS.includes(member)) continue;
    const argument = byMember.get(member);
    if (argument === undefined) return undefined;
    if (member === "MetricData" && datum !== undefined) out.push(...datum);
    else {
      const words = optionWords(model, argument, value);
      if (words === undefined) return undefined;
      out.push(...words);
    }
  }
  if (hasCount(model, operation)) {
    const { MinCount: least, MaxCount: most } = input;
    if (!Number.isSafeInteger(least) || !Number.isSafeInteger(most)) return undefined;
    out.push("--count", least === most ? String(least) : `${least}:${most}`);
  }
  return out;
}

function optionWords(model: ServiceModel, argument: CliArgument, value: unknown): string[] | undefined {
  const option = `--${argument.name}`;
  const { shape } = argument;
  if (argument.takes === "none") return [value === false ? `--no-${argument.name}` : option];
  if (shape.type === "list" && Array.isArray(value)) {
    if (value.length === 0) return [option];
    const member = shapeOf(model, shape.member.shape);
    const words = value.map((each) => (isComplex(member) ? shorthandWord(model, member, each) : scalarWord(member, each)));
    const isPlain = words.every((word) => word !== undefined && !looksLikeOption(word) && !/^\s*[[{]/.test(word) && !hasControl(word));
    if (isPlain) return [option, ...words.map((word) => quoteWord(word!))];
    return jsonWords(model, option, shape, value);
  }
  if (shape.type === "structure" || shape.type === "map") {
    const word = shorthandWord(model, shape, value);
    if (word !== undefined && word !== "" && !looksLikeOption(word)) return [option, quoteWord(word)];
    return jsonWords(model, option, shape, value);
  }
  const word = scalarWord(shape, value);
  if (word === undefined || hasControl(word)) return undefined;
  return looksLikeOption(word) ? [quoteWord(`${option}=${word}`)] : [option, quoteWord(word)];
}

function jsonWords(model: ServiceModel, option: string, shape: Shape, value: unknown): string[] {
  return [option, quoteWord(jsonText(wireForm(model, shape, value)))];
}

function scalarWord(shape: Shape, value: unknown): string | undefined {
  if (shape.type === "timestamp") return typeof value === "number" ? momentText(value) : typeof value === "string" ? value : undefined;
  if (value instanceof Uint8Array) return base64(value);
  if (typeof value === "string") return value;
  if (typeof value === "number" && (shape.type === "double" || shape.type === "float" || Number.isSafeInteger(value))) return String(value);
  return typeof value === "boolean" ? String(value) : undefined;
}

/** `A=1,B=[x,y]` where all values are plain words; undefined otherwise. */
function shorthandWord(model: ServiceModel, shape: Shape, value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value) || value instanceof Uint8Array) return undefined;
  const parts: string[] = [];
  for (const [key, member] of Object.entries(value)) {
    const ref = shape.type === "structure" ? shape.members[key] : shape.type === "map" ? shape.value : undefined;
    if (ref === undefined || !/^[A-Za-z0-9\-_.#/:]+$/.test(key)) return undefined;
    const of = shapeOf(model, ref.shape);
    const text = shorthandValue(model, of, member);
    if (text === undefined) return undefined;
    parts.push(`${key}=${text}`);
  }
  return parts.join(",");
}

function shorthandValue(model: ServiceModel, shape: Shape, value: unknown): string | undefined {
  if (shape.type === "list") {
    const member = shapeOf(model, shape.member.shape);
    if (!Array.isArray(value) || isComplex(member)) return undefined;
    const words = value.map((each) => shorthandScalar(member, each));
    return words.includes(undefined) ? undefined : `[${words.join(",")}]`;
  }
  if (shape.type === "map") {
    const word = shorthandWord(model, shape, value);
    return word === undefined ? undefined : `{${word}}`;
  }
  return isComplex(shape) ? undefined : shorthandScalar(shape, value);
}

function shorthandScalar(shape: Shape, value: unknown): string | undefined {
  const word = scalarWord(shape, value);
  return word !== undefined && /^[A-Za-z0-9_.:/+@%$*-]+(?: [A-Za-z0-9_.:/+@%$*-]+)*$/.test(word) ? word : undefined;
}

/** The flattened options of put-metric-data, for one datum of plain members. */
function datumOptions(data: unknown): string[] | undefined {
  const datum = Array.isArray(data) && data.length === 1 ? (data[0] as Record<string, unknown>) : undefined;
  if (datum === undefined || datum === null || typeof datum !== "object") return undefined;
  const out: string[] = [];
  for (const [member, value] of Object.entries(datum)) {
    const text = datumText(member, value);
    if (text === undefined || hasControl(text)) return undefined;
    const option = `--${cliName(member)}`;
    out.push(...(looksLikeOption(text) ? [quoteWord(`${option}=${text}`)] : [option, quoteWord(text)]));
  }
  return out;
}

function datumText(member: string, value: unknown): string | undefined {
  const isPlain = (text: unknown): text is string => typeof text === "string" && /^[^,='"\\[\]]+$/.test(text);
  switch (member) {
    case "MetricName":
    case "Unit":
      return typeof value === "string" ? value : undefined;
    case "Value":
    case "StorageResolution":
      return typeof value === "number" ? String(value) : undefined;
    case "Timestamp":
      return typeof value === "number" ? momentText(value) : typeof value === "string" ? value : undefined;
    case "Dimensions": {
      const list = value as readonly { Name?: unknown; Value?: unknown }[];
      if (
        !Array.isArray(value) ||
        value.length === 0 ||
        !list.every((each) => isPlain(each?.Name) && isPlain(each?.Value) && Object.keys(each).length === 2)
      )
        return undefined;
      return list.map((each) => `${String(each.Name)}=${String(each.Value)}`).join(",");
    }
    case "StatisticValues": {
      const entries = typeof value === "object" && value !== null ? Object.entries(value) : [];
      if (entries.length === 0 || !entries.every(([, number]) => typeof number === "number")) return undefined;
      return entries.map(([name, number]) => `${name}=${String(number)}`).join(",");
    }
    default:
      return undefined;
  }
}

/** Internal form to JSON's: timestamps ISO 8601, bytes base64. */
function wireForm(model: ServiceModel, shape: Shape, value: unknown): unknown {
  if (value instanceof Uint8Array) return base64(value);
  if (shape.type === "timestamp" && typeof value === "number") return momentText(value);
  if (Array.isArray(value)) {
    if (shape.type !== "list") return value;
    const member = shapeOf(model, shape.member.shape);
    return value.map((each) => wireForm(model, member, each));
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => {
      const ref =
        shape.type === "structure"
          ? Object.hasOwn(shape.members, key)
            ? shape.members[key]
            : undefined
          : shape.type === "map"
            ? shape.value
            : undefined;
      return [key, ref === undefined ? each : wireForm(model, shapeOf(model, ref.shape), each)];
    }),
  );
}

/** JSON whose text has no control characters at all (JSON leaves DEL and U+0080..9F as they are). */
function jsonText(value: unknown): string {
  return JSON.stringify(value).replace(/[\u007f-\u009f\u2028\u2029]/g, (ch) => `\\u${ch.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function momentText(ms: number): string {
  const iso = new Date(ms).toISOString();
  return iso.endsWith(".000Z") ? `${iso.slice(0, 19)}Z` : iso;
}

function hasControl(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a line must not carry them
  return /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(text);
}

function isComplex(shape: Shape): boolean {
  return shape.type === "structure" || shape.type === "map" || shape.type === "list";
}

function withoutUndefined(input: Input): Input {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
}

/** Deep equality of plain values; `undefined` members do not count. */
function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left = Object.entries(a).filter(([, value]) => value !== undefined);
  const right = Object.entries(b).filter(([, value]) => value !== undefined);
  return (
    left.length === right.length && left.every(([key, value]) => Object.hasOwn(b, key) && same(value, (b as Record<string, unknown>)[key]))
  );
}
