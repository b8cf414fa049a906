import { defineConfig } from "vite";
import solid from "vite-plugin-solid";
import { ascPlugin } from "./assembly/build/asc.ts";
import { firstView } from "./scripts/first-view-plugin.ts";

export default defineConfig({
  base: "./",
  plugins: [ascPlugin(), solid(), ...firstView()],
  worker: {
    format: "es",
    plugins: () => [ascPlugin()],
    // What the worker starts with is one script: a part that others use too is not worth a request of its own.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: "main", test: /workers\/(?:main|model\/digest)\.ts$/ }] } } },
  },
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          // One script for Home and what every page needs: each file of its own costs the first view a request.
          groups: [{ name: "page", test: /\/src\/(?:ui|client|panels\/home)\/|node_modules\/(?:solid-js|@solidjs|comlink)\// }],
        },
      },
    },
  },
});
