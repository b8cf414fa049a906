/** The cases of filter expressions against the columns that traces are searched in. */
import { describe, expect, it } from "vitest";
import { explainTrace, matchesTrace } from "../../workers/language/xray-filter/evaluate.ts";
import { FilterExpressionError } from "../../workers/language/xray-filter/expression-error.ts";
import { parseFilter } from "../../workers/language/xray-filter/parse.ts";
import type { RootCause, TraceRows } from "../../workers/language/xray-filter/rows.ts";
import type { CauseKind, Expression } from "../../workers/language/xray-filter/tree.ts";
import { filterRows } from "../../workers/services/xray/filter-rows.ts";
import { tableOf } from "../unit/services/xray/segments.ts";
import { sharedCases } from "./shared.ts";

interface Case {
  readonly id: string;
  readonly expression: string;
  readonly expect: "match" | "no-match" | "invalid";
  readonly segments?: readonly object[];
  readonly summary?: Readonly<Record<string, readonly RootCause[] | undefined>>;
  readonly groups?: readonly { readonly GroupName: string; readonly GroupARN?: string; readonly FilterExpression: string }[];
}

const LISTS: Readonly<Record<CauseKind, string>> = {
  fault: "FaultRootCauses",
  error: "ErrorRootCauses",
  responsetime: "ResponseTimeRootCauses",
};

function rowsOf({ segments, summary }: Case): TraceRows {
  const rows = filterRows(
    tableOf(
      segments ?? [
        {
          name: "none",
          id: "0000000000000001",
          trace_id: "1-66f0a000-000000000000000000000001",
          start_time: 1727045632,
          end_time: 1727045633,
        },
      ],
    ),
  );
  return summary === undefined ? rows : { ...rows, causes: (_, of) => summary[LISTS[of]] ?? [] };
}

function parsed({ expression, groups = [] }: Case): Expression {
  return parseFilter(expression, (by, value) => {
    const found = groups.find((group) => (by === "name" ? group.GroupName : group.GroupARN) === value);
    return found && { name: found.GroupName, arn: found.GroupARN ?? "", expression: found.FilterExpression };
  });
}

describe("the xray-filters cases", () => {
  const cases = sharedCases<Case>("xray-filters");
  if (cases === undefined) {
    it("are not here", () => expect(cases).toBeUndefined());
    return;
  }
  it("are found", () => expect(cases.length).toBeGreaterThan(0));
  for (const entry of cases) {
    it(`${entry.id} ${entry.expression}: ${entry.expect}`, () => {
      if (entry.expect === "invalid") {
        expect(() => parsed(entry)).toThrow(FilterExpressionError);
        return;
      }
      const expression = parsed(entry);
      const rows = rowsOf(entry);
      const expected = entry.expect === "match";
      expect(matchesTrace(expression, rows, 0)).toBe(expected);
      expect(explainTrace(expression, entry.expression, rows, 0).verdict).toBe(expected);
    });
  }
});
