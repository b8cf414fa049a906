/** Many texts as UTF-8, one behind the other. */

export interface Utf8Column {
  /** Text i is bytes[offsets[i] .. offsets[i+1]). */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly offsets: Uint32Array<ArrayBuffer>;
}

/**
 * Texts that are joined and encoded at once: a call each costs twice as much, and a string of a megabyte ten times as much,
 * since the engine must get new memory for it.
 */
const TOGETHER = 128;

/** Encodes texts of any kind, quickly where they are ASCII. They are written to `room` where it is given and has enough; the bytes are a part of it then. */
export function utf8Column(texts: readonly string[], room?: Uint8Array<ArrayBuffer>): Utf8Column {
  const offsets = new Uint32Array(texts.length + 1);
  for (let i = 0; i < texts.length; i++) offsets[i + 1] = (offsets[i] as number) + (texts[i] as string).length;
  const units = offsets[texts.length] as number;
  const bytes = room !== undefined && room.length >= units ? room.subarray(0, units) : new Uint8Array(units);
  const encoder = new TextEncoder();
  for (let i = 0; i < texts.length; i += TOGETHER) {
    const [from, to] = [offsets[i] as number, offsets[Math.min(i + TOGETHER, texts.length)] as number];
    const { read, written } = encoder.encodeInto(texts.slice(i, i + TOGETHER).join(""), bytes.subarray(from, to));
    // As many bytes as code units: all is ASCII. (Otherwise halves of a character may have met.)
    if (read !== to - from || written !== to - from) return encodedEach(texts, encoder);
  }
  return { bytes, offsets };
}

function encodedEach(texts: readonly string[], encoder: TextEncoder): Utf8Column {
  const parts = texts.map((text) => encoder.encode(text));
  const offsets = new Uint32Array(texts.length + 1);
  for (let i = 0; i < parts.length; i++) offsets[i + 1] = (offsets[i] as number) + (parts[i] as Uint8Array).length;
  const bytes = new Uint8Array(offsets[parts.length] as number);
  for (const [i, part] of parts.entries()) bytes.set(part, offsets[i]);
  return { bytes, offsets };
}
