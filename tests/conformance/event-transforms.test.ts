/** The input transformer cases against the language of rules' target inputs. */
import { describe, expect, it } from "vitest";
import { parseEventPath, valueAt } from "../../workers/language/target-input/event-path.ts";
import { renderInput, unknownPlaceholder } from "../../workers/language/target-input/template.ts";
import { casesOf } from "./shared.ts";

interface Case {
  readonly id: string;
  readonly inputPath?: string;
  readonly inputPathsMap?: Readonly<Record<string, string>>;
  readonly inputTemplate?: string;
  readonly event: Readonly<Record<string, unknown>>;
  readonly ruleArn?: string;
  readonly ruleName?: string;
  readonly ingestionTime?: string;
  readonly expect: {
    readonly json?: unknown;
    readonly text?: string;
    readonly error?: string;
    readonly message?: string;
    readonly undelivered?: true;
  };
}

describe("the event-transform cases", () => {
  const cases = casesOf<Case>("event-transforms");
  it("are found", () => expect(cases.length).toBeGreaterThan(0));
  for (const entry of cases) {
    it(`${entry.id} ${entry.inputPath ?? entry.inputTemplate}`, () => {
      const { event, expect: wanted } = entry;
      if (entry.inputTemplate === undefined) {
        const found = valueAt(event, parseEventPath(entry.inputPath ?? "") ?? ["no path"]);
        expect(wanted.text === undefined ? found : JSON.stringify(found)).toEqual(wanted.text ?? wanted.json);
        return;
      }
      const input = { template: entry.inputTemplate, paths: entry.inputPathsMap ?? {} };
      const unknown = unknownPlaceholder(input);
      if (wanted.error !== undefined) {
        expect(wanted.message).toContain(` contains invalid placeholder ${unknown}.`);
        return;
      }
      expect(unknown).toBeUndefined();
      const { ruleArn = "", ruleName = "", ingestionTime = "" } = entry;
      const rendered = renderInput(input, event, { ruleArn, ruleName, ingestionTime });
      if (wanted.undelivered) expect(rendered).toHaveProperty("undelivered");
      else if (wanted.text !== undefined) expect(rendered).toEqual({ body: wanted.text });
      else expect(JSON.parse((rendered as { body: string }).body)).toEqual(wanted.json);
    });
  }
});
