import { afterEach, describe, expect, it } from "vitest";
import { rangeChoice, setRangeChoice } from "../../../../src/app/time-range.ts";
import { NOON } from "../../app/fake-client.ts";
import { expectAccessible, until } from "../../ui/mount.tsx";
import { button, isWhole, text } from "../panel-page.tsx";
import { EMPTY, FAULTY, openTraces } from "./fake-traces.ts";

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const HOUR = { kind: "last", minutes: 60 } as const;
const note = (host: HTMLElement): HTMLElement | null => host.querySelector(".traces-outside");
const earlier = (by: number) => {
  const to = Math.ceil(NOON / MINUTE) * MINUTE - by;
  return { kind: "fixed", from: to - 60 * MINUTE, to } as const;
};
const LOOKS = { "xray/traceMap": () => EMPTY["xray/traceMap"]?.({}), "xray/filterPreview": () => EMPTY["xray/filterPreview"]?.({}) };

afterEach(() => setRangeChoice(HOUR));

describe("a trace outside the time of the map and the list", () => {
  it("says where it is, and one click goes there: up to now where that has it", async () => {
    for (const width of [1280, 390]) {
      setRangeChoice(earlier(75 * MINUTE));
      const { host, asked } = await openTraces(`/${FAULTY}`, { width, looks: LOOKS });
      await until(() => note(host) !== null, "the note");
      const words = text(note(host) as HTMLElement);
      expect(words).toContain("This trace began at 09:19:04. The map and the list show 07:05 to 08:05.");
      expect(isWhole(host)).toBe(true);
      await expectAccessible(note(host) as HTMLElement);
      button(host, "Show 09:19").click();
      await until(() => note(host) === null, "it is in the range");
      expect(rangeChoice()).toEqual(HOUR);
      await until(() => asked("filterPreview").at(-1)?.["to"] === Math.ceil(NOON / MINUTE) * MINUTE, "the list is of this time");
    }
  });

  it("shows a time around it where the clock is far ahead, and leaves the minute that an address asks for", async () => {
    const { host, fake } = await openTraces(`/${FAULTY}?minute=${NOON - 30 * MINUTE}`, { looks: LOOKS });
    await until(() => note(host) !== null, "the note");
    fake.setPulse((pulse) => pulse && { ...pulse, clock: NOON + 3 * DAY });
    await until(() => text(note(host) as HTMLElement).includes("began at 12 Mar 09:19:04"), "its day");
    button(host, "Show 12 Mar 09:19").click();
    await until(() => note(host) === null, "it is in the range");
    const minute = Math.floor(NOON / MINUTE) * MINUTE;
    expect(rangeChoice()).toEqual({ kind: "fixed", from: minute - 30 * MINUTE, to: minute + 30 * MINUTE });
    expect(location.hash).not.toContain("minute=");
  });

  it("says nothing of a trace that the range has", async () => {
    const { host } = await openTraces(`/${FAULTY}`);
    await until(() => host.querySelectorAll(".wf-row").length === 5, "the trace");
    expect(note(host)).toBeNull();
  });
});
