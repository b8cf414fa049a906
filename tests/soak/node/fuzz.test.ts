/** Minutes of random commands, waits, rewinds, undos, branches, checkpoints and reopenings; a run from the journal is the oracle. */
import fc from "fast-check";
import { expect, inject, it } from "vitest";
import type { Account } from "../../../workers/account/account.ts";
import { createEngine } from "../../../workers/engine.ts";
import { loadKernels } from "../../../workers/kernels/load.ts";
import { createMemoryStorage } from "../../../workers/store/memory-storage.ts";
import { START, scenario } from "../../unit/account/engine-harness.ts";
import { BEGINNING, type LifeStep, lifeStep, live } from "../../unit/account/life.ts";

type Turn =
  | { readonly turn: "live"; readonly step: LifeStep }
  | { readonly turn: "rewind"; readonly share: number }
  | { readonly turn: Simple };
type Simple = "undo" | "bringBack" | "checkpoint" | "reopen" | "rebuild" | "saveClock";

const turn: fc.Arbitrary<Turn> = fc.oneof(
  { weight: 40, arbitrary: lifeStep.map((step): Turn => ({ turn: "live", step })) },
  { weight: 2, arbitrary: fc.double({ min: 0, max: 1, noNaN: true }).map((share): Turn => ({ turn: "rewind", share })) },
  { weight: 1, arbitrary: fc.constantFrom<Simple>("undo", "bringBack", "reopen", "rebuild").map((simple): Turn => ({ turn: simple })) },
  { weight: 3, arbitrary: fc.constantFrom<Simple>("checkpoint", "saveClock").map((simple): Turn => ({ turn: simple })) },
);

it("comes to the state that its journal alone gives, whatever was done on the way", async () => {
  const { minutes, seed } = inject("soak");
  const kernels = await loadKernels();
  const until = Date.now() + minutes * 60_000;
  let lives = 0;
  let turns = 0;
  for (let round = seed; Date.now() < until; round++) {
    const storage = createMemoryStorage({ id: `fuzz-${round}` });
    const open = (on = storage): Promise<Account> => createEngine({ scenario: scenario(`fuzz ${round}`), storage: on, kernels });
    let account = await open();
    for (const step of BEGINNING) await live(account, step);
    const plan = fc.sample(fc.array(turn, { minLength: 60, maxLength: 250 }), { seed: round, numRuns: 1 })[0] as Turn[];
    for (const one of plan) {
      if (Date.now() > until) break;
      turns++;
      switch (one.turn) {
        case "live":
          await live(account, one.step);
          break;
        case "rewind":
          await account.rewind(START + Math.floor((account.now - START) * one.share));
          break;
        case "reopen":
          await account.saveClock();
          account = await open();
          break;
        case "undo":
          await account.undo();
          break;
        default:
          await account[one.turn]();
      }
    }
    const plain = await open(createMemoryStorage({ id: "oracle" }));
    await plain.load(account.journal(), account.now);
    expect(account.stateHash({ parts: true }), `NEPHOSCOPE_SOAK_SEED=${round}`).toEqual(plain.stateHash({ parts: true }));
    await account.saveClock();
    expect((await open()).stateHash(), `reopened, NEPHOSCOPE_SOAK_SEED=${round}`).toEqual(plain.stateHash());
    lives++;
  }
  console.log(`fuzz: ${lives} lives, ${turns} turns in ${minutes} minutes`);
  expect(lives).toBeGreaterThan(0);
});
