import { describe, expect, it } from "vitest";
import type { Harness } from "../harness.ts";
import { DAY, type Line, MINUTE, messages, NOW, put, refusal, withStream } from "./support.ts";

interface Page {
  readonly events: readonly {
    readonly timestamp: number;
    readonly message: string;
    readonly eventId?: string;
    readonly logStreamName?: string;
  }[];
  readonly nextForwardToken: string;
  readonly nextBackwardToken: string;
  readonly nextToken?: string;
}

const get = async (self: Harness, input: object = {}): Promise<Page> =>
  self.call("GetLogEvents", { logGroupName: "g", logStreamName: "s", ...input });
const texts = ({ events }: Page): string[] => events.map(({ message }) => message);

const numbered = async (n: number): Promise<Harness> => {
  const self = await withStream();
  put(
    self,
    Array.from({ length: n }, (_, i): Line => [NOW + i, `m${i}`]),
  );
  return self;
};

describe("GetLogEvents", () => {
  it("gives the newest page first, ascending inside, and walks both ways by tokens", async () => {
    const self = await numbered(7);
    const newest = await get(self, { limit: 3 });
    expect(texts(newest)).toEqual(["m4", "m5", "m6"]);
    expect(newest.nextForwardToken).toMatch(/^f\/\d{56}$/);
    expect(newest.nextBackwardToken).toMatch(/^b\/\d{56}$/);
    const middle = await get(self, { limit: 3, nextToken: newest.nextBackwardToken });
    expect(texts(middle)).toEqual(["m1", "m2", "m3"]);
    const oldest = await get(self, { limit: 3, nextToken: middle.nextBackwardToken });
    expect(texts(oldest)).toEqual(["m0"]);
    expect(texts(await get(self, { limit: 3, nextToken: oldest.nextForwardToken, startFromHead: true }))).toEqual(["m1", "m2", "m3"]);
  });

  it("tells the end by giving back the token it got, and goes on when more comes in", async () => {
    const self = await numbered(3);
    const all = await get(self, { startFromHead: true });
    const end = await get(self, { startFromHead: true, nextToken: all.nextForwardToken });
    expect([texts(end), end.nextForwardToken]).toEqual([[], all.nextForwardToken]);
    const start = await get(self, { nextToken: all.nextBackwardToken });
    expect([texts(start), start.nextBackwardToken]).toEqual([[], all.nextBackwardToken]);
    put(self, [[NOW + 50, "later"]]);
    expect(texts(await get(self, { startFromHead: true, nextToken: all.nextForwardToken }))).toEqual(["later"]);
  });

  it("takes the start inclusively and the end exclusively", async () => {
    const self = await numbered(5);
    expect(texts(await get(self, { startTime: NOW + 1, endTime: NOW + 3 }))).toEqual(["m1", "m2"]);
    expect(texts(await get(self, { startTime: NOW + 9, endTime: NOW + 3 }))).toEqual([]);
  });

  it("walks events of one millisecond without loss or repetition", async () => {
    const self = await withStream();
    for (let i = 0; i < 5; i++) put(self, [[NOW, `m${i}`]]);
    const seen: string[] = [];
    let page = await get(self, { limit: 2, startFromHead: true });
    while (page.events.length > 0) {
      seen.push(...texts(page));
      page = await get(self, { limit: 2, startFromHead: true, nextToken: page.nextForwardToken });
    }
    expect(seen).toEqual(["m0", "m1", "m2", "m3", "m4"]);
  });

  it("cuts a page at one mebibyte", async () => {
    const self = await withStream();
    for (let i = 0; i < 3; i++) put(self, [[NOW + i, "x".repeat(500_000) + i]]);
    expect((await get(self)).events).toHaveLength(2);
    expect((await get(self, { startFromHead: true })).events).toHaveLength(2);
  });

  it("refuses broken, foreign and day-old tokens", async () => {
    const self = await numbered(3);
    self.call("CreateLogStream", { logGroupName: "g", logStreamName: "other" });
    const { nextForwardToken } = await get(self);
    const bad = { code: "InvalidParameterException", message: "The specified nextToken is invalid." };
    for (const nextToken of [
      "x",
      "f/1",
      nextForwardToken.replace("f/", "x/"),
      `${nextForwardToken.slice(0, -1)}${(Number(nextForwardToken.at(-1)) + 1) % 10}`,
    ]) {
      expect(await refusal(() => get(self, { nextToken }))).toEqual(bad);
    }
    expect(await refusal(() => get(self, { logStreamName: "other", nextToken: nextForwardToken }))).toEqual(bad);
    self.now += DAY + 2 * MINUTE;
    expect(await refusal(() => get(self, { nextToken: nextForwardToken }))).toEqual(bad);
  });

  it("is not for groups of the infrequent access class", async () => {
    const self = await withStream();
    self.call("CreateLogGroup", { logGroupName: "i", logGroupClass: "INFREQUENT_ACCESS" });
    self.call("CreateLogStream", { logGroupName: "i", logStreamName: "s" });
    for (const run of [
      () => self.call("GetLogEvents", { logGroupName: "i", logStreamName: "s" }),
      () => self.call("FilterLogEvents", { logGroupName: "i" }),
    ]) {
      expect((await refusal(run)).code).toBe("InvalidParameterException");
    }
  });
});

