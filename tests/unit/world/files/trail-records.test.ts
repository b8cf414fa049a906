import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type FileRecord, isTrailFile, readRecords } from "../../../../workers/world/files/trail-records.ts";

const utf8 = new TextEncoder();
const record = (n: number, more: object = {}): object => ({
  eventVersion: "1.08",
  eventTime: "2023-07-10T12:00:00Z",
  eventSource: "s3.amazonaws.com",
  eventName: `Event${n}`,
  awsRegion: "us-east-1",
  ...more,
});
const file = (...records: (object | string)[]): string =>
  `{"Records":[${records.map((each) => (typeof each === "string" ? each : JSON.stringify(each))).join(",")}]}`;

async function read(text: string) {
  const names: unknown[] = [];
  const answer = await readRecords(utf8.encode(text), { reference: 0 }, (one: FileRecord) => {
    names.push(one["eventName"]);
    return undefined;
  });
  return { ...answer, names };
}

describe("reading CloudTrail's log files", () => {
  it("gives back every record, however the JSON is laid out and whatever is in its texts", async () => {
    const texts = fc.string({ unit: "binary" });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.dictionary(fc.string(), texts), { maxLength: 6 }), fc.constantFrom(0, 2), async (parameters, indent) => {
        const records = parameters.map((requestParameters, n) => record(n, { requestParameters }));
        const seen: FileRecord[] = [];
        const text = JSON.stringify({ Records: records }, undefined, indent);
        const answer = await readRecords(utf8.encode(text), { reference: 0 }, (one) => void seen.push(one));
        expect(answer).toEqual({ records: records.length, skipped: 0, warnings: [] });
        expect(seen).toEqual(JSON.parse(JSON.stringify(records)));
      }),
    );
  });

  it.each([
    ["a value is missing", '{"eventVersion":"1.08","eventName":}', "it is not valid JSON"],
    ["a brace is missing", '{"eventVersion":"1.08","userIdentity":{"type":"Root"', "it is not closed"],
    ["a quote is missing", '{"eventVersion":"1.08","eventName":"Broken', "it is not closed"],
    ["it is a number", "17", "it is no JSON object"],
    ["it is a text", '"a, [b]"', "it is no JSON object"],
    ["members are missing", '{"eventVersion":"1.08","eventName":"X"}', "it has no eventTime, no eventSource, no awsRegion"],
  ])("passes over one record where %s, and names it", async (_, broken, trouble) => {
    const many = Array.from({ length: 50 }, (_each, n) => record(n));
    const answer = await read(file(...many.slice(0, 20), broken, ...many.slice(20)));
    expect(answer.names).toEqual(many.map((_each, n) => `Event${n}`));
    expect(answer).toMatchObject({ records: 50, skipped: 1 });
    expect(answer.warnings[0]).toContain("Record 21 (bytes ");
    expect(answer.warnings[0]).toContain(trouble);
  });

  it("keeps what is whole of a file that was cut off", async () => {
    const whole = file(record(1), record(2), record(3));
    const inTheMiddle = await read(whole.slice(0, -40));
    expect(inTheMiddle.names).toEqual(["Event1", "Event2"]);
    expect(inTheMiddle.warnings[0]).toContain("the file ends in the middle of it");
    const between = await read(whole.slice(0, -2));
    expect(between.names).toHaveLength(3);
    expect(between.warnings[0]).toContain("the file ends before its list of records does");
  });

  it("reads a record a line, also inside another object", async () => {
    const lines = [JSON.stringify(record(1)), "", JSON.stringify({ rule: "r", record: record(2) }), "{broken", JSON.stringify(record(3))];
    const answer = await read(lines.join("\r\n"));
    expect(answer.names).toEqual(["Event1", "Event2", "Event3"]);
    expect(answer.warnings).toHaveLength(1);
  });

  it("names the first troubles and counts the others", async () => {
    const answer = await read(file(...Array.from({ length: 30 }, () => ({ eventVersion: "1" }))));
    expect(answer).toMatchObject({ records: 0, skipped: 30 });
    expect(answer.warnings).toHaveLength(21);
    expect(answer.warnings[20]).toBe("10 more records left out for the like.");
  });

  it.each([
    [file(record(1)), true],
    ['{"Records": []}', true],
    [JSON.stringify(record(1)), true],
    [JSON.stringify({ record: record(1) }), true],
    ['{"Records":[{"kinesis":{}}]}', false],
    ['{"level":"info"}', false],
    ["2024-01-01 INFO started", false],
    ["", false],
  ])("knows a log file by its beginning: %s", (text, is) => {
    expect(isTrailFile(utf8.encode(text))).toBe(is);
  });
});
