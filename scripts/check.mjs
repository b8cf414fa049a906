// npm run check: types, lint and format, layers and determinism, bundle budget.

import { checkBudget } from "./budget.mjs";
import { buildPage } from "./build.mjs";
import { ensure, tool } from "./ensure.mjs";

await ensure();
tool("tsc", ["-p", "."]);
tool("biome", ["check", "--error-on-warnings", "."]);
process.env.VITEST_NO_BROWSER = "1";
tool("vitest", [
  "run",
  "--config",
  "tests/vitest.config.ts",
  "--project",
  "node",
  "tests/layers.test.ts",
  "tests/determinism.test.ts",
  "tests/files.test.ts",
]);
buildPage();
checkBudget();
