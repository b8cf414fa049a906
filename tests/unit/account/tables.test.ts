import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { loadServices } from "../../../workers/engine.ts";
import { coreModels } from "../../../workers/model/core-models.ts";
import { loadModels, structureOf } from "../../../workers/model/models.ts";
import type { ServiceModel } from "../../../workers/model/shapes.ts";

const [whole, core, services] = [await loadModels(), coreModels(), await loadServices()];
for (const { name } of services) await core.load?.(name);

/** Actions that are called otherwise than their operations (Service Authorization Reference). */
const ACTIONS: Readonly<Record<string, string>> = {
  "lambda Invoke": "InvokeFunction",
  "s3 ListBuckets": "ListAllMyBuckets",
  "s3 HeadBucket": "ListBucket",
  "s3 HeadObject": "GetObject",
  "s3 ListObjectsV2": "ListBucket",
  "s3 PutBucketNotificationConfiguration": "PutBucketNotification",
  "s3 GetBucketNotificationConfiguration": "GetBucketNotification",
};

/** Operations that read by name and write: the daemon's report of what was sampled. */
const WRITES: ReadonlySet<string> = new Set(["GetSamplingTargets"]);

describe.each(services.map((service) => [service.name, service] as const))("the operation table of %s", (name, service) => {
  const full = whole.get(name) as ServiceModel;
  const small = core.get(name) as ServiceModel;
  const names = Object.keys(service.operations);

  it("names operations of AWS only", () => {
    expect(names.filter((operation) => full.operations[operation] === undefined)).toEqual([]);
  });

  it("has the shapes of everything that is built in the models the browser starts with", () => {
    const source = JSON.parse(
      readFileSync(new URL(`../../../workers/model/generated/${name}.json`, import.meta.url), "utf8"),
    ) as ServiceModel;
    for (const operation of names) {
      const [of, there] = [small.operations[operation], source.operations[operation]];
      expect(of, `${operation}: add it to core of ${name} in scripts/model-services.mjs`).toEqual(there);
      expect(
        of?.input ?? of?.output ?? of?.errors,
        `${operation} has no shapes: add it to core (or keep) of ${name} in scripts/model-services.mjs`,
      ).toBeDefined();
      // Throws where a shape is named and missing.
      structureOf(small, of?.input);
      structureOf(small, of?.output);
    }
  });

  it("names effect, action and trail kind of each operation", () => {
    for (const [operation, entry] of Object.entries(service.operations)) {
      expect(["none", "state"], operation).toContain(entry.effect);
      expect(entry.action, operation).toMatch(new RegExp(`^[a-z0-9]+:${ACTIONS[`${name} ${operation}`] ?? operation}$`));
      expect(["management-read", "management-write", "data", "never"], operation).toContain(entry.trail);
      if (entry.trail === "management-write") expect(entry.effect, operation).toBe("state");
    }
  });

  it("calls an operation that reads by name a read, and one that writes a write", () => {
    for (const [operation, entry] of Object.entries(service.operations)) {
      const reads = !WRITES.has(operation) && /^(Get|BatchGet|Head|List|Describe|Lookup|Filter|Test|Simulate)/.test(operation);
      expect(entry.effect, operation).toBe(reads ? "none" : "state");
    }
  });
});
