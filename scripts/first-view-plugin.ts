import { createHash } from "node:crypto";
import type { Plugin } from "vite";
import { firstPaint } from "../src/app/first-paint.ts";
import { PRESENT_ZOOM, WIDTHS } from "../src/ui/widths.ts";

const MARK = "<!--first-paint-->";

/** Theme, density and width before the first paint, as `src/app/preferences.ts` and `src/ui/media.ts` keep them from then on. */
const SHAPE = `{
  const root = document.documentElement;
  try {
    for (const name of ["theme", "density"]) {
      const value = localStorage.getItem("nephoscope." + name);
      if (/^(?:light|dark|comfortable|present)$/.test(value ?? "")) root.dataset[name] = value;
    }
  } catch {
    // The browser keeps no settings: the page tells, in Settings.
  }
  const width = innerWidth / (root.dataset.density === "present" ? ${PRESENT_ZOOM} : 1);
  for (const under of [${WIDTHS.join(", ")}]) root.toggleAttribute("data-under-" + under, width < under);
}`;

/**
 * Puts the frame and the rail into the page itself, and starts the account's worker beside the page's own scripts instead of
 * after them, by a small script within the page. `src/client/connect.ts` takes the worker over; without that
 * script (development) it starts one itself.
 */
export function firstView(): Plugin[] {
  return [
    { name: "first-paint", transformIndexHtml: (html) => html.replace(MARK, firstPaint()) },
    {
      name: "early-worker",
      apply: "build",
      enforce: "post",
      generateBundle: {
        order: "post",
        handler(_options, bundle) {
          const html = bundle["index.html"];
          const starts = /new Worker\(.{0,60}?new URL\([`"'](main-[\w-]+\.js)[`"']/;
          const worker = Object.values(bundle)
            .map((file) => (file.type === "chunk" ? starts.exec(file.code)?.[1] : undefined))
            .find((name) => name !== undefined);
          if (html?.type !== "asset" || worker === undefined) return; // a page without the worker (the bench's empty one)
          const source = [
            `globalThis.nephoscopeWorker = new Worker("./assets/${worker}", { type: "module", name: "account" });`,
            `nephoscopeWorker.addEventListener("error", (event) => { event.target.broken = event.message || " "; }, { once: true });`,
            SHAPE,
          ].join("\n");
          // In the page itself, which waits for nothing then; the policy lets exactly this text run.
          const hash = `'sha256-${createHash("sha256").update(source).digest("base64")}'`;
          html.source = String(html.source)
            .replace("script-src 'self'", (directive) => `${directive} ${hash}`)
            .replace(/(\s*)<script type="module"/, (tag, space) => `${space}<script>${source}</script>${tag}`);
        },
      },
    },
  ];
}
