/**
 * Reader of the case files. The shared ones are no part of the repository: where their folder is absent the conformance
 * tests say "conformance: NOT RUN"; where it is there, a missing file is a failure. Cases of our own making, in the same
 * form, lie in `own/` and always run.
 */
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The folder of shared facts and cases, or undefined where there is none. */
export function sharedRoot(): string | undefined {
  const folder = resolve(root, process.env.NEPHOSCOPE_SHARED ?? "../shared");
  return existsSync(folder) ? folder : undefined;
}

/** The cases of one file, by its name without `.jsonl`. */
export function sharedCases<C extends { readonly id: string } = { readonly id: string }>(name: string): C[] | undefined {
  const folder = sharedRoot();
  if (folder === undefined) {
    console.log(`conformance: NOT RUN (${name}: no shared cases here)`);
    return undefined;
  }
  return parsed(resolve(folder, "cases", `${name}.jsonl`));
}

/** The cases of one file, shared ones (where they are) and our own. */
export function casesOf<C extends { readonly id: string } = { readonly id: string }>(name: string): C[] {
  return [...(sharedCases<C>(name) ?? []), ...parsed<C>(resolve(root, "tests/conformance/own", `${name}.jsonl`))];
}

function parsed<C>(file: string): C[] {
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line) as C);
}