describe("FilterLogEvents", () => {
  it("merges streams by time and gives every event an id of its own", async () => {
    const self = await withStream();
    self.call("CreateLogStream", { logGroupName: "g", logStreamName: "t" });
    put(
      self,
      [
        [NOW, "a"],
        [NOW + 2, "c"],
      ],
      "s",
    );
    put(
      self,
      [
        [NOW + 1, "b"],
        [NOW + 2, "d"],
      ],
      "t",
    );
    const page = await self.call<Page & { searchedLogStreams: unknown }>("FilterLogEvents", { logGroupName: "g" });
    expect(page.events.map(({ message, logStreamName }) => [message, logStreamName])).toEqual([
      ["a", "s"],
      ["b", "t"],
      ["c", "s"],
      ["d", "t"],
    ]);
    expect([page.searchedLogStreams, page.nextToken]).toEqual([[], undefined]);
    for (const { eventId } of page.events) expect(eventId).toMatch(/^\d{56}$/);
    expect(new Set(page.events.map(({ eventId }) => eventId)).size).toBe(4);
    expect(await messages(self, { logStreamNames: ["t"] })).toEqual(["b", "d"]);
    expect(await messages(self, { logStreamNamePrefix: "s" })).toEqual(["a", "c"]);
    expect(await messages(self, { logStreamNamePrefix: "x" })).toEqual([]);
  });

  it("takes both ends of the time range inclusively", async () => {
    const self = await numbered(5);
    expect(await messages(self, { startTime: NOW + 1, endTime: NOW + 3 })).toEqual(["m1", "m2", "m3"]);
    expect(await messages(self, { startTime: NOW + 3, endTime: NOW + 1 })).toEqual([]);
  });

  it.each([
    ["m1 -m10", ["m1", "m11"]],
    ["%^m[13]$%", ["m1", "m3"]],
    ["?m2 ?m5", ["m2", "m5"]],
    ["[a = m7]", ["m7"]],
    ["{ $.a = 1 }", []],
  ])("finds the events of the pattern %s", async (filterPattern, expected) => {
    const self = await numbered(12);
    expect(await messages(self, { filterPattern })).toEqual(expected);
  });

  it("pages through matches with a token until none is left", async () => {
    const self = await numbered(25);
    const seen: string[] = [];
    let nextToken: string | undefined;
    let pages = 0;
    do {
      const input = { logGroupName: "g", filterPattern: "m1", limit: 4, ...(nextToken === undefined ? {} : { nextToken }) };
      const page = await self.call<Page>("FilterLogEvents", input);
      seen.push(...texts(page));
      nextToken = page.nextToken;
      pages++;
    } while (nextToken !== undefined);
    expect(seen).toEqual(["m1", ...Array.from({ length: 10 }, (_, i) => `m1${i}`)]);
    expect(pages).toBe(3);
  });

  it("gives the newest first from a startTime of 2024 on, page after page in that direction, whatever a later request says", async () => {
    const self = await withStream();
    self.now = NOW + 100 * DAY;
    put(
      self,
      Array.from({ length: 23 }, (_, i): Line => [self.now - 1000 + Math.floor(i / 2), `m${i}`]),
    );
    for (const filterPattern of ["m", ""]) {
      const seen: string[] = [];
      let nextToken: string | undefined;
      do {
        const input = { logGroupName: "g", filterPattern, startTime: self.now - 1000, limit: 5, startFromHead: nextToken !== undefined };
        const page = await self.call<Page>("FilterLogEvents", { ...input, ...(nextToken === undefined ? {} : { nextToken }) });
        expect(page.events.length).toBeLessThanOrEqual(5);
        seen.push(...texts(page));
        nextToken = page.nextToken;
      } while (nextToken !== undefined);
      expect(seen).toEqual(Array.from({ length: 23 }, (_, i) => `m${22 - i}`));
    }
    const refused = (input: object) => refusal(() => self.call("FilterLogEvents", { logGroupName: "g", startFromHead: false, ...input }));
    for (const input of [{}, { startTime: Date.UTC(2024, 0, 1) - 1 }]) {
      expect((await refused(input)).code).toBe("InvalidParameterException");
    }
    expect(await messages(self, { startFromHead: false, startTime: Date.UTC(2024, 0, 1), limit: 1 })).toEqual(["m22"]);
  });

  it("refuses a missing stream, names together with a prefix, a bad pattern and a token of another question", async () => {
    const self = await numbered(3);
    const refused = (input: object) => refusal(() => self.call("FilterLogEvents", { logGroupName: "g", ...input }));
    expect((await refused({ logStreamNames: ["nope"] })).message).toBe("The specified log stream does not exist.");
    expect((await refused({ logStreamNames: ["s"], logStreamNamePrefix: "s" })).code).toBe("InvalidParameterException");
    expect((await refused({ filterPattern: "{ $.a" })).message).toBe("If a filter pattern starts with '{' it must end with '}'");
    const { nextToken } = await self.call<Page>("FilterLogEvents", { logGroupName: "g", limit: 1 });
    expect((await refused({ filterPattern: "m", nextToken })).message).toBe("The specified nextToken is invalid.");
  });

  it("reads from slow storage as from memory", async () => {
    const self = await withStream();
    for (let i = 0; i < 6; i++) put(self, [[NOW + i, `ERROR ${i} ${"x".repeat(400_000)}`]]);
    expect(self.chunks.stored.size).toBeGreaterThan(0);
    self.chunks.slow = true;
    self.context().logs.restore(structuredClone(self.context().logs.snapshot()));
    const heads = (await messages(self, { filterPattern: "ERROR -2" })).map((message) => message.slice(0, 7));
    expect(heads.slice(0, 2)).toEqual(["ERROR 0", "ERROR 1"]);
    expect((await get(self, { limit: 1 })).events[0]!.message.slice(0, 7)).toBe("ERROR 5");
  });
});
