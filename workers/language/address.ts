/** IP addresses and blocks of them, as event patterns and IAM conditions compare them (facts eventbridge §5.8, iam §4). */

export interface Address {
  /** 4 or 16. */
  readonly bytes: readonly number[];
}

export interface Block {
  readonly address: Address;
  readonly bits: number;
}

/** Four decimal parts; leading zeros are allowed and mean nothing. */
function parseV4(text: string): Address | undefined {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return undefined;
  return { bytes: parts.map(Number) };
}

/** Hexadecimal groups with at most one `::`; no dotted tail, no zone. */
function parseV6(text: string): Address | undefined {
  if (!/^[0-9a-fA-F:]+$/.test(text) || !text.includes(":")) return undefined;
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const groups = halves.map((half) => (half === "" ? [] : half.split(":")));
  if (!groups.flat().every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  const [head = [], tail = []] = groups;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const all = [...head, ...Array<string>(halves.length === 1 ? 0 : missing).fill("0"), ...tail];
  return { bytes: all.flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]) };
}

export const parseAddress = (text: string): Address | undefined => parseV4(text) ?? parseV6(text);

export const sameAddress = (a: Address, b: Address): boolean =>
  a.bytes.length === b.bytes.length && a.bytes.every((byte, i) => byte === b.bytes[i]);

export function inBlock({ bytes }: Address, { address, bits }: Block): boolean {
  if (bytes.length !== address.bytes.length) return false;
  return bytes.every((byte, i) => {
    const wanted = Math.max(0, Math.min(8, bits - i * 8));
    return byte >> (8 - wanted) === (address.bytes[i] as number) >> (8 - wanted);
  });
}
