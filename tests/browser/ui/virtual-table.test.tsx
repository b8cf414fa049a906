import { createSignal } from "solid-js";
import { describe, expect, it } from "vitest";
import { AT_ONCE } from "../../../src/ui/row-turns.ts";
import { VirtualTable } from "../../../src/ui/VirtualTable.tsx";
import { expectAccessible, frame, mount, press, until } from "./mount.tsx";

interface Line {
  readonly n: number;
}
const MILLION = 1_000_000;
const source = async (first: number, count: number): Promise<readonly Line[]> =>
  Array.from({ length: Math.min(count, MILLION - first) }, (_, at) => ({ n: first + at }));

function table(extra: { readonly onSelect?: (index: number) => void; readonly onOpen?: (index: number) => void } = {}): HTMLElement {
  return mount(
    () => (
      <VirtualTable
        label="Events"
        count={MILLION}
        source={source}
        columns={[
          { id: "n", head: "Number", width: "120px", num: true, cell: (row: Line) => row.n },
          { id: "t", head: "Text", width: "minmax(0, 1fr)", mono: true, cell: (row: Line) => `line ${row.n}` },
        ]}
        {...extra}
      />
    ),
    { height: 500 },
  );
}
const shown = (host: HTMLElement): number[] =>
  [...host.querySelectorAll(".vt-row")].map((row) => Number(row.getAttribute("aria-rowindex") ?? "0") - 2).sort((a, b) => a - b);
const texts = (host: HTMLElement): string => [...host.querySelectorAll(".vt-row")].map((row) => row.textContent).join(" ");

