// npm run soak: the long tests (hundreds of kills, long fuzzing, whole simulated days).
import { buildPage } from "./build.mjs";
import { ensure, ensureChromium, tool } from "./ensure.mjs";

await ensure();
process.env.CHROMIUM = ensureChromium();
process.env.NEPHOSCOPE_SOAK = "1";
buildPage();
tool("vitest", ["run", "--config", "tests/soak/vitest.config.ts", ...process.argv.slice(2)]);
