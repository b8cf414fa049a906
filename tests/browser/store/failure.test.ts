import { openDB } from "idb";
import { describe, expect, it } from "vitest";
import { sha256 } from "../../../workers/model/sha256.ts";
import { checksum32 } from "../../../workers/store/checksum.ts";
import { encodeChunk } from "../../../workers/store/chunk.ts";
import type { AccountStorage } from "../../../workers/store/contract.ts";
import { StorageFull, StorageUnavailable } from "../../../workers/store/failure.ts";
import { deleteAccount, listAccounts } from "../../../workers/store/indexeddb/index-database.ts";
import { ACCOUNT_VERSION, accountDatabaseName } from "../../../workers/store/indexeddb/schema.ts";
import { openIndexedDbStorage } from "../../../workers/store/indexeddb/storage.ts";
import { acquireAccountLock } from "../../../workers/store/lock.ts";
import { openStorage } from "../../../workers/store/open.ts";
import { bytesOf, checkpoint, command, same } from "../../unit/store/storage-contract.ts";
import { filling, freshId, reopen, tamper } from "./places.ts";

describe("when the browser's quota is full", () => {
  it("says so, keeps all that was acknowledged and goes on in memory until there is room", async () => {
    let full = false;
    const storage = await openIndexedDbStorage(freshId(), { wrap: filling(() => full) });
    await storage.append([command(1)]);
    storage.put("a", bytesOf(1, 1000));
    await storage.saveCheckpoint(checkpoint(1000, 1, ["a"]));
    full = true;
    storage.put("b", bytesOf(2, 1000));
    for (const attempt of [
      () => storage.append([command(2)]),
      () => storage.flush(),
      () => storage.saveCheckpoint(checkpoint(2000, 1, ["a", "b"])),
      () => storage.putAttachment({ sha256: "aa", name: "a.log", bytes: 10 }, new Uint8Array(10)),
    ]) {
      const failure = await attempt().then(
        () => undefined,
        (error: unknown) => error,
      );
      expect(failure).toBeInstanceOf(StorageFull);
      expect(failure).toMatchObject({ path: "storage", message: expect.stringMatching(/no room left .* What was saved before is safe/) });
    }
    expect(storage.get("b")).toBeInstanceOf(ArrayBuffer);
    expect(await storage.journal()).toEqual([command(1)]);
    expect(await storage.attachments()).toEqual([]);
    expect(await storage.checkpointBefore(9999, 9)).toEqual(checkpoint(1000, 1, ["a"]));
    full = false;
    await storage.append([command(2)]);
    await storage.saveCheckpoint(checkpoint(2000, 2, ["a", "b"]));
    await storage.dispose();
    const later = await openIndexedDbStorage(storage.id);
    expect(await later.journal()).toEqual([command(1), command(2)]);
    expect(await later.checkpointBefore(9999, 9)).toEqual(checkpoint(2000, 2, ["a", "b"]));
    expect((await later.report()).repairs).toEqual([]);
  });
});

