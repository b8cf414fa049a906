/**
 * What stands in the page before its scripts have come: the frame and the rail, as text, so that the first paint already
 * has every page's link. A click on one is an ordinary change of the address; the page opens there once it has started.
 * Looks like `Shell.tsx`, which takes its place.
 */
import { FOOT, GROUPS, HOME, type PageInfo } from "./pages.ts";
import { APP } from "./strings.ts";

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => ESCAPES[character] as string);

function item({ path, label }: PageInfo): string {
  const name = escaped(label);
  return `<a class="rail-item" href="#${escaped(path)}" title="${name}"><svg class="g" aria-hidden="true"></svg><span class="rail-label">${name}</span></a>`;
}

/** HTML for the page's root. */
export function firstPaint(): string {
  const groups = GROUPS.map(
    ({ label, hue, pages }) =>
      `<h3 title="${escaped(label)}"><i class="${hue}"></i><span>${escaped(label)}</span></h3>${pages.map(item).join("")}`,
  );
  return [
    '<div class="app first-paint">',
    `<header class="top"><a class="brand" href="#/"><svg class="g" aria-hidden="true"></svg><span class="brand-name">${escaped(APP.name)}</span></a></header>`,
    `<nav class="rail" aria-label="${escaped(APP.services)}">${item(HOME)}${groups.join("")}<div class="foot">${FOOT.map(item).join("")}</div></nav>`,
    '<main class="main" aria-busy="true"></main>',
    "</div>",
  ].join("");
}

/** Takes the first paint away just before the page is drawn; answers how to put the focus back on the link that had it. */
export function endFirstPaint(host: HTMLElement): () => void {
  const focused = host.contains(document.activeElement) ? document.activeElement?.getAttribute("href") : undefined;
  host.replaceChildren();
  return () => {
    if (focused == null) return;
    [...host.querySelectorAll("a")].find((link) => link.getAttribute("href") === focused)?.focus();
  };
}
