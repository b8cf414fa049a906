import { afterEach, describe, expect, it } from "vitest";
import { setAccountInfo } from "../../../../src/app/account-info.ts";
import { setRangeChoice } from "../../../../src/app/time-range.ts";
import { cursorTime, pinAt, unpin } from "../../../../src/charts/cursor.ts";
import { INFO, NOON, PULSE } from "../../app/fake-client.ts";
import { expectAccessible, press, until } from "../../ui/mount.tsx";
import { ATTACHED, FILTER, GROUP, LINES } from "./fake-logs.ts";
import { AT_GROUP, button, editorReady, field, open, radio, rows, shownRows, tab, text, type, writePattern } from "./page.tsx";

afterEach(() => {
  unpin();
  setAccountInfo(undefined);
  setRangeChoice({ kind: "last", minutes: 60 });
  location.hash = "";
});

describe("the list of log groups", () => {
  it("shows retention, size and filters, finds by name and changes a retention in place", async () => {
    const { host, fake } = await open("#/logs");
    await until(() => text(host).includes("/shop/api"), "the groups");
    expect(text(host)).toContain("5.2 MB");
    const select = host.querySelector(`select[aria-label="Retention, ${GROUP}"]`) as HTMLSelectElement;
    expect(select.value).toBe("30");
    select.value = "";
    select.dispatchEvent(new Event("change", { bubbles: true }));
    await until(() => fake.calls().length === 1, "the policy is deleted");
    expect(fake.calls()[0]).toMatchObject({ operation: "DeleteRetentionPolicy", input: { logGroupName: GROUP } });
    type(host.querySelector("input[type=search]") as HTMLInputElement, "shop");
    await until(() => !text(host).includes(GROUP), "the search");
    await expectAccessible(host);
  });

  it("creates a group with a retention and goes to it; deletes one only after asking", async () => {
    const { host, fake } = await open("#/logs");
    await until(() => text(host).includes("/shop/api"), "the groups");
    button(host, "Create log group").click();
    await until(() => host.querySelector("dialog[open]") !== null, "the dialog");
    const dialog = host.querySelector("dialog[open]") as HTMLElement;
    type(field(dialog, "Log group name"), "/new/group");
    const retention = field(dialog, "Retention") as unknown as HTMLSelectElement;
    retention.selectedIndex = [...retention.options].findIndex((option) => option.value === "7");
    retention.dispatchEvent(new Event("change", { bubbles: true }));
    await expectAccessible(dialog);
    button(dialog, "Create").click();
    await until(() => location.hash === `#/logs/${encodeURIComponent("/new/group")}`, "the new group's page");
    expect(fake.calls().map(({ operation, input }) => [operation, input])).toEqual([
      ["CreateLogGroup", { logGroupName: "/new/group" }],
      ["PutRetentionPolicy", { logGroupName: "/new/group", retentionInDays: 7 }],
    ]);
    await until(() => text(host).includes("There is no log group /new/group"), "the fake has no such group");
  });

  it("sends who has no group to the three ways in", async () => {
    const { host } = await open("#/logs", { groups: [] });
    await until(() => text(host).includes("No log group yet"), "the empty state");
    button(host, "Three ways in").click();
    await until(() => text(host).includes("elsewhere"), "home");
  });
});

