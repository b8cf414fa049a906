/** Context keys as a person types them: `key = value, value`, one a line. */
export interface ContextEntry {
  readonly ContextKeyName: string;
  readonly ContextKeyType: "string" | "stringList";
  readonly ContextKeyValues: readonly string[];
}

export interface ReadEntries {
  readonly entries: readonly ContextEntry[];
  /** Numbers of lines, from 1, that say no key and value. */
  readonly wrong: readonly number[];
}

export function contextEntries(text: string): ReadEntries {
  const entries: ContextEntry[] = [];
  const wrong: number[] = [];
  text.split("\n").forEach((line, at) => {
    if (line.trim() === "") return;
    const [, key, value] = /^\s*([\w:/.+=@-]*?[\w/])\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (key === undefined || value === undefined || value === "") {
      wrong.push(at + 1);
      return;
    }
    const values = value.split(",").map((one) => one.trim());
    entries.push({ ContextKeyName: key, ContextKeyType: values.length > 1 ? "stringList" : "string", ContextKeyValues: values });
  });
  return { entries, wrong };
}

/** Lines of a text, trimmed, empty ones left out. */
export const linesOf = (text: string): readonly string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
