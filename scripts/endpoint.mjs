// npm run endpoint -- --port 4566 [--at ISO-TIME]: the same engine for real AWS clients.
import { ensure } from "./ensure.mjs";
import { buildNodeEntry, runEntry } from "./node-entry.mjs";

await ensure();
runEntry(buildNodeEntry("endpoint"));
