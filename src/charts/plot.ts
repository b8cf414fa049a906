/** uPlot, set up in the look. Loaded when the first chart is drawn. Lines, grid and axes are its; all that moves is the caller's. */
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { valueText } from "../ui/numbers.ts";
import { tokenColour } from "./colours.ts";
import { alignSeries, type ChartSeries, colourOf, dashOf } from "./series.ts";
import { timeSplits } from "./time-axis.ts";

export interface PlotFrame {
  readonly from: number;
  readonly to: number;
  readonly series: readonly ChartSeries[];
  readonly hidden: ReadonlySet<string>;
  /** Values the left axis must show (thresholds), besides the data and zero. */
  readonly alsoShow: readonly number[];
  readonly gutters: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
  readonly width: number;
  readonly height: number;
  /** Size of a rem against the design's 13 px. */
  readonly zoom: number;
}

export interface Plot {
  /** CSS px inside the element. */
  readonly x: (moment: number) => number;
  readonly y: (value: number, axis?: "left" | "right") => number;
  readonly moment: (x: number) => number;
  readonly dispose: () => void;
}

export function createPlot(host: HTMLElement, frame: PlotFrame): Plot {
  const colour = (name: string): string => tokenColour(host, name);
  const [grid, axis, text, panel, alarm] = [
    colour("--grid"),
    colour("--line-strong"),
    colour("--text-3"),
    colour("--panel"),
    colour("--alarm"),
  ];
  const font = `${Math.round(10.5 * frame.zoom * 10) / 10}px ${getComputedStyle(host).fontFamily}`;
  const aligned = alignSeries(frame.series);
  const data = [aligned.times, ...aligned.values] as unknown as uPlot.AlignedData;
  const hasRight = frame.series.some((series) => series.axis === "right");
  const isDense = aligned.times.length > frame.width / 10;

  const range = (side: "left" | "right"): ((self: uPlot, low: number | null, high: number | null) => [number, number]) => {
    return (_self, low, high) => {
      const extra = side === "left" ? frame.alsoShow : [];
      const top = Math.max(high ?? 0, ...extra, 0);
      const bottom = Math.min(low ?? 0, ...extra, 0);
      if (top === bottom) return [bottom, bottom + 1];
      return [bottom === 0 ? 0 : bottom - (top - bottom) * 0.08, top + (top - bottom) * 0.12];
    };
  };
  const valueAxis = (side: "left" | "right"): uPlot.Axis => ({
    scale: side === "left" ? "y" : "right",
    side: side === "left" ? 3 : 1,
    size: side === "left" ? frame.gutters.left : 44,
    gap: 6,
    font,
    stroke: text,
    ticks: { show: false },
    grid: { show: side === "left", stroke: grid, width: 1 },
    // A low chart has labels nearer to each other: one alone says nothing.
    space: Math.max(13 * frame.zoom, Math.min(34, (frame.height - frame.gutters.top - frame.gutters.bottom) / 4)),
    values: (_self, splits) => splits.map((value) => axisText(value)),
  });

  const chart = new uPlot(
    {
      width: frame.width,
      height: frame.height,
      ms: 1,
      tzDate: (ts) => new Date(ts),
      padding: [frame.gutters.top, hasRight ? 0 : frame.gutters.right, 0, 0],
      legend: { show: false },
      cursor: { show: false },
      scales: {
        x: { time: false, range: [frame.from, frame.to] },
        y: { range: range("left") },
        ...(hasRight ? { right: { range: range("right") } } : {}),
      },
      axes: [
        {
          size: frame.gutters.bottom,
          gap: 12,
          font,
          stroke: text,
          ticks: { show: false },
          grid: { stroke: grid, width: 1 },
          splits: () => timeSplits(frame.from, frame.to, (frame.width - frame.gutters.left - frame.gutters.right) / frame.zoom),
          // The overlay writes the labels: the cursor's tag takes the place of those it would touch.
          values: (_self, splits) => splits.map(() => ""),
        },
        valueAxis("left"),
        ...(hasRight ? [valueAxis("right")] : []),
      ],
      series: [
        {},
        ...frame.series.map((series, place): uPlot.Series => {
          const stroke = colour(`--series-${colourOf(series, place)}`);
          const isBars = series.kind === "bars";
          return {
            label: series.label,
            scale: series.axis === "right" ? "right" : "y",
            show: !frame.hidden.has(series.id),
            stroke,
            width: isBars ? 0 : 1.75,
            dash: [...dashOf(place)],
            spanGaps: false,
            ...(isBars
              ? { fill: stroke, paths: uPlot.paths.bars?.({ size: [0.7, 40] }) }
              : series.kind === "area"
                ? { fill: faded(stroke) }
                : {}),
            points: { show: false },
          };
        }),
      ],
      hooks: {
        drawAxes: [
          (self) => {
            const { ctx, bbox } = self;
            ctx.save();
            ctx.strokeStyle = axis;
            ctx.lineWidth = devicePixelRatio;
            ctx.beginPath();
            const base = Math.round(self.valToPos(Math.max(0, self.scales["y"]?.min ?? 0), "y", true)) + 0.5;
            ctx.moveTo(bbox.left, base);
            ctx.lineTo(bbox.left + bbox.width, base);
            ctx.stroke();
            ctx.restore();
          },
        ],
        draw: [
          (self) => {
            frame.series.forEach((series, place) => {
              if (frame.hidden.has(series.id) || series.kind === "bars") return;
              drawPoints(self, series, place + 1, { stroke: colour(`--series-${colourOf(series, place)}`), panel, alarm }, isDense);
            });
          },
        ],
      },
    },
    data,
    host,
  );
  return {
    x: (moment) => chart.valToPos(moment, "x") + frame.gutters.left,
    y: (value, side) => chart.valToPos(value, side === "right" ? "right" : "y") + frame.gutters.top,
    moment: (x) => chart.posToVal(x - frame.gutters.left, "x"),
    dispose: () => chart.destroy(),
  };
}

