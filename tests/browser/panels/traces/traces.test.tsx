import { afterEach, describe, expect, it } from "vitest";
import { setRangeChoice } from "../../../../src/app/time-range.ts";
import { cursorTime, isCursorPinned, pinAt } from "../../../../src/charts/cursor.ts";
import { NOON } from "../../app/fake-client.ts";
import { expectAccessible, press, until } from "../../ui/mount.tsx";
import { button, isWhole, type PanelPage, rows, text } from "../panel-page.tsx";
import { EMPTY, FAULTY, FINE, MAP, NASTY, openTraces, SUMMARIES, typeFilter } from "./fake-traces.ts";

afterEach(() => setRangeChoice({ kind: "last", minutes: 60 }));

const node = (host: ParentNode, name: string): HTMLButtonElement => {
  const found = [...host.querySelectorAll<HTMLButtonElement>(".tmap-node")].find((one) => one.textContent?.startsWith(name));
  if (found === undefined) throw new Error(`no node ${name}`);
  return found;
};
/** The map of a minute in which only these two had a request. */
const THEN = { ...MAP, nodes: MAP.nodes.filter(({ name }) => name === "checkout" || name === "shop-api"), edges: [], traces: 1 };
const lines = (host: ParentNode): HTMLElement[] => [...host.querySelectorAll<HTMLElement>(".wf-row")];
const choice = (host: ParentNode, group: string, name: string): HTMLButtonElement => {
  const found = [...host.querySelectorAll<HTMLButtonElement>(`[role=radiogroup][aria-label="${group}"] [role=radio]`)].find(
    (one) => one.textContent === name,
  );
  if (found === undefined) throw new Error(`no choice ${name} of ${group}`);
  return found;
};

async function open(at = "", options: Parameters<typeof openTraces>[1] = {}): Promise<PanelPage> {
  const page = await openTraces(at, options);
  await until(() => page.host.querySelector(".cm-content") !== null, "the editor is there");
  return page;
}

