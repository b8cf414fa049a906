/** Splits the words of a line into options with their values, by the rules of argparse without abbreviations. */
import { argumentError } from "./usage-error.ts";

export interface OptionSpec {
  /** `maybe`: takes a word when one follows that is no option. */
  readonly takes: "none" | "one" | "many" | "maybe";
  readonly choices?: readonly string[];
}

export interface SplitArgs {
  /** Last occurrence wins. Flags carry no words. */
  readonly options: ReadonlyMap<string, readonly string[]>;
  /** Words that belong to no option, and options nobody knows, in order. */
  readonly rest: readonly string[];
}

/** `find` knows the options by name without dashes; unknown ones go to `rest` with the words after them. */
export function splitArgs(words: readonly string[], find: (name: string) => OptionSpec | undefined): SplitArgs {
  const options = new Map<string, readonly string[]>();
  const rest: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    const named = optionName(word, find);
    if (named === undefined) {
      rest.push(word);
      continue;
    }
    const { name, inline, spec } = named;
    if (spec.takes === "none") {
      if (inline !== undefined) throw argumentError(`argument --${name}: ignored explicit argument '${inline}'`);
      options.delete(name);
      options.set(name, []);
      continue;
    }
    const values = inline === undefined ? [] : [inline];
    const limit = inline !== undefined ? 0 : spec.takes === "many" ? Number.POSITIVE_INFINITY : 1;
    while (values.length - (inline === undefined ? 0 : 1) < limit && at + 1 < words.length && !looksLikeOption(words[at + 1]!))
      values.push(words[++at]!);
    if (spec.takes === "one" && values.length === 0) {
      const next = words[at + 1];
      throw argumentError(
        `argument --${name}: expected one argument`,
        next === undefined ? undefined : `a value that starts with a dash is written --${name}=${next}`,
      );
    }
    for (const value of values) {
      if (spec.choices !== undefined && !spec.choices.includes(value))
        throw argumentError(`argument --${name}: Invalid choice, valid choices are:\n\n${columns(spec.choices)}`);
    }
    options.delete(name);
    options.set(name, values);
  }
  return { options, rest };
}

function optionName(
  word: string,
  find: (name: string) => OptionSpec | undefined,
): { name: string; inline?: string; spec: OptionSpec } | undefined {
  if (!word.startsWith("--")) return undefined;
  const equals = word.indexOf("=");
  const name = word.slice(2, equals < 0 ? undefined : equals);
  const spec = find(name);
  if (spec === undefined) return undefined;
  return equals < 0 ? { name, spec } : { name, inline: word.slice(equals + 1), spec };
}

/** argparse takes a word with a dash as an option, unless it is a negative number or holds a space. */
export function looksLikeOption(word: string): boolean {
  return word.startsWith("-") && word !== "-" && !/^-\d+$|^-\d*\.\d+$/.test(word) && !word.includes(" ");
}

/** Choices two on a line, as the CLI lists them. */
export function columns(choices: readonly string[]): string {
  const lines: string[] = [];
  for (let at = 0; at < choices.length; at += 2)
    lines.push(
      choices
        .slice(at, at + 2)
        .map((choice) => choice.padEnd(40))
        .join(" | "),
    );
  return lines.join("\n");
}
