import { createHash } from "node:crypto";
import { defineConfig, type Plugin } from "vite";
import solid from "vite-plugin-solid";
import { ascPlugin } from "./assembly/build/asc.ts";

/**
 * Starts the account's worker beside the page's own scripts instead of after them: a script of its own, which waits for
 * none of them. `src/client/connect.ts` takes the worker over; without this script (development) it starts one itself.
 */
function earlyWorker(): Plugin {
  return {
    name: "early-worker",
    apply: "build",
    enforce: "post",
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        const html = bundle["index.html"];
        const starts = /new Worker\(.{0,60}?new URL\([`"'](main-[\w-]+\.js)[`"']/;
        const worker = Object.values(bundle)
          .map((file) => (file.type === "chunk" ? starts.exec(file.code)?.[1] : undefined))
          .find((name) => name !== undefined);
        if (html?.type !== "asset" || worker === undefined) return; // a page without the worker (the bench's empty one)
        const source = [
          // The page's own scripts may have been quicker.
          `const worker = (globalThis.nephoscopeWorker ??= new Worker(new URL("./${worker}", import.meta.url), { type: "module", name: "account" }));`,
          `worker.addEventListener("error", (event) => { worker.broken = event.message || " "; }, { once: true });`,
        ].join("\n");
        const fileName = `assets/early-${createHash("sha256").update(source).digest("hex").slice(0, 8)}.js`;
        this.emitFile({ type: "asset", fileName, source });
        html.source = String(html.source).replace(
          /(\s*)<script type="module"/,
          `$1<script type="module" async src="./${fileName}"></script>$1<script type="module"`,
        );
      },
    },
  };
}

export default defineConfig({
  base: "./",
  plugins: [ascPlugin(), solid(), earlyWorker()],
  worker: { format: "es", plugins: () => [ascPlugin()] },
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          // One script for what every page needs: each file of its own costs the first view a request.
          groups: [{ name: "page", test: /\/src\/(?:ui|client|panels\/home)\/|node_modules\/(?:solid-js|@solidjs|comlink)\// }],
        },
      },
    },
  },
});
