/**
 * A page of documents as a chunk: one column, the JSON text of `[[id, document], ...]` in UTF-8. Named after its content,
 * so that equal pages are stored once and an account that was rewound never finds other documents under a name it knows.
 */
import { digestTexts } from "../model/digest.ts";
import { decodeChunk, encodeChunk, TornChunk } from "../store/chunk.ts";

type Entries = readonly (readonly [string, object])[];

const KIND = "documents";

export function encodePage(path: string, entries: Entries): { readonly id: string; readonly buffer: ArrayBuffer } {
  const text = new TextEncoder().encode(JSON.stringify(entries));
  const id = `doc-${digestTexts(path).bytes(text).hex()}`;
  const header = { kind: KIND, owner: path, count: entries.length };
  return { id, buffer: encodeChunk(header, { text }) };
}

/** Throws `TornChunk` where the page is not whole or not the one that is meant. */
export function decodePage(path: string, buffer: ArrayBuffer): Entries {
  const { header, columns } = decodeChunk(buffer);
  if (header.kind !== KIND || header.owner !== path) throw new TornChunk("page", `${header.kind} of ${header.owner}`, `${KIND} of ${path}`);
  return JSON.parse(new TextDecoder().decode(columns["text"])) as Entries; // what encodePage wrote: the checksum fits
}
