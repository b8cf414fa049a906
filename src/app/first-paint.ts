/**
 * What stands in the page before its scripts have come: the frame and the rail, as text, so that the first paint already
 * has every page's link. A click on one is an ordinary change of the address; the page opens there once it has started.
 * Looks like `Shell.tsx`, which takes its place; the rail itself stays (`Rail.tsx`).
 */
import { escaped, glyphMarkup, railMarkup } from "./rail-markup.ts";
import { APP } from "./strings.ts";

/** HTML for the page's root. */
export function firstPaint(): string {
  return [
    '<div class="app first-paint">',
    `<header class="top"><a class="brand" href="#/">${glyphMarkup("neph")}<span class="brand-name">${escaped(APP.name)}</span></a></header>`,
    railMarkup(),
    '<main class="main" aria-busy="true"></main>',
    "</div>",
  ].join("");
}

let standing: HTMLElement | undefined;

/**
 * Called just before the page is drawn behind the first paint; answers what takes the first paint away. The rail then stands
 * in the page (`Rail.tsx`), and a link that had the focus has it again.
 */
export function endFirstPaint(host: HTMLElement): () => void {
  const frame = host.querySelector(".first-paint");
  const focused = host.contains(document.activeElement) ? (document.activeElement as HTMLElement) : undefined;
  standing = frame?.querySelector<HTMLElement>("nav.rail") ?? undefined;
  return () => {
    frame?.remove();
    if (focused === undefined || focused === document.activeElement) return;
    const twin = [...host.querySelectorAll("a")].find((link) => link.getAttribute("href") === focused.getAttribute("href"));
    (focused.isConnected ? focused : twin)?.focus();
  };
}

/** Settles when no link is being pressed: one that is moved between press and release never gets its click. */
export async function released(host: HTMLElement): Promise<void> {
  if (host.querySelector("a:active") === null) return;
  await new Promise<void>((resolve) => {
    const done = new AbortController();
    for (const end of ["pointerup", "pointercancel"])
      window.addEventListener(
        end,
        () => {
          done.abort();
          setTimeout(resolve); // the click comes after the release
        },
        { signal: done.signal },
      );
  });
}

/** The first paint's rail, to whoever draws one first; a new one from the same text to all others. */
export function takeRail(): HTMLElement {
  const rail = standing ?? new Range().createContextualFragment(railMarkup()).firstElementChild;
  standing = undefined;
  return rail as HTMLElement;
}
