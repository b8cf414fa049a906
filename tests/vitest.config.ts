import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { playwright } from "@vitest/browser-playwright";
import solid from "vite-plugin-solid";
import { defineConfig } from "vitest/config";
import { ascPlugin } from "../assembly/build/asc.ts";
import { CHROMIUM_FLAGS } from "./chromium.ts";

// vitest 5 reports failures with Map.groupBy, which Node 20 does not have.
Map.groupBy ??= <K, T>(items: Iterable<T>, keyOf: (item: T, index: number) => K): Map<K, T[]> => {
  const groups = new Map<K, T[]>();
  let index = 0;
  for (const item of items) {
    const key = keyOf(item, index++);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
};

const root = fileURLToPath(new URL("..", import.meta.url));
const chromium = (): string => process.env.CHROMIUM ?? execFileSync("which", ["chromium"], { encoding: "utf8" }).trim();
const SEED = ["./tests/seed.ts"];
const common = { root, worker: { format: "es" as const, plugins: () => [ascPlugin()] } };

/** Their files share modules, hold no state in them, and take all processors; the browsers then have the machine to themselves. */
const inNode = { environment: "node", isolate: false, maxWorkers: "100%" } as const;

/** Four projects: logic in Node, case files in Node, storage/worker/wasm/screens in Chromium, the built page end to end. */
export default defineConfig({
  test: {
    provide: { seed: Number(process.env.NEPHOSCOPE_SEED ?? 20_261_124) },
    projects: [
      {
        ...common,
        plugins: [ascPlugin(), solid()],
        test: {
          name: "node",
          ...inNode,
          setupFiles: SEED,
          include: ["tests/unit/**/*.test.ts", "tests/*.test.ts"],
          testTimeout: 30_000,
        },
      },
      {
        ...common,
        plugins: [ascPlugin(), solid()],
        test: {
          name: "conformance",
          ...inNode,
          setupFiles: SEED,
          include: ["tests/conformance/**/*.test.ts"],
          testTimeout: 120_000,
        },
      },
      {
        ...common,
        plugins: [ascPlugin(), solid()],
        optimizeDeps: {
          include: [
            "comlink",
            "idb",
            "uplot",
            "solid-js",
            "solid-js/web",
            "fast-check",
            "axe-core",
            "jmespath",
            "valibot",
            "@codemirror/autocomplete",
            "@codemirror/commands",
            "@codemirror/language",
            "@codemirror/state",
            "@codemirror/view",
          ],
        },
        test: {
          name: "browser",
          sequence: { groupOrder: 1 },
          setupFiles: SEED,
          // A loaded machine is slow, not wrong: waits are long, and what fails once is tried again.
          retry: 2,
          expect: { poll: { timeout: 20_000 } },
          include: ["tests/browser/**/*.test.{ts,tsx}"],
          testTimeout: 60_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: { executablePath: process.env.VITEST_NO_BROWSER ? "" : chromium(), args: [...CHROMIUM_FLAGS] },
            }),
            instances: [{ browser: "chromium" }],
          },
        },
      },
      {
        ...common,
        plugins: [ascPlugin()],
        test: {
          name: "e2e",
          sequence: { groupOrder: 2 },
          retry: 2,
          environment: "node",
          include: ["tests/e2e/**/*.test.ts"],
          testTimeout: 300_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
