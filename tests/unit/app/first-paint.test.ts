import { describe, expect, it } from "vitest";
import { firstPaint } from "../../../src/app/first-paint.ts";
import { PAGES } from "../../../src/app/pages.ts";

describe("the first paint", () => {
  it("links every page once, under its name, in the rail's order", () => {
    const links = [...firstPaint().matchAll(/<a class="rail-item" href="#([^"]+)" title="([^"]+)">/g)].map(([, path, label]) => ({
      path,
      label,
    }));
    expect(links).toEqual(PAGES.map(({ path, label }) => ({ path, label })));
  });

  it("closes what it opens", () => {
    const open: string[] = [];
    for (const [, end, name] of firstPaint().matchAll(/<(\/?)(\w+)/g)) {
      if (end === "") open.push(name as string);
      else expect(open.pop()).toBe(name);
    }
    expect(open).toEqual([]);
  });
});