describe("what was put as a part of a buffer", () => {
  const text = (i: number): ArrayBuffer =>
    encodeChunk({ kind: "log", owner: `${i}`, count: 1 }, { text: new Uint8Array(bytesOf(i, 150_000)).fill(i, 50_000) });
  const put = (storage: AccountStorage, i: number): void => storage.put(`c${i}`, new Uint8Array(text(i)));
  const isThere = async (storage: AccountStorage, i: number): Promise<boolean> =>
    same(new Uint8Array(await storage.get(`c${i}`)), new Uint8Array(text(i)));

  it("stays readable where it could not be written, and is written by the next flush", async () => {
    let full = true;
    let storage = await openIndexedDbStorage(freshId(), { cacheBytes: 0, wrap: filling(() => full) });
    for (let round = 0; round < 3; round++) {
      for (let i = 0; i < 20; i++) put(storage, 20 * round + i);
      await expect(storage.flush()).rejects.toThrow(StorageFull);
      for (let i = 0; i < 20 * (round + 1); i++) expect(await isThere(storage, i)).toBe(true);
    }
    full = false;
    await storage.flush();
    storage = await reopen(storage, { cacheBytes: 0 });
    for (let i = 0; i < 60; i++) expect(await isThere(storage, i)).toBe(true);
    expect((await storage.report()).repairs).toEqual([]);
  });

  it("is whole whatever is collected and put again while it is written", async () => {
    let storage = await openIndexedDbStorage(freshId(), { cacheBytes: 0 });
    for (let round = 0; round < 4; round++) {
      for (let i = 0; i < 30; i++) put(storage, i);
      const flushing = storage.flush();
      // Being written, or not yet: every third one goes, and comes again.
      const collecting = storage.collect(Array.from({ length: 30 }, (_, i) => `c${i}`).filter((_, i) => i % 3 !== round % 3));
      for (let i = 0; i < 30; i++) put(storage, i);
      for (let i = 30; i < 40; i++) put(storage, i);
      await Promise.all([flushing, collecting]);
      for (let i = 0; i < 40; i++) expect(await isThere(storage, i)).toBe(true);
    }
    await storage.flush();
    storage = await reopen(storage, { cacheBytes: 0 });
    for (let i = 0; i < 40; i++) expect(await isThere(storage, i)).toBe(true);
    expect((await storage.report()).repairs).toEqual([]);
  });
});

