import { describe, expect, test } from "vitest";
import { applied, countMet, eventMarks, eventNodes, patternMarks } from "../../../../src/panels/events/because-tree.ts";
import { sampleEvents } from "../../../../src/panels/events/samples.ts";
import { explainEvent } from "../../../../workers/language/event-pattern/explain.ts";
import { flattenEvent } from "../../../../workers/language/event-pattern/flatten.ts";
import { matchesEvent } from "../../../../workers/language/event-pattern/match.ts";
import { parseEventPattern } from "../../../../workers/language/event-pattern/parse.ts";

const nodesOf = (pattern: string, event: object) =>
  eventNodes(explainEvent(parseEventPattern(pattern), flattenEvent(JSON.stringify(event))));

describe("the reasons of a pattern as a tree", () => {
  const pattern = '{"source":["shop"],"detail":{"state":[{"prefix":"OK"}],"gone":["x"],"n":[1,2]}}';
  const event = { source: "shop", detail: { state: "ALARM", n: 5 } };

  test("tell what is met, what differs and what is missing", () => {
    const nodes = nodesOf(pattern, event);
    expect(nodes.map(({ name, result, found }) => [name, result, found])).toEqual([
      ["source", "yes", '"shop"'],
      ["detail.state", "no", '"ALARM"'],
      ["detail.gone", "miss", "absent"],
      ["detail.n", "no", "5"],
    ]);
    expect(nodes[3]?.tests).toEqual(["1", "2"]);
    expect(countMet(nodes)).toEqual({ met: 1, all: 4 });
    expect(eventMarks(nodes)).toEqual({ "detail.state": "hb", "detail.n": "hb" });
    const marked = patternMarks(nodes).map(({ from, to, css }) => [pattern.slice(from, to), css]);
    expect(marked).toEqual([
      [expect.stringContaining('"state":[{"prefix":"OK"}'), "hb"],
      [expect.stringContaining('"gone":["x"'), "hm"],
      [expect.stringContaining('"n":[1,2'), "hb"],
    ]);
  });

  test("mend the pattern so that it takes what was found", () => {
    let mended = pattern.replace(',"gone":["x"]', "");
    for (;;) {
      const fix = nodesOf(mended, event).find((node) => node.fix !== undefined)?.fix;
      if (fix === undefined) break;
      mended = applied(mended, fix);
    }
    expect(JSON.parse(mended)).toEqual({ source: ["shop"], detail: { state: ["ALARM"], n: [5] } });
    expect(matchesEvent(parseEventPattern(mended), flattenEvent(JSON.stringify(event)))).toBe(true);
  });

  test("offer nothing where several values were found", () => {
    const [node] = nodesOf('{"detail":{"tags":["c"]}}', { detail: { tags: ["a", "b"] } });
    expect([node?.result, node?.fix]).toEqual(["no", undefined]);
  });

  test("keep the branches of a choice apart", () => {
    const [choice] = nodesOf('{"$or":[{"source":["a"]},{"detail":{"n":[5],"m":[1]}}]}', event);
    expect(choice).toMatchObject({ name: "$or", result: "branch", reason: "none is met" });
    expect(choice?.parts.map((part) => [part.result, part.parts.map(({ name, result }) => [name, result])])).toEqual([
      ["branch", [["source", "no"]]],
      [
        "branch",
        [
          ["detail.n", "yes"],
          ["detail.m", "miss"],
        ],
      ],
    ]);
  });

  test("leave out a field that stands again further on", () => {
    const nodes = nodesOf('{"source":["a"],"source":["shop"]}', event);
    expect(nodes.map(({ result }) => result)).toEqual(["skip", "yes"]);
    expect(countMet(nodes)).toEqual({ met: 1, all: 1 });
  });
});

describe("example events", () => {
  test("are whole envelopes that a pattern of their source and detail type takes", () => {
    const samples = sampleEvents({ account: "123456789012", region: "eu-west-1", time: "2026-03-12T09:17:00Z" });
    for (const { event, label } of samples) {
      const { source, "detail-type": type } = event as { source: string; "detail-type": string };
      const pattern = parseEventPattern(JSON.stringify({ source: [source], "detail-type": [type], region: ["eu-west-1"] }));
      expect([label, matchesEvent(pattern, flattenEvent(JSON.stringify(event)))]).toEqual([label, true]);
      expect(Object.keys(event)).toEqual(["version", "id", "detail-type", "source", "account", "time", "region", "resources", "detail"]);
    }
    expect(samples).toHaveLength(5);
  });
});
