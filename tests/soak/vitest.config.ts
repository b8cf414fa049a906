import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";
import { ascPlugin } from "../../assembly/build/asc.ts";
import { CHROMIUM_FLAGS } from "../chromium.ts";
import type { SoakSize } from "./size.ts";

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

function setting(name: string, standard: number): number {
  const given = process.env[`NEPHOSCOPE_SOAK_${name}`];
  const value = given === undefined ? standard : Number(given);
  if (!(value > 0)) throw new Error(`NEPHOSCOPE_SOAK_${name} must be a number above 0; it is ${given}`);
  return value;
}

const soak: SoakSize = {
  kills: setting("KILLS", 200),
  minutes: setting("MINUTES", 10),
  alarms: setting("ALARMS", 100),
  hours: setting("HOURS", 24),
  days: setting("DAYS", 90),
  events: setting("EVENTS", 1_000_000),
  megabytes: setting("MEGABYTES", 100),
  seed: setting("SEED", 1),
};

const root = fileURLToPath(new URL("../..", import.meta.url));
const chromium = (): string => process.env.CHROMIUM ?? execFileSync("which", ["chromium"], { encoding: "utf8" }).trim();
const HOUR = 3_600_000;
const common = { root, plugins: [ascPlugin()], worker: { format: "es" as const, plugins: () => [ascPlugin()] } };
const patient = { provide: { soak }, testTimeout: 4 * HOUR, hookTimeout: HOUR, fileParallelism: false };

/** The long tests: in Node what needs no browser, in Chromium what does. One after the other, so that times mean something. */
export default defineConfig({
  test: {
    fileParallelism: false,
    projects: [
      { ...common, test: { ...patient, name: "soak in node", environment: "node", include: ["tests/soak/node/**/*.test.ts"] } },
      {
        ...common,
        optimizeDeps: { include: ["comlink", "idb", "fast-check", "jmespath", "valibot"] },
        test: {
          ...patient,
          name: "soak in chromium",
          include: ["tests/soak/browser/**/*.test.ts"],
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
    ],
  },
});
