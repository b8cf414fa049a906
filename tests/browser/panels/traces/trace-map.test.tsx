import { describe, expect, it } from "vitest";
import { until } from "../../ui/mount.tsx";
import { button } from "../panel-page.tsx";
import { openTraces } from "./fake-traces.ts";

const counted = (ok: number, fault = 0, throttle = 0) => {
  const total = ok + fault + throttle;
  return {
    state: fault > 0 ? "fault" : throttle > 0 ? "throttle" : total > 0 ? "ok" : "none",
    counts: { ok, fault, throttle, error: 0, total },
    perMinute: total / 60,
    histogram: [],
    ...(total === 0 ? {} : { averageSeconds: 1.2 }),
  };
};
const service = (id: number, name: string, type: string, seen: ReturnType<typeof counted>, kind = "service") => ({
  id,
  name,
  type,
  kind,
  isRoot: false,
  ...seen,
});
const edge = (from: number, to: number) => ({ from, to, aliases: [], ...counted(1) });
/** Two ways in, four columns, three lines of words below the lowest ring; seven requests at one of them, fewer at the others. */
const MAP = {
  nodes: [
    service(0, "my-api", "client", counted(0), "client"),
    service(1, "shop-api", "client", counted(0), "client"),
    service(2, "my-api", "", counted(1)),
    service(3, "shop-api", "AWS::ApiGateway::Stage", counted(2, 1)),
    service(4, "checkout", "AWS::Lambda::Function", counted(2, 1)),
    service(5, "orders", "AWS::DynamoDB::Table", counted(4, 0, 3)),
    service(6, "payments", "AWS::ECS::Container", counted(2, 1)),
  ],
  edges: [edge(0, 2), edge(1, 3), edge(3, 4), edge(4, 5), edge(4, 6)],
  traces: 4,
};
const CHAIN = {
  nodes: Array.from({ length: 12 }, (_, id) => service(id, `service-${id}`, "AWS::Lambda::Function", counted(60 * (id + 1)))),
  edges: Array.from({ length: 11 }, (_, id) => edge(id, id + 1)),
  traces: 60,
};

/** What of the map's services and their words stands outside what is seen of it. */
function cut(host: HTMLElement): string[] {
  const room = (host.querySelector(".tmap-view") as HTMLElement).getBoundingClientRect();
  return [...host.querySelectorAll<HTMLElement>(".tmap-node, .tmap-node > :not(.vh)")]
    .filter((one) => {
      const box = one.getBoundingClientRect();
      return box.left < room.left - 1 || box.right > room.right + 1 || box.top < room.top - 1 || box.bottom > room.bottom + 1;
    })
    .map((one) => one.textContent ?? "");
}
const rates = (host: HTMLElement): string[] =>
  [...host.querySelectorAll(".tmap-in > span:not(.muted)")].map((one) => one.textContent ?? "");

async function open(width: number, map: object): Promise<HTMLElement> {
  const { host } = await openTraces("", { width, looks: { "xray/traceMap": () => map } });
  await until(() => host.querySelector(".tmap-node") !== null, "the map");
  return host;
}

describe("the trace map", () => {
  it("stands whole on a phone and on a desktop, to the last word of its lowest service", async () => {
    for (const width of [390, 1280]) {
      const host = await open(width, MAP);
      await until(() => cut(host).length === 0, `all of it at ${width}`);
      button(host.querySelector(".tmap") as HTMLElement, "Larger").click();
      button(host.querySelector(".tmap") as HTMLElement, "Fit").click();
      await until(() => cut(host).length === 0, `all of it at ${width} again`);
    }
  });

  it("keeps words of a long map legible until Fit asks for all of it", async () => {
    const host = await open(390, CHAIN);
    const fit = button(host.querySelector(".tmap") as HTMLElement, "Fit");
    expect([cut(host).length > 0, fit.getAttribute("aria-pressed")]).toEqual([true, "false"]);
    fit.click();
    await until(() => cut(host).length === 0, "all of it");
    expect(fit.getAttribute("aria-pressed")).toBe("true");
  });

  it("counts in one unit, whatever its services had", async () => {
    expect(rates(await open(1280, MAP))).toEqual(["1 in all", "3 in all", "3 in all", "7 in all", "3 in all"]);
    expect(new Set(rates(await open(1280, CHAIN)).map((one) => one.replace(/^[\d.]+/, "")))).toEqual(new Set(["/min"]));
    const uneven = { ...CHAIN, nodes: CHAIN.nodes.map((one, at) => (at === 0 ? { ...one, ...counted(3) } : one)) };
    expect(rates(await open(1280, uneven))[0]).toBe("0.05/min");
  });
});
