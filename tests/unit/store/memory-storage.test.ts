import { expect, it } from "vitest";
import { createMemoryStorage } from "../../../workers/store/memory-storage.ts";
import { describeStorage } from "./storage-contract.ts";

describeStorage("memory", {
  fresh: async (options) => createMemoryStorage({ id: "a", ...options }),
  reopened: undefined,
});

it("says why the account lives in memory", async () => {
  expect(await createMemoryStorage({ id: "a", reason: "Private window." }).report()).toMatchObject({
    kind: "memory",
    reason: "Private window.",
  });
});

it("shares no data with whoever put them in", async () => {
  const storage = createMemoryStorage({ id: "a" });
  const file = new Uint8Array([1, 2]);
  await storage.putAttachment({ sha256: "00", name: "x", bytes: 2 }, file);
  file[0] = 9;
  expect((await storage.attachment("00"))?.bytes).toEqual(new Uint8Array([1, 2]));
});
