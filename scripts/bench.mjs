// Benchmarks: ratios measured in one run, in Node and in a Chromium worker, as a table.
//   npm run bench                          everything
//   npm run bench -- --only aggregate      aggregate, percentiles, match, storage, ingest, first-view, patterns, xray, trail (several: with commas)
//   npm run bench -- --engine chromium     or node
//   npm run bench -- --row indexOf         of the JavaScript rivals in match only those named so
//   npm run bench -- --small               a twentieth of the data: does it run?
//   npm run bench -- --json FILE           for machines as well
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { firstViewReport } from "./bench-first-view.mjs";
import { ensure, ensureChromium, root, run } from "./ensure.mjs";
import { serve } from "./serve.mjs";

const GROUPS = ["aggregate", "percentiles", "match", "storage", "ingest", "first-view", "patterns", "xray", "trail", "door"];
/** Groups that the kernels' page does not run. */
const PAGE_ONLY = ["first-view"];
/** Groups that Node runs alone: their rivals are programs for it, and they use nothing of a browser. */
const NODE_ONLY = ["patterns", "xray", "trail", "door"];
/** Groups that need IndexedDB. */
const IN_BROWSER = ["storage", "ingest"];
const CHROMIUM_FLAGS = () => [...readFileSync(path.join(root, "tests/chromium.ts"), "utf8").matchAll(/"(--[^"]+)"/g)].map((m) => m[1]);

const { values: args } = parseArgs({
  options: {
    json: { type: "string" },
    only: { type: "string" },
    engine: { type: "string" },
    row: { type: "string", default: "" },
    small: { type: "boolean", default: false },
  },
});
const groups = args.only ? args.only.split(",") : GROUPS;
for (const group of groups) {
  if (GROUPS.includes(group)) continue;
  console.error(`--only ${group}: there are ${GROUPS.join(", ")}`);
  process.exit(1);
}
const size = args.small ? 0.05 : 1;
const options = {
  groups,
  row: args.row,
  points: Math.round(10_000_000 * size),
  patternEvents: Math.round(20_000 * size),
  logBytes: Math.round(200_000_000 * size),
  events: Math.round(1_000_000 * size),
  segments: Math.round(1_000_000 * size),
  records: Math.round(1_000_000 * size),
  duckdb: groups.includes("aggregate"),
};

await ensure();
const chromiumPath = args.engine === "node" ? undefined : ensureChromium();
const folder = path.join(root, "dist/bench");
const work = path.join(root, ".cache/bench");
mkdirSync(work, { recursive: true });
process.chdir(root);
const { build } = await import("vite");

const duckdbFolder = path.join(root, "tests/bench/node_modules/@duckdb/duckdb-wasm/dist");
if (options.duckdb && chromiumPath && !existsSync(duckdbFolder)) {
  console.log("Installing what the benchmark compares with (DuckDB-wasm, 35 MB) ...");
  run("npm", ["install", "--no-package-lock", "--no-audit", "--no-fund"], { cwd: path.join(root, "tests/bench") });
}

await build({
  configFile: path.join(root, "vite.config.ts"),
  logLevel: "error",
  build: { ssr: "tests/bench/run.ts", outDir: path.join(folder, "node"), emptyOutDir: true },
});
const { nativeRows, nodeReport } = await import(pathToFileURL(path.join(folder, "node/run.js")).href);

