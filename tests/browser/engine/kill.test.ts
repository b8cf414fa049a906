import { afterEach, expect, it } from "vitest";
import { closePages, openPage, type Page, reopen, replayed, storyFile } from "./page.ts";

afterEach(closePages);

/** Gives commands without waiting for each other's end; answers the names acknowledged before the worker was killed. */
async function commandsUntilKilled(
  page: Page,
  round: number,
  acknowledgements: number,
  meanwhile: () => Promise<unknown>,
): Promise<string[]> {
  const acknowledged: string[] = [];
  let killed = false;
  await new Promise<void>((resolve) => {
    const give = (i: number): void => {
      const logGroupName = `round-${round}/group-${i}`;
      void page.api.call({ service: "logs", operation: "CreateLogGroup", input: { logGroupName } }).then(() => {
        if (killed) return;
        acknowledged.push(logGroupName);
        if (acknowledged.length === acknowledgements) {
          killed = true;
          page.kill();
          resolve();
        }
      });
    };
    void meanwhile();
    for (let i = 0; i < acknowledgements + 10; i++) give(i);
  });
  return acknowledged;
}

it("loses nothing that was acknowledged, however often the worker is killed in the middle of commands", async () => {
  const text = await storyFile();
  let page = openPage();
  const { id } = await page.api.boot({ kind: "scenario-file", text });
  const all: string[] = [];
  for (const [round, acknowledgements] of [1, 7, 3, 19, 2, 11].entries()) {
    const meanwhile = [
      () => page.api.advance(3600),
      () => page.api.play(3600),
      () => page.api.undo(),
      () => page.api.pause(),
      () => page.api.read({ service: "logs", operation: "FilterLogEvents", input: { logGroupName: "/shop/web" } }),
      () => page.api.aws("aws logs describe-log-groups"),
    ][round] as () => Promise<unknown>;
    all.push(...(await commandsUntilKilled(page, round, acknowledgements, meanwhile)));
    page = await reopen(id);
    const info = await page.api.info();
    expect(info.storage.repairs).toEqual([]);
    const created = (await page.api.journal()).map(({ command }) => (command as { input?: { logGroupName?: string } }).input?.logGroupName);
    for (const name of all) if (round !== 2) expect(created, `${name}, acknowledged`).toContain(name);
    expect((await page.api.stateHash()).hash).toBe(await replayed(page));
    expect(info.id).toBe(id);
    // An undo that was under way may have taken one back; what is there now counts.
    if (round === 2) all.splice(0, all.length, ...all.filter((name) => created.includes(name)));
  }
  expect(all.length).toBeGreaterThan(35);
}, 180_000);

it("opens with the clock where it was known to be, at most two seconds of real work back", async () => {
  let page = openPage();
  const { id } = await page.api.boot({ kind: "scenario-file", text: await storyFile() });
  await page.api.advance(1800);
  const { clock } = await page.api.info();
  page.kill();
  page = await reopen(id);
  expect((await page.api.info()).clock).toBe(clock);
  expect((await page.api.stateHash()).hash).toBe(await replayed(page));
});