describe("versions of the database", () => {
  it("brings an account of version 1 up to date: its chunks get their checksums, and it can rewind", async () => {
    const id = freshId();
    const old = await openDB(accountDatabaseName(id), 1, {
      upgrade(db) {
        for (const name of ["meta", "checkpoints", "states", "chunks", "attachmentPieces"]) db.createObjectStore(name);
        db.createObjectStore("journal", { keyPath: "id" });
        db.createObjectStore("attachments", { keyPath: "sha256" });
      },
    });
    const bytes = new TextEncoder().encode('[1,1000,{"line":"aws sts get-caller-identity"}]');
    await old.put("journal", { id: 1, length: bytes.length, checksum: checksum32(bytes), bytes });
    await old.put("chunks", bytesOf(4, 3000), "kept");
    await old.put("chunks", "not bytes at all", "strange");
    await old.put("meta", { id, title: "Old", engine: 1, scenario: {}, clock: 1, lastUsed: 1 }, "meta");
    old.close();

    const storage = await openIndexedDbStorage(id);
    expect((await storage.meta())?.title).toBe("Old");
    expect(await storage.report()).toMatchObject({ chunks: 1, chunkBytes: 3000, repairs: [] });
    expect(new Uint8Array(await storage.get("kept"))).toEqual(new Uint8Array(bytesOf(4, 3000)));
    expect(await storage.journal()).toEqual([{ id: 1, at: 1000, command: { line: "aws sts get-caller-identity" } }]);
    await storage.append([command(2)]);
    await storage.exchange(1, [], [command(2)]);
    expect(await storage.tail()).toEqual([command(2)]);
    await storage.dispose();
    await tamper(id, async (db) => expect(db.version).toBe(ACCOUNT_VERSION));
  });

  it("reads chunks that were stored before they were packed, byte for byte, and packs what comes now", async () => {
    const id = freshId();
    const old = await openDB(accountDatabaseName(id), 2, {
      upgrade(db) {
        for (const name of ["meta", "checkpoints", "states", "chunks", "chunkIndex", "attachmentPieces"]) db.createObjectStore(name);
        for (const name of ["journal", "tail"]) db.createObjectStore(name, { keyPath: "id" });
        db.createObjectStore("attachments", { keyPath: "sha256" });
      },
    });
    const text = new TextEncoder().encode("an ordinary line of a log\n".repeat(2000));
    const chunk = encodeChunk({ kind: "log", owner: "a", count: 2000 }, { text });
    const entry = { length: chunk.byteLength, checksum: checksum32(new Uint8Array(chunk)) };
    for (const name of ["old", "torn"]) await old.put("chunkIndex", entry, name);
    await old.put("chunks", chunk, "old");
    const torn = chunk.slice(0);
    new Uint8Array(torn)[9000]! ^= 1;
    await old.put("chunks", torn, "torn");
    old.close();

    let storage = await openIndexedDbStorage(id);
    expect(await storage.report()).toMatchObject({ chunks: 2, chunkBytes: 2 * chunk.byteLength, repairs: [] });
    expect(same(new Uint8Array(await storage.get("old")), new Uint8Array(chunk))).toBe(true);
    await expect(Promise.resolve(storage.get("torn"))).rejects.toThrow(/chunk torn is its checksum does not fit/);
    storage.put("new", chunk);
    await storage.flush();
    storage = await reopen(storage);
    expect(same(new Uint8Array(await storage.get("new")), new Uint8Array(chunk))).toBe(true);
    const { chunkBytes } = await storage.report();
    expect(chunkBytes).toBeLessThan(chunk.byteLength * 1.1);
    await storage.dispose();
    await tamper(id, async (db) => {
      expect(db.version).toBe(ACCOUNT_VERSION);
      const lengths = (await Promise.all(["old", "new"].map((name) => db.get("chunks", name)))).map((bytes) => bytes.byteLength);
      expect(lengths[0]).toBe(chunk.byteLength);
      expect(lengths[0] + lengths[1]).toBe(chunkBytes);
    });
  });

  it("lives in memory and says why while an older tab holds the old version", async () => {
    const id = freshId();
    const old = await openDB(accountDatabaseName(id), 1, { upgrade: (db) => void db.createObjectStore("meta") });
    const storage = await openStorage(id);
    expect(await storage.report()).toMatchObject({
      kind: "memory",
      reason: expect.stringMatching(/open in another tab with an older version/),
    });
    old.close();
  });

  it("leaves an account as it was when bringing it up to date fails", async () => {
    const id = freshId();
    // A version 1 that lacks the store the migration reads.
    (await openDB(accountDatabaseName(id), 1, { upgrade: (db) => void db.createObjectStore("meta").put("still here", "meta") })).close();
    expect((await (await openStorage(id)).report()).reason).toMatch(/storage failed/);
    await tamper(id, async (db) => {
      expect(db.version).toBe(1);
      expect([...db.objectStoreNames]).toEqual(["meta"]);
      expect(await db.get("meta", "meta")).toBe("still here");
    });
  });

  it("lives in memory and says why when a newer version wrote the account", async () => {
    const id = freshId();
    (await openDB(accountDatabaseName(id), ACCOUNT_VERSION + 5)).close();
    expect((await (await openStorage(id)).report()).reason).toMatch(/saved by a newer version/);
  });

  it("lives in memory and says why where there is no IndexedDB or the browser forbids it", async () => {
    const real = Object.getOwnPropertyDescriptor(globalThis, "indexedDB")!;
    try {
      Object.defineProperty(globalThis, "indexedDB", { configurable: true, value: undefined });
      expect((await (await openStorage("x")).report()).reason).toMatch(/offers no IndexedDB/);
      const forbidden = {
        open(): never {
          throw new DOMException("denied", "SecurityError");
        },
      };
      Object.defineProperty(globalThis, "indexedDB", { configurable: true, value: forbidden });
      expect((await (await openStorage("x")).report()).reason).toMatch(/does not let this page store anything/);
    } finally {
      Object.defineProperty(globalThis, "indexedDB", real);
    }
    expect((await openStorage(freshId())).kind).toBe("indexeddb");
  });
});

