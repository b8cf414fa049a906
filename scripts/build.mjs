// Builds the page into dist/page.
import path from "node:path";
import { fileURLToPath } from "node:url";
import { ensure, tool } from "./ensure.mjs";

export function buildPage() {
  tool("vite", ["build", "--outDir", "dist/page", "--emptyOutDir", "--logLevel", "warn"]);
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await ensure();
  buildPage();
}
