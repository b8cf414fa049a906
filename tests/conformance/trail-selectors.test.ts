import { describe, expect, it } from "vitest";
import { checkAdvancedSelectors, checkBasicSelectors } from "../../workers/language/trail-selectors/check.ts";
import { type LoggedBecause, takesEvent } from "../../workers/language/trail-selectors/evaluate.ts";
import type { AdvancedSelector, BasicSelector, SelectableEvent } from "../../workers/language/trail-selectors/tree.ts";
import { ServiceError } from "../../workers/model/errors.ts";
import { casesOf } from "./shared.ts";

interface Case {
  readonly id: string;
  readonly why: string;
  readonly eventSelectors?: readonly BasicSelector[];
  readonly advancedEventSelectors?: readonly AdvancedSelector[];
  readonly event: SelectableEvent;
  readonly expect: "logged" | "not-logged" | "invalid";
}

function verdictOf(one: Case): string {
  const { eventSelectors: basic, advancedEventSelectors: advanced = [] } = one;
  try {
    if (basic === undefined) checkAdvancedSelectors(advanced);
    else checkBasicSelectors(basic);
  } catch (thrown) {
    if (thrown instanceof ServiceError && thrown.code === "InvalidEventSelectorsException") return "invalid";
    throw thrown;
  }
  const selectors = basic === undefined ? { advanced } : { basic };
  let because: LoggedBecause | undefined;
  const explained = takesEvent(selectors, one.event, (told) => {
    because = told;
  });
  expect(takesEvent(selectors, one.event)).toBe(explained);
  expect(because?.verdict).toBe(explained);
  return explained ? "logged" : "not-logged";
}

describe("a trail's selectors take what the shared cases say", () => {
  it.each(casesOf<Case>("trail-selectors"))("$id: $why", (one) => {
    expect(verdictOf(one)).toBe(one.expect);
  });
});
