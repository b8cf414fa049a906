import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkAdvancedSelectors } from "../../../../workers/language/trail-selectors/check.ts";
import {
  DEFAULT_SELECTORS,
  type LoggedBecause,
  selectsDataEvents,
  takesEvent,
} from "../../../../workers/language/trail-selectors/evaluate.ts";
import type { AdvancedSelector, SelectableEvent } from "../../../../workers/language/trail-selectors/tree.ts";

const names = ["PutObject", "GetObject", "PutObjectAcl", "DeleteObject"];
const operators = ["Equals", "NotEquals", "StartsWith", "NotStartsWith", "EndsWith", "NotEndsWith"] as const;
const event = fc.record({
  eventCategory: fc.constantFrom("Management", "Data"),
  eventName: fc.constantFrom(...names),
  eventSource: fc.constantFrom("s3.amazonaws.com", "kms.amazonaws.com"),
  readOnly: fc.boolean(),
  resources: fc.array(
    fc.record({ type: fc.constantFrom("AWS::S3::Object", "AWS::S3::Bucket"), ARN: fc.constantFrom("arn:aws:s3:::b/k", "arn:aws:s3:::b") }),
    { maxLength: 2 },
  ),
}) satisfies fc.Arbitrary<SelectableEvent>;
const value = fc.constantFrom("Put", "Acl", "PutObject", "GetObject", "Object");
const dataSelector = fc.record({ operator: fc.constantFrom(...operators), values: fc.array(value, { minLength: 1, maxLength: 3 }) }).map(
  ({ operator, values }): AdvancedSelector => ({
    FieldSelectors: [
      { Field: "eventCategory", Equals: ["Data"] },
      { Field: "resources.type", Equals: ["AWS::S3::Object"] },
      { Field: "eventName", [operator]: values },
    ],
  }),
);

describe("what a trail takes", () => {
  it("takes every management event and no data event without selectors", () => {
    fc.assert(
      fc.property(event, (one) => {
        expect(takesEvent(DEFAULT_SELECTORS, one)).toBe(one.eventCategory === "Management");
      }),
    );
    expect(selectsDataEvents(DEFAULT_SELECTORS)).toBe(false);
  });

  it("takes what any selector takes, so one more never takes less", () => {
    fc.assert(
      fc.property(event, fc.array(dataSelector, { minLength: 1, maxLength: 4 }), dataSelector, (one, some, more) => {
        checkAdvancedSelectors(some);
        const each = some.map((selector) => takesEvent({ advanced: [selector] }, one));
        expect(takesEvent({ advanced: some }, one)).toBe(each.includes(true));
        if (takesEvent({ advanced: some }, one)) expect(takesEvent({ advanced: [...some, more] }, one)).toBe(true);
      }),
    );
  });

  it("takes by a negative operator exactly what the positive one leaves of the same events", () => {
    fc.assert(
      fc.property(
        event,
        fc.constantFrom("Equals", "StartsWith", "EndsWith"),
        fc.array(value, { minLength: 1 }),
        (one, operator, values) => {
          const by = (name: string): boolean =>
            takesEvent(
              {
                advanced: [
                  {
                    FieldSelectors: [
                      { Field: "eventCategory", Equals: ["Data"] },
                      { Field: "eventName", [name]: values },
                    ],
                  },
                ],
              },
              one,
            );
          if (one.eventCategory === "Data") expect(by(`Not${operator}`)).toBe(!by(operator));
        },
      ),
    );
  });

  it("says which field of which selector did not fit", () => {
    let told: LoggedBecause | undefined;
    const selectors = {
      advanced: [
        {
          Name: "writes",
          FieldSelectors: [
            { Field: "eventCategory", Equals: ["Management"] },
            { Field: "readOnly", Equals: ["false"] },
          ],
        },
      ],
    };
    takesEvent(selectors, { eventCategory: "Management", eventName: "DescribeAlarms", readOnly: true }, (because) => {
      told = because;
    });
    expect(told).toMatchObject({
      verdict: false,
      reason: "No selector takes the Management event DescribeAlarms.",
      selectors: [{ index: 0, name: "writes", verdict: false, reason: "readOnly is true, and Equals wants false." }],
    });
    expect(told?.selectors[0]?.fields?.map(({ verdict }) => verdict)).toEqual([true, false]);
  });

  it("knows whether data events have to be looked at", () => {
    const objects = { basic: [{ DataResources: [{ Type: "AWS::S3::Object", Values: ["arn:aws:s3"] }] }] };
    expect(selectsDataEvents(objects)).toBe(true);
    expect(selectsDataEvents({ basic: [{ DataResources: [{ Type: "AWS::S3::Object", Values: [] }] }] })).toBe(false);
    expect(selectsDataEvents({ advanced: [{ FieldSelectors: [{ Field: "eventCategory", Equals: ["Data"] }] }] })).toBe(true);
  });
});
