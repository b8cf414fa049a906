import { afterEach, describe, expect, it } from "vitest";
import { TimeRangePicker } from "../../../src/app/TimeRangePicker.tsx";
import { rangeChoice, setRangeChoice } from "../../../src/app/time-range.ts";
import { ClientContext } from "../../../src/client/context.ts";
import { expectAccessible, mount, until } from "../ui/mount.tsx";
import { fakeClient, NOON } from "./fake-client.ts";

afterEach(() => setRangeChoice({ kind: "last", minutes: 60 }));

describe("the menu of time ranges", () => {
  it("says which of its choices move with the clock and which stand still, and is a way back to now", async () => {
    setRangeChoice({ kind: "fixed", from: NOON - 7_200_000, to: NOON - 3_600_000 });
    const host = mount(() => (
      <ClientContext.Provider value={fakeClient().client}>
        <TimeRangePicker />
      </ClientContext.Provider>
    ));
    host.querySelector<HTMLElement>(".timerange-main")?.click();
    await until(() => host.querySelector(".range-presets") !== null, "the menu");
    const named = (selector: string) =>
      document.getElementById(host.querySelector(selector)?.getAttribute("aria-labelledby") ?? "")?.textContent;
    expect([named(".range-presets"), named(".range-custom")]).toEqual(["Up to now; moves with the clock", "From and to; stands still"]);
    await expectAccessible(host);
    [...host.querySelectorAll<HTMLElement>(".range-presets [role=radio]")].find((one) => one.textContent === "1 h")?.click();
    expect(rangeChoice()).toEqual({ kind: "last", minutes: 60 });
  });
});
