import { describe, expect, it } from "vitest";
import { crumbsOf } from "../../../src/app/pages.ts";

const last = (path: string, query?: string): string | undefined => crumbsOf(path, query).at(-1)?.label;

describe("breadcrumbs", () => {
  it("say whether a form creates or edits", () => {
    expect(last("/logs/%2Fshop/filters/new", "?pattern=ERROR")).toBe("Create metric filter");
    expect(last("/logs/%2Fshop/filters/new", "?pattern=ERROR&edit=failed")).toBe("Edit metric filter");
    expect(last("/alarms/new")).toBe("Create alarm");
    expect(last("/alarms/new", "?edit=failing")).toBe("Edit alarm");
  });

  it("lead back to the group by its own name", () => {
    expect(crumbsOf("/logs/%2Fshop/filters/new").slice(1)).toEqual([
      { label: "Log groups", path: "/logs" },
      { label: "/shop", path: "/logs/%2Fshop" },
      { label: "Create metric filter" },
    ]);
  });

  it("lead from a rule's form back to the rule, the rules of its bus, and all of them", () => {
    expect(crumbsOf("/events/rules/side/or%2Fders/edit").slice(1)).toEqual([
      { label: "Event bus", path: "/events" },
      { label: "Rules", path: "/events/rules" },
      { label: "side", path: "/events/rules?bus=side" },
      { label: "or/ders", path: "/events/rules/side/or%2Fders" },
      { label: "Edit rule" },
    ]);
    expect(last("/events/rules/new")).toBe("Create rule");
    expect(last("/events/rules/side/edit")).toBe("edit");
    expect(last("/events/deliveries")).toBe("Deliveries");
  });

  it("name what is looked at below IAM and trails, and the list it is of", () => {
    expect(crumbsOf("/iam/users/ada").slice(1)).toEqual([{ label: "Roles and policies", path: "/iam" }, { label: "ada" }]);
    expect(crumbsOf(`/iam/policies/${encodeURIComponent("arn:aws:iam::1:policy/a/Guard")}`).slice(2)).toEqual([
      { label: "Policies", path: "/iam/policies" },
      { label: "Guard" },
    ]);
    expect(crumbsOf("/trails/trail/main").slice(1)).toEqual([{ label: "Trails", path: "/trails" }, { label: "main" }]);
    expect(crumbsOf("/trails/buckets/files").at(-2)).toEqual({ label: "Buckets", path: "/trails/buckets" });
    expect(last("/trails/new")).toBe("Create trail");
    expect(last("/iam/simulator")).toBe("Simulator");
  });
});
