/** Hundreds of kills of the worker in the middle of everything; nothing acknowledged may be lost, and the state is always the journal's. */
import { afterEach, expect, inject, it } from "vitest";
import { closePages, openPage, type Page, reopen, replayed, storyFile } from "../../browser/engine/page.ts";

afterEach(closePages);

const put = (page: Page, clock: number, name: string) =>
  page.api.call({
    service: "logs",
    operation: "PutLogEvents",
    input: {
      logGroupName: "/shop/web",
      logStreamName: "web",
      logEvents: Array.from({ length: 40 }, (_, i) => ({
        timestamp: clock,
        message: `${i % 9 === 0 ? "ERROR" : "fine"} ${name} ${"x".repeat(2_000)}`,
      })),
    },
  });

/** What goes on when the worker dies; none of it takes commands back. */
const MEANWHILE: readonly ((page: Page) => Promise<unknown>)[] = [
  (page) => page.api.advance(3_600),
  (page) => page.api.play(3_600),
  (page) => page.api.pause(),
  (page) => page.api.advance(60).then(() => page.api.pause()),
  (page) => page.api.aws("aws logs describe-log-groups"),
  (page) => page.api.stateHash({ parts: true }),
  (page) => page.api.bringBack(),
];

it("loses nothing acknowledged in hundreds of kills", async () => {
  const { kills, seed } = inject("soak");
  let random = seed;
  const next = (below: number): number => {
    random = (Math.imul(random, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((random / 2 ** 32) * below);
  };
  let page = openPage();
  const { id } = await page.api.boot({ kind: "scenario-file", text: await storyFile() });
  const acknowledged = new Set<string>();
  for (let kill = 0; kill < kills; kill++) {
    const wanted = 1 + next(12);
    const { clock } = await page.api.info();
    let dead = false;
    await new Promise<void>((resolve) => {
      let count = 0;
      void (MEANWHILE[next(MEANWHILE.length)] as (typeof MEANWHILE)[number])(page);
      for (let i = 0; i < wanted + 6; i++) {
        const name = `kill-${kill}-${i}`;
        const call =
          i % 4 === 3 ? put(page, clock, name) : page.api.call({ service: "sns", operation: "CreateTopic", input: { Name: name } });
        void call.then(() => {
          if (dead) return;
          acknowledged.add(name);
          if (++count < wanted) return;
          dead = true;
          page.kill();
          resolve();
        });
      }
    });
    page = await reopen(id);
    expect((await page.api.info()).storage.repairs, `kill ${kill}`).toEqual([]);
    const journal = JSON.stringify(await page.api.journal());
    for (const name of acknowledged)
      expect(journal.includes(`${name}"`) || journal.includes(`${name} x`), `${name} after kill ${kill}`).toBe(true);
    if (kill % 10 === 9 || kill === kills - 1) expect((await page.api.stateHash()).hash, `kill ${kill}`).toBe(await replayed(page));
  }
  console.log(`kills: ${kills}, ${acknowledged.size} commands acknowledged, none lost`);
});
