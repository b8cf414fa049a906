import { afterEach, describe, expect, it } from "vitest";
import { FidelityPanel } from "../../../../src/panels/fidelity/FidelityPanel.tsx";
import { expectAccessible, until } from "../../ui/mount.tsx";
import { button, field, isWhole, openPanel, type PanelPage, rows, text, type } from "../panel-page.tsx";

const open = (width = 1280): Promise<PanelPage> => openPanel("/fidelity", FidelityPanel, { width });
afterEach(() => {
  location.hash = "";
});

describe("the fidelity page", () => {
  it("lists what is built and, when asked, what is not", async () => {
    const { host } = await open();
    await until(() => rows(host).length === 3, "what is built");
    expect(text(host)).toContain("3 of 4 operations are built");
    button(host, "Not built").click();
    await until(() => rows(host).length === 1, "what is not");
    expect(text(rows(host)[0] as HTMLElement)).toContain("PutDashboard");
    await expectAccessible(host);
  });

  it("says when nothing matches, and clears the filter", async () => {
    const { host } = await open();
    await until(() => rows(host).length === 3, "what is built");
    type(field(host, "Operation"), "nothing");
    await until(() => text(host).includes("No operation matches"), "none");
    button(host, "Clear").click();
    await until(() => rows(host).length === 4, "all");
  });

  it("is cards on a phone, whole and accessible", async () => {
    const { host } = await open(390);
    await until(() => host.querySelectorAll(".tbl.cards .card").length === 3, "cards");
    expect(isWhole(host)).toBe(true);
    await expectAccessible(host);
  });
});
