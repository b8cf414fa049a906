/**
 * How wide the page is, in px of the compact density: in present mode everything is 1.5 times as large, so the same window is
 * narrower. The document carries `data-under-1200`, `-1024`, `-900`, `-700` for the style sheets.
 */
import { type Accessor, createMemo, createRoot, createSignal } from "solid-js";
import { PRESENT_ZOOM, WIDTHS } from "./widths.ts";

interface Measure {
  readonly width: Accessor<number>;
  readonly zoom: Accessor<number>;
}
let only: Measure | undefined;

function measure(): Measure {
  only ??= createRoot(() => {
    const root = document.documentElement;
    const read = (): { width: number; zoom: number } => {
      // Only density scales the page; a visitor's own text size reflows it but keeps its shape.
      const zoom = root.dataset["density"] === "present" ? PRESENT_ZOOM : 1;
      return { width: window.innerWidth / zoom, zoom };
    };
    const [now, setNow] = createSignal(read());
    const update = (): void => {
      const next = setNow(read());
      for (const width of WIDTHS) root.toggleAttribute(`data-under-${width}`, next.width < width);
    };
    window.addEventListener("resize", update);
    new MutationObserver(update).observe(root, { attributes: true, attributeFilter: ["data-density"] });
    update();
    return { width: () => now().width, zoom: () => now().zoom };
  });
  return only;
}

/** Whether the page is narrower than this, live. */
export function useUnder(width: number): Accessor<boolean> {
  const page = measure();
  return createMemo(() => page.width() < width);
}

/** Size of a rem against the design's 13 px: what is drawn in px multiplies with it. Tracks the density. */
export function rootZoom(): number {
  measure().zoom();
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 13;
}
