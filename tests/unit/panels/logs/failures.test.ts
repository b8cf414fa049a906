import { describe, expect, it } from "vitest";
import { failuresByMember } from "../../../../src/panels/logs/failures.ts";

const MEMBERS = ["filterName", "metricName", "metricNamespace"] as const;
const failure = (message: string, path?: string) => ({
  kind: "service" as const,
  code: "ValidationException",
  message,
  ...(path === undefined ? {} : { path }),
});

describe("failures at their fields", () => {
  it("tells each of several broken constraints at its own field", () => {
    const two =
      "2 validation errors detected: Value '' at 'filterName' failed to satisfy constraint: Member must have length greater than or equal to 1; Value 'x:y' at 'metricTransformations.1.member.metricName' failed to satisfy constraint: Member must satisfy regular expression pattern: [^:*$]*";
    expect([...failuresByMember(failure(two, "filterName"), MEMBERS)]).toEqual([
      ["filterName", "Value '' at 'filterName' failed to satisfy constraint: Member must have length greater than or equal to 1"],
      [
        "metricName",
        "Value 'x:y' at 'metricTransformations.1.member.metricName' failed to satisfy constraint: Member must satisfy regular expression pattern: [^:*$]*",
      ],
    ]);
  });

  it("keeps a single sentence whole, and knows nothing of members the form has not", () => {
    expect([...failuresByMember(failure("Invalid metric name", "metricName"), MEMBERS)]).toEqual([["metricName", "Invalid metric name"]]);
    expect(failuresByMember(failure("The log group does not exist."), MEMBERS).size).toBe(0);
    expect(failuresByMember(undefined, MEMBERS).size).toBe(0);
  });
});
