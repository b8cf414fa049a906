/** The rail's links as text: what the page has before its scripts (`first-paint.ts`), and what `Rail.tsx` brings to life. */
import { FOOT, GROUPS, HOME, type PageInfo } from "./pages.ts";
import { APP } from "./strings.ts";

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

export const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => ESCAPES[character] as string);

/** The glyph is drawn once its sprite stands in the page. */
export const glyphMarkup = (name: string): string => `<svg class="g" aria-hidden="true"><use href="#g-${escaped(name)}"></use></svg>`;

function item({ path, label, glyph }: PageInfo): string {
  const name = escaped(label);
  return `<a class="rail-item" href="#${escaped(path)}" title="${name}">${glyphMarkup(glyph)}<span class="rail-label">${name}</span></a>`;
}

/** The services, AWS's names in AWS's order. */
export function railMarkup(): string {
  const groups = GROUPS.map(
    ({ label, hue, pages }) =>
      `<h3 title="${escaped(label)}"><i class="${hue}"></i><span>${escaped(label)}</span></h3>${pages.map(item).join("")}`,
  );
  return `<nav class="rail" aria-label="${escaped(APP.services)}">${item(HOME)}${groups.join("")}<div class="foot">${FOOT.map(item).join("")}</div></nav>`;
}
