/** Filters of EC2's lists: all filters must fit, of each any value; `*` and `?` are wildcards, a backslash takes them as they are. */
import type { Filter } from "../../model/generated/ec2.ts";
import { notBuilt } from "../not-built.ts";
import { invalidValue } from "./failures.ts";

export interface Filtered<T> {
  readonly values: Readonly<Record<string, (row: T) => readonly string[]>>;
  /** Tags for `tag:KEY`, `tag-key` and `tag-value`; undefined where a list has no such filters. */
  readonly tags?: (row: T) => Readonly<Record<string, string>>;
  /** Names that AWS has besides: they are refused as not built. */
  readonly others?: RegExp;
}

/** Whether a row fits all filters. Refuses names that are no filters. */
export function matching<T>(filters: readonly Filter[] | undefined, { values, tags, others }: Filtered<T>): (row: T) => boolean {
  const tests = (filters ?? []).map(({ Name, Values }) => {
    if (Name === undefined) throw invalidValue("The filter 'null' is invalid");
    const read = tags !== undefined && Name.startsWith("tag") ? tagValues(Name, tags) : undefined;
    const of = read ?? (Object.hasOwn(values, Name) ? values[Name] : undefined);
    if (of === undefined) {
      if (others?.test(Name))
        throw notBuilt(`The filter ${Name}`, `Filters that are: ${Object.keys(values).join(", ")}, tag:KEY, tag-key.`);
      throw invalidValue(`The filter '${Name}' is invalid`);
    }
    const patterns = (Values ?? []).map(globOf);
    return (row: T): boolean => of(row).some((value) => patterns.some((pattern) => pattern(value)));
  });
  return (row) => tests.every((test) => test(row));
}

function tagValues<T>(name: string, tags: (row: T) => Readonly<Record<string, string>>): ((row: T) => readonly string[]) | undefined {
  if (name === "tag-key") return (row) => Object.keys(tags(row));
  if (name === "tag-value") return (row) => Object.values(tags(row));
  if (!name.startsWith("tag:")) return undefined;
  const key = name.slice("tag:".length);
  return (row) => {
    const of = tags(row);
    return Object.hasOwn(of, key) ? [of[key] ?? ""] : [];
  };
}

type Step = { readonly kind: "one" } | { readonly kind: "many" } | { readonly kind: "text"; readonly unit: string };

/** Matches without going back further than to the last star: linear in pattern times text at worst. */
export function globOf(pattern: string): (text: string) => boolean {
  const steps: Step[] = [];
  for (let i = 0; i < pattern.length; i++) {
    const unit = pattern[i] as string;
    if (unit === "\\" && i + 1 < pattern.length) steps.push({ kind: "text", unit: pattern[++i] as string });
    else if (unit === "*") steps.push({ kind: "many" });
    else steps.push(unit === "?" ? { kind: "one" } : { kind: "text", unit });
  }
  return (text) => {
    let [at, step, star, mark] = [0, 0, -1, 0];
    while (at < text.length) {
      const now = steps[step];
      if (now !== undefined && (now.kind === "one" || (now.kind === "text" && now.unit === text[at]))) {
        at++;
        step++;
      } else if (now?.kind === "many") {
        star = step++;
        mark = at;
      } else if (star >= 0) {
        step = star + 1;
        at = ++mark;
      } else return false;
    }
    while (steps[step]?.kind === "many") step++;
    return step === steps.length;
  };
}
