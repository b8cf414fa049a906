import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AskPage, matchAt, matchesBefore } from "../../../../src/panels/logs/matches.ts";

interface Line {
  readonly at: number;
  readonly text: string;
}

/** The look `page` over lines in memory. */
function asking(lines: readonly Line[]): AskPage {
  return async ({ start = 0, end = Number.POSITIVE_INFINITY, filterPattern, firstRow, rowCount }) => {
    const total = lines.filter(({ at }) => at >= (start as number) && at < (end as number));
    const matching = total.filter(({ text }) => filterPattern === undefined || text.includes(filterPattern as string));
    const rows = matching.slice(firstRow as number, (firstRow as number) + (rowCount as number));
    const parts = rows.map(({ text }) => new TextEncoder().encode(text));
    const offsets = Uint32Array.from([0, ...parts]);
    offsets[0] = 0;
    parts.forEach((part, i) => {
      offsets[i + 1] = (offsets[i] ?? 0) + part.length;
    });
    const bytes = new Uint8Array(offsets.at(-1) ?? 0);
    parts.forEach((part, i) => {
      bytes.set(part, offsets[i]);
    });
    const timestamps = Float64Array.from(rows, ({ at }) => at);
    return {
      total: total.length,
      matched: matching.length,
      firstRow: firstRow as number,
      rows: { timestamps, ingestion: timestamps, streams: rows.map(() => "s"), offsets, bytes },
    };
  };
}

const linesArbitrary = fc
  .array(fc.record({ step: fc.nat({ max: 2 }), hit: fc.boolean() }), { minLength: 1, maxLength: 40 })
  .map((steps) => {
    let at = 1_000;
    return steps.map(({ step, hit }, i): Line => {
      at += step;
      return { at, text: `${hit ? "ERROR" : "fine"} ${i}` };
    });
  });

describe("walking the matches among all lines", () => {
  it("finds the row of every match, also of several in one millisecond", async () => {
    await fc.assert(
      fc.asyncProperty(linesArbitrary, async (lines) => {
        const rows = lines.flatMap(({ text }, row) => (text.startsWith("ERROR") ? [row] : []));
        for (const [k, row] of rows.entries()) {
          const found = await matchAt(asking(lines), "ERROR", k);
          expect([found.row, found.line.text()]).toEqual([row, lines[row]?.text]);
        }
      }),
    );
  });

  it("counts the matches before any row and knows whether the row is one", async () => {
    await fc.assert(
      fc.asyncProperty(linesArbitrary, fc.nat(), async (lines, any) => {
        const row = any % lines.length;
        const { before, isOne } = await matchesBefore(asking(lines), "ERROR", row, lines[row]?.at ?? 0);
        expect(before).toBe(lines.slice(0, row).filter(({ text }) => text.startsWith("ERROR")).length);
        expect(isOne).toBe(lines[row]?.text.startsWith("ERROR"));
      }),
    );
  });
});
