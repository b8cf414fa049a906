import { createRoot } from "solid-js";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { forgetAccount, keep, recall } from "../../../src/app/account-memory.ts";
import { boot } from "../../../src/app/boot.ts";
import { keepClock } from "../../../src/app/kept-clock.ts";
import { type Fake, fakeClient, INFO, PULSE } from "./fake-client.ts";

const said = (fake: Fake): readonly (readonly unknown[])[] =>
  fake.asked.filter(([name]) => name === "play" || name === "setSpeed" || name === "pause");
const opened = async (): Promise<Fake> => {
  const fake = fakeClient();
  await boot(fake.client.api, { hash: "#/" } as Location);
  return fake;
};
const dispose: (() => void)[] = [];
const hear = (fake: Fake): void =>
  createRoot((end) => {
    dispose.push(end);
    keepClock(fake.client.pulse);
  });

beforeEach(() => localStorage.clear());
afterEach(() => {
  for (const end of dispose.splice(0)) end();
  localStorage.clear();
});

describe("the clock over a reload", () => {
  it("runs on at the speed it ran at", async () => {
    const before = fakeClient();
    hear(before);
    before.setPulse({ ...PULSE, speed: 60, playing: true });
    expect(said(await opened())).toEqual([["play", 60]]);
  });

  it("stands where it was stopped and still shows its speed", async () => {
    const before = fakeClient();
    hear(before);
    before.setPulse({ ...PULSE, speed: 600, playing: true });
    before.setPulse({ ...PULSE, speed: 600, playing: false });
    expect(said(await opened())).toEqual([["setSpeed", 600]]);
  });

  it("is left alone where this browser never ran it, and where what was kept cannot be read", async () => {
    keep("clock", "another", { speed: 60, playing: true });
    expect(said(await opened())).toEqual([]);
    keep("clock", INFO.id, { speed: "fast", playing: true });
    expect(said(await opened())).toEqual([]);
    localStorage.setItem("nephoscope.account.clock", "{[");
    expect(said(await opened())).toEqual([]);
  });

  it("is forgotten with the account, and with the oldest of many accounts", () => {
    keep("clock", "a", 1);
    forgetAccount("a");
    expect(recall("clock", "a")).toBeUndefined();
    for (let at = 0; at <= 20; at++) keep("clock", `n${at}`, at);
    expect(recall("clock", "n0")).toBeUndefined();
    expect(recall("clock", "n20")).toBe(20);
  });
});
