/** HTTP as the wire sees it, apart from any server or client. */

export interface HttpRequest {
  readonly method: string;
  /** Decoded path without the query: `/`, `/TraceSegments`. */
  readonly path: string;
  /** Text after the question mark, not decoded. */
  readonly query: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface HttpReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export function textReply(status: number, headers: Readonly<Record<string, string>>, text: string): HttpReply {
  return { status, headers, body: encoder.encode(text) };
}

export function utf8(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

/** Fields of a form body or query string, decoded; the first of a repeated name counts. */
export function formFields(text: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(text)) if (!fields.has(name)) fields.set(name, value);
  return fields;
}
