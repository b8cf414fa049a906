// npm run dev: the page with hot reload, for working on it.
import { ensure, tool } from "./ensure.mjs";

await ensure();
tool("vite", ["--host", "127.0.0.1", ...process.argv.slice(2)]);
