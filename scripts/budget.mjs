// The bundle budget: what the first view loads on the main thread, and the worker with its wasm beside it, gzipped.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { root } from "./ensure.mjs";

export const BUDGET = { firstView: 130 * 1024, worker: 150 * 1024 };

const gz = (file) => gzipSync(readFileSync(file), { level: 9 }).length;

/** Files a chunk imports statically, itself included. */
function staticGraph(folder, entry, seen = new Set()) {
  if (seen.has(entry)) return seen;
  seen.add(entry);
  const text = readFileSync(path.join(folder, entry), "utf8");
  for (const match of text.matchAll(/(?:import|export)\s*(?:[\w*{}\s,$]+?\s*from\s*)?["']\.\/([^"']+\.js)["']/g))
    staticGraph(folder, match[1], seen);
  return seen;
}

/** Gzipped bytes: `firstView` (scripts of index.html and what they import), `worker`, `wasm`, and each lazy chunk. */
export function measureBundle(folder = path.join(root, "dist/page")) {
  const html = readFileSync(path.join(folder, "index.html"), "utf8");
  const assets = path.join(folder, "assets");
  const files = readdirSync(assets);
  // What the page loads itself; the worker that its small script starts is weighed by itself.
  const entries = [...html.matchAll(/(?:src|href)="[^"]*assets\/([^"']+\.js)"/g)].map((m) => m[1]);
  const first = new Set();
  for (const entry of entries) for (const file of staticGraph(assets, entry)) first.add(file);
  const sum = (names) => [...names].reduce((total, name) => total + gz(path.join(assets, name)), 0);
  const workerEntries = files.filter((f) => /^main-.*\.js$/.test(f) && !first.has(f));
  const worker = new Set();
  for (const entry of workerEntries) for (const file of staticGraph(assets, entry)) worker.add(file);
  // The worker carries its API models; one wasm flavour is fetched after its first answers.
  const wasm = files.filter((f) => /^entry-(?!scalar).*\.wasm$/.test(f));
  return {
    firstView: sum(first),
    worker: sum(worker) + sum(wasm),
    wasm: sum(wasm),
    css: sum(files.filter((f) => f.endsWith(".css"))),
    files: Object.fromEntries(files.filter((f) => f.endsWith(".js")).map((f) => [f, gz(path.join(assets, f))])),
  };
}

export function checkBudget() {
  const measured = measureBundle();
  const kb = (n) => `${(n / 1024).toFixed(1)} KB`;
  console.log(
    `bundle, gzipped: first view ${kb(measured.firstView)} of ${kb(BUDGET.firstView)}; worker with models and wasm ${kb(measured.worker)} of ${kb(BUDGET.worker)}; styles ${kb(measured.css)}`,
  );
  const over = Object.keys(BUDGET).filter((part) => measured[part] > BUDGET[part] || measured[part] === 0);
  if (over.length > 0) {
    console.error(`Over the bundle budget (or not found in the build): ${over.join(", ")}`);
    process.exit(1);
  }
}
