import { describe, expect, it } from "vitest";
import { describeEventBus, listEventBuses } from "../../../../workers/services/events/buses.ts";
import { passed } from "../../../../workers/services/events/passed.ts";
import { ENTRIES_LIMIT, entrySize, putEvents } from "../../../../workers/services/events/put-events.ts";
import { bench, failure } from "./bench.ts";

const ENTRY = { Source: "shop", DetailType: "Order", Detail: '{"n":1}' };

describe("event buses", () => {
  it("has the default bus in every Region and no other", () => {
    const { ctx } = bench("eu-west-1");
    const Arn = "arn:aws:events:eu-west-1:123456789012:event-bus/default";
    expect(listEventBuses(ctx, {})).toEqual({ EventBuses: [{ Name: "default", Arn }] });
    expect(listEventBuses(ctx, { NamePrefix: "x" })).toEqual({ EventBuses: [] });
    expect(failure(() => listEventBuses(ctx, { NextToken: "x" })).code).toBe("ValidationException");
    expect(describeEventBus(ctx, {})).toEqual({ Name: "default", Arn });
    expect(failure(() => describeEventBus(ctx, { Name: "mine" }))).toMatchObject({
      code: "ResourceNotFoundException",
      message: "Event bus mine does not exist.",
    });
  });
});

describe("PutEvents", () => {
  it("writes the envelope with its fields in order, whole seconds", () => {
    const made = bench();
    made.now += 987;
    const answer = putEvents(made.ctx, { Entries: [{ ...ENTRY, Resources: ["arn:x"] }] });
    expect(answer.FailedEntryCount).toBe(0);
    const [event] = passed(made.ctx, undefined).events;
    expect(event?.at).toBe(made.now);
    expect(JSON.stringify(event?.envelope)).toBe(
      JSON.stringify({
        version: "0",
        id: answer.Entries?.[0]?.EventId,
        "detail-type": "Order",
        source: "shop",
        account: "123456789012",
        time: "2026-01-05T12:00:00Z",
        region: "us-east-1",
        resources: ["arn:x"],
        detail: { n: 1 },
      }),
    );
  });

  it.each([
    [{ DetailType: "d", Detail: "{}" }, "InvalidArgument", "Parameter Source is not valid. Reason: Source is a required argument."],
    [{ Source: "s", Detail: "{}" }, "InvalidArgument", "Parameter DetailType is not valid. Reason: DetailType is a required argument."],
    [{ Source: "s", DetailType: "d" }, "InvalidArgument", "Parameter Detail is not valid. Reason: Detail is a required argument."],
    [{ ...ENTRY, Detail: "{" }, "MalformedDetail", "Detail is malformed."],
    [{ ...ENTRY, Detail: "[1]" }, "MalformedDetail", "Detail is malformed."],
    [{ ...ENTRY, Detail: "null" }, "MalformedDetail", "Detail is malformed."],
    [{ ...ENTRY, Detail: '{"a":[1,-1e999]}' }, "MalformedDetail", "Detail is malformed."],
    [{ ...ENTRY, Source: "aws.cloudwatch" }, "NotAuthorizedForSourceException", "Not authorized for the source."],
  ])("fails the entry %o alone", (bad, ErrorCode, ErrorMessage) => {
    const { ctx } = bench();
    const answer = putEvents(ctx, { Entries: [ENTRY, bad, ENTRY] });
    expect(answer.FailedEntryCount).toBe(1);
    expect(answer.Entries?.[1]).toEqual({ ErrorCode, ErrorMessage });
    expect(passed(ctx, undefined).events).toHaveLength(2);
  });

  it.each([
    [1_000, 0],
    [1_001, 1],
    [120_000, 1],
  ])("takes a detail of %i levels: %i failed", (levels, failed) => {
    const { ctx } = bench();
    const Detail = `{"a":${"[".repeat(levels - 1)}${"]".repeat(levels - 1)}}`;
    expect(putEvents(ctx, { Entries: [{ ...ENTRY, Detail }] }).FailedEntryCount).toBe(failed);
  });

  it("lets an AWS service send as aws.*", () => {
    const made = bench();
    made.callerKind = "service";
    expect(putEvents(made.ctx, { Entries: [{ ...ENTRY, Source: "aws.cloudwatch" }] }).FailedEntryCount).toBe(0);
    expect(passed(made.ctx, { source: "aws.cloudwatch" }).events).toHaveLength(1);
    expect(passed(made.ctx, { source: "aws" }).events).toHaveLength(0);
  });

  it("accepts an event for a bus that does not exist, which goes nowhere", () => {
    const made = bench();
    expect(putEvents(made.ctx, { Entries: [{ ...ENTRY, EventBusName: "nowhere" }] })).toMatchObject({
      FailedEntryCount: 0,
      Entries: [{ EventId: expect.any(String) }],
    });
    expect(passed(made.ctx, undefined).events).toEqual([]);
    expect(made.because).toEqual([expect.objectContaining({ bus: null })]);
  });

  it("counts time, source, type, detail and resources into the size of an entry", () => {
    expect(entrySize({ ...ENTRY, Time: 0, Resources: ["ä"] })).toBe(14 + 4 + 5 + 7 + 2);
  });

  it("refuses the whole call at 256 KB, with no entries and with eleven", () => {
    const { ctx } = bench();
    const fill = ENTRIES_LIMIT - entrySize({ ...ENTRY, Detail: '{"x":""}' });
    const sized = (n: number) => ({ Entries: [{ ...ENTRY, Detail: JSON.stringify({ x: "y".repeat(n) }) }] });
    expect(putEvents(ctx, sized(fill - 1)).FailedEntryCount).toBe(0);
    expect(failure(() => putEvents(ctx, sized(fill))).message).toBe("Total size of the entries in the request is over the limit.");
    expect(failure(() => putEvents(ctx, { Entries: [] })).code).toBe("ValidationException");
    expect(failure(() => putEvents(ctx, { Entries: Array.from({ length: 11 }, () => ENTRY) })).message).toContain(
      "length less than or equal to 10",
    );
  });

  it("keeps the newest 10,000 events and says how many fell out", () => {
    const made = bench();
    for (let i = 0; i < 1_001; i++)
      putEvents(made.ctx, { Entries: Array.from({ length: 10 }, (_, j) => ({ ...ENTRY, Detail: JSON.stringify({ n: i * 10 + j }) })) });
    const answer = passed(made.ctx, { limit: 3 });
    expect([answer.kept, answer.dropped]).toEqual([10_000, 10]);
    expect(answer.events.map((event) => event.envelope.detail["n"])).toEqual([10_009, 10_008, 10_007]);
    expect(passed(made.ctx, { limit: 1, before: answer.next ?? "" }).events[0]?.envelope.detail["n"]).toBe(10_006);
  });
});

