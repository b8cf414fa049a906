/**
 * A scenario as a link: `#/s/1.<base64url(deflate-raw(JSON))>`, always in the fragment, so that no server sees it.
 * Compressed and inflated size are capped while inflating: a hostile link ends in a sentence, not in a full memory.
 */

export const LINK_PREFIX = "#/s/";
const VERSION = "1";
/** Characters of the packed text; browsers and chats cut longer links anyway. */
export const MOST_CHARACTERS = 2_000_000;
/** Bytes of the unpacked text. */
export const MOST_INFLATED = 8 * 1024 * 1024;

/** What is wrong with a link, in a sentence for the screen. */
export class LinkError extends Error {
  override readonly name = "LinkError";
}

const toBase64Url = (bytes: Uint8Array): string => {
  let binary = "";
  for (let at = 0; at < bytes.length; at += 0x8000) binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
};

const fromBase64Url = (text: string): Uint8Array<ArrayBuffer> => {
  if (!/^[A-Za-z0-9_-]*$/.test(text))
    throw new LinkError("This link is damaged: it holds characters that a Nephoscope link never has. Copy it again, whole.");
  try {
    return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
  } catch {
    throw new LinkError("This link is cut off: its end is missing. Copy it again, whole.");
  }
};

async function collect(stream: ReadableStream<Uint8Array>, most: number): Promise<Uint8Array> {
  const reader = stream.getReader();
  const parts: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > most) {
      await reader.cancel();
      throw new LinkError(`This link unpacks to more than ${most / 1024 / 1024} MB and was not opened. Ask for the scenario file instead.`);
    }
    parts.push(value);
  }
  const all = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** The fragment of a link that carries `json`. */
export async function encodeLink(json: string): Promise<string> {
  const packed = await collect(new Blob([json]).stream().pipeThrough(new CompressionStream("deflate-raw")), MOST_CHARACTERS);
  const text = toBase64Url(packed);
  if (text.length > MOST_CHARACTERS) throw new LinkError("This account is too large for a link. Share the scenario file instead.");
  return `${LINK_PREFIX}${VERSION}.${text}`;
}

/** True when the fragment (with or without `#`) is a scenario link. */
export const isLink = (fragment: string): boolean => /^#?\/s\//.test(fragment);

/** The JSON text that a link carries. Throws LinkError with a sentence for every way a link can be wrong. */
export async function decodeLink(fragment: string): Promise<string> {
  const body = fragment.replace(/^.*#/, "#").replace(/^#?\/s\//, "");
  const dot = body.indexOf(".");
  if (dot < 0) throw new LinkError(`There is no scenario called "${body.slice(0, 80)}" in this version.`);
  const version = body.slice(0, dot);
  if (version !== VERSION) {
    throw new LinkError(
      `This link has version ${version.slice(0, 20)}; this page opens version ${VERSION}. It was made by a newer Nephoscope or is damaged.`,
    );
  }
  const text = body.slice(dot + 1);
  if (text.length > MOST_CHARACTERS) throw new LinkError("This link is longer than any Nephoscope makes and was not opened.");
  if (text === "") throw new LinkError("This link is cut off: nothing follows its version. Copy it again, whole.");
  const packed = fromBase64Url(text);
  let inflated: Uint8Array;
  try {
    inflated = await collect(new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw")), MOST_INFLATED);
  } catch (thrown) {
    if (thrown instanceof LinkError) throw thrown;
    throw new LinkError("This link is cut off or damaged: it cannot be unpacked. Copy it again, whole.");
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(inflated);
  } catch {
    throw new LinkError("This link is damaged: what it carries is not text.");
  }
}
