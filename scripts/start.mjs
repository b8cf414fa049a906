// npm start: installs what is missing, builds the page, serves it and prints the address.
import { buildPage } from "./build.mjs";
import { ensure } from "./ensure.mjs";
import { serve } from "./serve.mjs";

await ensure();
buildPage();
const wanted = Number(process.env.PORT ?? 4565);
const { address } = await serve("dist/page", wanted).catch((error) => {
  if (error.code !== "EADDRINUSE") throw error;
  console.log(`Port ${wanted} is taken; using a free one.`);
  return serve("dist/page", 0);
});
console.log(`\nNephoscope is at ${address}\nStop it with Ctrl C.`);
