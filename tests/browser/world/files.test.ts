import { expect, it } from "vitest";
import { decodeLines } from "../../../workers/world/files/decode.ts";

const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const gzip = async (text: string): Promise<Uint8Array> =>
  new Uint8Array(await new Response(new Blob([bytes(text)]).stream().pipeThrough(new CompressionStream("gzip"))).arrayBuffer());
const joined = (...parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]));
const read = (file: Uint8Array): Promise<string> =>
  decodeLines(file, "x.gz", { reference: 0 }).then(
    (lines) => `${lines.starts.length} lines, ${lines.encoding}`,
    (error: Error) => error.message,
  );

it("unpacks gzip and refuses damaged, cut-off and multi-part files in Chromium as in Node", async () => {
  const whole = await gzip("a line\n".repeat(10_000));
  expect(await read(whole)).toBe("10000 lines, gzip");
  for (const bad of [
    whole.subarray(0, 40),
    whole.subarray(0, whole.length - 3),
    joined(await gzip("one\n"), await gzip("two\ntwo\n")),
    joined(whole, Uint8Array.of(1, 2, 3, 4, 5)),
  ]) {
    expect(await read(bad)).toContain("x.gz cannot be unpacked");
  }
});

it("repairs broken UTF-8 and reads UTF-16 in Chromium as in Node", async () => {
  expect(await read(joined(bytes("a"), Uint8Array.of(0xff), bytes("b\nc")))).toBe("2 lines, utf-8 with replaced bytes");
  expect(await read(Uint8Array.of(0xfe, 0xff, 0, 97, 0, 10, 0, 98))).toBe("2 lines, utf-8");
});