describe("the view of what passed", () => {
  const filled = () => {
    const made = bench();
    const put = (at: number, Source: string, DetailType: string, n: number): void => {
      made.now = at;
      const ctx = Object.create(made.ctx, { cause: { value: `journal/${n}` } });
      putEvents(ctx, { Entries: [{ Source, DetailType, Detail: JSON.stringify({ order: `o-${n}` }) }] });
    };
    put(1_000, "shop", "Placed", 1);
    put(2_000, "shop", "Paid", 2);
    put(3_000, "depot", "Placed", 3);
    put(9_000, "shop", "Placed", 4);
    return made.ctx;
  };
  const orders = (answer: ReturnType<typeof passed>): unknown[] => answer.events.map((event) => event.envelope.detail["order"]);

  it("keeps what set an event off", () => {
    expect(passed(filled(), { limit: 1 }).events[0]?.cause).toBe("journal/4");
  });
  it.each([
    [{ source: "shop" }, ["o-4", "o-2", "o-1"]],
    [{ type: "Placed" }, ["o-4", "o-3", "o-1"]],
    [{ source: "shop", type: "Placed" }, ["o-4", "o-1"]],
    [{ from: 2_000, to: 3_000 }, ["o-3", "o-2"]],
    [{ text: "O-3" }, ["o-3"]],
    [{ text: "nothing" }, []],
  ])("filters by %o", (question, expected) => {
    const answer = passed(filled(), question);
    expect(orders(answer)).toEqual(expected);
    expect(answer.total).toBe(expected.length);
  });
  it("names what there is to choose from in the time asked for, whatever is chosen", () => {
    const answer = passed(filled(), { source: "depot", from: 0, to: 3_000 });
    expect(answer.sources).toEqual([
      { name: "shop", count: 2 },
      { name: "depot", count: 1 },
    ]);
    expect(answer.types).toEqual([
      { name: "Placed", count: 2 },
      { name: "Paid", count: 1 },
    ]);
  });
  it("counts all and what fits per part of the time; the end belongs to the last", () => {
    expect(passed(filled(), { from: 1_000, to: 9_000, buckets: 4, source: "shop" }).counts).toEqual({
      all: [2, 1, 0, 1],
      matching: [2, 0, 0, 1],
    });
    expect(passed(filled(), { buckets: 4 }).counts).toBeUndefined();
  });
  it("goes on page by page to the end, and counts all pages", () => {
    const first = passed(filled(), { limit: 2, source: "shop" });
    expect([orders(first), first.total]).toEqual([["o-4", "o-2"], 3]);
    const second = passed(filled(), { limit: 2, source: "shop", before: first.next ?? "" });
    expect([orders(second), second.total, second.next]).toEqual([["o-1"], 3, undefined]);
  });
});
