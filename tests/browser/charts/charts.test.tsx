import { createSignal, Show } from "solid-js";
import { afterEach, describe, expect, it } from "vitest";
import { cursorTime, setCursorTime, unpin } from "../../../src/charts/cursor.ts";
import { Density } from "../../../src/charts/Density.tsx";
import { Sparkline, sparkPath } from "../../../src/charts/Sparkline.tsx";
import { alignSeries, type ChartSeries } from "../../../src/charts/series.ts";
import { TimeChart } from "../../../src/charts/TimeChart.tsx";
import { timeSplits } from "../../../src/charts/time-axis.ts";
import { expectAccessible, frame, mount, press, until } from "../ui/mount.tsx";

const MINUTE = 60_000;
const T0 = Date.UTC(2026, 2, 12, 9, 0);
const at = (minute: number): number => T0 + minute * MINUTE;
const throttled: ChartSeries = {
  id: "m1",
  label: "ThrottledWrites",
  times: [at(0), at(1), at(4), at(5)],
  values: [1, 2, 48, 96],
  stepMs: MINUTE,
  missing: [at(2), at(3)],
  isBreaching: (value) => value >= 20,
};
const requests: ChartSeries = { id: "m2", label: "Requests", times: [at(0), at(5)], values: [200, 210] };

afterEach(unpin);

function chart(extra: { readonly table?: boolean } = {}): HTMLElement {
  return mount(
    () => (
      <TimeChart
        title="Orders"
        from={T0}
        to={at(6)}
        series={[throttled, requests]}
        threshold={{ value: 20, label: "threshold 20" }}
        bands={[{ from: at(3), to: at(5), label: "range" }]}
        markers={[{ at: at(4), kind: "deploy", text: "v42" }]}
        height={240}
        {...extra}
      />
    ),
    { height: 300 },
  );
}
const drawn = async (host: HTMLElement): Promise<void> =>
  until(() => host.querySelector(".tchart-over") !== null && host.querySelector("canvas") !== null, "the graph");

describe("TimeChart", () => {
  it("draws lines, threshold, band, marker and one dashed square per missing period", async () => {
    const host = chart();
    await drawn(host);
    expect(host.querySelector(".thr-label")?.textContent).toBe("threshold 20");
    expect(host.querySelectorAll("rect.gap").length).toBe(2);
    expect(host.querySelector(".mk-deploy")).not.toBeNull();
    const threshold = Number(host.querySelector(".thr")?.getAttribute("y1"));
    expect(threshold).toBeGreaterThan(16);
    expect(threshold).toBeLessThan(206);
    await expectAccessible(host);
  });

  it("is one stop: arrows walk through all periods, Shift by five, Down changes the series, Enter pins, Escape leaves", async () => {
    const host = chart();
    await drawn(host);
    const stop = host.querySelector<HTMLElement>(".tchart-plot") as HTMLElement;
    const spoken = (): string => host.querySelector("[aria-live=polite]")?.textContent ?? "";
    stop.focus();
    press(stop, "ArrowRight");
    expect(cursorTime()).toBe(at(0));
    expect(spoken()).toBe("09:00, ThrottledWrites: 1, not breaching");
    press(stop, "ArrowRight");
    press(stop, "ArrowRight");
    expect(spoken()).toBe("09:02, ThrottledWrites: no datapoint");
    press(stop, "ArrowRight", { shiftKey: true });
    expect(spoken()).toBe("09:05, ThrottledWrites: 96, breaching");
    press(stop, "ArrowDown");
    expect(spoken()).toBe("09:05, Requests: 210");
    press(stop, "Enter");
    stop.blur();
    await frame();
    expect(cursorTime()).toBe(at(5));
    stop.focus();
    press(stop, "Escape");
    expect(cursorTime()).toBeUndefined();
    expect(document.activeElement).not.toBe(stop);
  });

  it("labels its values also where it is low", async () => {
    const drawnText: string[] = [];
    const { fillText } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.fillText = function (text: string, ...rest) {
      drawnText.push(text);
      fillText.call(this, text, ...rest);
    };
    try {
      const host = mount(
        () => (
          <TimeChart
            title="Errors"
            from={T0}
            to={at(6)}
            series={[{ ...throttled, values: [1, 0, 3, 1], missing: [] }]}
            height={100}
            legend={false}
          />
        ),
        { height: 140 },
      );
      await drawn(host);
    } finally {
      CanvasRenderingContext2D.prototype.fillText = fillText;
    }
    expect(new Set(drawnText.filter((text) => /^\d/.test(text))).size).toBeGreaterThanOrEqual(3);
  });

  it("says in a sentence what it shows", async () => {
    const host = chart();
    await drawn(host);
    expect(host.querySelector("p.vh")?.textContent).toBe(
      "Orders, 09:00 to 09:06. ThrottledWrites: 4 datapoints from 1 to 96, last 96, 2 missing. Requests: 2 datapoints from 200 to 210, last 210.",
    );
  });

  it("has a table as its twin, newest first, missing periods in words", async () => {
    const host = chart({ table: true });
    await until(() => host.querySelector("table") !== null, "the table");
    const rows = [...host.querySelectorAll("tbody tr")].map((row) => [...row.children].map((cell) => cell.textContent));
    expect(rows[0]).toEqual(["09:05", "96", "210"]);
    expect(rows[2]).toEqual(["09:03", "missing", "missing"]);
    expect(rows.length).toBe(6);
    await expectAccessible(host);
  });

  it("shares its cursor with another chart and frees its canvas when it goes", async () => {
    const [shown, setShown] = createSignal(true);
    const host = mount(
      () => (
        <>
          <Show when={shown()}>
            <TimeChart title="A" from={T0} to={at(6)} series={[throttled]} height={160} />
          </Show>
          <TimeChart title="B" from={T0} to={at(6)} series={[requests]} height={160} />
        </>
      ),
      { height: 400 },
    );
    await until(() => host.querySelectorAll(".tchart-over").length === 2, "two graphs");
    const first = host.querySelector<HTMLElement>(".tchart-plot") as HTMLElement;
    press(first, "ArrowRight");
    await frame();
    expect(host.querySelectorAll("line.cur").length).toBe(2);
    setShown(false);
    expect(host.querySelectorAll("canvas").length).toBe(1);
  });

  it("hides a series by its key in the legend", async () => {
    const host = chart();
    await drawn(host);
    const key = host.querySelector<HTMLElement>(".legend button") as HTMLElement;
    key.click();
    expect(key.getAttribute("aria-pressed")).toBe("false");
    await drawn(host);
    expect(host.querySelectorAll("rect.gap").length).toBe(0);
  });
});

