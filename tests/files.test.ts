import { describe, expect, it } from "vitest";
import { read, sourceFiles } from "./source-files.ts";

const all = ["src", "workers", "assembly", "tests", "scripts"].flatMap((folder) => sourceFiles(folder, [".ts", ".tsx", ".css", ".mjs"]));

describe("the tree", () => {
  it("has no file above 500 lines", () => {
    expect(all.map((file) => [file, read(file).split("\n").length] as const).filter(([, lines]) => lines > 501)).toEqual([]);
  });

  it("has no innerHTML, no evaluated text and no skipped or focused test", () => {
    const pattern = /\binnerHTML\b\s*=|\binnerHTML=|\bouterHTML\s*=|\beval\(|new Function\(|\b(?:it|describe|test)\.(?:skip|only|todo)\b/;
    expect(all.filter((file) => file !== "tests/files.test.ts" && pattern.test(read(file)))).toEqual([]);
  });

  it("names no machine and no registry", () => {
    const pattern = /registry\.npmjs|deb\.debian\.org|\/root\/|\/home\/\w+\//;
    expect(all.filter((file) => file !== "tests/files.test.ts" && pattern.test(read(file)))).toEqual([]);
  });
});
