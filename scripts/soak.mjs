// npm run soak: the long tests (hundreds of kills, long fuzzing, whole simulated days).
import { buildPage } from "./build.mjs";
import { ensure, ensureChromium, tool } from "./ensure.mjs";

await ensure();
process.env.CHROMIUM = ensureChromium();
process.env.NEPHOSCOPE_SOAK = "1";
buildPage();
tool("vitest", ["run", "--config", "tests/soak/vitest.config.ts", ...process.argv.slice(2)]);
// Every property test, on cases no `npm test` has drawn.
process.env.NEPHOSCOPE_SEED ??= String(Date.now() % 1_000_000_007);
console.log(`properties: NEPHOSCOPE_SEED=${process.env.NEPHOSCOPE_SEED}`);
tool("vitest", ["run", "--config", "tests/vitest.config.ts", "--project", "node", "--project", "conformance"]);
// The timed bars of the built page: no main-thread task over 50 ms while a million events scroll.
tool("vitest", ["run", "--config", "tests/vitest.config.ts", "--project", "e2e", "tests/e2e/bars.test.ts"]);
