import { defineConfig } from "vite";
import solid from "vite-plugin-solid";
import { ascPlugin } from "./assembly/build/asc.ts";

export default defineConfig({
  base: "./",
  plugins: [ascPlugin(), solid()],
  worker: { format: "es", plugins: () => [ascPlugin()] },
  build: { target: "es2022", assetsInlineLimit: 0, chunkSizeWarningLimit: 700, modulePreload: { polyfill: false } },
});
