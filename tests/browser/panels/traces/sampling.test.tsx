import { describe, expect, it } from "vitest";
import { expectAccessible, until } from "../../ui/mount.tsx";
import { button, field, isWhole, rows, text, type } from "../panel-page.tsx";
import { openTraces, typeFilter } from "./fake-traces.ts";

const dialog = (host: ParentNode): HTMLElement => host.querySelector("dialog[open]") as HTMLElement;

describe("sampling rules", () => {
  it("stand in the order in which they are tried, one of them with its fields, JSON and lines", async () => {
    const { host } = await openTraces("/sampling");
    await until(() => rows(host).length >= 3, "the rules");
    const names = [...host.querySelectorAll("table[aria-label='Rules of this Region'] tbody tr")].map((one) => text(one));
    expect(names[0]).toMatch(/^10healthGET \/health/);
    expect(names[2]).toMatch(/^10000Default/);
    await expectAccessible(host);
  });

  it("say which takes a request and why, without sending any", async () => {
    const { host, asked, fake } = await openTraces("/sampling");
    await until(() => text(host).includes("Rule health takes it"), "nothing is known, so the first fits");
    const tried = host.querySelector(".traces-try") as HTMLElement;
    type(field(tried, "HTTP method"), "POST");
    type(field(tried, "URL path"), "/checkout");
    await until(() => text(tried).includes("Rule checkout takes it"), "checkout");
    expect(text(tried)).toContain("does not fit: HTTPMethod GET, URLPath /health");
    expect(text(tried)).toContain("not reached");
    expect(text(tried)).toContain("one request a second may be borrowed");
    expect(text(tried)).toContain("Decides nothing for this request: the reservoir takes it");
    type(field(tried, "HTTP method"), "GET");
    type(field(tried, "URL path"), "/health");
    await until(() => text(tried).includes("below the rate it is sampled"), "without a reservoir the drawn number decides");
    type(field(tried, "HTTP method"), "POST");
    type(field(tried, "URL path"), "/checkout");
    await until(() => text(tried).includes("Rule checkout takes it"), "checkout again");
    expect(asked("whySampled").at(-1)).toEqual({ request: { method: "POST", path: "/checkout" }, drawn: 0.5 });
    expect(fake.asked.some(([method]) => method === "call")).toBe(false);
  });

  it("are made by a form whose faults stand at their fields", async () => {
    const { host, called } = await openTraces("/sampling", {
      reads: {
        "xray CreateSamplingRule": ({ SamplingRule }) => {
          if ((SamplingRule as { RuleName?: string }).RuleName === undefined)
            throw { kind: "service", code: "InvalidRequestException", message: "RuleName is required." };
          return {};
        },
      },
    });
    await until(() => rows(host).length >= 3, "the rules");
    button(host, "Create rule").click();
    await until(() => dialog(host) !== null, "the form");
    button(dialog(host), "Save").click();
    await until(() => text(dialog(host)).includes("RuleName is required."), "the fault");
    expect(field(dialog(host), "Name").getAttribute("aria-invalid")).toBe("true");
    await expectAccessible(dialog(host));
    type(field(dialog(host), "Name"), "orders");
    type(field(dialog(host), "URL path"), "/orders/*");
    type(field(dialog(host), "Rate"), "12.5");
    button(dialog(host), "Save").click();
    await until(() => dialog(host) === null, "saved");
    expect(called("CreateSamplingRule").at(-1)).toEqual({
      SamplingRule: {
        RuleName: "orders",
        Priority: 100,
        ReservoirSize: 1,
        FixedRate: 0.125,
        HTTPMethod: "*",
        URLPath: "/orders/*",
        Host: "*",
        ServiceName: "*",
        ServiceType: "*",
        ResourceARN: "*",
        Version: 1,
      },
    });
  });

  it("send only what changed, and are deleted after a question", async () => {
    const { host, called } = await openTraces("/sampling");
    await until(() => rows(host).length >= 3, "the rules");
    button(host, "Edit").click();
    await until(() => dialog(host) !== null, "the form");
    type(field(dialog(host), "Reservoir"), "7");
    button(dialog(host), "Save").click();
    await until(() => called("UpdateSamplingRule").length === 1 && dialog(host) === null, "saved");
    expect(called("UpdateSamplingRule")[0]).toEqual({ SamplingRuleUpdate: { RuleName: "health", ReservoirSize: 7 } });
    button(host, "Delete").click();
    await until(() => dialog(host) !== null, "the question");
    button(dialog(host), "Delete").click();
    await until(() => called("DeleteSamplingRule").length === 1, "deleted");
    expect(called("DeleteSamplingRule")[0]).toEqual({ RuleName: "health" });
  });

  it("fit a phone", async () => {
    const { host } = await openTraces("/sampling", { width: 390 });
    await until(() => rows(host).length >= 3, "the rules");
    expect(isWhole(host)).toBe(true);
    await expectAccessible(host);
  });
});

describe("groups", () => {
  it("have an expression that is checked while it is written, and say how many traces it takes", async () => {
    const { host, called } = await openTraces("/groups");
    await until(() => text(host).includes("responsetime > 1"), "the group");
    expect(host.querySelector("a[href*='filter=']")?.getAttribute("href")).toContain(encodeURIComponent('group.name = "slow"'));
    await expectAccessible(host);
    button(host, "Create group").click();
    await until(() => dialog(host)?.querySelector(".cm-content") !== null, "the form");
    type(field(dialog(host), "Name"), "broken");
    typeFilter(dialog(host), "fault AND");
    await until(() => text(dialog(host)).includes("Invalid filter expression."), "the fault");
    button(dialog(host), "Save").click();
    expect(called("CreateGroup")).toEqual([]);
    typeFilter(dialog(host), "fault");
    await until(() => text(dialog(host)).includes("1 of 2 traces of the time range."), "the count");
    await expectAccessible(dialog(host));
    button(dialog(host), "Save").click();
    await until(() => called("CreateGroup").length === 1, "created");
    expect(called("CreateGroup")[0]).toEqual({ GroupName: "broken", FilterExpression: "fault" });
  });

  it("say why there is none, and one way on", async () => {
    const { host } = await openTraces("/groups", { reads: { "xray GetGroups": () => ({ Groups: [] }) } });
    await until(() => text(host).includes("No group yet"), "empty");
    await expectAccessible(host);
  });
});
