import path from "node:path";
import { describe, expect, it } from "vitest";
import { read, sourceFiles } from "./source-files.ts";

/** From the ground up: a folder of `workers/` imports only from those before it. */
const LAYERS = ["model", "language", "kernels", "store", "services", "account", "world", "wire"];

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

function importsOf(file: string): Import[] {
  const found: Import[] = [];
  for (const match of read(file).matchAll(
    /(?:^|\n)\s*(import|export)\s+(type\s+)?(?:[^"';]*?\sfrom\s+)?["']([^"']+)["']|import\(\s*["']([^"']+)["']\s*\)/g,
  )) {
    const specifier = match[3] ?? match[4] ?? "";
    if (!specifier.startsWith(".")) continue;
    found.push({
      from: file,
      to: path.posix.join(path.posix.dirname(file), specifier.replace(/\?.*$/, "")),
      typeOnly: match[2] !== undefined,
    });
  }
  return found;
}

const all = [...sourceFiles("workers"), ...sourceFiles("src")].flatMap(importsOf);
const layerOf = (file: string): number => LAYERS.indexOf(file.split("/")[1] ?? "");

describe("the layers of the house", () => {
  it("workers/ never imports src/", () => {
    expect(all.filter((i) => i.from.startsWith("workers/") && i.to.startsWith("src/")).map((i) => `${i.from} -> ${i.to}`)).toEqual([]);
  });

  it("a folder of workers/ imports only from those below it", () => {
    const upward = all.filter((i) => {
      if (!i.from.startsWith("workers/") || !i.to.startsWith("workers/")) return false;
      const [from, to] = [layerOf(i.from), layerOf(i.to)];
      // Entries (engine.ts, main.ts, node/) lie above all layers; api.ts is types only.
      return from >= 0 && (to < 0 || to > from) && i.to !== "workers/api.ts";
    });
    expect(upward.map((i) => `${i.from} -> ${i.to}`)).toEqual([]);
  });

  it("service folders never import each other", () => {
    const crossing = all.filter((i) => {
      const [from, to] = [i.from.match(/^workers\/services\/([^/]+)\//)?.[1], i.to.match(/^workers\/services\/([^/]+)\//)?.[1]];
      return from !== undefined && to !== undefined && from !== to;
    });
    expect(crossing.map((i) => `${i.from} -> ${i.to}`)).toEqual([]);
  });

  it("src/ knows the worker only by the types of workers/api.ts and the account's words, and the languages", () => {
    const known = all.filter((i) => i.from.startsWith("src/") && i.to.startsWith("workers/"));
    const wrong = known.filter(
      (i) =>
        !(i.typeOnly && (i.to === "workers/api.ts" || i.to === "workers/account/contract.ts")) &&
        !i.to.startsWith("workers/language/") &&
        !(i.to === "workers/main.ts" && i.from.startsWith("src/client/")),
    );
    expect(wrong.map((i) => `${i.from} -> ${i.to}`)).toEqual([]);
  });

  it("src/ui and src/charts know no AWS: they import no panel, client or app", () => {
    const wrong = all.filter(
      (i) => /^src\/(ui|charts)\//.test(i.from) && /^src\/(app|panels|client|terminal|editors|lessons)\//.test(i.to),
    );
    expect(wrong.map((i) => `${i.from} -> ${i.to}`)).toEqual([]);
  });
});
