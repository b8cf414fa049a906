/** Base64 for blob members. `atob` and `btoa` are the same in every engine. */

/** Bytes of a base64 text, or undefined when it is none. */
export function fromBase64(text: string): Uint8Array | undefined {
  if (!/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(text)) return undefined;
  const compact = text.replace(/\s+/g, "");
  if (compact.replace(/=+$/, "").length % 4 === 1) return undefined;
  return Uint8Array.from(atob(compact), (character) => character.charCodeAt(0));
}

export function toBase64(bytes: Uint8Array): string {
  let binary = "";
  for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(binary);
}