/** Hollow rings where there is room and where a point stands alone; what breaches is filled. */
function drawPoints(
  self: uPlot,
  series: ChartSeries,
  column: number,
  paint: { stroke: string; panel: string; alarm: string },
  isDense: boolean,
): void {
  const times = self.data[0] as readonly number[];
  const values = self.data[column] as readonly (number | null | undefined)[];
  const scale = series.axis === "right" ? "right" : "y";
  const { ctx } = self;
  ctx.save();
  ctx.setLineDash([]);
  let before: number | null = null;
  for (let at = 0; at < times.length; at++) {
    const value = values[at];
    if (value === undefined) continue;
    if (value === null) {
      before = null;
      continue;
    }
    let next = at + 1;
    while (next < times.length && values[next] === undefined) next++;
    const isAlone = before === null && (values[next] ?? null) === null;
    const isBreach = series.isBreaching?.(value) ?? false;
    before = value;
    if (isDense && !isAlone && !isBreach) continue;
    const [x, y] = [self.valToPos(times[at] as number, "x", true), self.valToPos(value, scale, true)];
    if (x < self.bbox.left - 1 || x > self.bbox.left + self.bbox.width + 1) continue;
    ctx.beginPath();
    ctx.arc(x, y, (isBreach ? 3.6 : 2.8) * devicePixelRatio, 0, 2 * Math.PI);
    ctx.fillStyle = isBreach ? paint.alarm : paint.panel;
    ctx.strokeStyle = isBreach ? paint.panel : paint.stroke;
    ctx.lineWidth = 1.6 * devicePixelRatio;
    ctx.fill();
    ctx.stroke();
  }
  ctx.restore();
}

function faded(rgb: string): string {
  return rgb.startsWith("rgb(") ? `${rgb.slice(0, -1).replace("rgb(", "rgba(")}, 0.14)` : rgb;
}

function axisText(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e9) return `${valueText(value / 1e9)} G`;
  if (size >= 1e6) return `${valueText(value / 1e6)} M`;
  if (size >= 1e4) return `${valueText(value / 1e3)} k`;
  return valueText(value);
}
