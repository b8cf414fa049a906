/** Every file of real CloudTrail records comes into the event history of an account, as it is, and nothing is lost unsaid. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { REGION } from "../../workers/account/commands.ts";
import { sha256 } from "../../workers/model/sha256.ts";
import type { ImportedDoc } from "../../workers/services/cloudtrail/imported.ts";
import { createMemoryStorage } from "../../workers/store/memory-storage.ts";
import { inspectFile } from "../../workers/world/files/inspect.ts";
import { openTestAccount, scenario, screen } from "../unit/account/engine-harness.ts";
import { sharedRoot } from "./shared.ts";

const root = sharedRoot();
const folder = root === undefined ? undefined : join(root, "data/cloudtrail");
const files = (at: string): string[] =>
  readdirSync(at).flatMap((name) => (statSync(join(at, name)).isDirectory() ? files(join(at, name)) : [join(at, name)]));
const all = folder === undefined ? [] : files(folder).filter((name) => /\.jsonl?$/.test(name));
if (folder === undefined) console.log("conformance: NOT RUN (cloudtrail files: none here)");

async function imported(bytes: Uint8Array, name: string) {
  const { trail } = await inspectFile(bytes, name, undefined, { reference: 0 });
  if (trail === undefined) throw new Error(`${name} is not recognised`);
  const storage = createMemoryStorage({ id: "test" });
  const account = await openTestAccount({ storage, scenario: { ...scenario(), start: (trail.last ?? 0) + 1000 } });
  const file = { sha256: sha256(bytes), name, bytes: bytes.length };
  await storage.putAttachment(file, bytes);
  const region = trail.regions.find(({ name: each }) => REGION.test(each))?.name ?? "us-east-1";
  const doc = (await account.stage({ kind: "attach-trail", ...file }, region)) as ImportedDoc;
  return { trail, doc, account, region };
}

describe("real CloudTrail files", () => {
  it.runIf(folder !== undefined)("are there", () => expect(all.length).toBeGreaterThanOrEqual(32));

  it.each(all.map((file) => [file.slice((folder ?? "").length + 1), file] as const))("takes in %s", async (name, file) => {
    const bytes = new Uint8Array(readFileSync(file));
    const { trail, doc, account, region } = await imported(bytes, name);
    const text = new TextDecoder().decode(bytes);
    const inFile = name.endsWith(".jsonl") ? text.trim().split("\n").length : (JSON.parse(text) as { Records: unknown[] }).Records.length;
    expect(trail.records + trail.skipped).toBe(inFile);
    expect(doc.taken + doc.otherEvents + doc.tooOld + doc.skipped).toBe(inFile);
    expect(doc.warnings.filter((warning) => warning.includes("is left out")).length).toBe(Math.min(doc.skipped, 20));
    if (!name.endsWith(".jsonl")) expect(doc.skipped).toBe(0);
    let found = 0;
    for (const Region of new Set(trail.regions.map((each) => (REGION.test(each.name) ? each.name : region)))) {
      for (let NextToken: string | undefined; ; ) {
        const { output } = await screen(account, "cloudtrail", "LookupEvents", NextToken === undefined ? {} : { NextToken }, {
          region: Region,
        });
        found += (output["Events"] as unknown[]).length;
        NextToken = output["NextToken"] as string | undefined;
        if (NextToken === undefined) break;
      }
    }
    expect(found).toBe(doc.taken);
  });

  it.runIf(folder !== undefined)("takes them in packed, and refuses one that is cut off by a sentence", async () => {
    const [file = ""] = all.filter((name) => name.includes("invictus"));
    const packed = new Uint8Array(gzipSync(readFileSync(file)));
    const { doc } = await imported(packed, "packed.json.gz");
    expect(doc).toMatchObject({ skipped: 0 });
    await expect(imported(packed.subarray(0, packed.length - 100), "cut.json.gz")).rejects.toThrow("cannot be unpacked");
  });
});
