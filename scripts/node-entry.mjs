// Node 20 runs no TypeScript: an entry of workers/node/ is built by Vite (same kernel plugin) into dist/node, then run.
import { spawn } from "node:child_process";
import path from "node:path";
import { root, tool } from "./ensure.mjs";

/** Builds `workers/node/<name>.ts`; answers the file to run. */
export function buildNodeEntry(name, folder = "workers/node") {
  tool("vite", ["build", "--ssr", `${folder}/${name}.ts`, "--outDir", `dist/node/${name}`, "--emptyOutDir", "--logLevel", "warn"]);
  return path.join(root, `dist/node/${name}/${name}.js`);
}

/** Runs a built entry with the arguments of this process; signals and exit code pass through. */
export function runEntry(file, args = process.argv.slice(2), nodeFlags = []) {
  const child = spawn(process.execPath, [...nodeFlags, file, ...args], { cwd: root, stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}
