import { describe, expect, it } from "vitest";
import { PAGES } from "../../../src/app/pages.ts";
import { KEYS } from "../../../src/app/strings.ts";

describe("the keyboard help", () => {
  it("names a letter for every page, each its own", () => {
    const said = KEYS.groups.map(({ keys }) => keys.map((line) => line.join(": ")).join("; ")).join("; ");
    for (const { key, label } of PAGES) expect(said).toContain(`${key} ${label}`);
    expect(new Set(PAGES.map(({ key }) => key)).size).toBe(PAGES.length);
  });
});
