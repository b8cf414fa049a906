/**
 * The CLI's shorthand: `A=1,B=[x,y],C={d=e}`. Knows no model; `shapeShorthand` then gives the texts the types of a shape.
 * Grammar: keyval *("," keyval); keyval = key "=" values; values = csv | "[" ... "]" | "{" keyval ... "}"; quoted values
 * in single or double quotes; `\,` is a comma inside a value.
 */
import { shapeOf } from "../../model/models.ts";
import type { ServiceModel, Shape } from "../../model/shapes.ts";

export class ShorthandError extends Error {
  override readonly name = "ShorthandError";
}

const KEY = /[A-Za-z0-9\-_.#/:]*/y;
const SINGLE = /'(?:\\'|[^'])*'/y;
const DOUBLE = /"(?:\\"|[^"])*"/y;
const FIRST = /(?:\\,|[!#-&(-+\--<>-Z\\-z|-\uffff])(?:\\,|[\s!#-&(-+\--\\^-|~-\uffff])*/y;
const SECOND = /(?:\\,|[!#-&(-+\--<>-Z\\-z|-\uffff])(?:\\,|[\s!#-&(-+\--<>-\uffff])*/y;

/** Parses one word; values are texts, lists and objects. Throws `ShorthandError` with a caret under the place. */
export function parseShorthand(input: string): Record<string, unknown> {
  let at = 0;

  const fail = (expected: string, actual: string): never => {
    const lineEnd = input.indexOf("\n", at);
    const line = lineEnd < 0 ? input : input.slice(0, lineEnd);
    const spaces = at - (input.lastIndexOf("\n", at - 1) + 1);
    throw new ShorthandError(
      `Expected: '${expected}', received: '${actual}' for input:\n${line}\n${" ".repeat(Math.max(0, spaces))}^${lineEnd < 0 ? "" : input.slice(lineEnd)}`,
    );
  };
  const space = (): void => {
    while (at < input.length && " \t\n\r\v\f".includes(input[at]!)) at++;
  };
  const expect = (ch: string): void => {
    space();
    if (at >= input.length) fail(ch, "EOF");
    if (input[at] !== ch) fail(ch, input[at]!);
    at++;
    space();
  };
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(input);
    if (found === null) return undefined;
    at += found[0].length;
    return found[0];
  };
  const quoted = (): string | undefined => {
    const mark = input[at];
    if (mark !== "'" && mark !== '"') return undefined;
    const found = take(mark === "'" ? SINGLE : DOUBLE) ?? fail(mark === "'" ? "<singled quoted>" : "<double quoted>", "<none>");
    return found.slice(1, -1).replaceAll(`\\${mark}`, mark).replaceAll("\\\\", "\\");
  };
  const plain = (text: string): string => text.replaceAll("\\,", ",").trimEnd();
  const firstValue = (): string => quoted() ?? plain(take(FIRST) ?? "");
  const secondValue = (): string => quoted() ?? plain(take(SECOND) ?? fail("<second>", "<none>"));
  const nested = (): unknown => (input[at] === "[" ? list() : input[at] === "{" ? hash() : firstValue());

  function list(): unknown[] {
    expect("[");
    const values: unknown[] = [];
    while (input[at] !== "]") {
      values.push(nested());
      space();
      if (input[at] !== "]") expect(",");
    }
    at++;
    return values;
  }
  function hash(): Record<string, unknown> {
    expect("{");
    const values: Record<string, unknown> = {};
    while (input[at] !== "}") {
      const key = take(KEY) ?? "";
      expect("=");
      values[key] = nested();
      space();
      if (input[at] !== "}") expect(",");
    }
    at++;
    return values;
  }
  function csv(): unknown {
    const first = firstValue();
    space();
    if (at >= input.length || input[at] !== ",") return first;
    expect(",");
    const values: string[] = [first];
    for (;;) {
      try {
        const value = secondValue();
        space();
        if (at >= input.length) {
          values.push(value);
          break;
        }
        expect(",");
        values.push(value);
      } catch (error) {
        if (at >= input.length) throw error;
        // `a=b,c=d`: what follows the comma is the next key; go back to it.
        while (at >= 0 && input[at] !== ",") at--;
        break;
      }
    }
    return values.length === 1 ? first : values;
  }

  const out: Record<string, unknown> = {};
  for (;;) {
    const start = at;
    const key = take(KEY) ?? "";
    expect("=");
    if (Object.hasOwn(out, key)) {
      at = start;
      throw new ShorthandError(
        `Second instance of key "${key}" encountered for input:\n${input}\n${" ".repeat(start)}^\nThis is often because there is a preceding "," instead of a space.`,
      );
    }
    out[key] = at >= input.length ? "" : input[at] === "[" ? list() : input[at] === "{" ? hash() : csv();
    if (at >= input.length) return out;
    expect(",");
  }
}

/** Gives the texts of a shorthand value the types of the shape; a text where a list belongs becomes a list of one. */
export function shapeShorthand(model: ServiceModel, shape: Shape, value: unknown): unknown {
  if (shape.type === "structure" && isObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => {
        const ref = Object.hasOwn(shape.members, key) ? shape.members[key] : undefined;
        return [key, ref === undefined ? member : shapeShorthand(model, shapeOf(model, ref.shape), member)];
      }),
    );
  }
  if (shape.type === "map" && isObject(value)) {
    const of = shapeOf(model, shape.value.shape);
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, shapeShorthand(model, of, member)]));
  }
  if (shape.type === "list") {
    const of = shapeOf(model, shape.member.shape);
    return (Array.isArray(value) ? value : [value]).map((member) => shapeShorthand(model, of, member));
  }
  if (typeof value !== "string") return value;
  if (shape.type === "boolean") return /^true$/i.test(value) ? true : /^false$/i.test(value) ? false : value;
  if (shape.type === "integer" || shape.type === "long") return integerOf(value);
  if (shape.type === "float" || shape.type === "double") return floatOf(value);
  return value;
}

/** A whole number as the CLI reads it; throws `ShorthandError` in its words. */
export function integerOf(text: string): number {
  if (!/^\s*[+-]?\d+(?:_\d+)*\s*$/.test(text)) throw new ShorthandError(`invalid literal for int() with base 10: '${text}'`);
  return Number(text.replaceAll("_", ""));
}

export function floatOf(text: string): number {
  const word = text.trim().toLowerCase().replace(/^\+/, "");
  if (/^-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/.test(word)) return Number(word);
  if (word === "nan" || word === "-nan") return Number.NaN;
  if (/^-?inf(?:inity)?$/.test(word)) return word.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  throw new ShorthandError(`could not convert string to float: '${text}'`);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
