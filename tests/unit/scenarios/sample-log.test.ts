import { describe, expect, it } from "vitest";
import { SAMPLE_SHA256, sampleFile } from "../../../src/scenarios/sample.ts";
import { sampleLog } from "../../../src/scenarios/sample-log.ts";
import { sha256 } from "../../../workers/model/sha256.ts";

describe("the sample log", () => {
  it("is the same at every call and tells its story: errors only while the provider is slow", () => {
    const text = sampleLog();
    expect(sampleLog()).toBe(text);
    const errors = text
      .split("\n")
      .filter((l) => l.includes("ERROR"))
      .map((l) => l.slice(11, 16));
    expect(errors.length).toBeGreaterThan(20);
    expect(errors.every((t) => t >= "09:04" && t <= "09:11")).toBe(true);
  });

  it("keeps lines in time order except for answers that overlap, and holds multi-line traces", () => {
    expect(sampleLog()).toMatch(/timed out after \d+ ms\n {4}at charge/);
  });

  it("is known by its checksum, so that a link which lacks it can be completed", async () => {
    expect(sha256(new Uint8Array(await (await sampleFile()).arrayBuffer()))).toBe(SAMPLE_SHA256);
  });
});
