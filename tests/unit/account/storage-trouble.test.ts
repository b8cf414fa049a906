import { describe, expect, it } from "vitest";
import { createEngine } from "../../../workers/engine.ts";
import { referenceKernels } from "../../../workers/kernels/reference.ts";
import { StorageFull } from "../../../workers/store/failure.ts";
import { createMemoryStorage } from "../../../workers/store/memory-storage.ts";
import { failure, MINUTE, person, START, scenario, screen } from "./engine-harness.ts";

const full = (): Promise<never> => Promise.reject(new StorageFull("There is no room left.", "1", "0"));

async function prepared() {
  let room = true;
  const inner = createMemoryStorage({ id: "full" });
  const told: string[] = [];
  const storage: typeof inner = {
    ...inner,
    append: (records) => (room ? inner.append(records) : full()),
    setMeta: (meta) => (room ? inner.setMeta(meta) : full()),
    saveCheckpoint: (record) => (room ? inner.saveCheckpoint(record) : full()),
  };
  const account = await createEngine({
    scenario: scenario(),
    storage,
    kernels: referenceKernels,
    hooks: { onTrouble: (sentence) => void told.push(sentence) },
  });
  return { account, told, fill: (on: boolean) => (room = !on) };
}

describe("storage without room", () => {
  it("refuses a command before it has any effect, and takes it once there is room", async () => {
    const { account, fill } = await prepared();
    await person(account, "logs", "CreateLogGroup", { logGroupName: "a" });
    const before = account.stateHash();
    fill(true);
    expect(await failure(person(account, "logs", "CreateLogGroup", { logGroupName: "b" }))).toBeInstanceOf(StorageFull);
    expect(account.stateHash()).toEqual(before);
    expect((await screen(account, "logs", "DescribeLogGroups")).output.logGroups).toHaveLength(1);
    fill(false);
    await person(account, "logs", "CreateLogGroup", { logGroupName: "b" });
    expect(account.journal()).toEqual(await account.storage.journal());
  });

  it("stops neither the clock nor checkpoints nor closing, and says so", async () => {
    const { account, told, fill } = await prepared();
    await person(account, "logs", "CreateLogGroup", { logGroupName: "a" });
    fill(true);
    await account.advanceTo(START + 5 * MINUTE);
    await account.saveClock();
    await account.checkpoint();
    expect(account.now).toBe(START + 5 * MINUTE);
    expect(new Set(told)).toEqual(new Set(["There is no room left."]));
    await account.dispose();
  });

  it("does not pass for history in a replay: a command that storage refused is not skipped", async () => {
    const { account, fill } = await prepared();
    await person(account, "logs", "CreateLogGroup", { logGroupName: "a" });
    const broken = { ...account.storage, attachment: full };
    const reopened = createEngine({ scenario: scenario(), storage: broken, kernels: referenceKernels });
    await reopened; // nothing attached: nothing to fail
    const command = {
      type: "stage",
      region: "us-east-1",
      command: {
        kind: "attach",
        sha256: "a".repeat(64),
        name: "a.log",
        bytes: 1,
        mapping: { logGroupName: "g", logStreamName: "s", timeFormat: "none", multiline: "off" },
        mode: "history",
        reference: START,
      },
    };
    await account.storage.append([{ id: 50, at: START, command }]);
    fill(true);
    const error = await failure(createEngine({ scenario: scenario(), storage: broken, kernels: referenceKernels }));
    expect(error).toBeInstanceOf(StorageFull);
  });
});