describe("the traces page", () => {
  it("shows the map, the traces, the newest of them to its spans, and why it was sampled", async () => {
    const { host } = await open();
    await until(() => lines(host).length === 5 && rows(host).length >= 2 && host.querySelector(".tmap-node") !== null, "all of it");
    await until(() => text(host).includes("first match"), "the sampling rules");
    expect(node(host, "orders").querySelector(".vh")?.textContent).toBe(
      "orders, DynamoDB Table, 10 requests, 262 ms on average, 20 % throttled",
    );
    expect(text(host.querySelector(".traces-count") as HTMLElement)).toBe("2 of 2 traces");
    expect(text(host)).toContain("1.65 s of 2.91 s went to orders");
    expect(text(host)).toContain("in progress");
    expect(text(host)).toContain("rule checkout took it");
    expect(host.querySelectorAll("img[src]").length).toBe(0);
    await expectAccessible(host);
  });

  it("asks for what the filter takes, live; what is wrong in it is marked at its character and asks nothing", async () => {
    const { host, asked } = await open();
    await until(() => rows(host).length >= 2, "the traces");
    typeFilter(host, "fault AND responsetime > 1");
    await until(() => text(host.querySelector(".traces-count") as HTMLElement) === "1 of 2 traces", "one is left");
    expect(asked("traceMap").at(-1)).toMatchObject({ filter: "fault AND responsetime > 1" });
    expect(location.hash).toContain("filter=fault+AND+responsetime");
    const before = asked("filterPreview").length;
    typeFilter(host, "fault && ok");
    await until(() => host.querySelector(".filter-wrong") !== null, "the mark");
    expect(host.querySelector(".filter-wrong")?.textContent).toBe("&");
    expect(text(host)).toContain("Invalid filter expression. Character 7. Write AND.");
    expect(host.querySelector(".cm-content")?.getAttribute("aria-invalid")).toBe("true");
    expect(text(host.querySelector(".traces-count") as HTMLElement)).toBe("Not searched; still shown: fault AND responsetime > 1");
    expect(
      asked("filterPreview")
        .slice(before)
        .every((one) => one["expression"] !== "fault && ok"),
    ).toBe(true);
    await expectAccessible(host);
  });

  it("does not blame the traces for a filter with an error, nor call an unflagged 404 ok", async () => {
    const missing = { ...SUMMARIES[1], HasFault: false, HasThrottle: false, Http: { HttpStatus: 404 } };
    let found: readonly object[] = [missing];
    const looks = { "xray/filterPreview": () => ({ scanned: 4, matched: found.length, newest: found }) };
    const { host } = await open("", { looks });
    await until(() => host.querySelectorAll(".traces-response").length === 1, "the trace");
    expect(text(host.querySelector(".traces-response") as HTMLElement)).toBe("404 no error flagged");
    found = [];
    typeFilter(host, "fault");
    await until(() => text(host).includes("4 traces of this time do not match."), "none fits");
    typeFilter(host, "fault AND");
    await until(() => text(host).includes("What is typed is not searched"), "the reason");
    expect(text(host)).not.toContain("do not match");
  });

  it("narrows to a preset and to the service of a node, and back", async () => {
    const { host, asked } = await open();
    await until(() => rows(host).length >= 2 && host.querySelector(".tmap-node") !== null, "the traces");
    await until(
      () => [...host.querySelectorAll(".traces-presets .chip")].some((one) => one.textContent === "Faults 1"),
      "counts of presets",
    );
    host.querySelector<HTMLElement>(".traces-presets .chip")?.click();
    await until(() => text(host.querySelector(".traces-count") as HTMLElement) === "1 of 2 traces", "faults");
    expect(host.querySelector(".cm-content")?.textContent).toBe("fault");
    node(host, "orders").click();
    await until(() => host.querySelector(".traces-node") !== null, "the panel of the node");
    expect(text(host.querySelector(".traces-node") as HTMLElement)).toContain("10 answers: half within 262 ms, 95 % within 1.05 s.");
    expect(node(host, "orders").getAttribute("aria-pressed")).toBe("true");
    await expectAccessible(host.querySelector(".traces-node") as HTMLElement);
    button(host.querySelector(".traces-node") as HTMLElement, "Throttled").click();
    await until(
      () => asked("traceMap").at(-1)?.["filter"] === 'service(id(name: "orders", type: "AWS::DynamoDB::Table")) { throttle }',
      "the filter",
    );
    button(host, "Back to the segment").click();
    await until(() => host.querySelector(".traces-node") === null && host.querySelector(".traces-segment") !== null, "the segment again");
  });

  it("walks the map by arrows and says the same as a table, as JSON and as a line", async () => {
    const { host } = await open();
    await until(() => host.querySelectorAll(".tmap-node").length === 4, "the map");
    const first = host.querySelector<HTMLElement>(".tmap-node[tabindex='0']") as HTMLElement;
    first.focus();
    press(first, "ArrowRight");
    expect(document.activeElement?.textContent).toMatch(/^shop-api, ApiGateway Stage/);
    press(document.activeElement as HTMLElement, "ArrowRight");
    expect(document.activeElement?.textContent).toMatch(/^checkout, Lambda Function/);
    choice(host, "Trace map as", "Table").click();
    await until(() => host.querySelector(".traces-map .tbl") !== null, "the table");
    expect(text(host.querySelector(".traces-map") as HTMLElement)).toContain("ordersDynamoDB Table10262 ms");
    await expectAccessible(host.querySelector(".traces-map") as HTMLElement);
    choice(host, "Trace map as", "JSON").click();
    await until(() => text(host.querySelector(".traces-map") as HTMLElement).includes('"averageSeconds": 0.262'), "its JSON");
    choice(host, "Trace map as", "aws line").click();
    await until(() => text(host.querySelector(".traces-map") as HTMLElement).includes("aws xray GetServiceGraph"), "its line");
  });

  it("opens a trace at an address; its lines close, open and choose by keys", async () => {
    const { host } = await open(`/${FAULTY}`);
    await until(() => lines(host).length === 5, "the waterfall");
    const first = lines(host)[0] as HTMLElement;
    expect(first.getAttribute("aria-expanded")).toBe("true");
    first.focus();
    press(first, "ArrowLeft");
    await until(() => lines(host).length === 1, "closed");
    press(first, "ArrowRight");
    await until(() => lines(host).length === 5, "open again");
    press(first, "End");
    await until(() => lines(host)[4]?.getAttribute("aria-selected") === "true", "the last is chosen");
    press(lines(host)[4] as HTMLElement, "ArrowUp");
    const segment = host.querySelector(".traces-segment") as HTMLElement;
    await until(() => text(segment).includes("PutItem"), "its segment");
    expect(text(segment)).toContain("PutItem, orders");
    expect(text(segment)).toContain("throttled");
    expect(document.activeElement).toBe(lines(host)[3]);
  });

  it("tells of a segment what was sent: annotations that filter, metadata, exceptions, its document; never as markup", async () => {
    const { host, asked } = await open(`/${FAULTY}`);
    await until(() => lines(host).length === 5, "the waterfall");
    expect(text(host.querySelector(".traces-segment") as HTMLElement)).toContain(NASTY);
    lines(host)[1]?.click();
    const segment = (): HTMLElement => host.querySelector(".traces-segment") as HTMLElement;
    const tab = (name: string): void =>
      [...segment().querySelectorAll<HTMLElement>("[role=tab]")].find((one) => one.textContent?.startsWith(name))?.click();
    await until(() => text(segment()).includes("req-7"), "the function");
    expect(segment().querySelector<HTMLAnchorElement>("a[href*='logs']")?.getAttribute("href")).toContain(
      encodeURIComponent("/aws/lambda/checkout"),
    );
    tab("Exceptions");
    await until(() => text(segment()).includes("OrderNotSaved Line 3 could not be saved."), "the exception");
    expect(text(segment())).toContain("saveLine at checkout.mjs:88");
    tab("Metadata");
    await until(() => text(segment()).includes(NASTY), "metadata as text");
    tab("Raw");
    await until(() => text(segment()).includes('"cause"'), "its document");
    tab("Annotations");
    await until(() => text(segment()).includes("orderId o-1"), "annotations");
    await expectAccessible(segment());
    button(segment(), "orderId o-1").click();
    await until(() => asked("filterPreview").some((one) => one["expression"] === 'annotation.orderId = "o-1"'), "the filter");
    expect(host.querySelectorAll("img[src]").length).toBe(0);
  });

  it("says so where there is no such trace, and why nothing is found in the time", async () => {
    const { host } = await open("/1-00000000-000000000000000000000000");
    await until(() => text(host).includes("There is no such trace"), "no trace");
    const none = await open("?filter=ok", { looks: { "xray/filterPreview": () => ({ scanned: 2, matched: 0, newest: [] }) } });
    await until(() => text(none.host).includes("2 traces of this time do not match."), "why");
    button(none.host, "Clear the filter").click();
    await until(() => none.asked("filterPreview").at(-1)?.["expression"] === "", "cleared");
  });

  it("is empty until a trace comes: says what brings one, and puts one of three services as a command", async () => {
    const { host, called } = await open("", { looks: EMPTY });
    await until(() => text(host).includes("No trace has come yet"), "empty");
    expect(text(host)).toContain("--tracing-config Mode=Active");
    await expectAccessible(host);
    button(host, "Put a sample trace").click();
    await until(() => called("PutTraceSegments").length === 1, "the command");
    const documents = ((called("PutTraceSegments")[0]?.["TraceSegmentDocuments"] ?? []) as readonly string[]).map((one) => JSON.parse(one));
    expect(documents.map((one) => one.name)).toEqual(["shop-api", "checkout", "payments"]);
    expect(new Set(documents.map((one) => one.trace_id)).size).toBe(1);
    expect(Math.max(...documents.map((one) => one.end_time))).toBeLessThan(NOON / 1000);
    await until(() => location.hash.includes(documents[0].trace_id), "the trace is opened");
  });

  it("shows what failed and tries again", async () => {
    let isBroken = true;
    const { host } = await open("", {
      looks: {
        "xray/traceMap": () => {
          if (isBroken)
            throw { kind: "service", code: "AccessDeniedException", message: "User is not authorized to perform xray:GetServiceGraph" };
          return EMPTY["xray/traceMap"]?.({});
        },
      },
    });
    await until(() => text(host).includes("AccessDeniedException. User is not authorized"), "the failure");
    isBroken = false;
    button(host.querySelector(".traces-map") as HTMLElement, "Try again").click();
    await until(() => text(host).includes("No service answered in this time"), "it worked");
  });

  it("is on the cursor: the waterfall by its axis and by Enter, the list, and the map of the pinned minute", async () => {
    const { host, asked } = await open(`/${FAULTY}`, {
      looks: { "xray/traceMap": (question) => (Number(question["to"]) - Number(question["from"]) === 60_000 ? THEN : MAP) },
    });
    await until(() => lines(host).length === 5 && rows(host).length >= 2, "the trace");
    lines(host)[2]?.focus();
    const began = cursorTime() as number;
    await until(() => host.querySelectorAll(".wf-row .wf-cursor").length === 5, "the line through all bars");
    lines(host)[2]?.click();
    press(lines(host)[2] as HTMLElement, "Enter");
    expect([isCursorPinned(), cursorTime()]).toEqual([true, began]);
    await until(() => node(host, "orders").classList.contains("is-silent"), "who had no request then");
    expect(node(host, "orders").title).toContain("no request at 09:1");
    expect(node(host, "checkout").classList.contains("is-silent")).toBe(false);
    expect(asked("traceMap").at(-1)).toMatchObject({ from: Math.floor(began / 60_000) * 60_000 });
    expect(rows(host).some((row) => row.classList.contains("is-cursor"))).toBe(true);
    await expectAccessible(host);
    pinAt(NOON - 10 * 60_000);
    await until(() => text(host).includes("before it."), "how far the pin is");
    expect(host.querySelector(".wf-cursor")).toBeNull();
  });

  it("has its three sides one at a time on a phone, each whole", async () => {
    const { host } = await open(`/${FINE}`, { width: 390 });
    await until(() => lines(host).length === 5, "the trace first: it was asked for");
    expect(host.querySelector(".traces-map")).toBeNull();
    expect(isWhole(host)).toBe(true);
    await expectAccessible(host);
    choice(host, "Show", "Map").click();
    await until(() => host.querySelectorAll(".tmap-node").length === 4, "the map");
    node(host, "checkout").click();
    await until(() => host.querySelector(".traces-node") !== null, "the node below it");
    expect(isWhole(host)).toBe(true);
    choice(host, "Show", "Traces").click();
    await until(() => rows(host).length === 2, "the list");
    await expectAccessible(host);
    rows(host)[0]?.click();
    await until(() => location.hash.includes(FAULTY) && lines(host).length === 5, "the trace");
  });
});
