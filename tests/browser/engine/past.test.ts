import { afterEach, describe, expect, it } from "vitest";
import { closePages, failing, openPage } from "./page.ts";

afterEach(closePages);

const make = (logGroupName: string) => ({ service: "logs", operation: "CreateLogGroup", input: { logGroupName } });
const LINE = (name: string): string => `aws logs create-log-group --log-group-name ${name}`;

describe("the past, over the real worker", () => {
  it("names what undo takes back, what redo does, what rewinding would set aside, and shows the last command that still stands", async () => {
    const { api, pulse } = openPage();
    await api.boot({ kind: "new" });
    await api.pause();
    expect((await failing(api.undo())).message).toBe("There is no command to take back.");
    expect((await failing(api.redo())).message).toBe("There is no command to do again.");
    await api.call(make("a"));
    await api.advance(120);
    await api.call(make("b"));
    await api.stage({ kind: "identity", principal: "developer" });
    expect(pulse()?.lastCommand).toEqual({ line: "Act as developer", failed: false, via: "form" });
    const undone = await api.undo();
    expect(undone.command).toMatchObject({ text: "Act as developer", isLine: false });
    expect((await api.undo()).command).toMatchObject({ text: LINE("b"), isLine: true });
    expect(pulse()?.lastCommand).toEqual({ line: LINE("a"), failed: false, via: "form" });
    expect(pulse()?.past).toEqual({ setAside: 2, canUndo: true, canRedo: true });
    const past = await api.past();
    expect([past.undo?.text, past.redo?.text, past.aside.map((one) => one.text)]).toEqual([
      LINE("a"),
      LINE("b"),
      [LINE("b"), "Act as developer"],
    ]);
    expect((await api.redo()).command.text).toBe(LINE("b"));
    const { start } = pulse() ?? { start: 0 };
    expect((await api.wouldSetAside(start)).commands.map((one) => one.text)).toEqual([LINE("b")]);
    expect((await api.rewind(start)).setAside).toBe(2);
    expect((await api.bringBack()).setAside).toBe(0);
    expect(pulse()?.lastCommand?.line).toBe("Act as developer");
  });

  it("runs to the next event, and leaves the clock alone where nothing can happen", async () => {
    const { api, pulse } = openPage();
    await api.boot({ kind: "new" });
    await api.pause();
    const { clock } = await api.info();
    expect(await api.advanceToNews()).toEqual({ clock, news: [], ended: "idle" });
    await api.aws(
      "aws cloudwatch put-metric-alarm --alarm-name quiet --namespace N --metric-name M --statistic Sum --period 60 --evaluation-periods 1 --threshold 1 --comparison-operator GreaterThanThreshold --treat-missing-data notBreaching",
    );
    const stop = await api.advanceToNews();
    expect([stop.ended, stop.news.map((news) => news.text)]).toEqual(["news", ["alarm quiet went to OK"]]);
    expect(stop.clock).toBe((await api.info()).clock);
    expect(stop.clock - clock).toBeLessThan(5 * 60_000);
    expect(pulse()?.playing).toBe(false);
  });
});
