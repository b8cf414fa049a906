/** What the page shows of a dropped CloudTrail log file before anything is stored. */
import type { TrailInspection } from "../../api.ts";
import { epochOf } from "../../services/cloudtrail/view.ts";
import type { FileHooks } from "./decode.ts";
import { type FileRecord, readRecords } from "./trail-records.ts";

export async function inspectTrail(bytes: Uint8Array, hooks: FileHooks): Promise<TrailInspection> {
  const [regions, accounts] = [new Map<string, number>(), new Map<string, number>()];
  let [first, last] = [Infinity, -Infinity];
  const take = (record: FileRecord): string | undefined => {
    const at = epochOf(String(record["eventTime"]));
    if (at === undefined) return `its eventTime is ${JSON.stringify(record["eventTime"])}, not a time as 2024-09-22T12:00:00Z`;
    [first, last] = [Math.min(first, at), Math.max(last, at)];
    count(regions, String(record["awsRegion"]));
    if (typeof record["recipientAccountId"] === "string") count(accounts, record["recipientAccountId"]);
    return undefined;
  };
  const read = await readRecords(bytes, hooks, take);
  return { ...read, ...(read.records === 0 ? {} : { first, last }), regions: mostFirst(regions), accounts: mostFirst(accounts) };
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

const mostFirst = (counts: ReadonlyMap<string, number>) =>
  [...counts]
    .map(([name, records]) => ({ name, records }))
    .sort((a, b) => b.records - a.records || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
