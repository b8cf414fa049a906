/** The event-pattern cases against the event pattern language, as rules and TestEventPattern would answer them. */
import { describe, expect, it } from "vitest";
import { explainEvent } from "../../workers/language/event-pattern/explain.ts";
import { flattenEvent } from "../../workers/language/event-pattern/flatten.ts";
import { matchesEvent } from "../../workers/language/event-pattern/match.ts";
import { parseEventPattern } from "../../workers/language/event-pattern/parse.ts";
import { EventPatternError } from "../../workers/language/event-pattern/pattern-error.ts";
import { compileRules } from "../../workers/language/event-pattern/rule-set/rule-set.ts";
import { casesOf } from "./shared.ts";

interface Case {
  readonly id: string;
  readonly pattern: string;
  readonly event: string;
  readonly expect: "match" | "no-match" | "invalid";
  /** The first line of the refusal. */
  readonly error?: string;
}

describe("the event-pattern cases", () => {
  const cases = casesOf<Case>("event-patterns");
  it("are found", () => expect(cases.length).toBeGreaterThan(0));
  for (const entry of cases) {
    it(`${entry.id} ${entry.pattern} on an event: ${entry.expect}`, () => {
      if (entry.expect === "invalid") {
        const refused = (): unknown => parseEventPattern(entry.pattern);
        expect(refused).toThrow(EventPatternError);
        if (entry.error !== undefined) expect(refused).toThrow(entry.error.split("\n")[0]);
        return;
      }
      const pattern = parseEventPattern(entry.pattern);
      const leaves = flattenEvent(entry.event);
      const expected = entry.expect === "match";
      expect(matchesEvent(pattern, leaves)).toBe(expected);
      expect(explainEvent(pattern, leaves).verdict).toBe(expected);
      expect(compileRules([pattern]).match(entry.event)).toEqual(expected ? [0] : []);
    });
  }
});