describe("a virtual table of a million rows", () => {
  it("draws only what is in sight and is accessible", async () => {
    const host = table();
    await until(() => texts(host).includes("line 5"), "first rows");
    expect(shown(host)[0]).toBe(0);
    expect(host.querySelectorAll(".vt-row").length).toBeLessThan(30);
    expect(host.querySelector("[role=grid]")?.getAttribute("aria-rowcount")).toBe("1000001");
    await expectAccessible(host);
  });

  it("reaches the last row by End and the first by Home", async () => {
    const host = table();
    await until(() => texts(host).includes("line 5"), "first rows");
    const grid = host.querySelector("[role=grid]") as HTMLElement;
    grid.focus();
    press(grid, "End");
    await until(() => texts(host).includes("line 999999"), "the last row");
    const last = [...host.querySelectorAll<HTMLElement>(".vt-row")].find(
      (row) => row.getAttribute("aria-rowindex") === String(MILLION + 1),
    ) as HTMLElement;
    const scroller = host.querySelector(".vt-scroll") as HTMLElement;
    expect(last.getBoundingClientRect().bottom).toBeLessThanOrEqual(scroller.getBoundingClientRect().bottom + 1);
    expect(grid.getAttribute("aria-activedescendant")).toBe(last.id);
    press(grid, "Home");
    await until(() => shown(host)[0] === 0, "the first row");
  });

  it("moves row by row with the wheel though the scrollbar is scaled", async () => {
    const host = table();
    await until(() => texts(host).includes("line 5"), "first rows");
    const scroller = host.querySelector(".vt-scroll") as HTMLElement;
    expect(scroller.scrollHeight).toBeLessThan(9_000_000);
    const height = (host.querySelector(".vt-probe") as HTMLElement).offsetHeight;
    for (let turn = 0; turn < 10; turn++)
      scroller.dispatchEvent(new WheelEvent("wheel", { deltaY: height, bubbles: true, cancelable: true }));
    await until(() => shown(host)[0] === 10, "ten rows further");
  });

  it("jumps where the scrollbar is dragged to", async () => {
    const host = table();
    await until(() => texts(host).includes("line 5"), "first rows");
    const scroller = host.querySelector(".vt-scroll") as HTMLElement;
    scroller.scrollTop = (scroller.scrollHeight - scroller.clientHeight) / 2;
    await until(() => texts(host).includes("line 5000"), "the middle");
    expect(Math.abs((shown(host)[0] ?? 0) - 500_000)).toBeLessThan(200);
  });

  it("opens and chooses by keyboard", async () => {
    const chosen: number[] = [];
    const opened: number[] = [];
    const host = table({ onSelect: (index) => chosen.push(index), onOpen: (index) => opened.push(index) });
    await until(() => texts(host).includes("line 5"), "first rows");
    const grid = host.querySelector("[role=grid]") as HTMLElement;
    press(grid, "ArrowDown");
    press(grid, "ArrowDown");
    press(grid, "Enter");
    expect(chosen).toEqual([1, 2]);
    expect(opened).toEqual([2]);
  });

  it("that follows stands at the end again when its room or its rows change their height", async () => {
    const rows = 5_000;
    const host = mount(
      () => (
        <VirtualTable
          label="Events"
          count={rows}
          follow
          source={source}
          columns={[
            { id: "n", head: "Number", width: "120px", min: 120, card: "end", cell: (row: Line) => row.n },
            { id: "t", head: "Text", width: "minmax(0, 1fr)", min: 400, card: "main", cell: (row: Line) => `line ${row.n}` },
          ]}
        />
      ),
      { width: 800, height: 500 },
    );
    const isAtEnd = (): boolean => {
      const last = [...host.querySelectorAll<HTMLElement>(".vt-row")].find((row) => row.getAttribute("aria-rowindex") === String(rows + 1));
      const box = host.querySelector(".vt-scroll")?.getBoundingClientRect() as DOMRect;
      return last !== undefined && Math.abs(last.getBoundingClientRect().bottom - box.bottom) <= 1;
    };
    await until(isAtEnd, "the end");
    host.style.setProperty("height", "260px");
    await until(isAtEnd, "the end of a lower room");
    host.style.setProperty("width", "360px");
    await until(() => host.querySelector(".vt.is-cards") !== null, "cards");
    await until(isAtEnd, "the end of taller rows");
    host.style.setProperty("width", "800px");
    host.style.setProperty("height", "500px");
    await until(() => host.querySelector(".vt.is-cards") === null, "columns");
    await until(isAtEnd, "the end of lower rows");
  });

  it("keeps old rows until new ones arrive, and asks again when its version changes", async () => {
    const [version, setVersion] = createSignal(1);
    let word = "old";
    const host = mount(
      () => (
        <VirtualTable
          label="Events"
          count={1000}
          version={version()}
          source={async (first, count) => Array.from({ length: count }, (_, at) => `${word} ${first + at}`)}
          columns={[{ id: "t", head: "Text", width: "1fr", cell: (row: string) => row }]}
        />
      ),
      { height: 300 },
    );
    await until(() => texts(host).includes("old 3"), "old rows");
    word = "new";
    setVersion(2);
    expect(texts(host)).toContain("old 3");
    await until(() => texts(host).includes("new 3"), "new rows");
  });

  it("keeps no more rows in the page than fit the view while it scrolls through the whole list", async () => {
    const host = table();
    await until(() => texts(host).includes("line 5"), "first rows");
    const scroller = host.querySelector(".vt-scroll") as HTMLElement;
    let most = 0;
    for (let step = 0; step <= 120; step++) {
      scroller.scrollTop = ((scroller.scrollHeight - scroller.clientHeight) * step) / 120;
      await frame();
      most = Math.max(most, host.querySelectorAll(".vt-row").length);
    }
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(Math.ceil(scroller.clientHeight / 24) + 3);
  });

  it("draws a few rows at once and the others in the next frames, never one at another's place", async () => {
    let drawn = 0;
    const host = mount(
      () => (
        <VirtualTable
          label="Events"
          count={10_000}
          source={source}
          columns={[
            {
              id: "t",
              head: "Text",
              width: "1fr",
              cell: (row: Line) => {
                drawn++;
                return `line ${row.n}`;
              },
            },
          ]}
        />
      ),
      { height: 900 },
    );
    await until(() => texts(host).includes("line 25"), "all rows");
    const scroller = host.querySelector(".vt-scroll") as HTMLElement;
    // The next page was fetched ahead once the list has moved.
    scroller.scrollTop = 60;
    await until(() => texts(host).includes("line 27"), "two rows further");
    await frame();
    await frame();
    const before = drawn;
    press(host.querySelector("[role=grid]") as HTMLElement, "PageDown");
    expect(drawn - before).toBeLessThanOrEqual(AT_ONCE);
    for (const row of host.querySelectorAll(".vt-row")) {
      const number = Number(row.getAttribute("aria-rowindex")) - 2;
      expect([`line ${number}`, ""]).toContain(row.textContent);
    }
    await until(() => shown(host).every((n) => texts(host).includes(`line ${n}`)), "all rows of the next page");
  });

  it("fetches the page ahead before it comes into sight", async () => {
    const asked: number[] = [];
    const host = mount(
      () => (
        <VirtualTable
          label="Events"
          count={1000}
          source={(first, count) => {
            asked.push(first);
            return source(first, count);
          }}
          columns={[{ id: "t", head: "Text", width: "1fr", cell: (row: Line) => `line ${row.n}` }]}
        />
      ),
      { height: 500 },
    );
    await until(() => texts(host).includes("line 5"), "first rows");
    expect(asked).toEqual([0]);
    const scroller = host.querySelector(".vt-scroll") as HTMLElement;
    scroller.scrollTop = 100;
    await until(() => asked.includes(100), "the next page");
    expect(Math.max(...shown(host))).toBeLessThan(100);
  });
});
