import { describe, expect, it } from "vitest";
import { completeFilter, type FilterNames } from "../../../../workers/language/xray-filter/complete.ts";

const NAMES: FilterNames = {
  annotations: ["tier", "a.b"],
  services: ["orders", "web"],
  types: ["AWS::ECS::Container"],
  groups: ["slow"],
  values: { user: ["alice", "bob"] },
};
const labels = (text: string): readonly string[] => completeFilter(text, text.length, NAMES).options.map(({ label }) => label);

describe("completing filter expressions", () => {
  it("offers keywords, annotations and functions where an expression begins", () => {
    expect(labels("")).toEqual(expect.arrayContaining(["fault", "annotation.tier", "annotation[a.b]", "service()"]));
    expect(labels("fault AND resp")).toEqual(["responsetime"]);
    expect(labels("")).not.toContain("root");
  });

  it("offers the operators of the word before the caret", () => {
    expect(labels("responsetime ")).toEqual(expect.arrayContaining(["=", "<", ">="]));
    expect(labels("user ")).toEqual(expect.arrayContaining(["CONTAINS", "AND"]));
    expect(labels("fault A")).toContain("AND");
  });

  it("offers the words of a block inside it", () => {
    expect(labels('service("web") { ro')).toEqual(["root"]);
    expect(labels("rootcause.responsetime.entity { cov")).toEqual(["coverage"]);
    expect(labels("rootcause.fault.entity { cov")).toEqual([]);
  });

  it("offers names of the account inside quotes, and replaces from the quote on", () => {
    expect(labels('service("or')).toEqual(["orders"]);
    expect(labels('edge("web", "')).toEqual(["orders", "web"]);
    expect(labels('service(id(type: "')).toEqual(["AWS::ECS::Container"]);
    expect(labels('group.name = "')).toEqual(["slow"]);
    const { from, to, options } = completeFilter('user = "al', 10, NAMES);
    expect({ from, to, options }).toEqual({ from: 7, to: 10, options: [{ label: "alice", insert: '"alice"', about: "" }] });
  });
});