describe("the list of accounts", () => {
  it("names what was saved, the last used first, until it is deleted", async () => {
    const [first, second] = [freshId(), freshId()];
    for (const [lastUsed, id] of [first, second].entries()) {
      const storage = await openIndexedDbStorage(id);
      await storage.setMeta({ id, title: `Account ${id}`, engine: 1, scenario: null, clock: 5, lastUsed });
      await storage.dispose();
    }
    const ours = async (): Promise<string[]> => (await listAccounts()).map((one) => one.id).filter((id) => id === first || id === second);
    expect(await ours()).toEqual([second, first]);
    await deleteAccount(second);
    expect(await ours()).toEqual([first]);
    const names = (await indexedDB.databases()).map((one) => one.name);
    expect(names).toContain(accountDatabaseName(first));
    expect(names).not.toContain(accountDatabaseName(second));
  });

  it("lets go of an account that another tab deletes, and says so at the next write", async () => {
    const storage = await openIndexedDbStorage(freshId());
    await storage.append([command(1)]);
    await deleteAccount(storage.id);
    const failure = await storage.append([command(2)]).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(StorageUnavailable);
    expect((failure as Error).message).toMatch(/deleted it, so this tab no longer saves/);
    await expect(storage.journal()).rejects.toThrow(StorageUnavailable);
  });
});

describe("deleting an account that something holds open", () => {
  it("rejects with a sentence, and deletes it when the other lets go", async () => {
    const id = freshId();
    const storage = await openIndexedDbStorage(id);
    await storage.setMeta({ id, title: "Held", engine: 1, scenario: null, clock: 5, lastUsed: 1 });
    await storage.dispose();
    const stubborn = await openDB(accountDatabaseName(id));
    await expect(deleteAccount(id)).rejects.toThrow(/open in another tab/);
    stubborn.close();
    await expect.poll(async () => (await listAccounts()).some((one) => one.id === id)).toBe(false);
  });

  it("does not take a connection that was just closed for another tab", async () => {
    const storage = await openIndexedDbStorage(freshId());
    storage.put("a", bytesOf(1, 3_000_000));
    await storage.flush();
    await storage.dispose();
    const again = await openIndexedDbStorage(storage.id);
    await again.get("a");
    await again.dispose();
    await deleteAccount(storage.id);
    expect((await indexedDB.databases()).map((one) => one.name)).not.toContain(accountDatabaseName(storage.id));
  });
});

describe("the lock of an account", () => {
  it("is held by one at a time and free again after release", async () => {
    const id = freshId();
    const first = await acquireAccountLock(id);
    expect(first.held).toBe(true);
    expect(await acquireAccountLock(id)).toEqual({ held: false });
    expect((await acquireAccountLock(freshId())).held).toBe(true);
    if (first.held) first.release();
    await expect.poll(async () => (await acquireAccountLock(id)).held).toBe(true);
  });

  it("can be taken over, and tells whoever had it", async () => {
    const id = freshId();
    const first = await acquireAccountLock(id);
    if (!first.held) throw new Error("not held");
    const lost = new Promise<string>((resolve) => first.onLost(() => resolve("lost")));
    const second = await acquireAccountLock(id, { steal: true });
    expect(second.held).toBe(true);
    expect(await lost).toBe("lost");
    expect(await acquireAccountLock(id)).toEqual({ held: false });
  });

  it("says that tabs cannot be told apart where the browser has no locks", async () => {
    const real = navigator.locks;
    Object.defineProperty(navigator, "locks", { configurable: true, value: undefined });
    try {
      expect(await acquireAccountLock("x")).toMatchObject({
        held: true,
        unguarded: expect.stringMatching(/do not open the same account in two tabs/),
      });
    } finally {
      Object.defineProperty(navigator, "locks", { configurable: true, value: real });
    }
  });
});

it("hashes a file in the browser as the platform does", async () => {
  const bytes = new Uint8Array(bytesOf(3, 1_000_003));
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  expect(sha256(bytes)).toBe(Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join(""));
});
