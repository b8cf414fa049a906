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
});
