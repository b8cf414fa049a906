import { describe, expect, it } from "vitest";
import { recordInHistory as record } from "../../workers/services/cloudtrail/history.ts";
import { lookupEvents } from "../../workers/services/cloudtrail/lookup-events.ts";
import { epochOf } from "../../workers/services/cloudtrail/view.ts";
import { bench, failure } from "../unit/services/events/bench.ts";
import { casesOf } from "./shared.ts";

interface Case {
  readonly id: string;
  readonly why: string;
  readonly now: string;
  readonly region: string;
  readonly events: readonly Readonly<Record<string, unknown>>[];
  readonly request: Readonly<Record<string, unknown>>;
  readonly expect: { readonly error: string } | { readonly EventIds: readonly string[]; readonly NextToken: boolean };
}

const epoch = (value: unknown): unknown => (typeof value === "string" ? epochOf(value) : typeof value === "number" ? value * 1000 : value);

describe("LookupEvents answers the shared cases", () => {
  const cases = casesOf<Case>("cloudtrail-lookup");
  it.each(cases)("$id: $why", async (one) => {
    const made = bench(one.region, 0);
    // Records come in the order of the file, each at its own time.
    for (const event of one.events) {
      made.now = epochOf(String(event["eventTime"])) ?? 0;
      record(made.ctx, event);
    }
    made.now = epochOf(one.now) ?? 0;
    const request = Object.fromEntries(
      Object.entries(one.request).map(([name, value]) => [name, name.endsWith("Time") ? epoch(value) : value]),
    );
    if ("error" in one.expect) {
      expect(failure(() => lookupEvents(made.ctx, request)).code).toBe(one.expect.error);
    } else {
      const answer = await lookupEvents(made.ctx, request);
      expect(answer.Events?.map((event) => event.EventId)).toEqual(one.expect.EventIds);
      expect(answer.NextToken !== undefined).toBe(one.expect.NextToken);
    }
  });
});
