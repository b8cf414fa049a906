import { afterEach, expect, it } from "vitest";
import { createEngine } from "../../../workers/engine.ts";
import { loadWasm } from "../../../workers/kernels/load.ts";
import { referenceKernels } from "../../../workers/kernels/reference.ts";
import { openStorage } from "../../../workers/store/open.ts";
import { answers, GOLDEN, STEPS, STORY, tell } from "../../unit/account/story.ts";
import { freshId } from "../store/places.ts";
import { closePages, inMemory, openPage, storyFile } from "./page.ts";

afterEach(closePages);

it.each(["reference", "scalar", "simd"] as const)(
  "ends with the same hash in Chromium as in Node with the %s kernels, over IndexedDB",
  async (flavour) => {
    const kernels = flavour === "reference" ? referenceKernels : await loadWasm(flavour);
    const storage = await openStorage(freshId());
    expect(storage.kind).toBe("indexeddb");
    const account = await createEngine({ scenario: STORY, storage, kernels });
    await tell(account);
    expect({ engine: account.engine, hash: account.stateHash().hash }, JSON.stringify(account.stateHash({ parts: true }))).toEqual(GOLDEN);
    const beside = await inMemory();
    await tell(beside);
    expect(await answers(account)).toEqual(await answers(beside));
    await account.dispose();
  },
);

it("ends with the same hash when the account is closed and opened again between any two steps", async () => {
  const id = freshId();
  const kernels = await loadWasm("simd");
  const open = async () => createEngine({ scenario: STORY, storage: await openStorage(id), kernels });
  let account = await open();
  for (const [index, step] of STEPS.entries()) {
    await tell(account, [step]);
    if (index % 4 === 1) await account.checkpoint();
    if (index % 3 !== 0) continue;
    const before = account.stateHash();
    await account.dispose();
    account = await open();
    expect(account.stateHash(), `after step ${index}`).toEqual(before);
  }
  expect(account.stateHash().hash).toBe(GOLDEN.hash);
  await account.dispose();
});

it("opens from a scenario file in the real worker with the sender's numbers", async () => {
  const { api } = openPage();
  const info = await api.boot({ kind: "scenario-file", text: await storyFile() });
  expect(info.sameAsSender).toBe(true);
  expect(info.engine).toBe(GOLDEN.engine);
  expect((await api.stateHash()).hash).toBe(GOLDEN.hash);
  // And what it gives away is what it was given.
  const text = await api.scenarioFile(false);
  const other = openPage();
  expect((await other.api.boot({ kind: "scenario-file", text })).sameAsSender).toBe(true);
});
