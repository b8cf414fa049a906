import { afterEach, describe, expect, it } from "vitest";
import { setAccountInfo } from "../../../../src/app/account-info.ts";
import { SettingsPanel } from "../../../../src/panels/settings/SettingsPanel.tsx";
import { INFO } from "../../app/fake-client.ts";
import { expectAccessible, until } from "../../ui/mount.tsx";
import { button, isWhole, openPanel, type PanelPage, text } from "../panel-page.tsx";

const open = (width = 1280, storage: object = {}): Promise<PanelPage> => {
  setAccountInfo(INFO);
  return openPanel("/settings", SettingsPanel, {
    width,
    looks: {
      "logs/storage": () => ({
        groups: [
          { events: 1800, storedBytes: 170_000 },
          { events: 76, storedBytes: 5000 },
        ],
      }),
    },
    answers: { storage: async () => ({ ...INFO.storage, ...storage }), deleteAccount: async () => undefined },
  });
};
afterEach(() => {
  setAccountInfo(undefined);
  location.hash = "";
});

describe("settings", () => {
  it("tells the lines that are not in chunks yet from nothing", async () => {
    const { host } = await open(1280, { chunks: 0, chunkBytes: 0 });
    await until(() => text(host).includes("1,876 (175 kB) in this Region"), "the lines");
    expect(text(host)).toContain("0 B in 0 chunks");
    expect(text(host)).toContain("the newest telemetry waits for that in the last checkpoint");
    await expectAccessible(host);
  });

  it("says why an account lives in memory, and what was found torn", async () => {
    const { host } = await open(1280, { kind: "memory", reason: "Storage is blocked here.", repairs: ["One chunk was torn."] });
    await until(() => text(host).includes("Storage is blocked here."), "the reason");
    expect(text(host)).toContain("One chunk was torn.");
  });

  it("asks before an account goes", async () => {
    const { host, fake } = await open();
    await until(() => text(host).includes("access.log"), "the accounts");
    [...host.querySelectorAll("button")].filter((one) => one.textContent === "Delete")[1]?.click();
    await until(() => host.querySelector("dialog[open]") !== null, "the question");
    await expectAccessible(host);
    (host.querySelector("dialog[open] .btn.danger") as HTMLElement).click();
    await until(() => fake.asked.some(([method, id]) => method === "deleteAccount" && id === "a2"), "the deletion");
  });

  it("fits a phone: no word of a choice lies on another, accounts are cards", async () => {
    const { host } = await open(390);
    await until(() => host.querySelectorAll(".tbl.cards .card").length === 2, "cards");
    for (const choice of host.querySelectorAll<HTMLElement>(".seg > button"))
      expect(choice.scrollWidth).toBeLessThanOrEqual(choice.clientWidth + 1);
    expect(isWhole(host)).toBe(true);
    expect(button(host, "Open")).toBeDefined();
    await expectAccessible(host);
  });
});
