/** String operators outside of anything-but. */
import { parseAddress } from "../address.ts";
import type { JsonReader } from "./reader.ts";
import { folded, parseWildcard, type Wildcard } from "./strings.ts";
import type { StringTest } from "./tree.ts";

const utf8 = new TextEncoder();

/** The pieces of the wildcard that is the reader's token. */
export function wildcardOf(reader: JsonReader, pattern: string): Wildcard {
  const pieces = parseWildcard(pattern);
  if (!("fault" in pieces)) return pieces;
  // EventBridge counts bytes, the opening quote being the first.
  throw reader.fail(`${pieces.fault} at pos ${utf8.encode(pattern.slice(0, pieces.at)).length + 1}`);
}

export function stringOf(reader: JsonReader, operator: string): string {
  if (reader.token.kind !== "string") throw reader.fail(`${operator} match pattern must be a string`);
  return reader.token.text;
}

/** `prefix` and `suffix`: a string, or `equals-ignore-case` of one. */
export function parseAffix(reader: JsonReader, kind: "prefix" | "suffix"): StringTest {
  if (reader.token.kind !== "{") return { kind, text: stringOf(reader, kind) };
  const name = reader.next();
  if (name.kind !== "name") throw reader.fail("Match expression name not found");
  if (name.text !== "equals-ignore-case") throw reader.fail(`Unsupported ${kind} pattern: ${name.text}`);
  reader.next();
  const text = stringOf(reader, "equals-ignore-case");
  if (reader.next().kind !== "}") throw reader.fail("Only one key allowed in match expression");
  return { kind, text, units: folded(text) };
}

/** A bare string is an address too, where it reads as one. */
export const bareString = (text: string): StringTest => ({ kind: "equals", text, address: parseAddress(text) });
