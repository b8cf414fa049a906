import { describe, expect, it } from "vitest";
import { type PaletteItem, type PaletteTools, providers } from "../../../src/app/palette-items.ts";

const attached = (sha256: string, mode: string) => ({ sha256, name: "till.log", mode, mapping: { logGroupName: "/imported/till" } });
const replay = (shipped: number) => ({ sha256: "f00d", logGroupName: "/imported/till", shipped, rows: 480 });

async function replays(under: readonly unknown[]): Promise<{ readonly items: readonly PaletteItem[]; readonly went: string[] }> {
  const went: string[] = [];
  const tools = {
    navigate: (path: string) => void went.push(path),
    client: {
      pulse: () => undefined,
      api: {
        read: async () => ({ output: {} }),
        look: async ({ view }: { view: string }) =>
          view === "attached" ? [attached("f00d", "history"), attached("f00d", "replay")] : under,
      },
    },
  } as unknown as PaletteTools;
  const found = await Promise.all(providers.map((provider) => provider("replay", tools)));
  return { items: found.flat().filter((item) => item.id.startsWith("replay ")), went };
}

describe("the palette's replays", () => {
  it("offer every imported file once, and lead to its group's dialog", async () => {
    const { items, went } = await replays([]);
    expect(items.map(({ label, kind, group }) => [label, kind, group])).toEqual([["Replay till.log", "File", "actions"]]);
    items[0]?.run();
    expect(went).toEqual(["/logs/%2Fimported%2Ftill?replay=f00d"]);
  });

  it("say how far one is that ships already, and nothing of one that is done", async () => {
    expect((await replays([replay(480), replay(12)])).items[0]?.kind).toBe("ships now, 12 of 480");
    expect((await replays([replay(480)])).items[0]?.kind).toBe("File");
  });
});
