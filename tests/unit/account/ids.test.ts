import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createOwner, makeId, makeUuid } from "../../../workers/account/ids.ts";
import { LaneSum } from "../../../workers/account/lane-sum.ts";
import { failure, openTestAccount, person } from "./engine-harness.ts";

describe("ids", () => {
  it("follow from seed, kind, owner and the owner's own count, and from nothing else", () => {
    const ids = (seed: string, kind: string, owner: string): string[] => {
      const counter = createOwner(owner);
      return [makeId(seed, kind, counter), makeId(seed, kind, counter), makeUuid(seed, kind, counter)];
    };
    expect(ids("s", "k", "o")).toEqual(ids("s", "k", "o"));
    const all = [...ids("s", "k", "o"), ...ids("t", "k", "o"), ...ids("s", "l", "o"), ...ids("s", "k", "p")];
    expect(new Set(all).size).toBe(all.length);
  });

  it("have the form of a version 4 UUID", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (seed, key) => {
        expect(makeUuid(seed, "k", createOwner(key))).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      }),
    );
  });

  it("do not run together at the borders of their parts", () => {
    expect(makeId("ab", "c", createOwner("d"))).not.toBe(makeId("a", "bc", createOwner("d")));
  });

  it("of one command are not renumbered by another that is undone", async () => {
    const run = async (mistake: boolean): Promise<string | undefined> => {
      const account = await openTestAccount();
      await person(account, "sns", "CreateTopic", { Name: "t" });
      if (mistake) await person(account, "sqs", "CreateQueue", { QueueName: "q" });
      else await failure(person(account, "sqs", "CreateQueue", { QueueName: "no such name!" }));
      const { output } = await person(account, "sns", "Publish", { TopicArn: "arn:aws:sns:us-east-1:123456789012:t", Message: "m" });
      return output.MessageId as string;
    };
    expect(await run(true)).toBe(await run(false));
  });
});

describe("a sum of digests", () => {
  it("does not depend on the order of what is added, and on everything else", () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 8 }), (texts) => {
        const sum = (list: readonly string[]): string => {
          const all = new LaneSum();
          for (const text of list) all.addText(text);
          return all.hex();
        };
        expect(sum([...texts].reverse())).toBe(sum(texts));
        expect(sum([...texts, "one more"])).not.toBe(sum(texts));
      }),
    );
  });
});
