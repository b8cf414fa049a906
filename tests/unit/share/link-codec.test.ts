import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeLink, encodeLink, isLink, LinkError, MOST_INFLATED } from "../../../src/share/link-codec.ts";

const refusal = async (fragment: string): Promise<string> => {
  try {
    await decodeLink(fragment);
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(LinkError);
    return (thrown as Error).message;
  }
  throw new Error("the link was accepted");
};

describe("a scenario link", () => {
  it("carries any text back unchanged", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme", maxLength: 400 }), async (text) => {
        expect(await decodeLink(await encodeLink(text))).toBe(text);
      }),
    );
  });

  it("is recognised by its fragment", () => {
    expect(isLink("#/s/1.abc")).toBe(true);
    expect(isLink("#/alarms")).toBe(false);
  });

  it("opens from a whole address as well", async () => {
    expect(await decodeLink(`https://example.org/page/${await encodeLink("{}")}`)).toBe("{}");
  });

  it("says so when it was cut anywhere", async () => {
    const link = await encodeLink(JSON.stringify({ title: "a scenario with some length in it", seed: "42" }));
    for (let length = "#/s/1.".length; length < link.length; length++)
      expect(await refusal(link.slice(0, length))).toMatch(/cut off|damaged/);
  });

  it("names a version it does not know", async () => {
    expect(await refusal("#/s/7.abc")).toContain("version 7");
  });

  it("refuses what unpacks to more than the cap, without unpacking it all", async () => {
    const bomb = await encodeLink("a".repeat(50 * 1024 * 1024));
    expect(bomb.length).toBeLessThan(200_000);
    expect(await refusal(bomb)).toContain(`more than ${MOST_INFLATED / 1024 / 1024} MB`);
  });

  it("refuses foreign characters and bytes that are not text", async () => {
    expect(await refusal("#/s/1.ab$c")).toContain("characters");
    const bytes = await new Response(
      new Blob([new Uint8Array([0xff, 0xfe, 0xfd])]).stream().pipeThrough(new CompressionStream("deflate-raw")),
    ).arrayBuffer();
    const text = Buffer.from(bytes).toString("base64url");
    expect(await refusal(`#/s/1.${text}`)).toContain("not text");
  });

  it("names a bundled scenario that is not there", async () => {
    expect(await refusal("#/s/corner-shop")).toContain("corner-shop");
  });
});