describe("a log group", () => {
  it("marks which lines match, counts them, and says part by part why a chosen line did not", async () => {
    const { host, fake } = await open(`${AT_GROUP}?pattern=${encodeURIComponent('{ $.table = "orders" && $.code = "*Throughput*" }')}`);
    await shownRows(host);
    await until(() => text(host).includes("15 of 60 match"), "the count");
    await until(() => host.querySelectorAll(".vt-row mark").length > 0, "marks");
    expect(host.querySelector(".vt-row mark")?.textContent).toBe('"orders"');
    const failed = rows(host).find((row) => text(row).includes("order failed")) as HTMLElement;
    expect(text(failed)).toContain("does not match");
    failed.click();
    await until(() => text(host).includes("Why this line did not match"), "the reasons");
    const items = [...host.querySelectorAll<HTMLElement>("[role=treeitem]")].map((item) => text(item));
    expect(items[0]).toContain("message is a JSON object holds");
    expect(items[1]).toContain('$.table = "orders" missing');
    expect(text(host)).toContain("would match 15 more lines");
    button(host, "Try $.error.code").click();
    await until(
      () => fake.looks("page").some((asked) => asked["filterPattern"] === "{ $.error.code = *Throughput* }"),
      "the suggestion is searched",
    );
    const editor = await editorReady(host);
    await until(() => text(editor) === "{ $.error.code = *Throughput* }", "it stands in the editor");
    await expectAccessible(host);
  });

  it("is on the cursor: a line pointed at says its moment; a pin stands between its rows, in sight", async () => {
    const { host } = await open(AT_GROUP);
    await shownRows(host);
    const pointed = rows(host)[3] as HTMLElement;
    pointed.dispatchEvent(new PointerEvent("pointerenter"));
    const moment = cursorTime() as number;
    expect(LINES.map((line) => line.at)).toContain(moment);
    await until(() => pointed.classList.contains("is-cursor-below"), "the line below it");
    pointed.dispatchEvent(new PointerEvent("pointerleave"));
    expect(cursorTime()).toBeUndefined();
    const tenth = LINES[9] as (typeof LINES)[number];
    pinAt(tenth.at + 10);
    const marked = (): HTMLElement | null => host.querySelector(".vt-row.is-cursor-below");
    await until(() => marked()?.getAttribute("aria-rowindex") === "11", "the pin below the tenth line");
  });

  it("takes a pattern by keyboard, names its kind, and marks where it is wrong without losing the last answer", async () => {
    const { host, fake } = await open(AT_GROUP);
    await shownRows(host);
    await writePattern(host, "ERROR");
    await until(() => text(host).includes("15 of 60 match"), "terms");
    expect(text(host)).toContain("Terms");
    const before = fake.looks("page").length;
    await writePattern(host, "{ $.a + 1 }");
    await until(() => text(host).includes("Invalid at character 7"), "the place");
    expect(host.querySelector(".pattern-wrong")?.textContent).toBe("+");
    expect(text(host)).toContain("Not a pattern yet: what is shown is still for ERROR");
    expect(host.querySelector(".cm-content")?.getAttribute("aria-invalid")).toBe("true");
    expect(text(host)).toContain("15 of 60 match");
    expect(
      fake
        .looks("page")
        .slice(before)
        .every((asked) => !String(asked["filterPattern"] ?? "").includes("+")),
    ).toBe(true);
    await expectAccessible(host);
  });

  it("shows only matching lines when asked, and opens one in full with Enter", async () => {
    const { host } = await open(`${AT_GROUP}?pattern=ERROR`);
    await shownRows(host);
    radio(host, "Matching").click();
    await until(() => rows(host).length > 0 && rows(host).every((row) => !text(row).includes("checkout started")), "matching only");
    const grid = host.querySelector(".vt-scroll") as HTMLElement;
    grid.focus();
    press(grid, "Home");
    press(grid, "Enter");
    await until(() => host.querySelector("dialog[open]") !== null, "the details");
    const dialog = host.querySelector("dialog[open]") as HTMLElement;
    expect(text(dialog)).toContain("Ingestion time");
    expect(dialog.querySelector(".json")).not.toBeNull();
    await expectAccessible(dialog);
  });

  it("that its file would have filled names the file and takes it", async () => {
    setAccountInfo({ ...INFO, missingFiles: [{ sha256: "f00d", name: "shop.log", bytes: 1_200_000 }] });
    const command = { kind: "attach", sha256: "f00d", mapping: { logGroupName: "/imported/shop", logStreamName: "shop.log" } };
    const journal = async () => [{ id: 1, at: NOON, command: { type: "stage", region: "us-east-1", command } }];
    const { host } = await open(`#/logs/${encodeURIComponent("/imported/shop")}`, { answers: { journal, supply: async () => INFO } });
    await until(() => text(host).includes("This account lacks shop.log (1.2 MB)"), "the card");
    expect(text(host)).not.toContain("There is no log group");
    await expectAccessible(host);
    const input = host.querySelector("input[type=file]") as HTMLInputElement;
    const transfer = new DataTransfer();
    transfer.items.add(new File(["x"], "shop.log"));
    input.files = transfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    // The fake has no such group even then.
    await until(() => text(host).includes("There is no log group /imported/shop"), "the card goes");
  });

  it("goes from match to match by button and by key, counts, and goes round at the end", async () => {
    const { host } = await open(`${AT_GROUP}?pattern=ERROR`);
    await shownRows(host);
    await until(() => text(host).includes("15 of 60 match"), "the count");
    const chosen = (): string => text(host.querySelector('.vt-row[aria-selected="true"]') ?? host);
    button(host, "Next match (n, F3)").click();
    await until(() => text(host).includes("1 of 15 matches in 60 lines"), "the first");
    await until(() => chosen().includes("order failed"), "it is chosen and in sight");
    window.dispatchEvent(new KeyboardEvent("keydown", { key: "F3", cancelable: true }));
    await until(() => text(host).includes("2 of 15 matches"), "the second");
    window.dispatchEvent(new KeyboardEvent("keydown", { key: "N", shiftKey: true, cancelable: true }));
    await until(() => text(host).includes("1 of 15 matches"), "the first again");
    button(host, "Previous match (N, Shift F3)").click();
    await until(() => text(host).includes("15 of 15 matches"), "round to the last");
    await until(
      () => rows(host).some((row) => row.getAttribute("aria-selected") === "true" && text(row).includes("order failed")),
      "in sight",
    );
    await expectAccessible(host);
  });

  it("goes on from a line that was chosen by hand", async () => {
    const { host } = await open(`${AT_GROUP}?pattern=ERROR`);
    await shownRows(host);
    const grid = host.querySelector(".vt-scroll") as HTMLElement;
    grid.focus();
    press(grid, "Home");
    for (let step = 0; step < 3; step++) press(grid, "ArrowDown");
    await until(() => host.querySelector('.vt-row[aria-selected="true"]') !== null, "a row");
    button(host, "Next match (n, F3)").click();
    await until(() => text(host).includes("2 of 15 matches"), "the match after the fourth line");
  });

  it("says that a bar is empty instead of zooming into nothing", async () => {
    const { host, fake } = await open(AT_GROUP);
    await shownRows(host);
    const before = fake.looks("density").length;
    const density = host.querySelector(".density[role=slider]") as HTMLElement;
    density.focus();
    press(density, "Home");
    press(density, "Enter");
    await until(() => /No line from \d\d:\d\d to \d\d:\d\d\./.test(text(host)), "the sentence");
    expect([...host.querySelectorAll("button")].some((one) => one.textContent?.trim() === "Widen again")).toBe(false);
    expect(
      fake
        .looks("density")
        .slice(before)
        .every((asked) => Number(asked["end"]) - Number(asked["start"]) === 3_600_000),
    ).toBe(true);
  });

  it("shows how far a replay is, and offers another only as a second choice", async () => {
    const replays = [
      { id: "1", sha256: "f00d", name: "shop.log", logGroupName: GROUP, shipped: 12, rows: 60, plan: { end: NOON + 60_000 } },
    ];
    const { host, fake } = await open(AT_GROUP, { attached: ATTACHED, replays, filters: [FILTER] });
    await until(() => text(host).includes("12 of 60 lines"), "the progress on the group's page");
    tab(host, "Metric filters").click();
    await until(() => text(host).includes("Give the filters lines"), "the filters' card");
    expect(text(host)).toContain("12 of 60 lines");
    expect(button(host, "Replay once more").className).not.toContain("primary");
    const paces = [...(field(host, "Pace") as unknown as HTMLSelectElement).options].map((option) => option.textContent);
    expect(paces).toEqual(["As it was (40 min)", "Squeezed into 5 min", "Squeezed into 10 min", "Squeezed into 30 min"]);
    fake.setPulse({ ...PULSE, playing: false });
    await until(() => text(host).includes("the clock stands"), "a clock that stands");
    button(host, "Run the clock at 60×").click();
    await until(() => fake.asked.some(([method, speed]) => method === "play" && speed === 60), "the clock runs");
    await expectAccessible(host);
  });

  it("says in its place that a replay has ended, and offers to stop the clock, until that is put away", async () => {
    const replay = { id: "ending", sha256: "f00d", name: "shop.log", logGroupName: GROUP, shipped: 12, rows: 1260, plan: { end: NOON } };
    const before = { ...replay, id: "of before", shipped: 1260 };
    const options = { replays: [before, replay] };
    const { host, fake } = await open(AT_GROUP, options);
    await until(() => text(host).includes("12 of 1,260 lines"), "the progress");
    expect(text(host)).not.toContain("has been played");
    options.replays = [before, { ...replay, shipped: 1260 }];
    fake.setPulse({ ...PULSE, playing: true, versions: { logs: 9 } });
    await until(() => text(host).includes("shop.log has been played, 1,260 lines."), "the end");
    expect(host.querySelectorAll(".logs-shipped")).toHaveLength(1);
    await expectAccessible(host);
    button(host, "Pause the clock").click();
    await until(() => fake.asked.some(([method]) => method === "pause"), "the pause");
    fake.setPulse({ ...PULSE, playing: false, versions: { logs: 9 } });
    await until(() => !text(host).includes("Pause the clock"), "no pause of a clock that stands");
    button(host, "Put away").click();
    await until(() => host.querySelector(".logs-shipped") === null, "the place is free");
  });

  it("explains optional and excluded terms by the pattern", async () => {
    const { host } = await open(`${AT_GROUP}?pattern=${encodeURIComponent("?ERROR ?WARN -retry")}`);
    await until(() => host.querySelector(".pattern-meaning") !== null, "the meaning");
    expect(text(host.querySelector(".pattern-meaning") as HTMLElement).replaceAll("\u2060", "")).toBe(
      "Matches every line without retry. ?ERROR and ?WARN are ignored: optional terms count only where all terms are optional.",
    );
    await expectAccessible(host);
    await writePattern(host, "ERROR");
    await until(() => host.querySelector(".pattern-meaning") === null, "nothing to explain");
  });

  it("opens the replay's dialog from the palette's address and from its actions", async () => {
    const attached = [
      { sha256: "f00d", name: "shop.log", mode: "history", events: 60, span: 0, mapping: { logGroupName: GROUP, logStreamName: "one" } },
    ];
    const { host, fake } = await open(`${AT_GROUP}?replay=f00d`, { attached });
    await until(() => host.querySelector("dialog[open]") !== null, "the dialog");
    const dialog = host.querySelector("dialog[open]") as HTMLElement;
    await until(() => text(dialog).includes("Replay shop.log"), "the file");
    await expectAccessible(dialog);
    button(dialog, "Replay").click();
    await until(() => fake.replayed.length === 1, "the replay");
    expect(fake.replayed[0]).toEqual(["f00d"]);
    await until(() => host.querySelector("dialog[open]") === null, "closed");
    expect(location.hash).not.toContain("replay=");
  });

  it("narrows the time range to a bar of the density and widens again", async () => {
    const { host, fake } = await open(AT_GROUP);
    await shownRows(host);
    const density = host.querySelector(".density[role=slider]") as HTMLElement;
    density.focus();
    press(density, "End");
    press(density, "ArrowLeft", { shiftKey: true });
    press(density, "Enter");
    await until(() => Number(fake.looks("density").at(-1)?.["end"]) - Number(fake.looks("density").at(-1)?.["start"]) <= 60_000, "one bar");
    button(host, "Widen again").click();
    await until(
      () => Number(fake.looks("density").at(-1)?.["end"]) - Number(fake.looks("density").at(-1)?.["start"]) === 3_600_000,
      "an hour again",
    );
  });

  it("shows a history import as a whole at once, and says where lines are when the range has none", async () => {
    const old = LINES.map((line) => ({ ...line, at: line.at - 5 * 86_400_000 }));
    const attached = [
      {
        sha256: "f",
        name: "old.log",
        mode: "history",
        events: 60,
        span: 40 * 60_000,
        mapping: { logGroupName: GROUP, logStreamName: "one" },
      },
    ];
    const { host } = await open(AT_GROUP, { lines: old, attached });
    await shownRows(host);
    expect(radio(host, "Whole group").getAttribute("aria-checked")).toBe("true");
    radio(host, "Time range").click();
    await until(() => text(host).includes("No lines in this time range"), "the empty range");
    expect(text(host)).toContain("The group has lines from 2026-03-07");
    button(host, "Show the whole group").click();
    await shownRows(host);
  });

  it("stands still when a line is chosen while the clock runs, and follows again when asked", async () => {
    const { host, fake } = await open(AT_GROUP);
    fake.setPulse({ ...PULSE, playing: true });
    await shownRows(host);
    const follow = (): string | null | undefined => host.querySelector(".logs-follow [role=switch]")?.getAttribute("aria-checked");
    expect(follow()).toBe("true");
    rows(host)[2]?.click();
    await until(() => follow() === "false", "it stands still");
    await until(
      () => fake.looks("page").at(-1)?.["end"] === NOON + 1 || fake.looks("page").some((asked) => asked["end"] === NOON + 1),
      "up to now only",
    );
    (host.querySelector(".logs-follow [role=switch]") as HTMLElement).click();
    expect(follow()).toBe("true");
  });

  it("tests pasted lines and puts pasted lines, each as one request", async () => {
    const { host, fake } = await open(`${AT_GROUP}?pattern=ERROR`);
    await shownRows(host);
    tab(host, "Test lines").click();
    type(field(host, "Lines") as unknown as HTMLTextAreaElement, "ERROR one\nfine\n");
    button(host, "Test pattern").click();
    await until(() => text(host).includes("1 of 2 match"), "the result");
    button(host, "Put events").click();
    await until(() => host.querySelector("dialog[open]") !== null, "the dialog");
    const dialog = host.querySelector("dialog[open]") as HTMLElement;
    type(field(dialog, "Lines") as unknown as HTMLTextAreaElement, "a\nb");
    await expectAccessible(dialog);
    button(dialog, "Put events").click();
    await until(() => fake.calls().some(({ operation }) => operation === "PutLogEvents"), "put");
    expect(fake.calls().at(-1)?.input).toEqual({
      logGroupName: GROUP,
      logStreamName: "one",
      logEvents: [
        { timestamp: NOON, message: "a" },
        { timestamp: NOON, message: "b" },
      ],
    });
  });

  it("lists metric filters, asks before deleting one, and searches in a chosen stream", async () => {
    const { host, fake } = await open(`${AT_GROUP}?tab=filters`, { filters: [FILTER] });
    await until(() => text(host).includes("Shop/Orders › ThrottledWrites"), "the filter");
    await expectAccessible(host);
    button(host, "Delete throttled").click();
    await until(() => host.querySelector("dialog[open]") !== null, "the question");
    button(host.querySelector("dialog[open]") as HTMLElement, "Delete").click();
    await until(() => fake.calls().length === 1, "deleted");
    expect(fake.calls()[0]).toMatchObject({ operation: "DeleteMetricFilter", input: { logGroupName: GROUP, filterName: "throttled" } });
    tab(host, "Log streams").click();
    await until(() => text(host).includes("two"), "the streams");
    button(host, "two").click();
    await until(() => fake.looks("page").some((asked) => JSON.stringify(asked["logStreamNames"]) === '["two"]'), "the stream's lines");
    await until(() => text(host).includes("stream two"), "the chip");
    await expectAccessible(host);
  });

  it("says what failed and asks again", async () => {
    let failing = true;
    const { host } = await open("#/logs", {
      reads: {
        "logs DescribeLogGroups": () => {
          if (failing) throw { kind: "service", code: "AccessDeniedException", message: "not authorized" };
          return { logGroups: [] };
        },
      },
    });
    await until(() => text(host).includes("AccessDeniedException"), "the failure");
    failing = false;
    button(host, "Try again").click();
    await until(() => text(host).includes("No log group yet"), "the answer");
  });

  it("has lines and reasons as two views where there is one column", async () => {
    const { host } = await open(`${AT_GROUP}?pattern=ERROR`, {}, 390);
    await shownRows(host);
    radio(host, "Why").click();
    await until(() => text(host).includes("The metric it makes"), "the evidence");
    expect(rows(host).length).toBe(0);
    await expectAccessible(host);
  });
});
