import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Agenda, type AgendaItem, createAgenda } from "../../../workers/account/agenda.ts";

const RANKS = ["early", "late"];
const agenda = (): Agenda => createAgenda((_service, kind) => RANKS.indexOf(kind));
const item = (at: number, kind = "early", key = "k", more: Partial<AgendaItem> = {}): Omit<AgendaItem, "sequence"> => ({
  at,
  account: "1",
  region: "us-east-1",
  service: "s",
  kind,
  key,
  payload: {},
  ...more,
});
const drain = (from: Agenda, until = Number.MAX_SAFE_INTEGER): string[] => {
  const taken: string[] = [];
  for (let next = from.takeDue(until); next !== undefined; next = from.takeDue(until)) taken.push(`${next.at}/${next.kind}/${next.key}`);
  return taken;
};

describe("the agenda", () => {
  it("runs by time, then by the rank of the kind, then in order of creation", () => {
    const it = agenda();
    for (const [at, kind, key] of [
      [20, "early", "z"],
      [10, "late", "a"],
      [10, "early", "b"],
      [10, "late", "c"],
      [10, "early", "a"],
    ] as const)
      it.schedule(item(at, kind, key));
    expect(drain(it)).toEqual(["10/early/b", "10/early/a", "10/late/a", "10/late/c", "20/early/z"]);
  });

  it("gives out nothing that is not due and keeps it", () => {
    const it = agenda();
    it.schedule(item(10));
    expect(it.takeDue(9)).toBeUndefined();
    expect(it.nextAt()).toBe(10);
    expect(it.takeDue(10)?.at).toBe(10);
    expect(it.nextAt()).toBeUndefined();
  });

  it("replaces an item of the same kind and key, earlier or later, and no other", () => {
    const it = agenda();
    it.schedule(item(10, "early", "k"));
    it.schedule(item(30, "early", "other region", { region: "eu-west-1" }));
    it.schedule(item(20, "early", "k"));
    it.schedule(item(20, "early", "other region"));
    expect(it.items()).toHaveLength(3);
    it.schedule(item(5, "early", "k"));
    expect(drain(it)).toEqual(["5/early/k", "20/early/other region", "30/early/other region"]);
  });

  it("forgets what was unscheduled, also when it stands first", () => {
    const it = agenda();
    it.schedule(item(10, "early", "a"));
    it.schedule(item(20, "early", "b"));
    it.unschedule(item(0, "early", "a"));
    it.unschedule(item(0, "early", "never there"));
    expect(it.nextAt()).toBe(20);
    expect(drain(it)).toEqual(["20/early/b"]);
  });

  it("orders as a plain sorted list would, whatever is scheduled, replaced, removed and taken in between, and across a snapshot", () => {
    const op = fc.oneof(
      fc.record({
        op: fc.constant("put" as const),
        at: fc.nat(20),
        kind: fc.constantFrom(...RANKS),
        key: fc.constantFrom("a", "b", "c", "d"),
      }),
      fc.record({ op: fc.constant("drop" as const), kind: fc.constantFrom(...RANKS), key: fc.constantFrom("a", "b", "c", "d") }),
      fc.record({ op: fc.constant("take" as const), until: fc.nat(20) }),
      fc.record({ op: fc.constant("copy" as const) }),
    );
    fc.assert(
      fc.property(fc.array(op, { maxLength: 60 }), (ops) => {
        let real = agenda();
        let model: { at: number; kind: string; key: string; n: number }[] = [];
        let n = 0;
        const first = () => [...model].sort((a, b) => a.at - b.at || RANKS.indexOf(a.kind) - RANKS.indexOf(b.kind) || a.n - b.n)[0];
        for (const one of ops) {
          if (one.op === "put") {
            model = model.filter((m) => m.kind !== one.kind || m.key !== one.key);
            model.push({ at: one.at, kind: one.kind, key: one.key, n: n++ });
            real.schedule(item(one.at, one.kind, one.key));
          } else if (one.op === "drop") {
            model = model.filter((m) => m.kind !== one.kind || m.key !== one.key);
            real.unschedule(item(0, one.kind, one.key));
          } else if (one.op === "take") {
            const due = first();
            const taken = real.takeDue(one.until);
            if (due === undefined || due.at > one.until) expect(taken).toBeUndefined();
            else {
              expect(taken).toMatchObject({ at: due.at, kind: due.kind, key: due.key });
              model = model.filter((m) => m !== due);
            }
          } else {
            const copy = agenda();
            copy.restore(structuredClone(real.snapshot()));
            real = copy;
          }
          expect(real.nextAt()).toBe(first()?.at);
          expect(real.items()).toHaveLength(model.length);
        }
      }),
    );
  });
});
