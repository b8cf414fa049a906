import "../../../src/ui/styles/all.css";
import axe from "axe-core";
import type { JSX } from "solid-js";
import { render } from "solid-js/web";
import { afterEach, expect } from "vitest";
import { GlyphSprite } from "../../../src/ui/Glyph.tsx";

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const clean of cleanups.splice(0)) clean();
  document.documentElement.removeAttribute("data-theme");
});

/** Draws a component into the page, as tall and wide as asked, with the glyphs. Gone after the test. */
export function mount(view: () => JSX.Element, size: { readonly width?: number; readonly height?: number } = {}): HTMLElement {
  const host = document.createElement("div");
  host.style.setProperty("width", `${size.width ?? 800}px`);
  host.style.setProperty("height", `${size.height ?? 400}px`);
  host.style.setProperty("display", "flex");
  host.style.setProperty("flex-direction", "column");
  host.style.setProperty("overflow", "auto");
  document.body.append(host);
  const dispose = render(
    () => (
      <>
        <GlyphSprite />
        {view()}
      </>
    ),
    host,
  );
  cleanups.push(() => {
    dispose();
    host.remove();
  });
  return host;
}

/** No axe violation, in the light and in the dark. */
export async function expectAccessible(host: Element | Document): Promise<void> {
  for (const theme of ["light", "dark"]) {
    document.documentElement.dataset["theme"] = theme;
    await frame();
    await Promise.allSettled(document.getAnimations().map((one) => one.finished));
    const result = await axe.run(host === document ? document : (host as Element), {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
      rules: { "page-has-heading-one": { enabled: false }, region: { enabled: false } },
    });
    const found = result.violations.map(
      (one) =>
        `${theme} ${one.id}: ${one.nodes.map((node) => `${node.html.slice(0, 160)} (${node.any.map((check) => check.message).join("; ")})`).join(" | ")}`,
    );
    expect(found).toEqual([]);
  }
}

export function press(target: Element, key: string, more: KeyboardEventInit = {}): void {
  target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }));
}

export const frame = (): Promise<void> => new Promise((resolve) => requestAnimationFrame(() => resolve()));

/** Waits until a condition holds, frame by frame. */
export async function until(condition: () => boolean, what: string): Promise<void> {
  for (let tries = 0; tries < 240; tries++) {
    if (condition()) return;
    await frame();
  }
  throw new Error(`Never: ${what}`);
}
