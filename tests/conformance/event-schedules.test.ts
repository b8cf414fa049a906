/** The schedule cases against the schedule language, as PutRule and the clock use it. */
import { describe, expect, it } from "vitest";
import { nextFire } from "../../workers/language/schedule/next.ts";
import { parseSchedule } from "../../workers/language/schedule/parse.ts";
import { casesOf } from "./shared.ts";

interface Case {
  readonly id: string;
  readonly expression: string;
  /** ISO 8601. */
  readonly after: string;
  readonly expect: "invalid" | readonly string[];
}

describe("the schedule cases", () => {
  const cases = casesOf<Case>("event-schedules");
  it("are found", () => expect(cases.length).toBeGreaterThan(0));
  for (const entry of cases) {
    it(`${entry.id} ${entry.expression} after ${entry.after}`, () => {
      if (entry.expect === "invalid") {
        expect(() => parseSchedule(entry.expression)).toThrow("Parameter ScheduleExpression is not valid.");
        return;
      }
      const schedule = parseSchedule(entry.expression);
      const fires: string[] = [];
      const created = Date.parse(entry.after);
      let at: number | undefined = created;
      // An empty list says that it never fires again.
      for (let i = 0; i < Math.max(1, entry.expect.length); i++) {
        at = nextFire(schedule, at, created);
        if (at === undefined) break;
        fires.push(`${new Date(at).toISOString().slice(0, 19)}Z`);
      }
      expect(fires).toEqual(entry.expect);
    });
  }
});
