import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** Source files below a folder of the repository, as paths relative to its root. */
export function sourceFiles(folder: string, endings: readonly string[] = [".ts", ".tsx"]): string[] {
  const found: string[] = [];
  const walk = (at: string): void => {
    for (const name of readdirSync(path.join(ROOT, at))) {
      const inner = path.posix.join(at, name);
      if (name === "node_modules" || name === "generated") continue;
      if (statSync(path.join(ROOT, inner)).isDirectory()) walk(inner);
      else if (endings.some((ending) => name.endsWith(ending))) found.push(inner);
    }
  };
  walk(folder);
  return found.sort();
}

export const read = (file: string): string => readFileSync(path.join(ROOT, file), "utf8");
