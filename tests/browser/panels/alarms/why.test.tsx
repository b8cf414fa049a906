import { afterEach, describe, expect, it } from "vitest";
import { page } from "vitest/browser";
import { setRangeChoice } from "../../../../src/app/time-range.ts";
import { pinAt, unpin } from "../../../../src/charts/cursor.ts";
import type { Evaluation, EvaluationSlot } from "../../../../src/panels/alarms/answers.ts";
import type { LookQuestion } from "../../../../workers/account/contract.ts";
import { type Fake, NOON } from "../../app/fake-client.ts";
import { expectAccessible, mount, until } from "../../ui/mount.tsx";
import { AlarmsAt, CHANGED, evaluationAt, fakeAlarms, look } from "./fake-alarms.tsx";

const MINUTE = 60_000;

/** The detail page; `change` edits what the engine says of an evaluation. */
async function open(change: (evaluation: Evaluation) => Evaluation, asSeenFrom?: number): Promise<{ host: HTMLElement; fake: Fake }> {
  await page.viewport(1200, 900);
  location.hash = "#/alarms/orders-throttled";
  setRangeChoice({ kind: "last", minutes: 30 });
  const answer = async ({ view, question }: LookQuestion): Promise<unknown> => {
    const asked = (question ?? {}) as Readonly<Record<string, unknown>>;
    if (view === "alarmEvaluation") return change(evaluationAt((asked["at"] as number | undefined) ?? NOON));
    const said = look(view, asked);
    return view === "whatIf" ? { ...(said as object), asSeenFrom } : said;
  };
  const fake = fakeAlarms({}, { look: answer });
  const host = mount(() => <AlarmsAt fake={fake} />, { width: 1200, height: 900 });
  await until(() => host.querySelectorAll(".evs-item").length === 7, "the evaluation");
  return { host, fake };
}

afterEach(() => {
  unpin();
  setRangeChoice({ kind: "last", minutes: 60 });
  location.hash = "";
});

const text = (host: Element | null): string => (host?.textContent ?? "").replace(/\s+/g, " ");

/** The last `n` periods hold `more` samples more than were seen. */
const withLate =
  (n: number, more: number) =>
  (evaluation: Evaluation): Evaluation => {
    const last = evaluation.slots.length - n;
    const slots = evaluation.slots.map(
      (slot, i): EvaluationSlot => (i < last ? slot : { ...slot, now: { value: (slot.value ?? 0) + 7, samples: slot.samples + more } }),
    );
    return { ...evaluation, slots, verdictNow: "ALARM" };
  };

describe("why, when data came late", () => {
  it("shows the box as it was seen, what is there now beside it, and whether that would have mattered", async () => {
    const { host } = await open(withLate(1, 5));
    pinAt(CHANGED - 2 * MINUTE);
    await until(() => text(host.querySelector(".why .seg")) === "09:16:00", "the evaluation of 09:16");
    const box = host.querySelector(".evs-item:last-child") as HTMLElement;
    expect(text(box.querySelector("b"))).toBe("96");
    expect(text(box.querySelector(".ev-note"))).toBe("now 103");
    expect(text(box.querySelector(".vh"))).toBe("09:15: 96, breaching, now 103.");
    const late = text(host.querySelector(".why-late"));
    expect(late).toContain("At 09:15 this evaluation saw 96; 5 more samples arrived after it, now it is 103.");
    expect(late).toContain("With them the verdict would have been In alarm.");
    await expectAccessible(host);
  });

  it("says when it would not have mattered, and counts where many periods differ", async () => {
    const { host } = await open((evaluation) => ({ ...withLate(5, 1)(evaluation), verdictNow: evaluation.verdict }));
    const late = text(host.querySelector(".why-late"));
    expect(late).toContain("Five periods hold more now than this evaluation saw");
    expect(late).toContain("the verdict would have been the same");
  });

  it("says plainly when it shows the data as they are now", async () => {
    const { host } = await open((evaluation) => ({
      ...evaluation,
      basis: { kind: "as-now", why: "not-kept", sentence: "Seen again with the data as they are now." },
    }));
    expect(text(host.querySelector(".why"))).toContain("Seen again with the data as they are now.");
    expect(host.querySelector(".why-late")).toBeNull();
    await expectAccessible(host);
  });
});

describe("the state reason", () => {
  it("is labelled with the change it comes from, under an evaluation that changed nothing", async () => {
    const { host } = await open((evaluation) => evaluation);
    await until(() => text(host.querySelector(".why-reason-from")) === "State reason, from the change at 09:17:00", "the label");
    expect(text(host.querySelector(".why-reason"))).toContain("Threshold Crossed: 3 out of the last 5 datapoints");
    pinAt(CHANGED - 3 * MINUTE);
    await until(() => text(host.querySelector(".why-reason-from")) === "State reason, from the creation at 08:17:00", "the other label");
    expect(text(host.querySelector(".why-steps"))).toContain("datapoints breach, 3 of 5 needed.");
  });

  it("is the evaluation's own where the state changed", async () => {
    const { host } = await open((evaluation) => ({
      ...evaluation,
      stateReason: { text: "its own words", since: evaluation.at, by: "change" },
    }));
    pinAt(CHANGED - MINUTE);
    await until(() => text(host.querySelector(".why .seg")) === "09:17:00", "the evaluation of 09:17");
    await until(() => text(host.querySelector(".why-reason-from")) === "State reason, given by this evaluation", "the label");
    expect(text(host.querySelector(".why-reason"))).toContain("its own words");
  });
});

describe("what if", () => {
  it.each([
    [0, "Saved: as it happened.", "What if: by what the alarm saw at the time."],
    [NOON - 10 * MINUTE, "Saved: as it happened from 09:09:24 on", "What if: by what the alarm saw from 09:09:24 on"],
    [undefined, "Saved: as it would have been, with the data as they are now.", "What if: by the data as they are now"],
  ])("says what both columns rest on (from %s)", async (from, sentence, tried) => {
    const { host, fake } = await open((evaluation) => evaluation, from);
    await until(() => text(host.querySelector(".what-if-basis")).includes(sentence), sentence);
    const asked = fake.asked.filter(([method, question]) => method === "look" && (question as LookQuestion).view === "whatIf");
    const than = [...host.querySelectorAll("label")].find((one) => one.textContent === "than") as HTMLLabelElement;
    const field = document.getElementById(than.htmlFor) as HTMLInputElement;
    field.value = "50";
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    await until(() => text(host.querySelector(".what-if-basis")).includes(tried), tried);
    expect(asked.map(([, question]) => question as LookQuestion)[0]?.question).not.toHaveProperty("alarm");
  });
});
