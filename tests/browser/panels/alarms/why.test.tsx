import { afterEach, describe, expect, it } from "vitest";
import { page } from "vitest/browser";
import { rangeChoice, setRangeChoice } from "../../../../src/app/time-range.ts";
import { cursorTime, isCursorPinned, pinAt, pinSubject, unpin } from "../../../../src/charts/cursor.ts";
import type { Evaluation, EvaluationSlot } from "../../../../src/panels/alarms/answers.ts";
import { countedOf, filledSentence, gapOf, headline } from "../../../../src/panels/alarms/why-sentences.ts";
import type { LookQuestion } from "../../../../workers/account/contract.ts";
import { type Fake, NOON, type Reads } from "../../app/fake-client.ts";
import { expectAccessible, mount, until } from "../../ui/mount.tsx";
import { AlarmsAt, CHANGED, evaluationAt, fakeAlarms, look } from "./fake-alarms.tsx";

const MINUTE = 60_000;

/** The detail page; `change` edits what the engine says of an evaluation. */
async function open(
  change: (evaluation: Evaluation) => Evaluation,
  asSeenFrom?: number,
  reads: Reads = {},
): Promise<{ host: HTMLElement; fake: Fake }> {
  await page.viewport(1200, 900);
  location.hash = "#/alarms/orders-throttled";
  setRangeChoice({ kind: "last", minutes: 30 });
  const answer = async ({ view, question }: LookQuestion): Promise<unknown> => {
    const asked = (question ?? {}) as Readonly<Record<string, unknown>>;
    if (view === "alarmEvaluation") return change(evaluationAt((asked["at"] as number | undefined) ?? NOON));
    const said = look(view, asked);
    return view === "whatIf" ? { ...(said as object), asSeenFrom } : said;
  };
  const fake = fakeAlarms(reads, { look: answer });
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

const shown = (host: HTMLElement): string => text(host.querySelector(".why .seg"));
const named = (host: HTMLElement, name: string): HTMLButtonElement =>
  [...host.querySelectorAll<HTMLButtonElement>(".why button")].find((one) =>
    (one.getAttribute("aria-label") ?? text(one)).startsWith(name),
  ) as HTMLButtonElement;

describe("which evaluation is shown", () => {
  it("is the newest one again on another alarm's page, but stays where one alarm's page is left and opened again", async () => {
    const { host } = await open((evaluation) => evaluation);
    const newest = shown(host);
    named(host, "Earlier evaluation").click();
    await until(() => shown(host) !== newest, "the evaluation before");
    const earlier = shown(host);
    expect(pinSubject()).toMatchObject({ owner: "orders-throttled" });
    location.hash = "#/alarms";
    await until(() => host.querySelector(".why") === null, "the list");
    location.hash = "#/alarms/orders-throttled";
    await until(() => host.querySelector(".why .seg") !== null && shown(host) === earlier, "the pinned evaluation");
    location.hash = "#/alarms/checkout-latency";
    await until(() => text(host.querySelector("h1")) === "checkout-latency" && shown(host) === newest, "the newest evaluation");
    expect(isCursorPinned()).toBe(false);
  });

  it("says of a past one that the state has changed since, not when the next one comes, and leads to the newest", async () => {
    const { host } = await open((evaluation) => evaluation);
    const newest = shown(host);
    expect(text(host.querySelector(".why-next"))).toContain("Next evaluation");
    named(host, "Previous change").click();
    await until(() => shown(host) === "09:17:00", "the evaluation that changed the state");
    expect(text(host.querySelector(".why-outcome"))).toBe("OK → In alarm");
    named(host, "Earlier evaluation").click();
    await until(() => shown(host) === "09:16:00", "the one before");
    const foot = text(host.querySelector(".why-next"));
    expect(foot).toContain("State changed since.");
    expect(foot).not.toContain("Next evaluation");
    expect(named(host, "Previous change").getAttribute("aria-disabled") ?? named(host, "Previous change").disabled).toBeTruthy();
    named(host, "Next change").click();
    await until(() => shown(host) === "09:17:00", "the change again");
    named(host, "Newest, ").click();
    await until(() => shown(host) === newest, "the newest evaluation");
    await expectAccessible(host);
  });

  it("is what the account would be rewound to, and moves a chart that does not reach it and back", async () => {
    const { host } = await open((evaluation) => evaluation);
    setRangeChoice({ kind: "last", minutes: 15 });
    await until(() => named(host, "Previous change") !== undefined, "the buttons");
    for (let i = 0; i < 16; i++) {
      const before = shown(host);
      named(host, "Earlier evaluation").click();
      await until(() => shown(host) !== before, "one earlier");
    }
    const subject = pinSubject()?.moment as number;
    expect(subject - (cursorTime() as number)).toBe(MINUTE);
    const moved = rangeChoice();
    expect(moved.kind === "fixed" && moved.from <= (cursorTime() as number) && moved.to >= (cursorTime() as number)).toBe(true);
    named(host, "Newest, ").click();
    await until(() => rangeChoice().kind === "last", "the range of before");
  });

  it("is the one a state change in the history came from", async () => {
    const { host } = await open((evaluation) => evaluation);
    const tab = [...host.querySelectorAll<HTMLElement>("[role=tab]")].find((one) => text(one).startsWith("History"));
    tab?.click();
    await until(() => host.querySelector(".alarm-history-bar") !== null, "the history");
    const why = [...host.querySelectorAll<HTMLButtonElement>(".tbl button")].filter((one) => text(one).startsWith("Why"));
    expect(why).toHaveLength(1);
    why[0]?.click();
    await until(() => shown(host) === "09:17:00", "the evaluation");
    expect(host.querySelector("dialog[open]")).toBeNull();
  });

  it("speaks of no change where the alarm was not there yet", async () => {
    const { host } = await open((evaluation) => ({
      ...evaluation,
      stateBefore: "INSUFFICIENT_DATA",
      verdict: "OK",
      basis: { kind: "as-now", why: "before-creation", sentence: "The alarm was created later." },
    }));
    expect(text(host.querySelector(".why-outcome"))).toBe("would have been OK");
  });
});

describe("the headline", () => {
  it.each([
    ["premature-alarm", false, "ALARM", "1 of 1 datapoint breaches, and the oldest is at least 2 periods old: that is enough."],
    ["state-kept", true, "OK", "1 of 1 datapoint breaches, but the oldest is under 2 periods old: the state stays OK."],
    ["breaching-enough", false, "ALARM", "1 of 1 datapoint breaches, 2 are needed."],
  ] as const)("names the rule that decided: %s", (rule, kept, verdict, sentence) => {
    const base = evaluationAt(CHANGED);
    const { strong, rest, needed } = headline({
      ...base,
      rule,
      kept,
      verdict,
      m: 2,
      n: 3,
      datapoints: 1,
      breaching: 1,
      filled: 2,
      treatMissing: "missing",
    });
    expect(`${strong} ${rest} ${needed}`.trim()).toBe(sentence);
  });
});

describe("gaps", () => {
  const roles = ["spare", "used", "spare", "used", "filled"] as const;
  const apart = (): Evaluation => {
    const base = evaluationAt(CHANGED);
    const slots = roles.map((role, i): EvaluationSlot => {
      const value = role === "used" ? 95 : null;
      const breaching = value === null ? null : true;
      return { start: CHANGED - (5 - i) * MINUTE, value, samples: value === null ? 0 : 1, breaching, role };
    });
    return { ...base, n: 3, m: 2, datapoints: 2, breaching: 2, filled: 1, slots };
  };

  it("marks the periods that count also where they stand apart, and says which gaps are filled", () => {
    expect(countedOf(apart())).toEqual([
      { from: 1, to: 2 },
      { from: 3, to: 5 },
    ]);
    expect(filledSentence(apart())?.after).toContain("AWS does not say which it fills, here the newest are marked.");
    const { slots, ...rest } = apart();
    const whole = slots.map((slot): EvaluationSlot => (slot.role === "spare" ? { ...slot, value: 1 } : slot));
    expect(filledSentence({ ...rest, slots: whole })?.after).not.toContain("newest");
  });

  it("are told from what counts by brackets, several where they stand apart", async () => {
    const slots = evaluationAt(NOON).slots.map((slot, i): EvaluationSlot => ({ ...slot, role: i % 3 === 2 ? "used" : "spare" }));
    const { host } = await open((evaluation) => ({ ...evaluation, slots }));
    expect([...host.querySelectorAll(".evb span")].map(text)).toEqual(["spare", "counts", "spare", "counts", "spare"]);
  });

  it("of the time before the metric filter was there are put down to that", () => {
    const filter = { filterName: "failed-orders", logGroupName: "/shop/orders" };
    const gap = CHANGED - MINUTE;
    expect(gapOf(apart(), [{ ...filter, creationTime: gap + 1 }], NOON)).toEqual({
      before: "09:16 is empty: ",
      filter: { ...filter, creationTime: gap + 1 },
      after: " was created only at 09:16:00. A metric filter does not count lines that were in /shop/orders before it.",
    });
    expect(gapOf(apart(), [{ ...filter, creationTime: gap }], NOON)?.before).toBe("09:16 is empty because no line matched ");
  });
});

describe("a topic whose mails do not arrive", () => {
  const TOPIC = "arn:aws:sns:us-east-1:123456789012:on-call";
  const history = () => ({
    AlarmHistoryItems: [
      { Timestamp: CHANGED, HistoryItemType: "Action", HistorySummary: `Successfully executed action ${TOPIC}`, HistoryData: "{}" },
    ],
  });
  it.each([
    [["PendingConfirmation"], "1 subscription, not confirmed: confirm in the Inbox", "Not confirmed. 1 subscription, not confirmed:"],
    [
      ["PendingConfirmation", `${TOPIC}:1`],
      "1 of 2 subscriptions is not confirmed: confirm in the Inbox",
      "Not confirmed. 1 of 2 subscriptions is not confirmed:",
    ],
    [
      [],
      "Nobody has subscribed to it: no mail arrives. Subscribe in the Inbox",
      "No subscriber. Nobody has subscribed to it: no mail arrives.",
    ],
    [[`${TOPIC}:1`], undefined, undefined],
  ])("is named at the form and in the history (%j)", async (arns, sentence, mark) => {
    const Subscriptions = arns.map((SubscriptionArn) => ({
      SubscriptionArn,
      TopicArn: TOPIC,
      Protocol: "email",
      Endpoint: "a@example.com",
    }));
    const reads = { "sns ListSubscriptions": () => ({ Subscriptions }), "cloudwatch DescribeAlarmHistory": history };
    const { host } = await open((evaluation) => evaluation, undefined, reads);
    const hints = (): string[] => [...host.querySelectorAll(".subscription-hint")].map((one) => text(one).trim());
    if (sentence !== undefined) await until(() => hints().length === 1, "the hint at the form");
    expect(hints()).toEqual(sentence === undefined ? [] : [sentence]);
    [...host.querySelectorAll<HTMLElement>("[role=tab]")].find((one) => text(one).startsWith("History"))?.click();
    await until(() => text(host).includes("Successfully executed action"), "the action");
    const marks = (): string[] => [...host.querySelectorAll(".subscription-mark")].map((one) => text(one).trim());
    if (mark !== undefined) await until(() => marks().length === 1, "the mark in the history");
    expect(marks()).toEqual(mark === undefined ? [] : [mark]);
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
