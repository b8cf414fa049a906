import { createSignal } from "solid-js";
import { describe, expect, it } from "vitest";
import { type ColumnRoom, fitColumns, leastRoom } from "../../../src/ui/columns.ts";
import { type Column, Table } from "../../../src/ui/Table.tsx";
import { VirtualTable } from "../../../src/ui/VirtualTable.tsx";
import { expectAccessible, frame, mount, press, until } from "./mount.tsx";

interface Call {
  readonly id: string;
  readonly name: string;
  readonly user: string;
  readonly at: number;
}
const LONG = "PutSubscriptionFilterForTheWholeAccountInEveryRegion";
const CALLS: readonly Call[] = [
  { id: "1", name: LONG, user: "developer", at: 2 },
  { id: "2", name: "CreateLogGroup", user: "", at: 1 },
];
const COLUMNS: readonly Column<Call>[] = [
  { id: "name", head: "Event name", min: 200, cell: (row) => row.name },
  { id: "at", head: "Event time", width: "12rem", card: "end", sort: (a, b) => a.at - b.at, cell: (row) => `03:0${row.at}` },
  { id: "user", head: "User name", width: "9rem", spare: 1, isBlank: (row) => row.user === "", cell: (row) => row.user || "–" },
  { id: "hidden", head: "Only wide", width: "20rem", spare: 2, card: "none", cell: () => "wide only" },
];
const table = (width: number, more: { readonly onOpen?: (row: Call) => void; readonly onLeave?: () => void } = {}): HTMLElement =>
  mount(() => <Table label="Calls" columns={COLUMNS} rows={CALLS} rowKey={(row) => row.id} {...more} />, { width, height: 300 });
const heads = (host: HTMLElement): string[] => [...host.querySelectorAll("th")].map((head) => head.textContent ?? "");
const isCards = (host: HTMLElement): boolean => host.querySelector("table.cards") !== null;

describe("the room of columns", () => {
  it.each([
    ["calc(164rem / 13)", 164],
    ["12rem", 156],
    ["90px", 90],
    ["20%", 110],
    ["minmax(0, 1fr)", 110],
  ])("reads the least room of %s as %d", (width, room) => {
    expect(leastRoom({ id: "a", width })).toBe(room);
  });
  const columns: readonly ColumnRoom[] = [
    { id: "a", min: 300 },
    { id: "b", min: 200, spare: 1 },
    { id: "c", min: 200, spare: 2 },
  ];
  const shown = (width: number): string => {
    const { form, columns: left } = fitColumns(columns, width);
    return `${form} ${left.map((column) => column.id).join("")}`;
  };
  it("shows all before it was measured and where all fit", () => {
    expect([shown(0), shown(700)]).toEqual(["columns abc", "columns abc"]);
  });
  it("drops the sparest first", () => {
    expect([shown(699), shown(560)]).toEqual(["columns ab", "columns ab"]);
  });
  it("becomes cards, with every column back, where a phone has no room", () => {
    expect(shown(559)).toBe("cards abc");
  });
  it("becomes cards where nothing may be dropped any more", () => {
    expect(
      fitColumns(
        [
          { id: "a", min: 600 },
          { id: "b", min: 500 },
        ],
        800,
      ).form,
    ).toBe("cards");
  });
});

describe("a table without room", () => {
  it("drops the spare columns on a tablet and cuts no name", async () => {
    const host = table(700);
    await until(() => heads(host).length === 3, "three columns");
    expect(heads(host)).toEqual(["Event name", "Event time", "User name"]);
    expect(isCards(host)).toBe(false);
  });

  it("is cards on a phone: the name whole, the rest labelled, nothing wider than the page", async () => {
    const host = table(340, { onOpen: () => undefined });
    await until(() => isCards(host), "cards");
    const first = host.querySelector("tbody tr") as HTMLElement;
    const name = first.querySelector(".card-main") as HTMLElement;
    expect(name.textContent).toBe(LONG);
    expect(name.scrollWidth).toBeLessThanOrEqual(name.clientWidth);
    expect(first.querySelector(".card-end")?.textContent).toBe("03:02");
    expect(first.querySelector(".card-facts")?.textContent).toBe("User name developer");
    expect(host.querySelectorAll("tbody tr")[1]?.querySelector(".card-facts")).toBeNull();
    expect(host.textContent).not.toContain("wide only");
    const scroller = host.querySelector(".tbl-scroll") as HTMLElement;
    expect(scroller.scrollWidth).toBeLessThanOrEqual(scroller.clientWidth);
    await expectAccessible(host);
  });

  it("keeps order, keys and the way out in cards", async () => {
    const opened: string[] = [];
    let left = 0;
    const host = table(340, { onOpen: (row) => opened.push(row.id), onLeave: () => left++ });
    await until(() => isCards(host), "cards");
    [...host.querySelectorAll<HTMLButtonElement>(".card-sort .sorter")].find((one) => one.textContent?.includes("Event time"))?.click();
    await frame();
    expect([...host.querySelectorAll(".card-main")].map((name) => name.textContent)).toEqual(["CreateLogGroup", LONG]);
    const rows = host.querySelectorAll<HTMLElement>("tbody tr");
    rows[0]?.focus();
    press(rows[0] as HTMLElement, "ArrowDown");
    expect(document.activeElement).toBe(rows[1]);
    press(rows[1] as HTMLElement, "Enter");
    press(rows[1] as HTMLElement, "Escape");
    expect([opened, left]).toEqual([["1"], 1]);
  });

  it("goes back to columns when there is room again", async () => {
    const host = table(340);
    await until(() => isCards(host), "cards");
    host.style.setProperty("width", "900px");
    await until(() => heads(host).length === 4, "all columns");
  });
});

describe("a virtual table without room", () => {
  const source = async (first: number, count: number): Promise<readonly { readonly n: number }[]> =>
    Array.from({ length: Math.min(count, 1000 - first) }, (_, at) => ({ n: first + at }));

  it("is cards of one height, and still only what is in sight", async () => {
    const [count] = createSignal(1000);
    const host = mount(
      () => (
        <VirtualTable
          label="Lines"
          count={count()}
          source={source}
          columns={[
            { id: "time", head: "Time", label: "", width: "calc(92rem / 13)", cell: (row) => `t${row.n}` },
            {
              id: "text",
              head: "Message",
              width: "minmax(0, 1fr)",
              min: 320,
              card: "main",
              cell: (row) => `line ${row.n} ${"word ".repeat(40)}`,
            },
          ]}
        />
      ),
      { width: 360, height: 500 },
    );
    await until(() => host.querySelector(".vt.is-cards .card-main") !== null, "cards");
    const rows = [...host.querySelectorAll<HTMLElement>(".vt-row")];
    expect(rows.length).toBeLessThan(14);
    expect(new Set(rows.map((row) => row.offsetHeight)).size).toBe(1);
    const first = rows.find((row) => row.getAttribute("aria-rowindex") === "2") as HTMLElement;
    expect(first.querySelector(".card-main")?.textContent).toContain("line 0 ");
    expect(first.querySelector(".card-facts")?.textContent).toBe("t0");
    expect(host.querySelector("[role=columnheader]")?.textContent).toBe("Message");
    const grid = host.querySelector("[role=grid]") as HTMLElement;
    grid.focus();
    press(grid, "End");
    await until(() => host.textContent?.includes("line 999 ") ?? false, "the last row");
    await expectAccessible(host);
  });
});
