// What every command needs before it can run: the packages of package-lock.json and the generated API models.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

/** Runs a command in the project's folder with its output shown; ends the process when it fails. */
export function run(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: root, stdio: "inherit", ...options });
  if (result.error) throw result.error;
  if (result.status !== 0) {
    console.error(`${command} ${args.join(" ")} ended with ${result.status ?? result.signal}`);
    process.exit(result.status ?? 1);
  }
}

/** Runs a tool out of node_modules/.bin. */
export const tool = (name, args, options) => run(path.join(root, "node_modules/.bin", name), args, options);

function refuseOldNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(`Nephoscope needs Node 20.19 or newer; this is ${process.versions.node}.`);
    process.exit(1);
  }
}

/** `npm ci` when node_modules does not belong to the present lock file. */
function ensurePackages() {
  const lock = createHash("sha256")
    .update(readFileSync(path.join(root, "package-lock.json")))
    .digest("hex");
  const mark = path.join(root, "node_modules/.nephoscope-lock");
  if (existsSync(mark) && readFileSync(mark, "utf8") === lock) return;
  console.log("Installing packages (npm ci) ...");
  run("npm", ["ci", "--no-audit", "--no-fund"]);
  mkdirSync(path.dirname(mark), { recursive: true });
  writeFileSync(mark, lock);
}

/** Packages, then models. Call it first in every script. */
export async function ensure() {
  refuseOldNode();
  ensurePackages();
  const { ensureModels } = await import("./model.mjs");
  ensureModels();
}

/** Path of Chromium: $CHROMIUM, else one on the PATH, else (Debian, as root) installed now; otherwise says what to do. */
export function ensureChromium() {
  const found = () => {
    for (const name of ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"]) {
      const which = spawnSync("which", [name], { encoding: "utf8" });
      if (which.status === 0) return which.stdout.trim();
    }
    return undefined;
  };
  const here = process.env.CHROMIUM ?? found();
  if (here) return here;
  const debian = existsSync("/etc/debian_version");
  if (debian && process.getuid?.() === 0) {
    console.log("Installing chromium (apt-get) ...");
    run("apt-get", ["update"], { stdio: ["ignore", "ignore", "inherit"] });
    run("apt-get", ["install", "-y", "--no-install-recommends", "chromium"], { stdio: ["ignore", "ignore", "inherit"] });
    const now = found();
    if (now) return now;
  }
  console.error(
    "The tests need a Chromium on the PATH (or its path in the variable CHROMIUM). On Debian or Ubuntu: sudo apt-get install chromium",
  );
  process.exit(1);
}
