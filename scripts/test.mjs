// npm test: installs what is missing (a browser too), builds the page, runs every test from unit to end-to-end.
import { buildPage } from "./build.mjs";
import { ensure, ensureChromium, tool } from "./ensure.mjs";

await ensure();
process.env.CHROMIUM = ensureChromium();
buildPage();
tool("vitest", ["run", "--config", "tests/vitest.config.ts", ...process.argv.slice(2)]);