describe("the data of a chart", () => {
  it("breaks a line where more than one period is missing and not where another series has a time of its own", () => {
    const aligned = alignSeries([throttled, { id: "x", label: "x", times: [at(0.5)], values: [7] }]);
    expect(aligned.times).toEqual([at(0), at(0.5), at(1), at(2), at(4), at(5)]);
    expect(aligned.values[0]).toEqual([1, undefined, 2, null, 48, 96]);
    expect(aligned.values[1]).toEqual([undefined, 7, undefined, undefined, undefined, undefined]);
  });

  it("labels a time axis at whole steps of account time", () => {
    expect(timeSplits(T0, at(30), 700)).toEqual([0, 5, 10, 15, 20, 25, 30].map(at));
  });

  it("draws a sparkline of one path that stops at a gap", () => {
    expect(sparkPath([0, 10, null, 10]).line).toBe("M0.00 27.00L33.33 1.00M100.00 1.00");
  });
});

describe("Density and Sparkline", () => {
  it("are accessible; a bucket is chosen by arrows and picked by Enter", async () => {
    const picked: number[] = [];
    const host = mount(() => (
      <>
        <Density
          label="Lines a minute"
          from={T0}
          to={at(4)}
          all={[5, 0, 9, 2]}
          matching={[1, 0, 3, 0]}
          onPick={(bucket) => picked.push(bucket)}
        />
        <Sparkline label="rises" values={[1, 2, 3]} />
      </>
    ));
    await until(() => host.querySelector(".density path") !== null, "the bars");
    const density = host.querySelector(".density") as HTMLElement;
    press(density, "ArrowRight");
    press(density, "ArrowRight");
    expect(density.getAttribute("aria-valuetext")).toBe("09:02: 9 lines, 3 match");
    press(density, "Enter");
    expect(picked).toEqual([2]);
    await expectAccessible(host);
  });
});

describe("the axes of Density", () => {
  const density = (all: readonly number[], more: object = {}): HTMLElement =>
    mount(() => <Density label="Events over time" from={T0} to={at(60)} all={all} {...more} />, { width: 700, height: 120 });
  const texts = (host: HTMLElement): string[] => [...host.querySelectorAll(".density text")].map((text) => text.textContent ?? "");

  it.each([
    [
      [1, 0],
      ["0", "1"],
    ],
    [
      [2, 0],
      ["0", "1", "2"],
    ],
    [
      [5, 0],
      ["0", "3", "6"],
    ],
  ])("count %o in whole numbers, each once", async (all, ticks) => {
    const host = density(all);
    await until(() => texts(host).length > 0, "the axis");
    expect(texts(host).filter((text) => /^\d+$/.test(text))).toEqual(ticks);
  });

  it("say that there is nothing instead of counting it", async () => {
    const host = density([0, 0, 0], { noun: ["event", "events"] });
    await until(() => texts(host).length > 0, "the axis");
    expect(texts(host)).toContain("no events in this time");
    expect(texts(host).filter((text) => /^\d+$/.test(text))).toEqual(["0"]);
  });

  it("leave the cursor's tag alone: no label stands under it", async () => {
    const host = density([1, 2]);
    await until(() => texts(host).includes("09:30"), "a label");
    setCursorTime(at(31));
    await until(() => texts(host).includes("09:31"), "the tag");
    expect(texts(host)).not.toContain("09:30");
    setCursorTime(undefined);
    await until(() => texts(host).includes("09:30"), "the label again");
  });

  it("mark what happened, and say it", async () => {
    const host = density([1, 2], { markers: [{ at: at(1), text: "orders went to ALARM", kind: "alarm" }], noun: ["event", "events"] });
    await until(() => host.querySelector(".mk-alarm") !== null, "the bell");
    expect(host.querySelector(".density")?.getAttribute("aria-valuetext")).toBe("09:00: 1 event, orders went to ALARM");
  });
});
