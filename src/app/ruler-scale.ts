/** The ruler's arithmetic: which span it shows and where its ticks stand. */
const MINUTE = 60_000;

export interface RulerSpan {
  readonly from: number;
  readonly to: number;
}

/** Steps of labels in minutes, and the ticks between them. */
const STEPS: readonly (readonly [label: number, tick: number])[] = [
  [1, 0.25],
  [5, 1],
  [10, 2],
  [15, 5],
  [30, 10],
  [60, 15],
  [180, 60],
  [360, 60],
  [720, 180],
  [1440, 360],
  [2880, 720],
  [10_080, 1440],
];

/** Shows the time range and the clock, at least an hour, with a sixth of it ahead of the clock. */
export function rulerSpan(clock: number, rangeFrom: number, rangeTo: number): RulerSpan {
  const back = Math.max(50 * MINUTE, clock - Math.min(rangeFrom, rangeTo));
  return { from: Math.floor((clock - back) / MINUTE) * MINUTE, to: Math.ceil((clock + back / 5) / MINUTE) * MINUTE };
}

export interface RulerTick {
  readonly at: number;
  readonly x: number;
  readonly isLabelled: boolean;
}

/** Ticks for a ruler of `pixels`: labels at least 64 px apart. */
export function rulerTicks(span: RulerSpan, pixels: number, zoom = 1): readonly RulerTick[] {
  const perMinute = pixels / ((span.to - span.from) / MINUTE);
  const step = STEPS.find(([label]) => label * perMinute >= 64 * zoom) ?? STEPS[STEPS.length - 1];
  const [label, tick] = step ?? [60, 15];
  const ticks: RulerTick[] = [];
  const tickMs = tick * MINUTE;
  for (let at = Math.ceil(span.from / tickMs) * tickMs; at <= span.to; at += tickMs) {
    ticks.push({ at, x: ((at - span.from) / (span.to - span.from)) * pixels, isLabelled: at % (label * MINUTE) === 0 });
  }
  return ticks;
}

/** How far apart labels are, in minutes: under a day they read as times, else as days. */
export function labelsAreDays(span: RulerSpan, pixels: number, zoom = 1): boolean {
  const perMinute = pixels / ((span.to - span.from) / MINUTE);
  return (STEPS.find(([label]) => label * perMinute >= 64 * zoom)?.[0] ?? 1440) >= 1440;
}
