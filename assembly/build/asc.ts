/**
 * Vite plugin: `import url from "../assembly/entry.ts?asc"` compiles an AssemblyScript entry (SIMD) and gives the URL of
 * its wasm; `?asc-scalar` compiles the same entry with `SIMD = 0` and no v128. In the dev server, in tests and in
 * builds for Node the URL is a `data:` URL, so that `fetch` works everywhere; in a build of the page it is a hashed asset
 * beside the chunk.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import asc from "assemblyscript/asc";
import type { Plugin } from "vite";
import type {} from "vitest/config";

const COMMON = ["--runtime", "stub", "-O3", "--noAssert", "--uncheckedBehavior", "always", "--importMemory", "--initialMemory", "2"];
const FLAVOURS: Readonly<Record<string, readonly string[]>> = {
  "?asc-scalar": ["--disable", "simd", "--use", "SIMD=0"],
  "?asc": ["--enable", "simd", "--use", "SIMD=1"],
};
const CACHE = path.resolve(".cache/asc");

/** Compiled once per content: the key is every source of `assembly/` plus the flags. */
function cacheKey(entry: string, flags: readonly string[]): string {
  const hash = createHash("sha256").update(entry).update(flags.join(" "));
  const folder = path.dirname(entry);
  for (const name of readdirSync(folder).sort()) if (name.endsWith(".ts")) hash.update(name).update(readFileSync(path.join(folder, name)));
  return hash.digest("hex").slice(0, 32);
}

async function compile(entry: string, flags: readonly string[]): Promise<Uint8Array> {
  const cached = path.join(CACHE, `${cacheKey(entry, flags)}.wasm`);
  if (existsSync(cached)) return readFileSync(cached);
  let wasm: Uint8Array | undefined;
  const { error, stderr } = await asc.main([path.relative(process.cwd(), entry), "-o", "kernel.wasm", ...flags], {
    readFile: (name, base) => {
      try {
        return readFileSync(path.resolve(base, name), "utf8");
      } catch {
        return null; // asc probes several names for each import
      }
    },
    writeFile: (name, contents) => {
      if (name.endsWith(".wasm")) wasm = contents as Uint8Array;
    },
    listFiles: () => [],
  });
  if (error || !wasm) throw new Error(`AssemblyScript: ${stderr.toString()}`);
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(cached, wasm);
  return wasm;
}

export function ascPlugin(): Plugin {
  let isInline = true;
  let root = process.cwd();
  return {
    name: "nephoscope-asc",
    enforce: "pre",
    configResolved(config) {
      isInline = config.command === "serve" || Boolean(config.build.ssr);
      root = config.root;
    },
    // Vitest keeps transformed modules between runs by the content of the one file; a kernel depends on all of the folder.
    configureVitest({ defineCacheKeyGenerator }) {
      defineCacheKeyGenerator(({ id }) => (Object.keys(FLAVOURS).some((suffix) => id.endsWith(suffix)) ? false : undefined));
    },
    resolveId(id, importer) {
      const suffix = Object.keys(FLAVOURS).find((s) => id.endsWith(s));
      if (suffix === undefined || importer === undefined) return undefined;
      const name = id.slice(0, -suffix.length);
      // The dev server asks a second time with the address that it gave out itself, which begins at the root.
      if (name.startsWith("/")) return (existsSync(name) ? name : path.join(root, name)) + suffix;
      return path.resolve(path.dirname(importer.split("?")[0] as string), name) + suffix;
    },
    async load(id) {
      const suffix = Object.keys(FLAVOURS).find((s) => id.endsWith(s));
      if (suffix === undefined) return undefined;
      const entry = id.slice(0, -suffix.length);
      for (const name of readdirSync(path.dirname(entry)))
        if (name.endsWith(".ts")) this.addWatchFile(path.join(path.dirname(entry), name));
      const wasm = await compile(entry, [...(FLAVOURS[suffix] as readonly string[]), ...COMMON]);
      if (isInline) return `export default "data:application/wasm;base64,${Buffer.from(wasm).toString("base64")}"`;
      const name = `${path.basename(entry, ".ts")}${suffix === "?asc" ? "" : "-scalar"}.wasm`;
      const ref = this.emitFile({ type: "asset", name, source: wasm });
      return `export default import.meta.ROLLUP_FILE_URL_${ref}`;
    },
  };
}
