/** The cases of segment documents against what PutTraceSegments takes and what of it is indexed. */
import { describe, expect, it } from "vitest";
import { xray } from "../../workers/services/xray/definition.ts";
import { indexedKeys } from "../../workers/services/xray/filter-rows.ts";
import { harness } from "../unit/services/harness.ts";
import { KEY } from "../unit/services/xray/segments.ts";
import { sharedCases } from "./shared.ts";

interface Case {
  readonly id: string;
  readonly document: string;
  readonly now: number;
  readonly expect: "accepted" | "rejected";
  readonly errorCode?: string;
  readonly indexed?: readonly string[];
  readonly indexedCount?: number;
  readonly why?: string;
}

describe("the xray-segments cases", () => {
  const cases = sharedCases<Case>("xray-segments");
  if (cases === undefined) {
    it("are not here", () => expect(cases).toBeUndefined());
    return;
  }
  it("are found", () => expect(cases.length).toBeGreaterThan(0));
  for (const entry of cases) {
    it(`${entry.id} ${entry.why ?? ""}: ${entry.expect}`, async () => {
      const service = harness(xray, { now: entry.now * 1000 });
      const { UnprocessedTraceSegments: refused } = await service.call<{ UnprocessedTraceSegments: { ErrorCode?: string }[] }>(
        "PutTraceSegments",
        {
          TraceSegmentDocuments: [entry.document],
        },
      );
      expect(refused.length === 0 ? "accepted" : "rejected").toBe(entry.expect);
      if (entry.errorCode !== undefined) expect(refused[0]?.ErrorCode).toBe(entry.errorCode);
      if (entry.indexed === undefined && entry.indexedCount === undefined) return;
      const table = service.context().traces.table(KEY);
      const keys = table === undefined ? [] : [...indexedKeys(table, 0)].map((key) => table.strings.texts[key]);
      if (entry.indexed !== undefined) expect(keys.sort()).toEqual(entry.indexed);
      else expect(keys).toHaveLength(entry.indexedCount as number);
    });
  }
});
