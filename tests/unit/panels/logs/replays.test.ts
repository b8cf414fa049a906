import { describe, expect, it } from "vitest";
import { filesOf, isShipping, squeezesFor } from "../../../../src/panels/logs/replays.ts";

const MINUTE = 60_000;
const file = (sha256: string, mode: "history" | "replay") => ({
  sha256,
  name: "a.log",
  mode,
  events: 1,
  span: MINUTE,
  mapping: { logGroupName: "/a", logStreamName: "a" },
});

describe("replays", () => {
  it("offer no squeezing into more minutes than the file has", () => {
    expect(squeezesFor(40 * MINUTE)).toEqual([5, 10, 30]);
    expect(squeezesFor(10 * MINUTE)).toEqual([5]);
    expect(squeezesFor(0)).toEqual([]);
  });

  it("name a file once that came twice", () => {
    expect(filesOf([file("x", "history"), file("y", "replay"), file("x", "replay")]).map((one) => one.sha256)).toEqual(["x", "y"]);
  });

  it("ship until the last line", () => {
    const at = (shipped: number) => ({ id: "1", sha256: "x", name: "a", logGroupName: "/a", shipped, rows: 3, plan: { end: 0 } });
    expect([0, 2, 3].map((shipped) => isShipping(at(shipped)))).toEqual([true, true, false]);
  });
});
