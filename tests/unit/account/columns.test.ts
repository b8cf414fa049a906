import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Account } from "../../../workers/account/account.ts";
import type { ApiRequest } from "../../../workers/account/contract.ts";
import { MINUTE, openTestAccount, START } from "./engine-harness.ts";
import { BEGINNING, live } from "./life.ts";

/** What the simulated agents send; columns pass the door only for them. */
async function agent(
  account: Account,
  service: string,
  operation: string,
  form: Pick<ApiRequest, "input"> & { columns?: object },
): Promise<string> {
  const caller = { kind: "simulated", principal: "agent" } as const;
  const request: ApiRequest = { service, operation, ...form, region: "us-east-1", caller, via: "agent" };
  return await account.call(request).then(
    ({ output }) => JSON.stringify(output),
    (thrown: Error & { code?: string }) => {
      if (thrown.name !== "ServiceError") throw thrown;
      return `${thrown.code}: ${thrown.message}`;
    },
  );
}

/** An account without a journal, as the simulation's calls make none. */
async function opened(): Promise<Account> {
  const account = await openTestAccount({ journal: false });
  for (const step of BEGINNING) await live(account, step);
  return account;
}

const event = fc.record({
  offset: fc.oneof(
    { weight: 9, arbitrary: fc.integer({ min: -3_600_000, max: 60_000 }) },
    fc.constantFrom(-20 * 86_400_000, 3 * 3_600_000, 0),
  ),
  message: fc.oneof(fc.constantFrom("ERROR one", "fine", "größer ✓ ERROR"), fc.string({ unit: "grapheme", minLength: 1 })),
});
const datum = fc.record({
  offset: fc.oneof(
    { weight: 9, arbitrary: fc.integer({ min: -3_600_000, max: 60_000 }) },
    fc.constantFrom(-15 * 86_400_000, 3 * 3_600_000),
  ),
  value: fc.oneof(
    fc.double({ noDefaultInfinity: true, min: -1e6, max: 1e6 }),
    fc.integer({ min: 0, max: 9 }),
    fc.constantFrom(0, Number.NaN, 1e300),
  ),
  count: fc.constantFrom(1, 1, 2, 3.5, 0),
});

describe("the columnar form", () => {
  it("of PutLogEvents is answered, refused and remembered like the objects, with everything that follows", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(event, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        async (batches, sort) => {
          const [objects, columns] = [await opened(), await opened()];
          for (const batch of batches) {
            const events = sort ? [...batch].sort((a, b) => a.offset - b.offset) : batch;
            const target = { logGroupName: "shop", logStreamName: "web" };
            const logEvents = events.map(({ offset, message }) => ({ timestamp: objects.now + offset, message }));
            const encoded = events.map(({ message }) => new TextEncoder().encode(message));
            const offsets = new Uint32Array(events.length + 1);
            for (const [i, one] of encoded.entries()) offsets[i + 1] = (offsets[i] as number) + one.length;
            const bytes = Uint8Array.from(encoded.flatMap((one) => [...one]));
            const timestamps = Float64Array.from(logEvents, ({ timestamp }) => timestamp);
            expect(await agent(columns, "logs", "PutLogEvents", { input: {}, columns: { ...target, timestamps, offsets, bytes } })).toBe(
              await agent(objects, "logs", "PutLogEvents", { input: { ...target, logEvents } }),
            );
            await Promise.all([objects, columns].map((account) => account.advanceTo(account.now + MINUTE + 7)));
          }
          await Promise.all([objects, columns].map((account) => account.advanceTo(START + 30 * MINUTE)));
          expect(columns.stateHash({ parts: true })).toEqual(objects.stateHash({ parts: true }));
        },
      ),
      { numRuns: 40 },
    );
  });

  it("of PutMetricData is answered, refused and remembered like the objects, with everything that follows", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ data: fc.array(datum, { minLength: 1, maxLength: 6 }), counted: fc.boolean() }), {
          minLength: 1,
          maxLength: 4,
        }),
        async (batches) => {
          const [objects, columns] = [await opened(), await opened()];
          for (const { data, counted } of batches) {
            const identity = { MetricName: "Errors", Unit: "Count", StorageResolution: 60 };
            const MetricData = data.map(({ offset, value, count }) => ({
              ...identity,
              Timestamp: objects.now + offset,
              Values: [value],
              ...(counted ? { Counts: [count] } : {}),
            }));
            const form = {
              Namespace: "Shop",
              ...identity,
              timestamps: Float64Array.from(data, ({ offset }) => objects.now + offset),
              values: Float64Array.from(data, ({ value }) => value),
              ...(counted ? { counts: Float64Array.from(data, ({ count }) => count) } : {}),
            };
            const [a, b] = [
              await agent(columns, "cloudwatch", "PutMetricData", { input: {}, columns: form }),
              await agent(objects, "cloudwatch", "PutMetricData", { input: { Namespace: "Shop", MetricData } }),
            ];
            // The objects name a value by its place in Values; columns have no such list.
            expect(a.replaceAll(/Values?(\.member\.\d+)?/g, "Value")).toBe(b.replaceAll(/Values?(\.member\.\d+)?/g, "Value"));
            await Promise.all([objects, columns].map((account) => account.advanceTo(account.now + MINUTE + 7)));
          }
          await Promise.all([objects, columns].map((account) => account.advanceTo(START + 30 * MINUTE)));
          expect(columns.stateHash({ parts: true })).toEqual(objects.stateHash({ parts: true }));
        },
      ),
      { numRuns: 60 },
    );
  });
});
