/** Words of the command line to values of the internal form: timestamps epoch milliseconds, blobs bytes. */
import { shapeOf } from "../../model/models.ts";
import type { ServiceModel, Shape } from "../../model/shapes.ts";
import { parseIsoTime } from "../../model/validate-time.ts";
import type { CliArgument } from "./arguments.ts";
import { floatOf, integerOf, parseShorthand, ShorthandError, shapeShorthand } from "./shorthand.ts";
import { argumentError, parameterError, UsageError } from "./usage-error.ts";

/** The value of one option out of its words. */
export function optionValue(model: ServiceModel, argument: CliArgument, words: readonly string[]): unknown {
  const option = `--${argument.name}`;
  refuseFiles(option, words);
  try {
    const raw =
      argument.takes === "many" ? listValue(model, argument.shape, words, option) : oneValue(model, argument.shape, words[0] ?? "", option);
    return internalForm(model, argument.shape, raw, argument.member);
  } catch (error) {
    if (!(error instanceof ShorthandError)) throw error;
    const isNumber = /^invalid literal|^could not convert/.test(error.message);
    if (isNumber && !isComplex(model, argument.shape)) {
      if (argument.shape.type === "integer") throw new UsageError(error.message, { hint: `${option} takes a whole number` });
      throw argumentError(`argument ${option}: invalid ${argument.shape.type === "long" ? "int" : "float"} value: '${words[0] ?? ""}'`);
    }
    throw isNumber ? new UsageError(error.message, { hint: `look at ${option}` }) : parameterError(option, error.message);
  }
}

/** `file://` and friends cannot work in a page. */
export function refuseFiles(option: string, words: readonly string[]): void {
  for (const word of words) {
    const scheme = /^(fileb?|https?):\/\//.exec(word)?.[1];
    if (scheme === "file" || scheme === "fileb") {
      throw parameterError(option, `Unable to load paramfile ${word}: there are no files here`, "paste the text itself, in single quotes");
    }
  }
}

function listValue(model: ServiceModel, shape: Shape, words: readonly string[], option: string): unknown {
  if (shape.type !== "list") return words;
  const first = words[0]?.trim() ?? "";
  if (words.length === 1 && first.startsWith("[")) return json(words[0]!, option);
  const member = shapeOf(model, shape.member.shape);
  if (!isComplex(model, shape)) return words.map((word) => oneValue(model, member, word, option));
  if (first.startsWith("{") || first.startsWith("[")) return words.map((word) => json(word, option));
  return shapeShorthand(
    model,
    shape,
    words.map((word) => parseShorthand(word)),
  );
}

function oneValue(model: ServiceModel, shape: Shape, word: string, option: string): unknown {
  switch (shape.type) {
    case "integer":
    case "long":
      return integerOf(word);
    case "float":
    case "double":
      return floatOf(word);
    case "boolean":
      return word.toLowerCase() !== "false";
    case "structure":
    case "map":
    case "list": {
      const isDocument = shape.type === "structure" && shape.document === true;
      if (isDocument || /^\s*[{[]/.test(word)) return json(word, option);
      return shapeShorthand(model, shape, parseShorthand(word));
    }
    default:
      return word;
  }
}

export function json(text: string, option: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw parameterError(option, `Invalid JSON: ${(error as Error).message}\nJSON received: ${text}`);
  }
}

/** Lists of scalars are words; all other lists, structures and maps are shorthand or JSON. */
function isComplex(model: ServiceModel, shape: Shape): boolean {
  if (shape.type === "list") return ["structure", "map", "list"].includes(shapeOf(model, shape.member.shape).type);
  return shape.type === "structure" || shape.type === "map";
}

/**
 * Turns what a person wrote (or JSON) into the internal form by shape. What the shape does not know stays as it is: the
 * door refuses it in AWS's words. `path` names the place in an error.
 */
export function internalForm(model: ServiceModel, shape: Shape, value: unknown, path: string): unknown {
  if (value === null || value === undefined) return value;
  switch (shape.type) {
    case "structure":
      if (typeof value !== "object" || Array.isArray(value) || shape.document === true) return value;
      return Object.fromEntries(
        Object.entries(value).map(([key, member]) => {
          const ref = Object.hasOwn(shape.members, key) ? shape.members[key] : undefined;
          return [key, ref === undefined ? member : internalForm(model, shapeOf(model, ref.shape), member, `${path}.${key}`)];
        }),
      );
    case "map": {
      if (typeof value !== "object" || Array.isArray(value)) return value;
      const of = shapeOf(model, shape.value.shape);
      return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, internalForm(model, of, member, `${path}.${key}`)]));
    }
    case "list": {
      if (!Array.isArray(value)) return value;
      const of = shapeOf(model, shape.member.shape);
      return value.map((member, index) => internalForm(model, of, member, `${path}[${index}]`));
    }
    case "timestamp":
      return timestampOf(value, path);
    case "blob":
      return value instanceof Uint8Array || typeof value !== "string" ? value : bytesOf(value, path);
    default:
      return value;
  }
}

/** ISO 8601 text (without a zone: UTC) or epoch seconds to epoch milliseconds. */
export function timestampOf(value: unknown, path: string): number {
  if (typeof value === "number") return Math.round(value * 1000);
  const text = String(value).trim();
  if (/^-?\d+(?:\.\d+)?$/.test(text)) return Math.round(Number(text) * 1000);
  const ms = parseIsoTime(text);
  if (ms !== undefined) return ms;
  throw new UsageError(
    `Parameter validation failed:\nInvalid type for parameter ${path}, value: ${text}, type: <class 'str'>, valid types: <class 'datetime.datetime'>, timestamp-string`,
    { hint: "write 2026-03-12T09:14:00Z or seconds since 1970; `date` does not run here" },
  );
}

function bytesOf(text: string, path: string): Uint8Array {
  const clean = text.replace(/\s+/g, "");
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(clean) || clean.length % 4 !== 0) {
    throw new UsageError(`Invalid base64: "${text}"`, { hint: `${path} takes bytes in base64` });
  }
  return Uint8Array.from(atob(clean), (ch) => ch.charCodeAt(0));
}
