/** MD5 digests as SQS answers them (developer guide, "Calculating the MD5 message digest for message attributes"), and base64. */
import { md5 } from "../../model/md5.ts";

const encoder = new TextEncoder();

export const textDigest = (text: string): string => md5(encoder.encode(text));

/**
 * Attributes sorted by name; of each: name, data type, one byte for the kind of value (1 text, 2 binary), value; every
 * text and value behind its length in four bytes, big-endian.
 */
export function attributesDigest(
  attributes: Readonly<Record<string, { readonly DataType: string; readonly StringValue?: string; readonly base64?: string }>>,
): string {
  const parts: Uint8Array[] = [];
  const sized = (bytes: Uint8Array): void => {
    const length = new Uint8Array(4);
    new DataView(length.buffer).setUint32(0, bytes.length);
    parts.push(length, bytes);
  };
  for (const [name, value] of Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))) {
    sized(encoder.encode(name));
    sized(encoder.encode(value.DataType));
    const isBinary = value.DataType.startsWith("Binary");
    parts.push(Uint8Array.of(isBinary ? 2 : 1));
    sized(isBinary ? fromBase64(value.base64 ?? "") : encoder.encode(value.StringValue ?? ""));
  }
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return md5(all);
}

export function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

export function fromBase64(text: string): Uint8Array {
  const decoded = atob(text);
  const bytes = new Uint8Array(decoded.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = decoded.charCodeAt(i);
  return bytes;
}
