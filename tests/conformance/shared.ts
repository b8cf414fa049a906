/**
 * Reader of the shared case files, which are no part of the repository. Where the folder is absent the conformance
 * tests say "conformance: NOT RUN"; where it is there, a missing file is a failure.
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
  return readFileSync(resolve(folder, "cases", `${name}.jsonl`), "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line) as C);
}