async function inChromium() {
  const page = path.join(folder, "page");
  await build({
    configFile: path.join(root, "vite.config.ts"),
    root: path.join(root, "tests/bench/page"),
    logLevel: "error",
    build: {
      outDir: page,
      emptyOutDir: true,
      rolldownOptions: options.duckdb ? {} : { external: ["@duckdb/duckdb-wasm", "apache-arrow"] },
    },
  });
  if (options.duckdb)
    for (const file of ["duckdb-browser-eh.worker.js", "duckdb-eh.wasm"])
      copyFileSync(path.join(duckdbFolder, file), path.join(page, file));
  const server = await serve(page);
  const profile = mkdtempSync(path.join(os.tmpdir(), "nephoscope-bench-"));
  const { chromium } = await import("playwright");
  const context = await chromium.launchPersistentContext(profile, { executablePath: chromiumPath, args: CHROMIUM_FLAGS() });
  try {
    const tab = context.pages()[0] ?? (await context.newPage());
    tab.on("console", (message) => console.error(`  ${message.text()}`));
    await tab.goto(server.address);
    await tab.waitForFunction("window.nephoscopeBench !== undefined");
    const report = await tab.evaluate((wanted) => window.nephoscopeBench(wanted), options);
    if (!groups.includes("match")) return report;
    const search = (terms) => tab.evaluate((wanted) => window.nephoscopeSearch(wanted), terms);
    return { ...report, rows: [...report.rows, ...(await nativeRows(options.logBytes, work, search))] };
  } finally {
    await context.close();
    await server.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

function verdict({ kind, ratio, floor, goal }) {
  if (!(ratio > 0)) return "no measurement: the rival's start-up varied more than its work takes";
  if (goal === undefined) return "";
  const reaches = (bound) => (kind === "times" ? ratio >= bound : ratio <= bound);
  const missing = (bound) => `${Math.abs((ratio / bound - 1) * 100).toFixed(0)} %`;
  if (reaches(goal)) return "goal reached";
  if (floor === undefined) return `${missing(goal)} short of the goal`;
  if (reaches(floor)) return `floor reached, ${missing(goal)} short of the goal`;
  return `floor not reached, by ${missing(floor)}`;
}

function print(report) {
  const header = ["", "against", "ours ms", "theirs ms", "ratio", "floor / goal", ""];
  const lines = report.rows.map((row) => [
    row.name,
    row.rival,
    row.oursMs.toFixed(1),
    row.rivalMs.toFixed(1),
    row.kind === "times" ? `${row.ratio.toFixed(row.ratio < 10 ? 2 : 1)} x` : `${row.ratio.toFixed(2)} of its time`,
    row.goal === undefined
      ? ""
      : [row.floor, row.goal].map((bound) => (bound === undefined ? "-" : Number(bound.toPrecision(3)))).join(" / "),
    verdict(row),
  ]);
  const widths = header.map((_, i) => Math.max(...[header, ...lines].map((line) => line[i].length)));
  console.log(
    `\n${report.engine}: ${options.points.toLocaleString("en")} points, ${(options.logBytes / 1e6).toFixed(0)} MB of log; medians of rounds taken in turns`,
  );
  console.log(
    "Kernels read columns and lines that lie in their own memory already and leave cells there, unless a row says otherwise; JavaScript reads plain typed arrays.",
  );
  for (const line of [header, ...lines])
    console.log(
      line
        .map((text, i) => (i >= 2 && i <= 4 ? text.padStart(widths[i]) : text.padEnd(widths[i])))
        .join("  ")
        .trimEnd(),
    );
  if (busy > os.cpus().length)
    console.log(
      `note: load average ${busy.toFixed(1)} on ${os.cpus().length} cores: other programs ran beside this, take the ratios for nothing and measure again`,
    );
  for (const note of report.notes) console.log(`note: ${note}`);
}

const reports = [];
const inPage = groups.some((group) => !PAGE_ONLY.includes(group));
if (chromiumPath && groups.some((group) => !PAGE_ONLY.includes(group) && !NODE_ONLY.includes(group))) reports.push(await inChromium());
if (chromiumPath && groups.includes("first-view")) reports.push(await firstViewReport(build, chromiumPath, CHROMIUM_FLAGS()));
if (args.engine !== "chromium" && inPage && groups.some((group) => !IN_BROWSER.includes(group)))
  reports.push(await nodeReport(options, work, (line) => console.error(`  ${line}`)));
for (const program of ["rg", "grep"]) {
  if (groups.includes("match") && spawnSync(program, ["--version"]).error)
    for (const report of reports) report.notes.push(`${program} is not installed: no comparison with it`);
}
const busy = os.loadavg()[1];
for (const report of reports) print(report);
if (args.json) writeFileSync(args.json, `${JSON.stringify({ options, reports }, null, 2)}\n`);
