import { Digest128 } from "../../model/digest.ts";

/** A chunk is named after its content, so that equal chunks share a name and a rewound account never reuses one for other bytes. */
export function chunkId(buffer: ArrayBuffer): string {
  return `m-${new Digest128().bytes(new Uint8Array(buffer)).hex()}`;
}
