// The first view, as a ratio: from navigation (cold cache, a new profile each time) to a click on Alarms answered by the
// worker, against the same on an empty Solid page, in turns; and what the bundles weigh.
import path from "node:path";
import { BUDGET, measureBundle } from "./budget.mjs";
import { root } from "./ensure.mjs";
import { serve } from "./serve.mjs";

const ROUNDS = 15;

const median = (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1];

/** Milliseconds from navigation to the answer, in a fresh context. */
async function once(browser, address, click, answered) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const began = performance.now();
  await page.goto(address, { waitUntil: "commit" });
  await click(page).click();
  await answered(page).waitFor();
  const took = performance.now() - began;
  await context.close();
  return took;
}

/** Rows as those of tests/bench/rows.ts: ours is the page, the rival the empty one. */
export async function firstViewReport(build, chromiumPath, flags) {
  const folder = path.join(root, "dist/bench");
  const config = { configFile: path.join(root, "vite.config.ts"), logLevel: "error" };
  await build({ ...config, build: { outDir: path.join(folder, "app"), emptyOutDir: true } });
  await build({ ...config, root: path.join(root, "tests/bench/empty"), build: { outDir: path.join(folder, "empty"), emptyOutDir: true } });
  const { chromium } = await import("playwright");
  const [app, empty] = [await serve(path.join(folder, "app")), await serve(path.join(folder, "empty"))];
  const browser = await chromium.launch({ executablePath: chromiumPath, args: flags });
  const [ours, theirs] = [[], []];
  try {
    for (let round = 0; round <= ROUNDS; round++) {
      const a = await once(
        browser,
        app.address,
        (page) => page.getByRole("navigation").getByRole("link", { name: /^Alarms/ }),
        (page) => page.getByText("No alarms", { exact: false }).first(),
      );
      const b = await once(
        browser,
        empty.address,
        (page) => page.getByRole("button", { name: "Alarms" }),
        (page) => page.getByText("answered"),
      );
      if (round === 0) continue; // the browser warms up
      ours.push(a);
      theirs.push(b);
    }
  } finally {
    await browser.close();
    await app.close();
    await empty.close();
  }
  const [oursMs, rivalMs] = [median(ours), median(theirs)];
  const bundle = measureBundle(path.join(folder, "app"));
  const kb = (bytes) => `${(bytes / 1024).toFixed(1)} KB`;
  return {
    engine: "First view",
    rows: [
      {
        group: "first-view",
        name: `navigation to a click on Alarms answered (median of ${ROUNDS})`,
        rival: "empty Solid page",
        oursMs,
        rivalMs,
        ratio: oursMs / rivalMs,
        kind: "share",
        floor: 3,
        goal: 3,
      },
    ],
    notes: [
      `gzipped: JavaScript of the first view ${kb(bundle.firstView)} of ${kb(BUDGET.firstView)}; worker with models and wasm ${kb(bundle.worker)} of ${kb(BUDGET.worker)} (wasm ${kb(bundle.wasm)}); styles ${kb(bundle.css)}`,
    ],
  };
}
