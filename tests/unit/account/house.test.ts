import { describe, expect, it } from "vitest";
import { createHouse, type House, hashHouse, restoreHouse, snapshotHouse } from "../../../workers/account/house.ts";
import { referenceKernels } from "../../../workers/kernels/reference.ts";
import type { Models } from "../../../workers/model/models.ts";
import { createMemoryStorage } from "../../../workers/store/memory-storage.ts";
import { START, scenario } from "./engine-harness.ts";

const house = (): House =>
  createHouse({
    scenario: scenario(),
    kernels: referenceKernels,
    models: {} as Models, // nothing is called here
    services: [],
    chunks: createMemoryStorage({ id: "house" }),
  });

const item = (payload: object, at = START + 1000) => ({
  at,
  account: "123456789012",
  region: "us-east-1",
  service: "logs",
  kind: "flush",
  key: "web",
  payload,
});

describe("the state hash", () => {
  const agendaPart = (payload: object, at?: number): string | undefined => {
    const it = house();
    it.agenda.schedule(item(payload, at));
    return hashHouse(it, { parts: true }).parts?.agenda;
  };

  it("tells apart agendas whose items differ in their moment or in what they carry", () => {
    const all = [agendaPart({ lines: [1] }), agendaPart({ lines: [2] }), agendaPart({}), agendaPart({ lines: [1] }, START + 2000)];
    expect(new Set(all).size).toBe(4);
    expect(agendaPart({ a: 1, b: { c: [] } })).toBe(agendaPart({ b: { c: [] }, a: 1 }));
  });

  it("is the same after a snapshot went through storage", async () => {
    const [a, b] = [house(), house()];
    a.agenda.schedule(item({ lines: ["x", null], from: -0 }));
    a.documents.open<{ n: number }>("123456789012/us-east-1/logs/group", true, () => undefined).put("g", { n: 1 });
    await restoreHouse(b, structuredClone(snapshotHouse(a)));
    expect(hashHouse(b, { parts: true })).toEqual(hashHouse(a, { parts: true }));
  });
});
