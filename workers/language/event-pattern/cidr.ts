/** CIDR blocks in event patterns (facts eventbridge §5.8). */
import { type Block, parseAddress } from "../address.ts";

/** A block, or the sentence EventBridge refuses it with. */
export function parseBlock(text: string): Block | string {
  const parts = text.split("/");
  if (parts.length !== 2) return "Malformed CIDR, one '/' required";
  const [head = "", mask = ""] = parts;
  if (!/^[+-]?\d+$/.test(mask)) return "Malformed CIDR, mask bits must be an integer";
  const bits = Number(mask);
  if (bits < 0) return "Malformed CIDR, mask bits must not be negative";
  const address = parseAddress(head);
  if (address === undefined) return `Nonstandard IP address: ${head}`;
  if (address.bytes.length === 4 && bits >= 32) return "IPv4 mask bits must be < 32";
  if (bits >= 128) return "IPv6 mask bits must be < 128";
  return { address, bits };
}
