import { describe, expect, it } from "vitest";
import { causeOf } from "../../../workers/account/cause.ts";
import type { JournalRecord } from "../../../workers/store/contract.ts";

const at = Date.UTC(2026, 0, 5, 12);
const records = [
  {
    id: 7,
    at,
    command: {
      type: "call",
      service: "cloudwatch",
      operation: "PutMetricAlarm",
      input: { AlarmName: "errors", Threshold: { $number: "-0" } },
      region: "us-east-1",
      kind: "person",
      principal: "developer",
      via: "terminal",
    },
  },
  { id: 8, at: at + 1, command: { type: "stage", command: { kind: "identity", principal: "ada" }, region: "us-east-1" } },
] as unknown as readonly JournalRecord[];

describe("what set something off", () => {
  it("is the journal's command, with who, by which door and the request as it was given", () => {
    expect(causeOf(records, "journal/7")).toEqual({
      kind: "command",
      record: 7,
      at,
      principal: "developer",
      via: "terminal",
      request: { service: "cloudwatch", operation: "PutMetricAlarm", input: { AlarmName: "errors", Threshold: -0 }, region: "us-east-1" },
    });
  });
  it("is what a person did that is no AWS request", () => {
    expect(causeOf(records, "journal/8")).toEqual({ kind: "stage", record: 8, at: at + 1, what: "identity" });
  });
  it("is the agenda item of a service, whatever stands in its key", () => {
    expect(causeOf([], `agenda/123456789012/us-east-1/cloudwatch/evaluate/odd @1#2 /name@${at}#3`)).toEqual({
      kind: "agenda",
      service: "cloudwatch",
      what: "evaluate",
      key: "odd @1#2 /name",
      at,
    });
  });
  it.each(["journal/9", "journal/x", "", "agenda/1/2"])("is unknown for %j", (cause) => {
    expect(causeOf(records, cause)).toBeUndefined();
  });
});
